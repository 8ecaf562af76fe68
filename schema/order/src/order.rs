//! Orders: what a customer bought, as one contract.

mod amount;
pub(crate) mod cancel;
pub(crate) mod change;
pub(crate) mod collision;
pub(crate) mod contract;
pub(crate) mod edge;
mod event;
mod item;
pub mod kind;
mod mutation;
pub(crate) mod place;
mod query;
pub mod reference_number;
mod settlement;
pub mod state;
pub(crate) mod store;

use async_graphql::{Context, ID, Object};
use entities::order::order;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Error, Money, Result,
    cost::listSize,
    id::show,
    scalar::{DateTime, IataAirline, RecordLocator},
};

pub use self::{
    cancel::{CancelOrderInput, CancelOrderOutcome, OrderCancelled, cancel},
    change::{
        ChangeOrderInput, ChangeOrderOutcome, MoveJourneyInput, OrderChanged, SeatChangeInput,
        change,
    },
    item::{OrderItem, Service},
    mutation::OrderMutation,
    place::{
        AncillaryInput, JourneyInput, OrderPlaced, PassengerInput, PlaceOrderInput,
        PlaceOrderOutcome, SeatInput, place,
    },
    query::{OrderFilter, OrderQuery, PlacedBetween},
};
use self::{
    kind::{FareKind, OrderChannel, OrderStatus, PaymentMethod},
    store::{
        AncillariesOfOrder, BagTagsOfOrder, ItemsOfOrder, JourneysOfOrder, PassengersOfOrder,
        ServicesOfOrder, TicketsOfOrder,
    },
};
use crate::{
    ancillary::{Ancillary, BagTag},
    customer::Customer,
    journey::Journey,
    passenger::Passenger,
    ticket::Ticket,
};

/// An order.
#[derive(Clone, Debug)]
pub struct Order(pub(crate) order::Model);

/// What a customer bought, as one contract: priced items, and the services that deliver them. Its parts are bounded by
/// what one order may hold (9 passengers, 6 journeys of 8 flights, 60 ancillaries), so they are plain lists.
#[Object(directive = Personal::apply("TRAVEL"))]
impl Order {
    /// The id of the order.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// The customer who ordered; null where their record is not shown or cannot be read.
    #[graphql(requires_scopes = "order:read")]
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0.customer_id))
    }

    /// The record locator (PNR), unique among open orders of the airline. Example: `"K7QX2M"`.
    #[graphql(requires_scopes = "order:read")]
    async fn record_locator(&self) -> Result<RecordLocator> {
        RecordLocator::parse(&self.0.record_locator)
            .map_err(|reason| stored("record locator", &reason))
    }

    /// The IATA designator of the airline that owns the order. Example: `"EK"`.
    #[graphql(requires_scopes = "order:read")]
    async fn owner_airline(&self) -> Result<IataAirline> {
        IataAirline::parse(&self.0.owner_airline).map_err(|reason| stored("airline", &reason))
    }

    /// Where it was placed.
    #[graphql(requires_scopes = "order:read")]
    async fn channel(&self) -> OrderChannel {
        self.0.channel.into()
    }

    /// How far it has come.
    #[graphql(requires_scopes = "order:read")]
    async fn status(&self) -> OrderStatus {
        self.0.status.into()
    }

    /// The sum of the prices of its items. Cancelling does not change it; see `refund`.
    #[graphql(requires_scopes = "order:read")]
    async fn total(&self) -> Result<Money> {
        money(self.0.total_minor, &self.0.currency)
    }

    /// What is given back of the total; zero until something was cancelled.
    #[graphql(requires_scopes = "order:read")]
    async fn refund(&self) -> Result<Money> {
        money(self.0.refund_minor, &self.0.currency)
    }

    /// How it was paid.
    #[graphql(requires_scopes = "order:read")]
    async fn payment_method(&self) -> PaymentMethod {
        self.0.payment_method.into()
    }

    /// What kind of fare was paid.
    #[graphql(requires_scopes = "order:read")]
    async fn fare_kind(&self) -> FareKind {
        self.0.fare_kind.into()
    }

    /// When it was placed.
    #[graphql(requires_scopes = "order:read")]
    async fn placed_at(&self) -> DateTime {
        self.0.placed_at
    }

    /// When it was cancelled; null while it was not.
    #[graphql(requires_scopes = "order:read")]
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.0.cancelled_at
    }

    /// Counted up by each change; give it back as `expectedVersion` when you change the order.
    #[graphql(requires_scopes = "order:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Its priced items, in the order they were bought.
    #[graphql(requires_scopes = "order:read")]
    async fn items(&self, context: &Context<'_>) -> Option<Result<Vec<OrderItem>>> {
        let rows = async { context.loader()?.load_one(ItemsOfOrder(self.0.id)).await };
        parts(rows.await, |row| OrderItem {
            row,
            currency: self.0.currency.clone(),
        })
    }

    /// Its services, in the order they were bought.
    #[graphql(requires_scopes = "order:read")]
    async fn services(&self, context: &Context<'_>) -> Option<Result<Vec<Service>>> {
        let rows = async { context.loader()?.load_one(ServicesOfOrder(self.0.id)).await };
        parts(rows.await, |row| Service {
            row,
            currency: self.0.currency.clone(),
        })
    }

    /// Its journeys, in order of travel.
    #[graphql(requires_scopes = "order:read", directive = listSize::apply(4))]
    async fn journeys(&self, context: &Context<'_>) -> Option<Result<Vec<Journey>>> {
        let rows = async { context.loader()?.load_one(JourneysOfOrder(self.0.id)).await };
        parts(rows.await, Journey)
    }

    /// Who travels.
    #[graphql(requires_scopes = "order:read", directive = listSize::apply(9))]
    async fn passengers(&self, context: &Context<'_>) -> Option<Result<Vec<Passenger>>> {
        let rows = async {
            context
                .loader()?
                .load_one(PassengersOfOrder(self.0.id))
                .await
        };
        parts(rows.await, Passenger)
    }

    /// Its electronic tickets, those that were exchanged or paid back too, oldest first.
    #[graphql(requires_scopes = "order:read")]
    async fn tickets(&self, context: &Context<'_>) -> Option<Result<Vec<Ticket>>> {
        let rows = async { context.loader()?.load_one(TicketsOfOrder(self.0.id)).await };
        parts(rows.await, Ticket)
    }

    /// What was bought beside the seats.
    #[graphql(requires_scopes = "order:read")]
    async fn ancillaries(&self, context: &Context<'_>) -> Option<Result<Vec<Ancillary>>> {
        let rows = async {
            context
                .loader()?
                .load_one(AncillariesOfOrder(self.0.id))
                .await
        };
        parts(rows.await, |row| Ancillary {
            row,
            currency: self.0.currency.clone(),
        })
    }

    /// The tags of its checked bags, by number.
    #[graphql(requires_scopes = "order:read")]
    async fn bag_tags(&self, context: &Context<'_>) -> Option<Result<Vec<BagTag>>> {
        let rows = async { context.loader()?.load_one(BagTagsOfOrder(self.0.id)).await };
        parts(rows.await, BagTag)
    }
}

/// Rows as nodes. An order without such parts has an empty list.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a nullable field has the option outermost, so that a failure nulls that field alone"
)]
fn parts<Row, Node>(
    rows: Result<Option<Vec<Row>>>,
    node: impl Fn(Row) -> Node,
) -> Option<Result<Vec<Node>>> {
    Some(rows.map(|rows| rows.unwrap_or_default().into_iter().map(node).collect()))
}

/// A stored amount.
pub(crate) fn money(amount_minor: i64, currency: &str) -> Result<Money> {
    Money::new(amount_minor, currency).ok_or_else(|| stored("currency", currency))
}

fn stored(what: &str, reason: &str) -> Error {
    Error::internal(anyhow::anyhow!("a stored {what}: {reason}"))
}
