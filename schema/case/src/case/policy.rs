//! The airline's own rules about cases: where they wait, how long they may take, what an answer needs.

use chrono::{DateTime, Duration, Utc};
use entities::case::case::{CaseType, Impact, Priority, ResolutionCode, Urgency};
use schema_kernel::problem::FieldProblem;

/// The longest subject, in characters.
pub const SUBJECT: usize = 200;
/// The longest description, comment or answer, in characters.
pub const TEXT: usize = 10_000;
/// The longest reason or basis, in characters.
pub const REASON: usize = 1_000;
/// The most pieces of evidence.
pub const EVIDENCE: usize = 50;
/// From how many minutes on a delayed flight is an incident.
pub const INCIDENT_DELAY_MINUTES: i32 = 180;
/// From how many passengers on one order a cancellation hits harder.
pub const LARGE_PARTY: usize = 5;

/// The code of the queue in which cases of this type wait.
pub fn queue_of(case_type: CaseType) -> &'static str {
    match case_type {
        CaseType::Complaint => "CustomerAffairs",
        CaseType::Compliment => "CustomerAffairs-Feedback",
        CaseType::Suggestion => "Product",
        CaseType::BaggageDelayed | CaseType::BaggageDamaged => "Baggage",
        CaseType::BaggageLost => "BaggageClaims",
        CaseType::Refund => "Refunds",
        CaseType::Compensation => "Compensation",
        CaseType::DeniedBoarding => "AirportDuty",
        CaseType::SpecialAssistance => "SpecialAssist",
        CaseType::Privacy => "DPO",
        CaseType::Loyalty => "Loyalty",
        CaseType::LostProperty => "LostProperty",
        CaseType::Fraud => "Security",
        CaseType::Regulator => "Legal",
    }
}

/// The impact and urgency of a case of this type when nobody has said more.
pub fn usual_weight(case_type: CaseType) -> (Impact, Urgency) {
    match case_type {
        CaseType::SpecialAssistance | CaseType::Fraud => (Impact::Safety, Urgency::WithinDay),
        CaseType::DeniedBoarding => (Impact::Severe, Urgency::InJourney),
        CaseType::Regulator => (Impact::Severe, Urgency::WithinWeek),
        CaseType::BaggageDelayed => (Impact::Significant, Urgency::WithinDay),
        CaseType::Refund | CaseType::Compensation | CaseType::Privacy => {
            (Impact::Significant, Urgency::WithinWeek)
        }
        CaseType::Complaint | CaseType::BaggageDamaged | CaseType::BaggageLost => {
            (Impact::Significant, Urgency::Unhurried)
        }
        CaseType::Compliment
        | CaseType::Suggestion
        | CaseType::Loyalty
        | CaseType::LostProperty => (Impact::Minor, Urgency::Unhurried),
    }
}

/// How long a case of this priority may take to be resolved.
pub fn resolution_target(priority: Priority) -> Duration {
    match priority {
        Priority::P1 => Duration::hours(4),
        Priority::P2 => Duration::hours(24),
        Priority::P3 => Duration::days(7),
        Priority::P4 => Duration::days(21),
    }
}

/// The place in a queue as one number: all P1 before all P2, and within a priority the earliest target first.
pub fn rank(priority: Priority, target_at: DateTime<Utc>) -> i64 {
    // Milliseconds stay below this until the year 5138.
    const STEP: i64 = 100_000_000_000_000;
    let level = match priority {
        Priority::P1 => 1,
        Priority::P2 => 2,
        Priority::P3 => 3,
        Priority::P4 => 4,
    };
    level * STEP + target_at.timestamp_millis().clamp(0, STEP - 1)
}

/// What an answer has to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolution {
    /// How the case is answered.
    pub code: Option<ResolutionCode>,
    /// The answer, in words that the customer reads.
    pub summary: Option<String>,
    /// The rule or article a rejection rests on.
    pub basis: Option<String>,
    /// What proves extraordinary circumstances.
    pub evidence: Vec<String>,
}

impl Resolution {
    /// Whether nothing was said at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What is missing for an answer.
    pub fn problems(&self) -> Vec<FieldProblem> {
        const RULE: &str = "domain 2.4: an answer has a code and a summary";
        let mut problems = Vec::new();
        if self.code.is_none() {
            problems.push(
                FieldProblem::at(
                    "input.resolutionCode",
                    "A case is resolved with a code that says how.",
                )
                .by(RULE),
            );
        }
        if self.summary.is_none() {
            let message = "A case is resolved with a summary that the customer can read.";
            problems.push(FieldProblem::at("input.resolutionSummary", message).by(RULE));
        }
        if self.code == Some(ResolutionCode::RejectedNotEntitled) && self.basis.is_none() {
            let message =
                "A rejection names the rule or article it rests on, like \"EU261 Art 3(1)(b)\".";
            problems.push(
                FieldProblem::at("input.resolutionBasis", message)
                    .by("domain 2.4: REJECTED_NOT_ENTITLED needs a basis"),
            );
        }
        if self.code == Some(ResolutionCode::RejectedExtraordinary) && self.evidence.is_empty() {
            let message = "A rejection for extraordinary circumstances lists its evidence.";
            problems.push(
                FieldProblem::at("input.resolutionEvidence", message)
                    .by("domain 2.4: REJECTED_EXTRAORDINARY needs evidence"),
            );
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_has_a_code_and_a_summary() {
        let fields = |resolution: &Resolution| {
            resolution
                .problems()
                .iter()
                .map(|problem| problem.path[1].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            fields(&Resolution::default()),
            ["resolutionCode", "resolutionSummary"]
        );
        let answer = |code| Resolution {
            code: Some(code),
            summary: Some("Here it is.".to_owned()),
            ..Resolution::default()
        };
        assert!(answer(ResolutionCode::InfoProvided).problems().is_empty());
        assert_eq!(
            fields(&answer(ResolutionCode::RejectedNotEntitled)),
            ["resolutionBasis"]
        );
        assert_eq!(
            fields(&answer(ResolutionCode::RejectedExtraordinary)),
            ["resolutionEvidence"]
        );
    }

    proptest! {
        #[test]
        fn rank_is_priority_then_target(a in 0..4_usize, b in 0..4_usize, x in 0..4_000_000_000_000_i64, y in 0..4_000_000_000_000_i64) {
            let priorities = [Priority::P1, Priority::P2, Priority::P3, Priority::P4];
            let at = |millis| DateTime::from_timestamp_millis(millis).unwrap();
            let (left, right) = ((priorities[a], at(x)), (priorities[b], at(y)));
            prop_assert_eq!(rank(left.0, left.1).cmp(&rank(right.0, right.1)), left.cmp(&right));
        }
    }
}
