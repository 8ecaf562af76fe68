//! Takes in a report: the disruption, its assessments and its claims, in one transaction.

use chrono::{DateTime, Utc};
use entities::{compensation::disruption, id::CustomerId};
use schema_kernel::{Error, Permit, Result, Session};
use sea_orm::DatabaseTransaction;
use sha2::{Digest, Sha256};

use super::{Established, JourneyDisrupted, Settlement, store};
use crate::{
    claim::{self, settle::settle},
    engine::{CaseFacts, RuleSet},
    matter,
};

/// Takes in what was reported at `reported_at`. The same facts again change nothing, and neither does a report that is
/// older than what is known. Other facts are assessed anew, and the claims follow.
///
/// A journey has one outcome, which one of its flights decides. When another flight comes to decide it, what rested on
/// the flight before is withdrawn.
pub(crate) async fn receive(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    rules: &RuleSet,
    report: &JourneyDisrupted,
    reported_at: DateTime<Utc>,
) -> Result<()> {
    let facts = report.case_facts().map_err(Error::internal)?;
    let fingerprint = format!("{:x}", Sha256::digest(facts.canonical_json()));
    let known = store::hold_of_matter(
        transaction,
        report.passenger_id,
        report.journey_id,
        matter::COURSE,
    )
    .await?;
    if known.iter().any(|known| known.reported_at > reported_at) {
        return Ok(());
    }
    let (own, others): (Vec<_>, Vec<_>) = known
        .into_iter()
        .partition(|known| known.flight_id == report.flight_id);

    let disruption = match own.into_iter().next() {
        Some(known)
            if known.fingerprint == fingerprint && known.cause_code == report.cause_code =>
        {
            return Ok(());
        }
        Some(known) => {
            let corrected = corrected(known, report, &facts, fingerprint, reported_at)?;
            store::update(transaction, permit, corrected.clone()).await?;
            corrected
        }
        None => {
            let opened = opened(session, permit, report, &facts, fingerprint, reported_at)?;
            store::insert(transaction, permit, opened.clone()).await?;
            opened
        }
    };

    for other in others
        .into_iter()
        .filter(|other| !other.fingerprint.is_empty())
    {
        store::update(transaction, permit, superseded(other)).await?;
    }

    let established: Established = serde_json::from_value(disruption.established.clone())?;
    let claims = claim::store::hold_of_matter(transaction, &disruption).await?;
    let settlement = Settlement::of(rules, &disruption, &established, &claims)?;
    settle(
        transaction,
        session,
        permit,
        &disruption,
        &settlement,
        claims,
        None,
    )
    .await
}

/// Without its fingerprint the same facts count as news, should its flight come to decide the journey again.
fn superseded(known: disruption::Model) -> disruption::Model {
    disruption::Model {
        fingerprint: String::new(),
        version: known.version + 1,
        ..known
    }
}

fn opened(
    session: &Session,
    permit: &Permit<CustomerId>,
    report: &JourneyDisrupted,
    facts: &CaseFacts,
    fingerprint: String,
    reported_at: DateTime<Utc>,
) -> Result<disruption::Model> {
    Ok(disruption::Model {
        id: session.new_id(),
        customer_id: *permit.subject(),
        order_id: report.order_id,
        journey_id: report.journey_id,
        passenger_id: report.passenger_id,
        flight_id: report.flight_id,
        flight_designator: report.flight_designator.clone(),
        matter: matter::COURSE.to_owned(),
        flight_event_id: report.flight_event_id,
        kind: report.kind,
        incident_on: report.incident_on,
        arrival_delay_minutes: report.arrival_delay_minutes,
        cause_code: report.cause_code.clone(),
        facts: serde_json::to_value(facts)?,
        fingerprint,
        established: serde_json::to_value(Established::default())?,
        reported_at,
        recorded_at: session.now(),
        version: 1,
    })
}

fn corrected(
    known: disruption::Model,
    report: &JourneyDisrupted,
    facts: &CaseFacts,
    fingerprint: String,
    reported_at: DateTime<Utc>,
) -> Result<disruption::Model> {
    Ok(disruption::Model {
        flight_designator: report.flight_designator.clone(),
        flight_event_id: report.flight_event_id,
        kind: report.kind,
        incident_on: report.incident_on,
        arrival_delay_minutes: report.arrival_delay_minutes,
        cause_code: report.cause_code.clone(),
        facts: serde_json::to_value(facts)?,
        fingerprint,
        reported_at,
        version: known.version + 1,
        ..known
    })
}
