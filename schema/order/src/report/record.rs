//! Recording reports, each about another flight, on one transaction.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entities::{
    id::FlightId,
    order::{
        flight::Model,
        flight_event::Source,
        flight_report::{self, Aspect, Status},
    },
};
use schema_kernel::{Permit, Result, Session, permit::Operations};
use sea_orm::{ActiveEnum, DatabaseTransaction};

use super::{FlightReport, Outcome, Refusal, ReportedFlight, store};
use crate::{
    flight::{self, Change, FlightChange, add_events, apply, event_of, publish, save},
    reference::airports_by_code,
};

/// What is known that reports are held against.
struct Known {
    reports: HashMap<(String, String), flight_report::Model>,
    flights: HashMap<ReportedFlight, Model>,
    newest: HashMap<(FlightId, Aspect), DateTime<Utc>>,
    airports: HashSet<String>,
}

/// What comes of the reports, to be written together.
#[derive(Default)]
struct Effect {
    flights: Vec<Model>,
    events: Vec<entities::order::flight_event::Model>,
    tell: Vec<FlightChange>,
    rows: Vec<flight_report::Model>,
}

/// Records the reports, no two of which are about the same flight, and says of each what became of it.
pub(super) async fn record(
    transaction: &DatabaseTransaction,
    permit: &Permit<Operations>,
    session: &Session,
    reports: Vec<FlightReport>,
) -> Result<Vec<Result<Outcome, Refusal>>> {
    let known = Known::of(transaction, &reports).await?;
    let mut effect = Effect::default();
    let mut outcomes = Vec::with_capacity(reports.len());
    for report in &reports {
        outcomes.push(effect.add(session, &known, report)?);
    }
    save(transaction, permit, effect.flights).await?;
    add_events(transaction, permit, effect.events).await?;
    let disrupted = publish(transaction, session, &effect.tell).await?;
    store::keep(transaction, permit, effect.rows).await?;
    // Journeys are counted together; the first report that changed something stands for all of them.
    let changed = outcomes
        .iter_mut()
        .filter_map(|outcome| outcome.as_mut().ok())
        .find(|outcome| outcome.status == Status::Recorded && !outcome.is_repeated);
    if let Some(changed) = changed {
        changed.disrupted_journeys = disrupted;
    }
    Ok(outcomes)
}

impl Known {
    async fn of(transaction: &DatabaseTransaction, reports: &[FlightReport]) -> Result<Self> {
        let flights = store::flights_of(transaction, reports).await?;
        let ids: Vec<FlightId> = flights.values().map(|flight| flight.id).collect();
        let codes = reports.iter().flat_map(|report| {
            std::iter::once(report.flight.origin.as_str()).chain(report.diverted_to.as_deref())
        });
        let codes: HashSet<&str> = codes.collect();
        Ok(Self {
            reports: store::known(transaction, reports).await?,
            newest: store::newest(transaction, &ids).await?,
            airports: airports_by_code(transaction, codes)
                .await?
                .into_keys()
                .collect(),
            flights,
        })
    }
}

impl Effect {
    fn add(
        &mut self,
        session: &Session,
        known: &Known,
        report: &FlightReport,
    ) -> Result<Result<Outcome, Refusal>> {
        let fingerprint = report.fingerprint()?;
        let number = (report.source.clone(), report.message_id.clone());
        let before = known.reports.get(&number);
        if let Some(before) = before {
            if before.fingerprint != fingerprint {
                let reason = "This source used the same number for another report; a new report takes a new number.";
                return Ok(Err(
                    Refusal::new("message_id", reason).by("unique by source")
                ));
            }
            if before.status != Status::Waiting {
                return Ok(Ok(outcome(before.status, true)));
            }
        }
        if let Err(refusal) = airports_exist(known, report) {
            return Ok(Err(refusal));
        }
        let flight = known.flights.get(&report.flight);
        let status = match flight {
            None => Status::Waiting,
            Some(flight) if is_stale(known, flight, report) => Status::Stale,
            Some(flight) => match change(flight, report) {
                Err(refusal) => return Ok(Err(refusal)),
                Ok((_, new)) if new == *flight => Status::Unchanged,
                Ok((change, new)) => {
                    self.change(session, &change, flight, new)?;
                    Status::Recorded
                }
            },
        };
        let is_repeated = before.is_some() && status == Status::Waiting;
        if !is_repeated {
            let mut row = row(session, report, fingerprint, status)?;
            row.flight_id = flight.map(|flight| flight.id);
            row.received_at = before.map_or(row.received_at, |before| before.received_at);
            self.rows.push(row);
        }
        Ok(Ok(outcome(status, is_repeated)))
    }

    fn change(
        &mut self,
        session: &Session,
        change: &Change,
        old: &Model,
        new: Model,
    ) -> Result<()> {
        let event = event_of(session, change, old, &new, Source::Feed)?;
        self.tell.push(FlightChange {
            kind: change.kind(),
            event_id: event.id,
            old: old.clone(),
            new: new.clone(),
        });
        self.events.push(event);
        self.flights.push(new);
        Ok(())
    }
}

fn outcome(status: Status, is_repeated: bool) -> Outcome {
    Outcome {
        status,
        is_repeated,
        disrupted_journeys: 0,
    }
}

fn airports_exist(known: &Known, report: &FlightReport) -> Result<(), Refusal> {
    let given = [
        ("origin", Some(report.flight.origin.as_str())),
        ("diverted_to", report.diverted_to.as_deref()),
    ];
    for (field, code) in given {
        if code.is_some_and(|code| !known.airports.contains(code)) {
            let reason = "There is no airport with this IATA code.";
            return Err(Refusal::new(field, reason).by("IATA location identifier"));
        }
    }
    Ok(())
}

fn is_stale(known: &Known, flight: &Model, report: &FlightReport) -> bool {
    known
        .newest
        .get(&(flight.id, report.aspect()))
        .is_some_and(|newest| report.reported_at < *newest)
}

fn change(flight: &Model, report: &FlightReport) -> Result<(Change, Model), Refusal> {
    let change = report.input()?.change(flight).map_err(|problems| {
        let first = problems.into_iter().next();
        first.map_or_else(
            || Refusal::new("", "This contradicts the flight."),
            Refusal::from,
        )
    })?;
    if let Some(new) = apply(flight, &change) {
        return Ok((change, new));
    }
    let refusal = flight::not_allowed(flight, &change);
    Err(Refusal::new("kind", refusal.message).by("what may happen to a flight"))
}

fn row(
    session: &Session,
    report: &FlightReport,
    fingerprint: String,
    status: Status,
) -> Result<flight_report::Model> {
    let flight = &report.flight;
    tracing::debug!(
        source = report.source,
        message = report.message_id,
        status = status.to_value(),
        "a flight report came"
    );
    Ok(flight_report::Model {
        source: report.source.clone(),
        message_id: report.message_id.clone(),
        fingerprint,
        reported_at: report.reported_at,
        received_at: session.now(),
        carrier: flight.carrier.clone(),
        number: flight.number,
        suffix: flight.suffix.clone(),
        origin: flight.origin.clone(),
        departs_on: flight.departs_on,
        aspect: report.aspect(),
        status,
        reason: None,
        flight_id: None,
        report: serde_json::to_value(report)?,
    })
}
