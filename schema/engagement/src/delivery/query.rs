use async_graphql::{Context, InputObject, Object};
use schema_kernel::{ContextExt, PageArguments, Result, Rows, keyset::Cursor};

use super::{
    OPERATE,
    store::{self, Criteria},
    view::Delivery,
};
use crate::{
    kind::{DeliveryChannel, DeliveryState},
    paging::{List, page},
};

/// Which deliveries.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DeliveryFilter {
    /// Those in one of these states.
    pub state: Option<DeliveryStateFilter>,
    /// Those through this channel.
    pub channel: Option<DeliveryChannel>,
}

/// Which states. Both may be given; both then have to fit.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DeliveryStateFilter {
    /// This one.
    pub eq: Option<DeliveryState>,
    /// One of these.
    pub r#in: Option<Vec<DeliveryState>>,
}

/// How deliveries are found.
#[derive(Default)]
pub struct DeliveryQuery;

#[Object]
impl DeliveryQuery {
    /// The deliveries that fit a filter, the last changed first. Those in state `DEAD` are for somebody to look at; see
    /// `retryDelivery`.
    #[graphql(requires_scopes = "notification:read notification:operate")]
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Which deliveries; all when left out. Example: `{ state: { eq: DEAD } }`."
        )]
        filter: Option<DeliveryFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Delivery>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        let page = page(&arguments, None)?;
        // Whoever reaches only some customers operates nothing.
        let rows = if ctx.session()?.actor.rows(OPERATE) == Rows::All {
            let criteria = criteria(filter.unwrap_or_default());
            store::list(ctx.database()?.reader(), &criteria, &page).await?
        } else {
            Vec::new()
        };
        Ok(page.connection(rows, |row| Cursor::at(row.updated_at, row.id), Delivery))
    }
}

fn criteria(filter: DeliveryFilter) -> Criteria {
    let states = filter.state.unwrap_or_default();
    let states = match (states.eq, states.r#in) {
        (None, several) => several,
        (Some(only), None) => Some(vec![only]),
        (Some(only), Some(several)) => {
            Some(several.into_iter().filter(|state| *state == only).collect())
        }
    };
    Criteria {
        states: states.map(|states| states.into_iter().map(Into::into).collect()),
        channel: filter.channel.map(Into::into),
    }
}
