use async_graphql::{Context, ID, Object};
use entities::order::flight_segment;
use schema_kernel::guard::Personal;
use schema_kernel::{ContextExt, Result, id::show};

use super::kind::{Cabin, SegmentStatus, TravelStatus};
use crate::{
    flight::{Flight, FlightById},
    order::edge,
    passenger::Passenger,
};

/// One passenger's place on one flight.
#[derive(Clone, Debug)]
pub struct FlightSegment(pub(crate) flight_segment::Model);

/// One passenger's place on one flight. What became of the passenger is kept apart from what became of the flight.
#[Object(requires_scopes = "order:read", directive = Personal::apply("TRAVEL"))]
impl FlightSegment {
    /// The id of the segment.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// The flight; null when the airline does not operate it any more.
    async fn flight(&self, context: &Context<'_>) -> Option<Result<Flight>> {
        let load = async {
            context
                .loader()?
                .load_one(FlightById(self.0.flight_id))
                .await
        };
        load.await.transpose().map(|found| found.map(Flight))
    }

    /// Who travels.
    async fn passenger(&self, context: &Context<'_>) -> Option<Result<Passenger>> {
        edge::passenger(context, self.0.order_id, self.0.passenger_id).await
    }

    /// Its place in the journey, from 0.
    async fn sequence(&self) -> i32 {
        self.0.sequence
    }

    /// The cabin that was sold.
    async fn cabin(&self) -> Cabin {
        self.0.cabin.into()
    }

    /// The booking class (RBD): one letter, which the carrier maps to a cabin. Example: `"Y"`.
    async fn booking_class(&self) -> &str {
        &self.0.booking_class
    }

    /// The fare basis; null where none was given. Example: `"YLE7AE"`.
    async fn fare_basis(&self) -> Option<&str> {
        self.0.fare_basis.as_deref()
    }

    /// The seat: row and letter; null while none is held. Example: `"12A"`.
    async fn seat(&self) -> Option<&str> {
        self.0.seat.as_deref()
    }

    /// What the booking is worth.
    async fn status(&self) -> SegmentStatus {
        self.0.status.into()
    }

    /// What became of the passenger.
    async fn travel_status(&self) -> TravelStatus {
        self.0.travel_status.into()
    }
}
