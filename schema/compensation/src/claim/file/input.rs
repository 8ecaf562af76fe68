//! What somebody says who files a claim, and the checks before anything is read.

use async_graphql::{ID, InputObject};
use chrono::{Days, NaiveDate};
use entities::{
    compensation::{
        assessment::Regime as StoredRegime, claim::MILES, entitlement::EntitlementKind as Remedy,
        filing::Incident as StoredIncident,
    },
    id::{CustomerId, FlightId, JourneyId, PassengerId, TypedId},
};
use schema_kernel::{
    id,
    money::Long,
    problem::{FieldProblem, InvalidInput, NotFound},
    scalar::Date,
};
use sea_orm::ActiveEnum;
use uuid::Uuid;

use crate::{
    assessment::{EntitlementKind, Regime},
    claim::{authority, decide::text, filing::Incident},
    journey::Known,
    outcome::Refusal,
};

/// Days before and after a departure on which something that belongs to the journey happens.
const AROUND: (u64, u64) = (14, 60);

/// The most that can be asked for, in minor units: more is a slip of the pen.
const MOST: i64 = 1_000_000_000_000;

/// A claim as somebody files it: what happened on which journey, and what they want for it.
#[derive(Clone, Debug, InputObject)]
pub struct FileClaimInput {
    /// The journey. It or the flight is needed.
    pub journey_id: Option<ID>,
    /// The flight on which it happened. With a journey of one flight it can be left out.
    pub flight_id: Option<ID>,
    /// The customer whose journey it is, where an agent names the flight alone. A customer's own where a customer asks.
    pub customer_id: Option<ID>,
    /// The passenger to whom it happened. With a journey of one passenger they can be left out.
    pub passenger_id: Option<ID>,
    /// What happened.
    pub incident: Incident,
    /// The day on which it happened; the day of departure when it is left out. Example: `"2026-03-16"`.
    pub incident_on: Option<Date>,
    /// What happened, in words of one's own; at most 2000 characters. Numbers of payment cards are taken out.
    pub statement: String,
    /// What is wanted for it: a fixed sum, a refund, proven damage, miles as a gesture.
    pub remedy: EntitlementKind,
    /// The amount, in minor units of the currency: of proven damage or a refund. Example: `24000` with `EUR`.
    pub amount_minor: Option<Long>,
    /// ISO 4217 code of the currency. Example: `"EUR"`.
    pub currency: Option<String>,
    /// The body of law, where the claimant names one; it decides how long a claim can be filed.
    pub regime: Option<Regime>,
    /// The same key with the same input files one claim, however often it is sent.
    pub idempotency_key: Uuid,
}

/// Which journey is meant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Where {
    Journey(JourneyId),
    Flight(FlightId, Option<CustomerId>),
}

/// The input after it was checked.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) place: Where,
    flight: Option<FlightId>,
    passenger: Option<PassengerId>,
    pub(super) incident: StoredIncident,
    incident_on: Option<NaiveDate>,
    pub(super) statement: String,
    pub(super) remedy: Remedy,
    pub(super) amount: Option<(i64, String)>,
    pub(super) regime: Option<StoredRegime>,
}

/// What the journey adds to the input.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) passenger: PassengerId,
    pub(super) flight: FlightId,
    pub(super) incident_on: NaiveDate,
}

pub(super) fn read(input: &FileClaimInput, today: NaiveDate) -> Result<Asked, Refusal> {
    let mut problems = Vec::new();
    let statement = text("input.statement", Some(&input.statement), &mut problems);
    if statement.is_none() && problems.is_empty() {
        let message = "Say what happened, in a sentence or two.";
        problems.push(FieldProblem::at("input.statement", message));
    }
    if input.incident_on.is_some_and(|day| day.0 > today) {
        let message = format!("Today is {today}; a claim is filed for what has happened.");
        problems.push(FieldProblem::at("input.incidentOn", message));
    }
    let amount = amount(input, &mut problems);
    if input.journey_id.is_none() && input.flight_id.is_none() {
        let message = "Say on which journey or flight it happened: give `journeyId` or `flightId`.";
        problems.push(FieldProblem::at("input.journeyId", message));
    }
    let statement = match statement {
        Some(statement) if problems.is_empty() => statement,
        _ => return Err(InvalidInput::of(problems).into()),
    };
    let flight = own(input.flight_id.as_ref(), "flight")?;
    let place = match own(input.journey_id.as_ref(), "journey")? {
        Some(journey) => Where::Journey(journey),
        None => Where::Flight(
            flight.ok_or_else(|| NotFound::of("flight"))?,
            own(input.customer_id.as_ref(), "customer")?,
        ),
    };
    Ok(Asked {
        place,
        flight,
        passenger: own(input.passenger_id.as_ref(), "passenger")?,
        incident: input.incident.into(),
        incident_on: input.incident_on.map(|day| day.0),
        statement,
        remedy: input.remedy.into(),
        amount,
        regime: input.regime.map(Into::into),
    })
}

/// The id, if one was given; what cannot be one is of nothing.
fn own<Id: TypedId>(given: Option<&ID>, kind: &str) -> Result<Option<Id>, Refusal> {
    given
        .map(|given| id::try_read(given).ok_or_else(|| NotFound::of(kind).into()))
        .transpose()
}

fn amount(input: &FileClaimInput, problems: &mut Vec<FieldProblem>) -> Option<(i64, String)> {
    let (amount, currency) = match (input.amount_minor, &input.currency) {
        (None, None) => {
            if input.remedy == EntitlementKind::DamagesCap {
                let message = "Damage has to be proven: say how much it was, with its currency.";
                problems.push(
                    FieldProblem::at("input.amountMinor", message).by("Montreal Convention Art 22"),
                );
            }
            return None;
        }
        (Some(amount), Some(currency)) => (amount.0, currency),
        (Some(_), None) | (None, Some(_)) => {
            let message = "An amount and its currency come together.";
            problems.push(FieldProblem::at("input.currency", message));
            return None;
        }
    };
    if !(1..=MOST).contains(&amount) {
        let message = format!("An amount is between 1 and {MOST} minor units of its currency.");
        problems.push(FieldProblem::at("input.amountMinor", message));
    }
    if currency == MILES || authority::needed(amount, currency).is_none() {
        let message =
            "This is no currency that the airline pays in; give its ISO 4217 code, like \"EUR\".";
        problems.push(FieldProblem::at("input.currency", message).by("ISO 4217"));
    }
    Some((amount, currency.clone()))
}

impl Asked {
    /// The body of law that was named, as it is stored.
    pub(super) fn regime_name(&self) -> Option<String> {
        self.regime.map(|regime| regime.to_value())
    }

    /// What the journey adds.
    pub(super) fn on(&self, journey: &Known) -> Result<About, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let passenger = one_of(
            self.passenger,
            &journey.passengers,
            ("input.passengerId", "passenger"),
            &mut problems,
        );
        let flight = one_of(
            self.flight,
            &journey.flights,
            ("input.flightId", "flight"),
            &mut problems,
        );
        let departs_on = journey.departs_at.map(|at| at.date_naive());
        let incident_on = self.incident_on.or(departs_on);
        if let (Some(day), Some(departs_on)) = (self.incident_on, departs_on)
            && !is_around(day, departs_on)
        {
            let message = format!(
                "The journey departs on {departs_on}; what belongs to it happens about then."
            );
            problems.push(FieldProblem::at("input.incidentOn", message));
        }
        if incident_on.is_none() {
            let message = "Say on which day it happened.";
            problems.push(FieldProblem::at("input.incidentOn", message));
        }
        match (passenger, flight, incident_on) {
            (Some(passenger), Some(flight), Some(incident_on)) if problems.is_empty() => {
                Ok(About {
                    passenger,
                    flight,
                    incident_on,
                })
            }
            _ => Err(problems),
        }
    }
}

fn is_around(day: NaiveDate, departs_on: NaiveDate) -> bool {
    let (before, after) = AROUND;
    departs_on
        .checked_sub_days(Days::new(before))
        .is_none_or(|first| first <= day)
        && departs_on
            .checked_add_days(Days::new(after))
            .is_none_or(|last| day <= last)
}

/// The one that is meant: named and among them, or the only one.
fn one_of<Id: TypedId>(
    named: Option<Id>,
    all: &[Id],
    (path, what): (&str, &str),
    problems: &mut Vec<FieldProblem>,
) -> Option<Id> {
    let found = match (named, all) {
        (Some(named), all) => all.contains(&named).then_some(named),
        (None, [only]) => Some(*only),
        (None, _) => None,
    };
    if found.is_none() {
        let count = all.len();
        let message = match named {
            Some(_) => format!("This {what} does not belong to the journey."),
            None => format!("The journey has {count} of them; say which {what} is meant."),
        };
        problems.push(FieldProblem::at(path, message));
    }
    found
}
