//! Flights: the schedule, how it went, and what that does to journeys.

mod batch;
mod create;
mod delay_code;
pub mod disruption;
mod event;
mod filter;
mod follow;
mod history;
pub mod manifest;
mod mutation;
pub mod outcome;
mod publish;
pub mod punctuality;
mod query;
mod record_event;
#[cfg(test)]
pub(crate) mod sample;
pub mod state;
mod store;

use async_graphql::{
    Context, Enum, ID, Object,
    connection::{Connection, EmptyFields},
};
use entities::order::flight;
use schema_kernel::{
    ContextExt, PageArguments, Result, Rows,
    id::show,
    keyset::{Cursor, SortedBy},
    scalar::{Date, DateTime, IataAirline},
};

use crate::reference::{Airport, airport_at};

pub(crate) use batch::padded;
pub use create::{CreateFlightInput, CreateFlightOutcome, FlightCreated};
pub use delay_code::DelayCode;
pub use disruption::{FlightChange, FlightFacts, JourneyFacts, designator};
pub use event::{FlightEvent, FlightEventKind, FlightEventSource, FlightValueChange};
pub use filter::{FlightDays, FlightFilter, FlightSort};
pub(crate) use follow::follow;
pub use history::{as_planned, difference, is_notable, kinds_between};
pub use manifest::FlightManifest;
use manifest::ManifestOf;
pub use mutation::FlightMutation;
pub use outcome::{Disruption, JourneyOutcome, MINIMUM_CONNECTION, journey_outcome};
pub use publish::publish;
use punctuality::PunctualityOf;
pub use punctuality::{Punctuality, PunctualityBasis};
pub use query::FlightQuery;
pub use record_event::{
    ArrivalDetails, CancellationDetails, DelayDetails, DiversionDetails, FlightEventRecorded,
    GateChangeDetails, RecordFlightEventInput, RecordFlightEventOutcome,
};
pub(crate) use record_event::{event_of, not_allowed};
pub(crate) use state::{Change, apply};
pub use state::{LATE_MINUTES, PLAUSIBLE_DELAY, is_late, minutes_between};
pub use store::{EventsOfFlight, FlightById, add_events, by_ids, save};

/// One flight on one day.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Flight(pub(crate) flight::Model);

/// How a flight stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "flight::Status")]
pub enum FlightStatus {
    /// As planned, or less than 15 minutes late.
    Scheduled,
    /// Expected to leave or arrive 15 minutes late or more, and still on the ground.
    Delayed,
    /// In the air.
    Departed,
    /// At its destination.
    Arrived,
    /// Does not take place.
    Cancelled,
    /// Went to another airport than planned.
    Diverted,
}

/// One flight, operated by one airline on one day: its schedule, and what is known of how it went. Instants are in UTC; the
/// day it belongs to is counted on the calendar of its origin.
#[Object]
impl Flight {
    /// The id of the flight.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// Airline, number and suffix as people write them. Example: `"EK47"`.
    #[graphql(requires_scopes = "flight:read")]
    async fn designator(&self) -> String {
        designator(&self.0)
    }

    /// The IATA designator of the operating airline, which is liable for what happens. Example: `"EK"`.
    #[graphql(requires_scopes = "flight:read")]
    async fn carrier(&self) -> Result<IataAirline> {
        IataAirline::parse(&self.0.carrier).map_err(|reason| {
            schema_kernel::Error::internal(anyhow::anyhow!("a stored carrier: {reason}"))
        })
    }

    /// The flight number without the airline, 1 to 9999. Example: `47`.
    #[graphql(requires_scopes = "flight:read")]
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The operational suffix, one letter; null for most flights. Example: `"A"`.
    #[graphql(requires_scopes = "flight:read")]
    async fn suffix(&self) -> Option<&str> {
        Some(self.0.suffix.as_str()).filter(|suffix| !suffix.is_empty())
    }

    /// The airport it leaves from.
    #[graphql(requires_scopes = "flight:read")]
    async fn origin(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.origin).await
    }

    /// The airport it is scheduled to.
    #[graphql(requires_scopes = "flight:read")]
    async fn destination(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.destination).await
    }

    /// The scheduled day of departure, on the calendar of the origin. Example: `"2026-11-20"`.
    #[graphql(requires_scopes = "flight:read")]
    async fn departs_on(&self) -> Date {
        Date(self.0.departs_on)
    }

    /// When it is scheduled to leave.
    #[graphql(requires_scopes = "flight:read")]
    async fn scheduled_departure_at(&self) -> DateTime {
        self.0.scheduled_departure_at
    }

    /// When it is scheduled to arrive.
    #[graphql(requires_scopes = "flight:read")]
    async fn scheduled_arrival_at(&self) -> DateTime {
        self.0.scheduled_arrival_at
    }

    /// When it is expected to leave; null when nothing else than the schedule is expected, and once it has left.
    #[graphql(requires_scopes = "flight:read")]
    async fn estimated_departure_at(&self) -> Option<DateTime> {
        self.0.estimated_departure_at
    }

    /// When it is expected to arrive; null when nothing else than the schedule is expected, and once it has arrived.
    #[graphql(requires_scopes = "flight:read")]
    async fn estimated_arrival_at(&self) -> Option<DateTime> {
        self.0.estimated_arrival_at
    }

    /// When it left; null as long as that is not known.
    #[graphql(requires_scopes = "flight:read")]
    async fn actual_departure_at(&self) -> Option<DateTime> {
        self.0.actual_departure_at
    }

    /// When it arrived; null as long as that is not known.
    #[graphql(requires_scopes = "flight:read")]
    async fn actual_arrival_at(&self) -> Option<DateTime> {
        self.0.actual_arrival_at
    }

    /// Minutes from scheduled to expected or actual departure, negative when early; null when nothing is known. Example: `25`.
    #[graphql(requires_scopes = "flight:read")]
    async fn departure_delay_minutes(&self) -> Option<i32> {
        self.0.departure_delay_minutes
    }

    /// Minutes from scheduled to expected or actual arrival, negative when early; null when nothing is known. Example: `220`.
    #[graphql(requires_scopes = "flight:read")]
    async fn arrival_delay_minutes(&self) -> Option<i32> {
        self.0.arrival_delay_minutes
    }

    /// How it stands.
    #[graphql(requires_scopes = "flight:read")]
    async fn status(&self) -> FlightStatus {
        self.0.status.into()
    }

    /// Why it is late, diverted or cancelled, as the airline coded it; null when no code was given.
    #[graphql(requires_scopes = "flight:read")]
    async fn cause(&self) -> Option<DelayCode> {
        self.0.cause_code.as_deref().and_then(DelayCode::find)
    }

    /// The gate it leaves from; null as long as none is known. Example: `"B22"`.
    #[graphql(requires_scopes = "flight:read")]
    async fn gate(&self) -> Option<&str> {
        self.0.gate.as_deref()
    }

    /// The registration of the aircraft; null as long as none is known. Example: `"A6-EVB"`.
    #[graphql(requires_scopes = "flight:read")]
    async fn aircraft_registration(&self) -> Option<&str> {
        self.0.aircraft_registration.as_deref()
    }

    /// The airport it was diverted to; null unless it was, and as long as the airport is not known.
    #[graphql(requires_scopes = "flight:read")]
    async fn diverted_to(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, self.0.diverted_to.as_deref()?).await
    }

    /// The great-circle distance from origin to destination in kilometres. Example: `4844.9`.
    #[graphql(requires_scopes = "flight:read")]
    async fn distance_km(&self) -> f64 {
        self.0.distance_km
    }

    /// What happened to it, latest first. Without arguments the first 10 are given, at most 100.
    #[graphql(requires_scopes = "flight:read")]
    async fn events(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start of the list, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<Cursor, FlightEvent, EmptyFields, EmptyFields>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        }
        .page(Some(10))?
        .sorted_by(SortedBy::Instant)?;
        let key = EventsOfFlight {
            flight: self.0.id,
            page: page.clone(),
        };
        let events = context.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(page.connection(
            events,
            |event| Cursor::at(event.recorded_at, event.id),
            FlightEvent,
        ))
    }

    /// How punctual the latest flights like this one were, of up to 400 flights in a year: from the same origin to the same
    /// destination, or from the same origin, or all, whichever are enough to speak of.
    #[graphql(requires_scopes = "flight:read")]
    async fn punctuality(&self, context: &Context<'_>) -> Option<Result<Punctuality>> {
        Some(self.record(context).await)
    }

    /// Who is booked on it, in groups and without names. For other subgraphs.
    #[graphql(inaccessible, requires_scopes = "exposure:read")]
    async fn manifest(&self, context: &Context<'_>) -> Option<Result<FlightManifest>> {
        let load = async || {
            if context.session()?.actor.rows("exposure:read") != Rows::All {
                return Ok(None);
            }
            context.loader()?.load_one(ManifestOf(self.0.id)).await
        };
        load().await.transpose()
    }

    /// Minutes that the flights on its record of punctuality gained or lost between departure and arrival, ascending. For
    /// other subgraphs.
    #[graphql(inaccessible, requires_scopes = "flight:read")]
    async fn en_route_minutes(&self, context: &Context<'_>) -> Option<Result<Vec<i32>>> {
        let record = self.record(context).await;
        Some(record.map(|record| record.en_route_minutes))
    }

    /// The version of the record, to be sent back as `expectedVersion` with a change.
    #[graphql(requires_scopes = "flight:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }
}

impl Flight {
    async fn record(&self, context: &Context<'_>) -> Result<Punctuality> {
        let key = PunctualityOf {
            origin: self.0.origin.clone(),
            destination: self.0.destination.clone(),
            until: context.session()?.now(),
        };
        let record = context.loader()?.load_one(key).await?;
        Ok(record.unwrap_or_else(|| punctuality::punctuality(PunctualityBasis::Network, &[])))
    }
}
