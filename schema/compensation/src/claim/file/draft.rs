//! The rows of a claim that somebody files.

use chrono::Days;
use entities::compensation::{
    claim::{self, ClaimOrigin, ClaimStatus, DueNotice, NO_CURRENCY},
    filing::{self, Incident},
};
use schema_kernel::Session;
use serde_json::json;

use super::input::{About, Asked};
use crate::{journey::Known, matter};

/// Days to answer or to pay: APPR s 19(4) says 30, and we take them for every law that sets none.
const DAYS_TO_ANSWER: u64 = 30;

/// What opens every claim that is filed.
const TO_LOOK_AT: &str =
    "The claimant says what happened; hold it against the record and the evidence.";

/// The claim, and what was said.
pub(super) fn draft(
    session: &Session,
    journey: &Known,
    about: &About,
    asked: &Asked,
) -> (claim::Model, filing::Model) {
    let now = session.now();
    let (amount_minor, currency) = asked
        .amount
        .clone()
        .unwrap_or_else(|| (0, NO_CURRENCY.to_owned()));
    let today = now.date_naive();
    let claim = claim::Model {
        id: session.new_id(),
        customer_id: journey.customer,
        order_id: journey.order,
        journey_id: journey.id,
        passenger_id: about.passenger,
        flight_id: about.flight,
        matter: matter::COURSE.to_owned(),
        part: 0,
        origin: ClaimOrigin::Filed,
        disruption_id: None,
        assessment_id: None,
        case_id: None,
        regime: None,
        entitlement_kind: asked.remedy,
        amount_minor,
        currency,
        basis: String::new(),
        status: ClaimStatus::NeedsReview,
        review_reasons: json!(reasons(
            asked.incident,
            (today - about.incident_on).num_days()
        )),
        decided_by: None,
        proposed_by: None,
        appealed_at: None,
        due_by: today
            .checked_add_days(Days::new(DAYS_TO_ANSWER))
            .unwrap_or(today),
        due_notice: DueNotice::None,
        opened_at: now,
        updated_at: now,
        version: 1,
    };
    let (claimed_minor, claimed_currency) = asked.amount.clone().unzip();
    let filing = filing::Model {
        claim_id: claim.id,
        customer_id: journey.customer,
        incident: asked.incident,
        incident_on: about.incident_on,
        statement: asked.statement.clone(),
        regime: asked.regime,
        claimed_minor,
        claimed_currency,
        filed_by: session.actor.id().to_owned(),
        filed_at: now,
    };
    (claim, filing)
}

/// What a person has to settle. A late complaint about a bag is not refused unseen: the report at the airport may have been
/// the complaint.
fn reasons(incident: Incident, days_since: i64) -> Vec<String> {
    let complaint = match incident {
        Incident::BaggageDamaged => Some(7),
        Incident::BaggageDelayed => Some(21),
        Incident::Delay
        | Incident::Cancellation
        | Incident::MissedConnection
        | Incident::DeniedBoarding
        | Incident::Downgrade
        | Incident::BaggageLost
        | Incident::ServiceNotProvided
        | Incident::Other => None,
    };
    let late = complaint.filter(|days| days_since > *days).map(|days| {
        format!("It was filed {days_since} days after it happened; Montreal Convention Art 31(2) asks for a complaint within {days} days, so look for an earlier one.")
    });
    [Some(TO_LOOK_AT.to_owned()), late]
        .into_iter()
        .flatten()
        .collect()
}

/// Whether two incidents are the same matter; what the airline finds by itself is always about the journey's course.
pub(super) fn is_same_matter(asked: Incident, other: Option<Incident>) -> bool {
    other == Some(asked) || (is_of_the_course(asked) && other.is_none_or(is_of_the_course))
}

/// Whether it is about a bag.
pub(super) fn is_of_baggage(incident: Incident) -> bool {
    match incident {
        Incident::BaggageDelayed | Incident::BaggageDamaged | Incident::BaggageLost => true,
        Incident::Delay
        | Incident::Cancellation
        | Incident::MissedConnection
        | Incident::DeniedBoarding
        | Incident::Downgrade
        | Incident::ServiceNotProvided
        | Incident::Other => false,
    }
}

fn is_of_the_course(incident: Incident) -> bool {
    match incident {
        Incident::Delay
        | Incident::Cancellation
        | Incident::MissedConnection
        | Incident::DeniedBoarding => true,
        Incident::Downgrade
        | Incident::BaggageDelayed
        | Incident::BaggageDamaged
        | Incident::BaggageLost
        | Incident::ServiceNotProvided
        | Incident::Other => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_course_is_one_matter_and_a_bag_another() {
        assert!(is_same_matter(Incident::Delay, None));
        assert!(is_same_matter(
            Incident::MissedConnection,
            Some(Incident::Delay)
        ));
        assert!(!is_same_matter(Incident::BaggageLost, None));
        assert!(!is_same_matter(
            Incident::BaggageLost,
            Some(Incident::Delay)
        ));
        assert!(is_same_matter(
            Incident::BaggageLost,
            Some(Incident::BaggageLost)
        ));
    }

    #[test]
    fn a_late_complaint_is_a_question_and_no_refusal() {
        assert_eq!(reasons(Incident::BaggageDamaged, 7).len(), 1);
        assert!(reasons(Incident::BaggageDamaged, 8)[1].contains("within 7 days"));
        assert_eq!(reasons(Incident::BaggageDelayed, 21).len(), 1);
        assert!(reasons(Incident::BaggageDelayed, 22)[1].contains("within 21 days"));
    }
}
