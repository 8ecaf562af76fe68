use async_graphql::{Context, ID, Object};
use schema_kernel::{ContextExt, Error, PageArguments, Result, id, keyset::Cursor};

use super::{
    filter::{CaseFilter, CaseSort, Criteria},
    load::cases_connection,
    reference, store,
    view::Case,
};
use crate::paging::{List, SortedBy, page};

/// How cases are found.
#[derive(Default)]
pub struct CaseQuery;

#[Object]
impl CaseQuery {
    /// The case with this id; `null` when there is none that you may see.
    #[graphql(requires_scopes = "case:read")]
    async fn case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the case.")] id: ID,
    ) -> Option<Result<Case>> {
        match id::read(&id) {
            Ok(id) => Case::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The case that people call so; `null` when there is none that you may see.
    #[graphql(requires_scopes = "case:read")]
    async fn case_by_reference(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The reference. Capitals, spaces and hyphens do not matter. Example: `\"CAS-7K2M9QXA\"`."
        )]
        reference: String,
    ) -> Option<Result<Case>> {
        by_reference(ctx, &reference).await.transpose()
    }

    /// The cases that fit a filter. A customer sees their own.
    #[graphql(requires_scopes = "case:read")]
    #[expect(
        clippy::too_many_arguments,
        reason = "the arguments of a Relay connection are what they are"
    )]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which cases; all when left out. Example: `{ queue: { eq: \"Refunds\" }, priority: { in: [P1, P2] } }`."
        )]
        filter: Option<CaseFilter>,
        #[graphql(
            desc = "In what order; the order of work when left out.",
            default_with = "CaseSort::Priority"
        )]
        sort: CaseSort,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Case>> {
        let sorted_by = match sort {
            CaseSort::Priority => SortedBy::Number,
            CaseSort::OpenedAt => SortedBy::Instant,
        };
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            None,
            sorted_by,
        )?;
        let criteria = Criteria::read(filter.unwrap_or_default())?;
        let rows = ctx.session()?.actor.rows("case:read");
        let found = store::list(ctx.database()?.reader(), rows, &criteria, sort, &page).await?;
        Ok(match sort {
            CaseSort::Priority => page.connection(
                found,
                |case| Cursor::by_number(case.rank, case.id),
                Case::from,
            ),
            CaseSort::OpenedAt => cases_connection(&page, found),
        })
    }
}

async fn by_reference(ctx: &Context<'_>, text: &str) -> Result<Option<Case>> {
    let reference = reference::read(text).ok_or_else(|| {
        Error::bad_user_input(
            "This is not the reference of a case; one looks like \"CAS-7K2M9QXA\".",
        )
    })?;
    let rows = ctx.session()?.actor.rows("case:read");
    Ok(
        store::by_reference(ctx.database()?.reader(), rows, &reference)
            .await?
            .map(Case::from),
    )
}
