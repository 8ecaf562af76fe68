use async_graphql::{
    Context, ID, InputObject, Object,
    connection::{Connection, EmptyFields},
};
use entities::profile::data_request::Model;
use schema_kernel::{ContextExt, PageArguments, Result, id, keyset::Cursor};

use super::{DataRequest, DataRequestState, READ, store};
use crate::batch;

/// Which requests. Every part that is given has to fit.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DataRequestFilter {
    /// Those about this customer.
    pub customer_id: Option<ID>,
    /// Those in this state.
    pub state: Option<DataRequestState>,
}

/// How requests are found.
#[derive(Clone, Copy, Debug, Default)]
pub struct DataRequestQuery;

#[Object]
impl DataRequestQuery {
    /// The request with this id; `null` when there is none that you may see. Scope: `privacy:read`.
    #[graphql(requires_scopes = "privacy:read")]
    async fn data_request(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the request.")] id: ID,
    ) -> Option<Result<DataRequest>> {
        find(context, &id).await.transpose()
    }

    /// What people asked for that is theirs by law, the newest first; customers see their own. Scope: `privacy:read`.
    #[graphql(requires_scopes = "privacy:read")]
    async fn data_requests(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which requests; all when left out. Example: `{ state: PARTIAL_HOLD }`.")]
        filter: Option<DataRequestFilter>,
        #[graphql(desc = "How many from the start, or after `after`: 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Cursor, DataRequest, EmptyFields, EmptyFields>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = batch::page_by_instant(&arguments, None)?;
        let filter = filter.unwrap_or_default();
        let customer = filter.customer_id.as_ref().map(id::read).transpose()?;
        let rows = context.session()?.actor.rows(READ);
        let reader = context.database()?.reader();
        let state = filter.state.map(Into::into);
        let found = store::list(reader, rows, customer, state, &page).await?;
        let cursor = |row: &Model| Cursor::at(row.requested_at, row.id);
        Ok(page.connection(found, cursor, DataRequest))
    }
}

async fn find(context: &Context<'_>, id: &ID) -> Result<Option<DataRequest>> {
    let rows = context.session()?.actor.rows(READ);
    let row = store::find(context.database()?.reader(), rows, id::read(id)?).await?;
    Ok(row.map(DataRequest))
}
