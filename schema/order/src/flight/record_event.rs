//! Recording what happened to a flight.

pub(crate) mod check;
mod input;

use async_graphql::{Object, Union};
use entities::{
    id::FlightId,
    order::{
        flight::Model,
        flight_event::{self, Source},
    },
};
use schema_kernel::{
    Database, Permit, Result, Session,
    id::try_read,
    idempotency::{Once, once},
    permit::Operations,
    problem::{Conflict, FieldProblem, InvalidInput, NotFound, StaleVersion, TransitionNotAllowed},
};
use sea_orm::{ActiveEnum, DatabaseTransaction};
use serde::{Deserialize, Serialize};

pub use input::{
    ArrivalDetails, CancellationDetails, DelayDetails, DiversionDetails, GateChangeDetails,
    RecordFlightEventInput,
};

use super::{
    Flight, FlightEvent,
    disruption::FlightChange,
    history::difference,
    publish::publish,
    state::{self, Change},
    store,
};
use crate::{DOMAIN, reference::airports_by_code};

/// What became of a flight event that was recorded.
#[derive(Clone, Debug, Union, Serialize, Deserialize)]
pub enum RecordFlightEventOutcome {
    /// It is recorded.
    Recorded(FlightEventRecorded),
    /// Values in the input cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such flight.
    NotFound(NotFound),
    /// The flight has changed since it was read.
    StaleVersion(StaleVersion),
    /// It cannot happen to a flight in this state.
    TransitionNotAllowed(TransitionNotAllowed),
    /// The idempotency key was used for something else.
    Conflict(Conflict),
}

/// The event is recorded, and whoever it concerns will be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FlightEventRecorded {
    flight: Box<Flight>,
    event: Option<Box<FlightEvent>>,
    disrupted_journeys: i32,
}

/// The event is recorded, and whoever it concerns will be told.
#[Object(requires_scopes = "flight:read")]
impl FlightEventRecorded {
    /// The flight as it is now.
    async fn flight(&self) -> &Flight {
        &self.flight
    }

    /// The event in the flight's history; null when it told nothing that was not known.
    async fn event(&self) -> Option<&FlightEvent> {
        self.event.as_deref()
    }

    /// How many passenger journeys ended differently because of it, by at least an hour or not at all. Example: `312`.
    async fn disrupted_journeys(&self) -> i32 {
        self.disrupted_journeys
    }
}

/// Records an event once: repeating the request with the same idempotency key gives the first outcome again.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails; nothing is written then.
pub(super) async fn record(
    database: &Database,
    session: &Session,
    input: RecordFlightEventInput,
) -> Result<RecordFlightEventOutcome> {
    let Some(permit) = session.actor.permit("flight:write", Operations) else {
        return Ok(no_such_flight());
    };
    let Some(id) = try_read::<FlightId>(&input.flight_id) else {
        return Ok(no_such_flight());
    };
    let problems = input.problems();
    if !problems.is_empty() {
        return Ok(RecordFlightEventOutcome::InvalidInput(InvalidInput::of(
            problems,
        )));
    }
    let outcome = database
        .transaction(async |transaction| {
            once(
                transaction,
                DOMAIN,
                session,
                Some(input.idempotency_key),
                &input,
                async || write(transaction, &permit, session, id, &input).await,
            )
            .await
        })
        .await?;
    Ok(match outcome {
        Once::Outcome(outcome) => outcome,
        Once::OtherInput => RecordFlightEventOutcome::Conflict(Conflict::of(
            "This idempotency key was used for another flight event; a new event takes a new key.",
        )),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    permit: &Permit<Operations>,
    session: &Session,
    id: FlightId,
    input: &RecordFlightEventInput,
) -> Result<RecordFlightEventOutcome> {
    let Some(old) = store::find_for_change(transaction, id).await? else {
        return Ok(no_such_flight());
    };
    if input
        .expected_version
        .is_some_and(|expected| expected != old.version)
    {
        return Ok(RecordFlightEventOutcome::StaleVersion(StaleVersion::of(
            old.version,
        )));
    }
    let change = match input.change(&old) {
        Ok(change) => change,
        Err(problems) => {
            return Ok(RecordFlightEventOutcome::InvalidInput(InvalidInput::of(
                problems,
            )));
        }
    };
    if let Some(problem) = unknown_airport(transaction, &change).await? {
        return Ok(RecordFlightEventOutcome::InvalidInput(InvalidInput::of(
            vec![problem],
        )));
    }
    let Some(new) = state::apply(&old, &change) else {
        return Ok(RecordFlightEventOutcome::TransitionNotAllowed(not_allowed(
            &old, &change,
        )));
    };
    if new == old {
        return Ok(recorded(old, None, 0));
    }
    let event = event_of(session, &change, &old, &new, Source::Api)?;
    store::save(transaction, permit, vec![new.clone()]).await?;
    store::add_events(transaction, permit, vec![event.clone()]).await?;
    let told = FlightChange {
        kind: change.kind(),
        event_id: event.id,
        old,
        new: new.clone(),
    };
    let disrupted = publish(transaction, session, &[told]).await?;
    Ok(recorded(new, Some(event), disrupted))
}

fn recorded(
    flight: Model,
    event: Option<flight_event::Model>,
    disrupted: u64,
) -> RecordFlightEventOutcome {
    RecordFlightEventOutcome::Recorded(FlightEventRecorded {
        flight: Box::new(Flight(flight)),
        event: event.map(|event| Box::new(FlightEvent(event))),
        disrupted_journeys: i32::try_from(disrupted).unwrap_or(i32::MAX),
    })
}

/// The line of the flight's history that tells of a change.
pub(crate) fn event_of(
    session: &Session,
    change: &Change,
    old: &Model,
    new: &Model,
    source: Source,
) -> Result<flight_event::Model> {
    let (old_values, new_values) = difference(old, new)?;
    Ok(flight_event::Model {
        id: session.new_id(),
        flight_id: new.id,
        kind: change.kind(),
        recorded_at: session.now(),
        old_values,
        new_values,
        cause_code: new.cause_code.clone(),
        source,
        actor: session.actor.id().to_owned(),
    })
}

async fn unknown_airport(
    transaction: &DatabaseTransaction,
    change: &Change,
) -> Result<Option<FieldProblem>> {
    let Change::Diversion { to, .. } = change else {
        return Ok(None);
    };
    let known = airports_by_code(transaction, [to.as_str()]).await?;
    Ok((!known.contains_key(to)).then(|| {
        FieldProblem::at(
            "input.diversion.divertedTo",
            "There is no airport with this IATA code.",
        )
        .by("IATA location identifier")
    }))
}

/// Why the change cannot happen to the flight as it stands.
pub(crate) fn not_allowed(flight: &Model, change: &Change) -> TransitionNotAllowed {
    let allowed: Vec<String> = state::may_happen(flight.status)
        .iter()
        .map(ActiveEnum::to_value)
        .collect();
    let (from, to) = (flight.status.to_value(), change.kind().to_value());
    let mut refusal = TransitionNotAllowed::of(&from, &to, allowed);
    refusal.message = format!(
        "A flight that is {from} takes no {to}; it takes {allowed}.",
        allowed = refusal.allowed.join(", ")
    );
    refusal
}

fn no_such_flight() -> RecordFlightEventOutcome {
    RecordFlightEventOutcome::NotFound(NotFound::of("flight"))
}
