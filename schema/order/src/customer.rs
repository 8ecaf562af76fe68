//! What the order domain adds to a customer, whom another subgraph owns.

mod store;

use async_graphql::{
    Context, Enum, ID, Object,
    connection::{Connection, EmptyFields},
};
use entities::id::CustomerId;
use schema_kernel::{
    ContextExt, Page, PageArguments, Result,
    id::show,
    keyset::{Cursor, SortedBy},
};

use self::store::{JourneysOfCustomer, OrdersOfCustomer, PurchasesOfCustomer};
use crate::{journey::Journey, order::Order, purchase::Purchase};

/// A customer, by id alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Customer(pub(crate) CustomerId);

/// Which journeys of a customer a list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
pub enum JourneyPeriod {
    /// Journeys that have not ended by their schedule; the next one first.
    Upcoming,
    /// Journeys that have ended by their schedule; the latest first.
    Past,
    /// All of them; the latest first.
    All,
}

// What a list inside another record holds when nobody says how much.
const DEFAULT_SIZE: u32 = 10;

type Nodes<Node> = Connection<Cursor, Node, EmptyFields, EmptyFields>;

fn page(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> Result<Page> {
    PageArguments {
        first,
        after,
        last,
        before,
    }
    .page(Some(DEFAULT_SIZE))?
    .sorted_by(SortedBy::Instant)
}

/// A person the airline knows, with what they bought.
#[Object]
impl Customer {
    /// The id of the customer.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        show(self.0)
    }

    /// The orders the customer placed, newest first; ten of them when no size is given.
    #[graphql(requires_scopes = "order:read")]
    async fn orders(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the newest, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the oldest, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Option<Result<Nodes<Order>>> {
        let load = async {
            let page = page(first, after, last, before)?;
            let key = OrdersOfCustomer {
                customer: self.0,
                rows: context.session()?.actor.rows("order:read"),
                page,
            };
            let orders = context
                .loader()?
                .load_one(key.clone())
                .await?
                .unwrap_or_default();
            Ok(key
                .page
                .connection(orders, |row| Cursor::at(row.placed_at, row.id), Order))
        };
        Some(load.await)
    }

    /// The journeys on orders the customer placed, by departure; ten of them when no size is given.
    #[graphql(requires_scopes = "order:read")]
    async fn journeys(
        &self,
        context: &Context<'_>,
        #[graphql(
            default_with = "JourneyPeriod::All",
            desc = "Which journeys, and in which order."
        )]
        filter: JourneyPeriod,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Option<Result<Nodes<Journey>>> {
        let load = async {
            let page = page(first, after, last, before)?;
            let session = context.session()?;
            let key = JourneysOfCustomer {
                customer: self.0,
                rows: session.actor.rows("order:read"),
                period: filter,
                now: session.now(),
                page,
            };
            let journeys = context
                .loader()?
                .load_one(key.clone())
                .await?
                .unwrap_or_default();
            Ok(key
                .page
                .connection(journeys, |row| Cursor::at(row.departs_at, row.id), Journey))
        };
        Some(load.await)
    }

    /// What the customer bought on board and on the web, latest first; ten of them when no size is given.
    #[graphql(requires_scopes = "order:read")]
    async fn purchases(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the latest, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the oldest, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Option<Result<Nodes<Purchase>>> {
        let load = async {
            let page = page(first, after, last, before)?;
            let key = PurchasesOfCustomer {
                customer: self.0,
                rows: context.session()?.actor.rows("order:read"),
                page,
            };
            let purchases = context
                .loader()?
                .load_one(key.clone())
                .await?
                .unwrap_or_default();
            Ok(key.page.connection(
                purchases,
                |row| Cursor::at(row.purchased_at, row.id),
                Purchase,
            ))
        };
        Some(load.await)
    }
}
