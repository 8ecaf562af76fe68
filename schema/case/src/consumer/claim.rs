use entities::{
    case::{
        case::{CaseType, Channel, Impact, Model, Modifiers, Status, Urgency},
        incident::IncidentKind,
    },
    id::{ClaimId, CustomerId, FlightId, OrderId, PassengerId},
};
use schema_kernel::{Error, Event, Permit, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use super::flight::permit as operations_permit;
use crate::{
    case::{self, About, Draft, Link, Revision, mover, policy::LARGE_PARTY, standing, state},
    incident::{self, FlightFacts},
};

/// What this domain reads of `compensation.claim.opened.v1` and `compensation.claim.changed.v1`.
#[derive(Debug, Deserialize)]
struct Claim {
    claim_id: ClaimId,
    order_id: OrderId,
    passenger_id: PassengerId,
    flight_id: FlightId,
    flight_designator: String,
    disruption_kind: IncidentKind,
    regime: String,
    entitlement_kind: Entitlement,
    #[serde(default)]
    review_reasons: Vec<String>,
}

/// What decides whether the rest is of interest.
#[derive(Debug, Deserialize)]
struct Attention {
    #[serde(default)]
    needs_review: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Entitlement {
    Refund,
    // Whatever else is owed is looked at by those who know the law.
    #[serde(other)]
    Compensation,
}

/// A claim was opened, or has changed. One that needs a person's eye gets a case, which it shares with the other claims of
/// the same order on the same flight.
pub(super) async fn came(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
) -> Result<()> {
    if !event.facts::<Attention>()?.needs_review {
        return Ok(());
    }
    let claim: Claim = event.facts()?;
    if case::case_of_claim(transaction, claim.claim_id)
        .await?
        .is_some()
    {
        return Ok(());
    }
    let key = format!("claims-of:{}:{}", claim.order_id, claim.flight_id);
    let Some(present) = present(transaction, session, &key).await? else {
        return open(transaction, session, event.customer_id, claim, key).await;
    };
    if present.is_open || may_reopen(session, &present) {
        return join(transaction, session, present, &claim).await;
    }
    // Nobody looks at a case that has ended for good.
    let key = format!("{key}:{}", claim.claim_id);
    open(transaction, session, event.customer_id, claim, key).await
}

/// The case that this source has opened, or the one that goes on in its place.
async fn present(
    transaction: &DatabaseTransaction,
    session: &Session,
    key: &str,
) -> Result<Option<Model>> {
    let Some(case) = case::hold_by_source(transaction, key).await? else {
        return Ok(None);
    };
    match case.merged_into_id {
        Some(into) => case::hold_case(transaction, session.actor.rows("case:write"), into).await,
        None => Ok(Some(case)),
    }
}

fn may_reopen(session: &Session, case: &Model) -> bool {
    state::step(
        &standing(case),
        &mover(session),
        Status::Reopened,
        session.now(),
    )
    .is_ok()
}

async fn open(
    transaction: &DatabaseTransaction,
    session: &Session,
    customer_id: Option<CustomerId>,
    claim: Claim,
    source_key: String,
) -> Result<()> {
    let incident = match incident::of_flight(transaction, claim.flight_id).await? {
        Some(incident) => incident,
        None => {
            incident::upsert(
                transaction,
                &operations_permit(session)?,
                session,
                claim.flight_facts(),
            )
            .await?
        }
    };
    let permit = permit(session, customer_id)?;
    let link = claim.link();
    let id = session.new_id();
    let reference = case::take_reference(transaction, id).await?;
    let draft = claim.draft(customer_id, source_key);
    let opened = draft.open(id, reference, Some(incident.id), session.now());
    case::insert(transaction, &permit, session, opened, &[link]).await?;
    Ok(())
}

/// Adds a further claim to the case that is there.
async fn join(
    transaction: &DatabaseTransaction,
    session: &Session,
    case: Model,
    claim: &Claim,
) -> Result<()> {
    let permit = permit(session, case.customer_id)?;
    let link = claim.link();
    case::link(transaction, &permit, session, case.id, link).await?;

    let (id, was_open) = (case.id, case.is_open);
    let mut revision = Revision::of(case);
    if !was_open {
        revision.enter(
            Status::Reopened,
            session.actor.id(),
            session.now(),
            Some("A further claim needs review."),
        );
    }
    let is_large = claim.disruption_kind == IncidentKind::Cancellation
        && revision.case.impact == Impact::Significant
        && case::passengers_of(transaction, id).await? >= LARGE_PARTY;
    if is_large {
        let (urgency, modifiers) = (revision.case.urgency, revision.case.modifiers);
        revision.weigh(
            Impact::Severe,
            urgency,
            modifiers,
            Some("Five passengers or more are on the order."),
        );
    }
    if was_open && !is_large {
        return case::touch(transaction, &permit, id, session.now()).await;
    }
    case::revise(transaction, &permit, session, revision).await?;
    Ok(())
}

fn permit(session: &Session, customer_id: Option<CustomerId>) -> Result<Permit<About>> {
    session
        .actor
        .permit("case:write", About(customer_id))
        .ok_or_else(|| {
            Error::internal(anyhow::anyhow!(
                "the dispatcher's actor may not write cases"
            ))
        })
}

impl Claim {
    fn link(&self) -> Link {
        Link {
            claim_id: self.claim_id,
            passenger_id: Some(self.passenger_id),
            reason: (!self.review_reasons.is_empty()).then(|| self.review_reasons.join(" ")),
        }
    }

    fn draft(self, customer_id: Option<CustomerId>, source_key: String) -> Draft {
        let (case_type, what) = match self.entitlement_kind {
            Entitlement::Refund => (CaseType::Refund, "refund"),
            Entitlement::Compensation => (CaseType::Compensation, "compensation"),
        };
        let how = match self.disruption_kind {
            IncidentKind::Delay => "delayed",
            IncidentKind::Cancellation => "cancelled",
            IncidentKind::Diversion => "diverted",
        };
        Draft {
            case_type,
            subject: format!("{} {how}: {what} to review", self.flight_designator),
            description: format!(
                "What is owed under {} for {} needs a person's review before it is decided.",
                self.regime, self.flight_designator
            ),
            channel: Channel::System,
            impact: Impact::Significant,
            urgency: Urgency::WithinWeek,
            modifiers: Modifiers::default(),
            customer_id,
            order_id: Some(self.order_id),
            flight_id: Some(self.flight_id),
            source_key: Some(source_key),
        }
    }

    fn flight_facts(&self) -> FlightFacts {
        FlightFacts {
            flight_id: self.flight_id,
            designator: self.flight_designator.clone(),
            kind: self.disruption_kind,
            origin: None,
            destination: None,
            scheduled_departure_at: None,
            delay_minutes: None,
            diverted_to: None,
            affected_passengers: None,
        }
    }
}
