use chrono::{DateTime, Utc};
use entities::{
    engagement::notification::{Kind, Model},
    id::{CustomerId, FlightId, JourneyId, OrderId, PassengerId},
};
use schema_kernel::{Event, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use crate::{
    notice::{
        Disruption, Journey, Scope, Statement, Step, scope::enforcement_body,
        statement::is_history, step,
    },
    notification::{About, Draft, store::last_about, tell},
    template::{Fact, Facts},
};

/// What this domain reads of `order.journey.disrupted.v1`.
#[derive(Debug, Deserialize)]
struct Disrupted {
    journey_id: JourneyId,
    order_id: OrderId,
    passenger_id: PassengerId,
    flight_id: FlightId,
    flight_designator: String,
    kind: Disruption,
    origin: Airport,
    destination: Airport,
    carrier_licence_country: Option<String>,
    scheduled_departure_at: DateTime<Utc>,
    scheduled_arrival_at: DateTime<Utc>,
    departure_delay_minutes: Option<i32>,
    arrival_delay_minutes: Option<i32>,
    missed_connection: bool,
}

#[derive(Debug, Deserialize)]
struct Airport {
    iata: String,
    country: String,
}

/// A passenger's journey went wrong, or is known in another way than before. Each passenger is told of each journey.
pub(super) async fn disrupted(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    customer: CustomerId,
) -> Result<()> {
    let disrupted: Disrupted = event.facts()?;
    let journey = disrupted.journey();
    if is_history(&journey, session.now()) {
        return Ok(());
    }
    let topic = format!(
        "journey:{}:{}",
        disrupted.journey_id, disrupted.passenger_id
    );
    let last = last_about(transaction, &topic).await?;
    let said = last.as_ref().map(said).transpose()?.flatten();
    let now = Statement::of(&journey);
    let (kind, facts) = match (step(said.as_ref(), now.as_ref()), now) {
        (Step::Tell | Step::Correct, Some(statement)) => {
            let is_correction = said.is_some();
            disrupted.tell(&statement, is_correction, last.as_ref())
        }
        (Step::Withdraw, _) => (withdrawal(last.as_ref()), disrupted.facts()),
        _ => return Ok(()),
    };
    let draft = Draft {
        kind,
        topic,
        about: disrupted.about(),
        facts,
        relevant_until: Some(disrupted.scheduled_departure_at),
    };
    tell(transaction, session, event, customer, last.as_ref(), draft).await
}

/// What a notification said of a journey; `None` when it took back what was said.
fn said(last: &Model) -> Result<Option<Statement>> {
    if !matches!(last.kind, Kind::RightsNotice | Kind::JourneyDisrupted) {
        return Ok(None);
    }
    let facts: Facts = serde_json::from_value(last.facts.clone())?;
    let text = |name: &str| match facts.get(name) {
        Some(Fact::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let minutes = |name: &str| match facts.get(name) {
        Some(Fact::Minutes(minutes)) => Some(*minutes),
        _ => None,
    };
    let disruption = text("disruption").and_then(|code| Disruption::of_code(&code));
    Ok(disruption
        .zip(text("flight"))
        .map(|(disruption, flight)| Statement {
            disruption,
            flight,
            delay: minutes("delay"),
            advance: minutes("advance"),
            is_connection_missed: facts.get("is_connection_missed") == Some(&Fact::Flag(true)),
        }))
}

impl Disrupted {
    fn journey(&self) -> Journey {
        Journey {
            kind: self.kind,
            flight: self.flight_designator.clone(),
            scheduled_arrival_at: self.scheduled_arrival_at,
            departure_delay_minutes: self.departure_delay_minutes,
            arrival_delay_minutes: self.arrival_delay_minutes,
            missed_connection: self.missed_connection,
        }
    }

    fn scope(&self) -> Scope {
        Scope::of(
            &self.origin.country,
            &self.destination.country,
            self.carrier_licence_country.as_deref(),
        )
    }

    fn about(&self) -> About {
        About {
            order_id: Some(self.order_id),
            journey_id: Some(self.journey_id),
            passenger_id: Some(self.passenger_id),
            flight_id: Some(self.flight_id),
            ..About::default()
        }
    }

    /// What is said of the journey itself, whatever went wrong.
    fn facts(&self) -> Facts {
        Facts::default()
            .with("flight", Fact::Text(self.flight_designator.clone()))
            .with("origin", Fact::Place(self.origin.iata.clone()))
            .with("destination", Fact::Place(self.destination.iata.clone()))
            .with(
                "departs_at",
                Fact::Instant {
                    at: self.scheduled_departure_at,
                    airport: self.origin.iata.clone(),
                },
            )
    }

    fn tell(
        &self,
        statement: &Statement,
        is_correction: bool,
        last: Option<&Model>,
    ) -> (Kind, Facts) {
        let scope = self.scope();
        let facts = self
            .facts()
            .with(
                "disruption",
                Fact::Text(statement.disruption.code().to_owned()),
            )
            .with("delay", Fact::minutes(statement.delay))
            .with("advance", Fact::minutes(statement.advance))
            .with(
                "is_connection_missed",
                Fact::Flag(statement.is_connection_missed),
            )
            .with("is_correction", Fact::Flag(is_correction));
        // What began as a notice of the law is corrected by one, should the flight that decides it be another carrier's now.
        let began_as_notice = last.is_some_and(|last| last.kind == Kind::RightsNotice);
        if !scope.is_any() && !began_as_notice {
            return (Kind::JourneyDisrupted, facts);
        }
        let body = enforcement_body(&self.origin.country, &self.destination.country);
        let facts = facts
            .with("is_under_eu", Fact::Flag(scope.is_under_eu))
            .with("is_under_uk", Fact::Flag(scope.is_under_uk))
            .with("eu_body", Fact::text(body.filter(|_| scope.is_under_eu)));
        (Kind::RightsNotice, facts)
    }
}

/// How what was said is taken back.
fn withdrawal(last: Option<&Model>) -> Kind {
    if last.is_some_and(|last| last.kind == Kind::RightsNotice) {
        Kind::RightsNoticeWithdrawn
    } else {
        Kind::JourneyRestored
    }
}
