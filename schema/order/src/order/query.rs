use async_graphql::{
    Context, ID, InputObject, Object,
    connection::{Connection, EmptyFields},
};
use entities::id::{CustomerId, JourneyId, OrderId};
use schema_kernel::{
    ContextExt, Error, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    loader::Visible,
    scalar::{DateTime, RecordLocator},
};

use super::{
    Order,
    kind::OrderStatus,
    store::{self, OrderById, Wanted},
};
use crate::{
    customer::Customer,
    journey::{Journey, store::JourneyById},
    passenger::family_name_key,
};

/// Which orders a list holds. Conditions are combined with "and".
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrderFilter {
    /// Only orders of this customer.
    pub customer_id: Option<ID>,
    /// Only orders in this state.
    pub status: Option<OrderStatus>,
    /// Only orders placed in this time.
    pub placed_between: Option<PlacedBetween>,
}

/// A time in which orders were placed: from one instant to before another.
#[derive(Clone, Debug, InputObject)]
pub struct PlacedBetween {
    /// The first instant that counts. Example: `"2026-11-01T00:00:00Z"`.
    pub from: DateTime,
    /// The first instant that does not count any more; later than `from`.
    pub to: DateTime,
}

impl OrderFilter {
    fn wanted(self) -> Result<Wanted> {
        if self
            .placed_between
            .as_ref()
            .is_some_and(|between| between.from >= between.to)
        {
            return Err(Error::bad_user_input(
                "In `filter.placedBetween`, `from` is earlier than `to`.",
            ));
        }
        Ok(Wanted {
            customer_id: self.customer_id.as_ref().map(id::read).transpose()?,
            status: self.status.map(Into::into),
            placed_from: self.placed_between.as_ref().map(|between| between.from),
            placed_before: self.placed_between.map(|between| between.to),
        })
    }
}

/// Orders by id, by locator, and as a list.
#[derive(Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    #[graphql(entity)]
    async fn order_by_id(&self, context: &Context<'_>, id: ID) -> Option<Result<Order>> {
        order(context, &id).await.transpose()
    }

    #[graphql(entity)]
    async fn journey_by_id(&self, context: &Context<'_>, id: ID) -> Option<Result<Journey>> {
        journey(context, &id).await.transpose()
    }

    #[graphql(entity)]
    async fn customer_by_id(&self, id: ID) -> Option<Result<Customer>> {
        Some(id::read::<CustomerId>(&id).map(Customer))
    }

    /// One order; null when there is none with this id that you may see.
    #[graphql(requires_scopes = "order:read")]
    async fn order(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the order.")] id: ID,
    ) -> Option<Result<Order>> {
        order(context, &id).await.transpose()
    }

    /// The newest order with this locator on which somebody of this family name travels; null when there is none that you
    /// may see. Locators are used again after a time, so they never identify an order alone.
    #[graphql(requires_scopes = "order:read")]
    async fn order_by_record_locator(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The record locator (PNR). Example: `\"K7QX2M\"`.")]
        record_locator: RecordLocator,
        #[graphql(
            desc = "The family name of one of the passengers; case, spaces and hyphens do not matter."
        )]
        family_name: String,
    ) -> Option<Result<Order>> {
        let found = async {
            let rows = context.session()?.actor.rows("order:read");
            store::by_locator(
                context.database()?,
                rows,
                record_locator.as_str(),
                &family_name_key(&family_name),
            )
            .await
        };
        found.await.transpose().map(|found| found.map(Order))
    }

    /// Orders that you may see, newest first. `first` or `last` is needed, at most 100.
    #[graphql(requires_scopes = "order:read")]
    async fn orders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which orders; all of them when absent.")] filter: Option<OrderFilter>,
        #[graphql(desc = "How many from the newest, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the oldest, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<Cursor, Order, EmptyFields, EmptyFields>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        }
        .page(None)?
        .sorted_by(SortedBy::Instant)?;
        let rows = context.session()?.actor.rows("order:read");
        let orders = store::list(
            context.database()?,
            rows,
            &filter.unwrap_or_default().wanted()?,
            &page,
        )
        .await?;
        Ok(page.connection(orders, |row| Cursor::at(row.placed_at, row.id), Order))
    }
}

async fn order(context: &Context<'_>, id: &ID) -> Result<Option<Order>> {
    let key: OrderId = id::read(id)?;
    let rows = context.session()?.actor.rows("order:read");
    Ok(context
        .loader()?
        .load_one(OrderById(Visible { key, rows }))
        .await?
        .map(Order))
}

async fn journey(context: &Context<'_>, id: &ID) -> Result<Option<Journey>> {
    let key: JourneyId = id::read(id)?;
    let rows = context.session()?.actor.rows("order:read");
    Ok(context
        .loader()?
        .load_one(JourneyById(Visible { key, rows }))
        .await?
        .map(Journey))
}
