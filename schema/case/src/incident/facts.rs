//! What is known of a disrupted flight, and what follows from it.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use entities::{
    case::incident::{IncidentKind, IncidentStatus, Model},
    id::{FlightId, IncidentId},
};

/// What somebody knows of a disrupted flight. What they do not know is `None`, and changes nothing.
#[derive(Clone, Debug)]
pub(crate) struct FlightFacts {
    pub(crate) flight_id: FlightId,
    pub(crate) designator: String,
    pub(crate) kind: IncidentKind,
    pub(crate) origin: Option<String>,
    pub(crate) destination: Option<String>,
    pub(crate) scheduled_departure_at: Option<DateTime<Utc>>,
    pub(crate) delay_minutes: Option<i32>,
    pub(crate) diverted_to: Option<String>,
    pub(crate) affected_passengers: Option<i32>,
}

impl FlightFacts {
    /// The incident that begins with these facts.
    pub(super) fn open(self, id: IncidentId, at: DateTime<Utc>) -> Model {
        Model {
            id,
            flight_id: self.flight_id,
            designator: self.designator,
            origin: self.origin,
            destination: self.destination,
            scheduled_departure_at: self.scheduled_departure_at,
            kind: self.kind,
            delay_minutes: self.delay_minutes,
            diverted_to: self.diverted_to,
            affected_passengers: self.affected_passengers.unwrap_or_default(),
            status: IncidentStatus::Open,
            opened_at: at,
            updated_at: at,
            closed_at: None,
        }
    }

    /// The incident with these facts; the same one when they say nothing new.
    pub(super) fn update(self, present: &Model, at: DateTime<Utc>) -> Model {
        let updated = Model {
            kind: self.kind,
            origin: self.origin.or_else(|| present.origin.clone()),
            destination: self.destination.or_else(|| present.destination.clone()),
            scheduled_departure_at: self
                .scheduled_departure_at
                .or(present.scheduled_departure_at),
            delay_minutes: self.delay_minutes.or(present.delay_minutes),
            diverted_to: self.diverted_to.or_else(|| present.diverted_to.clone()),
            affected_passengers: self
                .affected_passengers
                .unwrap_or(present.affected_passengers),
            status: IncidentStatus::Open,
            closed_at: None,
            ..present.clone()
        };
        if updated == *present {
            updated
        } else {
            Model {
                updated_at: at,
                ..updated
            }
        }
    }
}

/// What happened, in a line: `EK47 DXB-FRA on 2026-11-20 cancelled`.
pub(crate) fn title(incident: &Model) -> String {
    let mut text = incident.designator.clone();
    if let (Some(origin), Some(destination)) = (&incident.origin, &incident.destination) {
        let _ = write!(text, " {origin}-{destination}");
    }
    if let Some(departure) = incident.scheduled_departure_at {
        let _ = write!(text, " on {}", departure.date_naive());
    }
    let what = match (incident.kind, incident.delay_minutes, &incident.diverted_to) {
        (IncidentKind::Cancellation, _, _) => "cancelled".to_owned(),
        (IncidentKind::Delay, Some(minutes), _) => {
            format!("delayed by {} h {:02} min", minutes / 60, minutes % 60)
        }
        (IncidentKind::Delay, None, _) => "delayed".to_owned(),
        (IncidentKind::Diversion, _, Some(airport)) => format!("diverted to {airport}"),
        (IncidentKind::Diversion, _, None) => "diverted".to_owned(),
    };
    text.push(' ');
    text.push_str(&what);
    text
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn facts(kind: IncidentKind) -> FlightFacts {
        FlightFacts {
            flight_id: FlightId(Uuid::from_u128(1)),
            designator: "EK47".to_owned(),
            kind,
            origin: None,
            destination: None,
            scheduled_departure_at: None,
            delay_minutes: None,
            diverted_to: None,
            affected_passengers: None,
        }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_132_800 + seconds, 0).unwrap()
    }

    #[test]
    fn a_title_says_what_is_known() {
        let bare = facts(IncidentKind::Cancellation).open(IncidentId(Uuid::from_u128(2)), at(0));
        assert_eq!(title(&bare), "EK47 cancelled");
        let known = FlightFacts {
            origin: Some("DXB".to_owned()),
            destination: Some("FRA".to_owned()),
            scheduled_departure_at: Some(at(0)),
            delay_minutes: Some(220),
            ..facts(IncidentKind::Delay)
        };
        assert_eq!(
            title(&known.update(&bare, at(1))),
            "EK47 DXB-FRA on 2026-11-20 delayed by 3 h 40 min"
        );
    }

    #[test]
    fn facts_that_say_nothing_new_change_nothing() {
        let opened = facts(IncidentKind::Cancellation).open(IncidentId(Uuid::from_u128(2)), at(0));
        assert_eq!(
            facts(IncidentKind::Cancellation).update(&opened, at(9)),
            opened
        );
        let more = FlightFacts {
            affected_passengers: Some(80),
            ..facts(IncidentKind::Cancellation)
        };
        let updated = more.update(&opened, at(9));
        assert_eq!(
            (updated.affected_passengers, updated.updated_at),
            (80, at(9))
        );
        assert_eq!(
            facts(IncidentKind::Cancellation).update(&updated, at(10)),
            updated
        );
    }
}
