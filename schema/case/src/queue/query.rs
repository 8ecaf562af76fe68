use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, PageArguments, Result, keyset::Cursor};

use super::{Queue, QueueCode, store};
use crate::paging::{List, SortedBy, page};

/// How queues are found.
#[derive(Default)]
pub struct QueueQuery;

#[Object]
impl QueueQuery {
    /// The queue with this code; `null` when there is none.
    #[graphql(requires_scopes = "case:internal")]
    async fn queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code. Example: `\"CustomerAffairs\"`.")] code: String,
    ) -> Option<Result<Queue>> {
        Queue::load(ctx, QueueCode(code)).await.transpose()
    }

    /// Every queue, by code.
    #[graphql(requires_scopes = "case:internal")]
    async fn queues(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Queue>> {
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            None,
            SortedBy::Text,
        )?;
        let rows = store::list(ctx.database()?.reader(), &page).await?;
        Ok(page.connection(
            rows,
            |queue| Cursor::by_text(queue.code.clone(), queue.id),
            Queue,
        ))
    }
}
