//! Journeys: trips from a first origin to a final destination.

pub mod affected;
pub mod at_hand;
pub(crate) mod itinerary;
mod kind;
mod segment;
pub mod state;
pub(crate) mod store;

use async_graphql::{Context, ID, Object};
use entities::order::{
    flight, flight_segment,
    journey::{self, JourneyDirection as Direction},
};
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Result, cost::listSize, id::show, loader::Visible, scalar::DateTime,
};

use self::store::SegmentsOfJourney;
pub use self::{
    itinerary::SegmentInput,
    kind::{Cabin, JourneyDirection, SegmentStatus, TravelStatus},
    segment::FlightSegment,
    state::JourneyStatus,
};
use crate::{
    flight::FlightById,
    order::{
        Order,
        store::{OrderById, PassengersOfOrder},
    },
    passenger::Passenger,
    reference::{Airport, airport_at},
};

/// A journey.
#[derive(Clone, Debug)]
pub struct Journey(pub(crate) journey::Model);

/// A trip from a first origin to a final destination, for all passengers of an order. Out and back are two journeys.
#[Object(directive = Personal::apply("TRAVEL"))]
impl Journey {
    /// The id of the journey.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// The order it belongs to.
    #[graphql(requires_scopes = "order:read")]
    async fn order(&self, context: &Context<'_>) -> Option<Result<Order>> {
        let load = async {
            let rows = context.session()?.actor.rows("order:read");
            context
                .loader()?
                .load_one(OrderById(Visible {
                    key: self.0.order_id,
                    rows,
                }))
                .await
        };
        load.await.transpose().map(|found| found.map(Order))
    }

    /// The first airport.
    #[graphql(requires_scopes = "order:read")]
    async fn origin(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.origin).await
    }

    /// The final airport.
    #[graphql(requires_scopes = "order:read")]
    async fn destination(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.destination).await
    }

    /// The departure from the first airport, as it was sold.
    #[graphql(requires_scopes = "order:read")]
    async fn scheduled_departure_at(&self) -> DateTime {
        self.0.departs_at
    }

    /// The arrival at the final airport, as it was sold. Delays are counted from it.
    #[graphql(requires_scopes = "order:read")]
    async fn scheduled_arrival_at(&self) -> DateTime {
        self.0.arrives_at
    }

    /// Which way it goes, seen from where the order begins.
    #[graphql(requires_scopes = "order:read")]
    async fn direction(&self) -> JourneyDirection {
        self.0.direction.into()
    }

    /// How it stands, from how its flights stand now.
    #[graphql(requires_scopes = "order:read")]
    async fn status(&self, context: &Context<'_>) -> Option<Result<JourneyStatus>> {
        Some(self.standing(context).await)
    }

    /// The places of its passengers on its flights, in order of travel; those that were given up too.
    #[graphql(requires_scopes = "order:read", directive = listSize::apply(8))]
    async fn segments(&self, context: &Context<'_>) -> Option<Result<Vec<FlightSegment>>> {
        let rows = self.places(context).await;
        Some(rows.map(|rows| rows.into_iter().map(FlightSegment).collect()))
    }

    /// Who travels.
    #[graphql(requires_scopes = "order:read", directive = listSize::apply(9))]
    async fn passengers(&self, context: &Context<'_>) -> Option<Result<Vec<Passenger>>> {
        let load = async {
            context
                .loader()?
                .load_one(PassengersOfOrder(self.0.order_id))
                .await
        };
        Some(load.await.map(|rows| {
            rows.unwrap_or_default()
                .into_iter()
                .map(Passenger)
                .collect()
        }))
    }
}

impl Journey {
    async fn places(&self, context: &Context<'_>) -> Result<Vec<flight_segment::Model>> {
        Ok(context
            .loader()?
            .load_one(SegmentsOfJourney(self.0.id))
            .await?
            .unwrap_or_default())
    }

    async fn standing(&self, context: &Context<'_>) -> Result<JourneyStatus> {
        let segments = self.places(context).await?;
        let held: Vec<FlightById> = in_order_of_travel(&segments).map(FlightById).collect();
        let flights = context.loader()?.load_many(held.iter().copied()).await?;
        let flights: Vec<&flight::Model> = held.iter().filter_map(|key| flights.get(key)).collect();
        Ok(state::status(&flights))
    }
}

/// The flights on which a place is held, each once. Segments come in order of travel; passengers share their flights.
fn in_order_of_travel(
    segments: &[flight_segment::Model],
) -> impl Iterator<Item = entities::id::FlightId> {
    let mut seen = std::collections::HashSet::new();
    segments
        .iter()
        .filter(|segment| state::holds(segment.status))
        .map(|segment| segment.flight_id)
        .filter(move |flight| seen.insert(*flight))
}

/// Which way a journey to `destination` goes, when the order begins at `home`.
pub(crate) fn direction(home: &str, destination: &str) -> Direction {
    if destination == home {
        Direction::Inbound
    } else {
        Direction::Outbound
    }
}
