use entities::{
    case::{
        case::{CaseType, Channel, Impact, Model, Modifiers, Status, Urgency},
        incident::IncidentKind,
    },
    id::{BaggageReportId, ClaimId, CustomerId, FlightId, OrderId, PassengerId},
};
use schema_kernel::{Error, Event, Permit, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use super::flight::permit as operations_permit;
use crate::{
    baggage,
    case::{self, About, Draft, Link, Revision, mover, policy::LARGE_PARTY, standing, state},
    incident::{self, FlightFacts},
};

/// What this domain reads of `compensation.claim.opened.v1`, `compensation.claim.filed.v1` and
/// `compensation.claim.changed.v1`. What somebody filed says no flight's name and no kind of disruption.
#[derive(Debug, Deserialize)]
struct Claim {
    claim_id: ClaimId,
    order_id: OrderId,
    passenger_id: PassengerId,
    flight_id: FlightId,
    flight_designator: Option<String>,
    disruption_kind: Option<Disruption>,
    baggage_report_id: Option<BaggageReportId>,
    incident: Option<Filed>,
    regime: Option<String>,
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
    Goodwill,
    // Whatever else is owed is looked at by those who know the law.
    #[serde(other)]
    Compensation,
}

/// What went wrong with a flight, where that is an incident of it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Disruption {
    Delay,
    Cancellation,
    Diversion,
    // What is wrong with a bag is no incident of a flight.
    #[serde(other)]
    Baggage,
}

impl Disruption {
    fn incident(self) -> Option<IncidentKind> {
        match self {
            Self::Delay => Some(IncidentKind::Delay),
            Self::Cancellation => Some(IncidentKind::Cancellation),
            Self::Diversion => Some(IncidentKind::Diversion),
            Self::Baggage => None,
        }
    }
}

/// What somebody says who files a claim, as far as it decides who looks at it.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Filed {
    DeniedBoarding,
    Downgrade,
    BaggageDelayed,
    BaggageDamaged,
    BaggageLost,
    #[serde(other)]
    Course,
}

/// A claim was opened or filed, or has changed. One that needs a person's eye gets a case, which it shares with the other
/// claims of the same order on the same flight; one about a bag joins the case of the bag.
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
    let key = claim.source_key();
    let found = match of_bag(transaction, session, &claim).await? {
        Some(case) => Some(case),
        None => present(transaction, session, &key).await?,
    };
    let Some(present) = found else {
        return open(transaction, session, event.customer_id, claim, key).await;
    };
    if present.is_open || may_reopen(session, &present) {
        return join(transaction, session, present, &claim).await;
    }
    // Nobody looks at a case that has ended for good.
    let key = format!("{key}:{}", claim.claim_id);
    open(transaction, session, event.customer_id, claim, key).await
}

/// The case of the bag that the claim is about, or the one that goes on in its place.
async fn of_bag(
    transaction: &DatabaseTransaction,
    session: &Session,
    claim: &Claim,
) -> Result<Option<Model>> {
    let Some(report) = claim.baggage_report_id else {
        return Ok(None);
    };
    let rows = session.actor.rows("case:write");
    let Some(case) = baggage::case_of(transaction, report).await? else {
        return Ok(None);
    };
    let Some(case) = case::hold_case(transaction, rows, case).await? else {
        return Ok(None);
    };
    match case.merged_into_id {
        Some(into) => case::hold_case(transaction, rows, into).await,
        None => Ok(Some(case)),
    }
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
    let incident = match (
        incident::of_flight(transaction, claim.flight_id).await?,
        claim.flight_facts(),
    ) {
        (Some(incident), _) => Some(incident),
        (None, Some(facts)) => {
            let permit = operations_permit(session)?;
            Some(incident::upsert(transaction, &permit, session, facts).await?)
        }
        (None, None) => None,
    };
    let permit = permit(session, customer_id)?;
    let link = claim.link();
    let id = session.new_id();
    let reference = case::take_reference(transaction, id).await?;
    let draft = claim.draft(customer_id, source_key);
    let opened = draft.open(
        id,
        reference,
        incident.map(|incident| incident.id),
        session.now(),
    );
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
    let is_large = claim.disruption_kind == Some(Disruption::Cancellation)
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

    /// What names the case: claims about a flight's course share one, and those about bags, boarding and cabin another.
    fn source_key(&self) -> String {
        let kind = match self.incident {
            None | Some(Filed::Course) => "claims-of",
            Some(Filed::DeniedBoarding | Filed::Downgrade) => "boarding-claims-of",
            Some(Filed::BaggageDelayed | Filed::BaggageDamaged | Filed::BaggageLost) => {
                "baggage-claims-of"
            }
        };
        format!("{kind}:{}:{}", self.order_id, self.flight_id)
    }

    fn case_type(&self) -> CaseType {
        match (self.incident, self.entitlement_kind) {
            (Some(Filed::BaggageDelayed), _) => CaseType::BaggageDelayed,
            (Some(Filed::BaggageDamaged), _) => CaseType::BaggageDamaged,
            (Some(Filed::BaggageLost), _) => CaseType::BaggageLost,
            (Some(Filed::DeniedBoarding | Filed::Downgrade), _) => CaseType::DeniedBoarding,
            (Some(Filed::Course) | None, Entitlement::Refund) => CaseType::Refund,
            (Some(Filed::Course) | None, Entitlement::Goodwill) => CaseType::Complaint,
            (Some(Filed::Course) | None, Entitlement::Compensation) => CaseType::Compensation,
        }
    }

    fn draft(self, customer_id: Option<CustomerId>, source_key: String) -> Draft {
        Draft {
            case_type: self.case_type(),
            subject: self.subject(),
            description: self.description(),
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

    fn subject(&self) -> String {
        let what = match self.entitlement_kind {
            Entitlement::Refund => "refund",
            Entitlement::Goodwill => "goodwill",
            Entitlement::Compensation => "compensation",
        };
        let how = self.disruption_kind.and_then(Disruption::incident);
        let how = how.map(|kind| match kind {
            IncidentKind::Delay => "delayed",
            IncidentKind::Cancellation => "cancelled",
            IncidentKind::Diversion => "diverted",
        });
        match (&self.flight_designator, how) {
            (Some(flight), Some(how)) => format!("{flight} {how}: {what} to review"),
            (Some(flight), None) => format!("{flight}: {what} to review"),
            (None, _) => format!("Filed claim: {what} to review"),
        }
    }

    fn description(&self) -> String {
        let law = match &self.regime {
            Some(regime) => format!("under {regime}"),
            None => "by what the claimant says".to_owned(),
        };
        let flight = self.flight_designator.as_deref().unwrap_or("the flight");
        format!("What is owed {law} for {flight} needs a person's review before it is decided.")
    }

    /// What is known of the flight's incident, where the claim is about one.
    fn flight_facts(&self) -> Option<FlightFacts> {
        Some(FlightFacts {
            flight_id: self.flight_id,
            designator: self.flight_designator.clone()?,
            kind: self.disruption_kind?.incident()?,
            origin: None,
            destination: None,
            scheduled_departure_at: None,
            delay_minutes: None,
            diverted_to: None,
            affected_passengers: None,
        })
    }
}
