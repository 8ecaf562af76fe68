//! What compensation tells the other domains about claims.

use entities::{
    compensation::{
        assessment::Regime,
        claim::{ClaimOrigin, ClaimStatus},
        disruption::{self, DisruptionKind},
        entitlement::EntitlementKind,
        filing::Incident,
    },
    id::{
        AssessmentId, BaggageReportId, ClaimId, DisruptionId, FlightId, JourneyId, OrderId,
        PassengerId,
    },
};
use schema_kernel::{NewEvent, Result, Session, outbox};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use super::{plan::Move, policy};
use crate::{DOMAIN, matter};

/// The facts of `compensation.claim.opened.v1` and `compensation.claim.filed.v1`, and with how it moved those of
/// `compensation.claim.changed.v1`. What a claim that was filed does not have is absent.
#[derive(Serialize)]
struct ClaimFacts<'a> {
    claim_id: ClaimId,
    #[serde(skip_serializing_if = "Option::is_none")]
    disruption_id: Option<DisruptionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment_id: Option<AssessmentId>,
    order_id: OrderId,
    journey_id: JourneyId,
    passenger_id: PassengerId,
    flight_id: FlightId,
    #[serde(skip_serializing_if = "Option::is_none")]
    flight_designator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disruption_kind: Option<DisruptionKind>,
    /// The baggage report that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    baggage_report_id: Option<BaggageReportId>,
    /// What happened, as somebody said who files it.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<Incident>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regime: Option<Regime>,
    entitlement_kind: EntitlementKind,
    amount_minor: i64,
    currency: &'a str,
    basis: &'a str,
    status: ClaimStatus,
    /// Whether a person has to look at it.
    needs_review: bool,
    review_reasons: Vec<String>,
    #[serde(flatten)]
    change: Option<Change<'a>>,
}

/// How a claim moved. The reason is the rule's sentence; what a person wrote may speak of persons and stays in the
/// claim's history.
#[derive(Serialize)]
struct Change<'a> {
    from: ClaimStatus,
    to: ClaimStatus,
    reason: Option<&'a str>,
}

/// Publishes every step, in order.
pub(crate) async fn publish(
    transaction: &DatabaseTransaction,
    session: &Session,
    disruption: Option<&disruption::Model>,
    moves: &[Move],
) -> Result<()> {
    let facts: Vec<_> = moves.iter().map(|step| facts(disruption, step)).collect();
    let events: Vec<_> = moves
        .iter()
        .zip(&facts)
        .map(|(step, data)| NewEvent {
            kind: match data.change {
                None if step.claim.origin == ClaimOrigin::Filed => "compensation.claim.filed.v1",
                None => "compensation.claim.opened.v1",
                Some(_) => "compensation.claim.changed.v1",
            },
            subject: step.claim.id.to_string(),
            customer_id: Some(step.claim.customer_id),
            time: session.now(),
            data,
        })
        .collect();
    outbox::append(transaction, DOMAIN, session, &events).await
}

fn facts<'a>(disruption: Option<&'a disruption::Model>, step: &'a Move) -> ClaimFacts<'a> {
    let claim = &step.claim;
    ClaimFacts {
        claim_id: claim.id,
        disruption_id: claim.disruption_id,
        assessment_id: claim.assessment_id,
        order_id: claim.order_id,
        journey_id: claim.journey_id,
        passenger_id: claim.passenger_id,
        flight_id: claim.flight_id,
        flight_designator: disruption.map(|disruption| disruption.flight_designator.as_str()),
        disruption_kind: disruption.map(|disruption| disruption.kind),
        baggage_report_id: matter::baggage_report(&claim.matter),
        incident: step.incident,
        regime: claim.regime,
        entitlement_kind: claim.entitlement_kind,
        amount_minor: claim.amount_minor,
        currency: &claim.currency,
        basis: &claim.basis,
        status: claim.status,
        needs_review: claim.status == ClaimStatus::NeedsReview || policy::is_overpaid(claim),
        review_reasons: policy::reasons_of(claim),
        change: step.from.map(|from| Change {
            from,
            to: claim.status,
            reason: step.reason.as_deref().filter(|_| !step.is_decision),
        }),
    }
}
