//! The journey at hand: the one that somebody before a kiosk has named by its booking. It is all that a device gets to see
//! of a person's travel, without a name in it, and for a few minutes.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime as Instant, TimeDelta, Utc};
use entities::{
    id::JourneyId,
    order::{flight_segment, journey, order::OrderStatus},
};
use schema_kernel::{
    ContextExt, Database, Result, Rows,
    cost::listSize,
    id::show,
    loader::Visible,
    scalar::{DateTime, RecordLocator},
};

use super::{
    JourneyStatus, TravelStatus,
    kind::Cabin,
    store::{JourneyById, SegmentsOfJourney},
};
use crate::{
    flight::{Flight, FlightById},
    order::store::by_locator,
    passenger::family_name_key,
    reference::{Airport, airport_at},
};

/// For how long after its arrival a journey can be looked up: who missed a connection stands before a kiosk too.
const AFTER: TimeDelta = TimeDelta::hours(24);

/// The journey of a booking that is under way or comes next: of the newest order with this locator on which somebody of
/// this family name travels. `None` where there is none, for whatever reason.
///
/// # Errors
/// When the database fails.
pub async fn find(
    database: &Database,
    locator: &RecordLocator,
    family_name: &str,
    now: Instant<Utc>,
) -> Result<Option<JourneyId>> {
    let key = family_name_key(family_name);
    if key.is_empty() {
        return Ok(None);
    }
    let order = by_locator(database, Rows::All, locator.as_str(), &key).await?;
    let Some(order) = order.filter(|order| order.status != OrderStatus::Cancelled) else {
        return Ok(None);
    };
    let journeys = super::store::of_order(database, order.id).await?;
    let next = journeys
        .into_iter()
        .filter(|journey| journey.arrives_at + AFTER > now)
        .min_by_key(|journey| journey.departs_at);
    Ok(next.map(|journey| journey.id))
}

/// What a kiosk asks of the journey at hand.
#[derive(Default)]
pub struct AtHandQuery;

#[Object]
impl AtHandQuery {
    /// The journey that the traveller before this kiosk has named by its booking; `null` while none is named, and a few
    /// minutes afterwards. A kiosk names it at `/auth/device/journey`.
    #[graphql(requires_scopes = "journey:read")]
    async fn kiosk_journey(&self, context: &Context<'_>) -> Option<Result<KioskJourney>> {
        at_hand(context).await.transpose()
    }
}

async fn at_hand(context: &Context<'_>) -> Result<Option<KioskJourney>> {
    let Some(key) = context.session()?.actor.journey_at_hand() else {
        return Ok(None);
    };
    // The one row that the grant reaches.
    let rows = Rows::All;
    let found = context
        .loader()?
        .load_one(JourneyById(Visible { key, rows }));
    Ok(found.await?.map(KioskJourney))
}

/// A journey, as a kiosk shows it.
pub struct KioskJourney(journey::Model);

/// A journey, as a kiosk shows it to who has named its booking: where, when and how it stands, and no name.
#[Object(requires_scopes = "journey:read")]
impl KioskJourney {
    /// The id of the journey.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// The first airport.
    async fn origin(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.origin).await
    }

    /// The final airport.
    async fn destination(&self, context: &Context<'_>) -> Option<Result<Airport>> {
        airport_at(context, &self.0.destination).await
    }

    /// The departure from the first airport, as it was sold, in UTC.
    async fn scheduled_departure_at(&self) -> DateTime {
        self.0.departs_at
    }

    /// The arrival at the final airport, as it was sold, in UTC.
    async fn scheduled_arrival_at(&self) -> DateTime {
        self.0.arrives_at
    }

    /// How it stands, from how its flights stand now.
    async fn status(&self, context: &Context<'_>) -> Option<Result<JourneyStatus>> {
        Some(super::Journey(self.0.clone()).standing(context).await)
    }

    /// The places on its flights, in order of travel: one for each passenger of the booking.
    #[graphql(directive = listSize::apply(8))]
    async fn segments(&self, context: &Context<'_>) -> Option<Result<Vec<KioskSegment>>> {
        let load = async {
            let key = SegmentsOfJourney(self.0.id);
            let rows = context.loader()?.load_one(key).await?;
            Ok(rows
                .unwrap_or_default()
                .into_iter()
                .map(KioskSegment)
                .collect())
        };
        Some(load.await)
    }
}

/// A place on a flight, as a kiosk shows it.
pub struct KioskSegment(flight_segment::Model);

/// A place on a flight, as a kiosk shows it: of whom it does not say.
#[Object(requires_scopes = "journey:read")]
impl KioskSegment {
    /// The flight; `null` when the airline does not operate it any more.
    async fn flight(&self, context: &Context<'_>) -> Option<Result<Flight>> {
        let load = async {
            let key = FlightById(self.0.flight_id);
            Ok(context.loader()?.load_one(key).await?.map(Flight))
        };
        load.await.transpose()
    }

    /// Its place in the journey, from 0.
    async fn sequence(&self) -> i32 {
        self.0.sequence
    }

    /// The cabin that was sold.
    async fn cabin(&self) -> Cabin {
        self.0.cabin.into()
    }

    /// The seat: row and letter; `null` while none is held. Example: `"12A"`.
    async fn seat(&self) -> Option<&str> {
        self.0.seat.as_deref()
    }

    /// What became of the passenger.
    async fn travel_status(&self) -> TravelStatus {
        self.0.travel_status.into()
    }
}
