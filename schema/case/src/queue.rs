//! Queues: where cases wait.

mod query;
mod store;

use async_graphql::{Context, Object};
use entities::case::queue::Model;
use schema_kernel::{ContextExt, PageArguments, Result, keyset::Cursor};

pub use self::query::QueueQuery;
use self::store::OpenCases;
use crate::{
    case::Case,
    paging::{Cases, List, PageOf, SortedBy, USUAL, page},
};

/// Where cases wait.
pub struct Queue(pub(crate) Model);

/// A queue by its code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct QueueCode(pub(crate) String);

/// Where cases of a kind wait for the agents who deal with them.
#[Object(requires_scopes = "case:internal")]
impl Queue {
    /// What programs call it. Example: `"CustomerAffairs"`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// What people call it. Example: `"Customer affairs"`.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How many open cases wait in it. Counted when you ask.
    async fn open_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(ctx
            .loader()?
            .load_one(OpenCases(self.0.code.clone()))
            .await?
            .unwrap_or_default())
    }

    /// Its open cases in the order of work: priority, then the earliest target. Holds 10 unless you ask for another number.
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Case>> {
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            Some(USUAL),
            SortedBy::Number,
        )?;
        let view = Cases(ctx.session()?.actor.rows("case:read"));
        let key = PageOf {
            parent: QueueCode(self.0.code.clone()),
            view,
            page: page.clone(),
        };
        let rows = ctx.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(page.connection(
            rows,
            |case| Cursor::by_number(case.rank, case.id),
            Case::from,
        ))
    }
}

impl Queue {
    /// The queue with this code.
    pub(crate) async fn load(ctx: &Context<'_>, code: QueueCode) -> Result<Option<Self>> {
        Ok(ctx.loader()?.load_one(code).await?.map(Self))
    }
}
