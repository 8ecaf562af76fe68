//! What went wrong with one passenger's journey.

mod assess;
mod cause;
mod established;
mod facts;
mod receive;
mod report;
mod settlement;
pub(crate) mod store;

use async_graphql::{Context, Enum, ID, Object};
use entities::compensation::disruption;
use schema_kernel::{
    ContextExt, PageArguments, Result, id,
    keyset::{Cursor, SortedBy},
    scalar::{Date, DateTime},
};

pub(crate) use self::{
    assess::assess,
    facts::{carrier, event_kind, passenger},
    receive::receive,
    settlement::{Settlement, weightiest},
};
pub use self::{
    assess::{
        AssessDisruptionInput, AssessDisruptionOutcome, AssessedAirportInput, AssessedBaggageInput,
        AssessedBoardingInput, AssessedCabin, AssessedDamageInput, AssessedFlightInput,
        AssessedOperationInput, AssessedPriceInput, AssessedPurchaseInput, AssessedServiceInput,
        AssessedStayInput, AssessedTier, CauseControl, CircumstancesInput, DisruptionAssessed,
        RefundPaymentMethod, ServiceIssueCode,
    },
    cause::CauseReading,
    established::{Established, EstablishedFactsInput, ReroutingInput},
    facts::MalformedReport,
    report::{FareKind, JourneyDisrupted, PassengerKind, Payment, Place},
};
use crate::{
    assessment::{Assessment, store::AssessmentsOf},
    claim::Connection,
    engine::{DiversionOutcome, EventKind},
    stub::{Flight, Journey},
};

/// What went wrong with one passenger's journey on one flight.
pub struct Disruption(pub(crate) disruption::Model);

/// The sorts of disruption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "EventKind")]
pub enum DisruptionKind {
    /// The flight operates, late.
    Delay,
    /// The flight does not operate.
    Cancellation,
    /// The flight left for its destination and landed elsewhere first.
    Diversion,
    /// The flight was moved to an earlier departure.
    BroughtForward,
    /// The journey was changed otherwise: connections, airports, cabin, times.
    ItineraryChange,
    /// The passenger was refused a seat on a flight that operates.
    DeniedBoarding,
    /// The passenger travelled in a lower class than was bought.
    Downgrade,
    /// Baggage came late.
    BaggageDelayed,
    /// Baggage came damaged.
    BaggageDamaged,
    /// Baggage did not come.
    BaggageLost,
    /// Something that was paid for besides the fare was not provided.
    AncillaryNotProvided,
    /// A service was not what it should be.
    ServiceIssue,
    /// A delay that is expected and has not ended; `departureDelayMinutes` says how long it is expected to be.
    AnticipatedDelay,
    /// Passengers wait on board on the ground.
    TarmacDelay,
}

/// Where a diverted flight left its passengers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "DiversionOutcome")]
pub enum DiversionEnd {
    /// Back where it started.
    ReturnedToOrigin,
    /// At an airport that serves another town or region.
    OtherRegion,
    /// At another airport of the same town or region.
    SameRegion,
    /// At the booked airport after all.
    ReachedDestination,
}

/// What went wrong with one passenger's journey on one flight, as it was last reported.
#[Object(requires_scopes = "claim:read")]
impl Disruption {
    /// The id of the disruption.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What sort of disruption it is.
    async fn kind(&self) -> DisruptionKind {
        facts::event_kind(self.0.kind).into()
    }

    /// The local date of the flight's scheduled departure; the law of that day decides.
    async fn incident_on(&self) -> Date {
        Date(self.0.incident_on)
    }

    /// Minutes late at the final destination of the journey; null when not known.
    async fn arrival_delay_minutes(&self) -> Option<i64> {
        self.0.arrival_delay_minutes
    }

    /// The IATA delay code that was reported; null when none was. Example: `"41"`, a technical defect.
    async fn cause_code(&self) -> Option<&str> {
        self.0.cause_code.as_deref()
    }

    /// The flight's designator. Example: `"EK47"`.
    async fn flight_designator(&self) -> &str {
        &self.0.flight_designator
    }

    /// When the latest report was made, in UTC.
    async fn reported_at(&self) -> DateTime {
        self.0.reported_at
    }

    /// The journey that was disrupted; null where it is not shown or cannot be read.
    async fn journey(&self) -> Option<Journey> {
        Some(Journey(self.0.journey_id))
    }

    /// The flight that went wrong; null where it cannot be read.
    async fn flight(&self) -> Option<Flight> {
        Some(Flight::from(self.0.flight_id))
    }

    /// Everything that was decided about it, oldest first: a correction adds to the list and changes nothing in it. The
    /// first 10 when no size is given.
    async fn assessments(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<Connection<Assessment>>> {
        Some(
            assessments(
                context,
                self.0.id,
                PageArguments {
                    first,
                    after,
                    last,
                    before,
                },
            )
            .await,
        )
    }
}

async fn assessments(
    context: &Context<'_>,
    disruption: id::DisruptionId,
    page: PageArguments,
) -> Result<Connection<Assessment>> {
    let page = page.page(Some(crate::PAGE))?.sorted_by(SortedBy::Instant)?;
    let key = AssessmentsOf {
        disruption,
        page: page.clone(),
    };
    let recorded = context.loader()?.load_one(key).await?.unwrap_or_default();
    let decisions = recorded
        .into_iter()
        .map(|recorded| {
            Ok((
                Cursor::at(recorded.row.assessed_at, recorded.row.id),
                Assessment::stored(recorded)?,
            ))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(page.connection(
        decisions,
        |(place, _)| place.clone(),
        |(_, assessment)| assessment,
    ))
}

/// The disruption with this id. Whoever may see a claim may see what it is for.
pub(crate) async fn load(
    context: &Context<'_>,
    key: id::DisruptionId,
) -> Option<Result<Disruption>> {
    let load = async || {
        Ok(context
            .loader()?
            .load_one(store::DisruptionById(key))
            .await?
            .map(Disruption))
    };
    load().await.transpose()
}
