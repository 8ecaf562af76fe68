use async_graphql::{ID, InputObject};
use chrono::TimeDelta;
use entities::order::{flight::Model, flight_event::Kind};
use schema_kernel::{
    problem::FieldProblem,
    scalar::{DateTime, IataAirport},
};
use serde::Serialize;
use uuid::Uuid;

use super::check::{wrong_cause, wrong_gate, wrong_minutes};
use crate::flight::{
    FlightEventKind,
    state::{Change, minutes_between},
};

/// What happened to a flight. Besides `kind`, give the one object that belongs to that kind, and no other; a restoration has
/// none.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct RecordFlightEventInput {
    /// The flight it happened to.
    pub flight_id: ID,
    /// Names this request: when it is sent again, the first outcome is given again and nothing happens twice.
    pub idempotency_key: Uuid,
    /// The version of the flight that you read; when the flight has changed since, nothing is recorded. Leave it out to
    /// record the event whatever else became known meanwhile.
    pub expected_version: Option<i32>,
    /// What happened.
    pub kind: FlightEventKind,
    /// What belongs to `DELAY`.
    pub delay: Option<DelayDetails>,
    /// What belongs to `CANCELLATION`.
    pub cancellation: Option<CancellationDetails>,
    /// What belongs to `DIVERSION`.
    pub diversion: Option<DiversionDetails>,
    /// What belongs to `GATE_CHANGE`.
    pub gate_change: Option<GateChangeDetails>,
    /// What belongs to `ARRIVAL`.
    pub arrival: Option<ArrivalDetails>,
}

/// A new time of departure or arrival. For a flight that has arrived it corrects what was recorded.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DelayDetails {
    /// When it leaves now; instead of `departureDelayMinutes`. Leave both out when only the arrival changes.
    pub new_departure_at: Option<DateTime>,
    /// Minutes from scheduled to new departure, negative when early, -1440 to 10080. Example: `210`.
    pub departure_delay_minutes: Option<i32>,
    /// Minutes from scheduled to new arrival, negative when early, -1440 to 10080. Example: `220`.
    pub arrival_delay_minutes: i32,
    /// The two-digit IATA delay code (AHM 730). Example: `"41"`.
    pub cause_code: String,
}

/// Why a flight does not take place.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct CancellationDetails {
    /// The two-digit IATA delay code (AHM 730). Example: `"71"`.
    pub cause_code: String,
}

/// Where a flight went instead.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DiversionDetails {
    /// The airport it goes to. Example: `"CGN"`.
    pub diverted_to: IataAirport,
    /// Minutes after the scheduled arrival at which its passengers reach the destination they booked, -1440 to 10080; leave
    /// it out as long as that is not known.
    pub arrival_delay_minutes: Option<i32>,
    /// The two-digit IATA delay code (AHM 730), when it is known. Example: `"72"`.
    pub cause_code: Option<String>,
}

/// A new gate.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct GateChangeDetails {
    /// The gate: 1 to 8 letters and digits. Example: `"B22"`.
    pub gate: String,
}

/// How a flight ended.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct ArrivalDetails {
    /// When it arrived: doors open, not touch-down (C-452/13 Germanwings).
    pub actual_arrival_at: DateTime,
    /// When it had left, unless that is known already.
    pub actual_departure_at: Option<DateTime>,
}

impl RecordFlightEventInput {
    /// What is wrong with the input, whatever the flight.
    pub(crate) fn problems(&self) -> Vec<FieldProblem> {
        let kind = Kind::from(self.kind);
        let given = [
            (Kind::Delay, "delay", self.delay.is_some()),
            (
                Kind::Cancellation,
                "cancellation",
                self.cancellation.is_some(),
            ),
            (Kind::Diversion, "diversion", self.diversion.is_some()),
            (Kind::GateChange, "gateChange", self.gate_change.is_some()),
            (Kind::Arrival, "arrival", self.arrival.is_some()),
        ];
        let mut problems = Vec::new();
        for (belongs_to, name, is_given) in given {
            if is_given != (belongs_to == kind) {
                let message = if is_given {
                    "This does not belong to an event of this kind; leave it out."
                } else {
                    "An event of this kind needs this."
                };
                problems.push(
                    FieldProblem::at(&format!("input.{name}"), message)
                        .by("the one object that belongs to `kind`"),
                );
            }
        }
        problems.extend(self.delay.iter().flat_map(DelayDetails::problems));
        problems.extend(
            self.cancellation
                .iter()
                .filter_map(|details| wrong_cause("cancellation", &details.cause_code)),
        );
        problems.extend(self.diversion.iter().flat_map(DiversionDetails::problems));
        problems.extend(
            self.gate_change
                .iter()
                .filter_map(|details| wrong_gate("input.gateChange.gate", &details.gate)),
        );
        problems
    }

    /// The change that the input stands for, or what is wrong with it for this flight.
    pub(crate) fn change(&self, flight: &Model) -> Result<Change, Vec<FieldProblem>> {
        Ok(
            match (
                Kind::from(self.kind),
                &self.delay,
                &self.cancellation,
                &self.diversion,
                &self.gate_change,
                &self.arrival,
            ) {
                (Kind::Delay, Some(details), ..) => details.change(flight)?,
                (Kind::Cancellation, _, Some(details), ..) => Change::Cancellation {
                    cause: details.cause_code.clone(),
                },
                (Kind::Diversion, _, _, Some(details), ..) => details.change(flight)?,
                (Kind::GateChange, _, _, _, Some(details), _) => Change::GateChange {
                    gate: details.gate.clone(),
                },
                (Kind::Arrival, .., Some(details)) => details.change(flight)?,
                (Kind::Restoration, ..) => Change::Restoration,
                (
                    Kind::Delay
                    | Kind::Cancellation
                    | Kind::Diversion
                    | Kind::GateChange
                    | Kind::Arrival,
                    ..,
                ) => return Err(self.problems()),
            },
        )
    }
}

impl DelayDetails {
    fn problems(&self) -> Vec<FieldProblem> {
        let both = self.new_departure_at.is_some() && self.departure_delay_minutes.is_some();
        let both = both.then(|| {
            FieldProblem::at(
                "input.delay.newDepartureAt",
                "Give either `newDepartureAt` or `departureDelayMinutes`, not both.",
            )
        });
        both.into_iter()
            .chain(
                self.departure_delay_minutes.and_then(|minutes| {
                    wrong_minutes("input.delay.departureDelayMinutes", minutes)
                }),
            )
            .chain(wrong_minutes(
                "input.delay.arrivalDelayMinutes",
                self.arrival_delay_minutes,
            ))
            .chain(wrong_cause("delay", &self.cause_code))
            .collect()
    }

    fn change(&self, flight: &Model) -> Result<Change, Vec<FieldProblem>> {
        let leaves = self
            .new_departure_at
            .map(|at| minutes_between(flight.scheduled_departure_at, at));
        let problem =
            leaves.and_then(|minutes| wrong_minutes("input.delay.newDepartureAt", minutes));
        if let Some(problem) = problem {
            return Err(vec![problem]);
        }
        let departure = leaves.or(self.departure_delay_minutes);
        let flown = flight.scheduled_arrival_at - flight.scheduled_departure_at;
        let left = departure
            .or(flight.departure_delay_minutes)
            .unwrap_or_default();
        if flown + TimeDelta::minutes((self.arrival_delay_minutes - left).into())
            <= TimeDelta::zero()
        {
            return Err(vec![
                FieldProblem::at(
                    "input.delay.arrivalDelayMinutes",
                    "With these times it would arrive before it leaves.",
                )
                .by("arrival after departure"),
            ]);
        }
        Ok(Change::Delay {
            departure,
            arrival: self.arrival_delay_minutes,
            cause: self.cause_code.clone(),
        })
    }
}

impl DiversionDetails {
    fn problems(&self) -> Vec<FieldProblem> {
        let minutes = self.arrival_delay_minutes;
        let minutes = minutes
            .and_then(|minutes| wrong_minutes("input.diversion.arrivalDelayMinutes", minutes));
        let cause = self
            .cause_code
            .as_ref()
            .and_then(|cause| wrong_cause("diversion", cause));
        minutes.into_iter().chain(cause).collect()
    }

    fn change(&self, flight: &Model) -> Result<Change, Vec<FieldProblem>> {
        let to = self.diverted_to.as_str();
        if to == flight.destination {
            return Err(vec![
                FieldProblem::at(
                    "input.diversion.divertedTo",
                    "This is where the flight is scheduled to; a diversion goes elsewhere.",
                )
                .by("diversion to another airport"),
            ]);
        }
        Ok(Change::Diversion {
            to: to.to_owned(),
            arrival: self.arrival_delay_minutes,
            cause: self.cause_code.clone(),
        })
    }
}

impl ArrivalDetails {
    fn change(&self, flight: &Model) -> Result<Change, Vec<FieldProblem>> {
        let delay = minutes_between(flight.scheduled_arrival_at, self.actual_arrival_at);
        let left = self.actual_departure_at.or(flight.actual_departure_at);
        let left_late = self
            .actual_departure_at
            .map(|at| minutes_between(flight.scheduled_departure_at, at));
        let backwards = left.is_some_and(|left| left >= self.actual_arrival_at);
        let problems: Vec<FieldProblem> = wrong_minutes("input.arrival.actualArrivalAt", delay)
            .into_iter()
            .chain(
                left_late
                    .and_then(|minutes| wrong_minutes("input.arrival.actualDepartureAt", minutes)),
            )
            .chain(backwards.then(|| {
                FieldProblem::at(
                    "input.arrival.actualArrivalAt",
                    "A flight arrives after it leaves.",
                )
                .by("arrival after departure")
            }))
            .collect();
        if problems.is_empty() {
            Ok(Change::Arrival {
                at: self.actual_arrival_at,
                departed_at: self.actual_departure_at,
            })
        } else {
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests;
