use async_graphql::{Context, ID, Object};
use schema_kernel::{ContextExt, PageArguments, Result, Rows, id, keyset::Cursor};

use super::{ApiClient, READ, store};
use crate::paging::{List, page};

/// How API clients are found.
#[derive(Default)]
pub struct ApiClientQuery;

#[Object]
impl ApiClientQuery {
    /// The program with this id; `null` when there is none that you may see.
    #[graphql(requires_scopes = "client:read")]
    async fn api_client(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the program.")] id: ID,
    ) -> Option<Result<ApiClient>> {
        find(ctx, &id).await.transpose()
    }

    /// The programs that sign in by themselves, the newest first.
    #[graphql(requires_scopes = "client:read")]
    async fn api_clients(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<ApiClient>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = page(&arguments, None)?;
        let clients = if ctx.session()?.actor.rows(READ) == Rows::All {
            store::list(ctx.database()?.reader(), &page).await?
        } else {
            Vec::new()
        };
        Ok(page.connection(
            clients,
            |client| Cursor::at(client.created_at, client.id),
            ApiClient,
        ))
    }
}

async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<ApiClient>> {
    let id = id::read(id)?;
    if ctx.session()?.actor.rows(READ) != Rows::All {
        return Ok(None);
    }
    let found = store::by_id(ctx.database()?.reader(), id).await?;
    Ok(found.map(ApiClient))
}
