use async_graphql::{Context, ID, Object};
use schema_kernel::{ContextExt, PageArguments, Result, Rows, id, keyset::Cursor};

use super::{Device, READ, store};
use crate::paging::{List, page};

/// How devices are found.
#[derive(Default)]
pub struct DeviceQuery;

#[Object]
impl DeviceQuery {
    /// The device with this id; `null` when there is none that you may see.
    #[graphql(requires_scopes = "client:read")]
    async fn device(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the device.")] id: ID,
    ) -> Option<Result<Device>> {
        find(ctx, &id).await.transpose()
    }

    /// The kiosks and other devices that sign in by themselves, the newest first.
    #[graphql(requires_scopes = "client:read")]
    async fn devices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Device>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = page(&arguments, None)?;
        let devices = if ctx.session()?.actor.rows(READ) == Rows::All {
            store::list(ctx.database()?.reader(), &page).await?
        } else {
            Vec::new()
        };
        Ok(page.connection(
            devices,
            |device| Cursor::at(device.created_at, device.id),
            Device,
        ))
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Device>> {
    let id = id::read(id)?;
    if ctx.session()?.actor.rows(READ) != Rows::All {
        return Ok(None);
    }
    let found = store::by_id(ctx.database()?.reader(), id).await?;
    Ok(found.map(Device))
}
