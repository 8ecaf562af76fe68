//! How soon a case is to be worked on: the matrix of impact and urgency, and what moves its answer.

use entities::case::case::{CaseType, Impact, Modifiers, Priority, Urgency};

/// The matrix.
pub fn of_matrix(impact: Impact, urgency: Urgency) -> Priority {
    use Priority::{P1, P2, P3, P4};
    let row = match impact {
        Impact::Safety => [P1, P1, P1, P2],
        Impact::Severe => [P1, P2, P2, P3],
        Impact::Significant => [P2, P2, P3, P3],
        Impact::Minor => [P3, P3, P4, P4],
    };
    match urgency {
        Urgency::InJourney => row[0],
        Urgency::WithinDay => row[1],
        Urgency::WithinWeek => row[2],
        Urgency::Unhurried => row[3],
    }
}

/// The priority of a case: the matrix, then one step up for a customer who may leave (to P2 at most), and one for the
/// highest tier (which makes no P1 of what the matrix calls P3 or less).
pub fn of(impact: Impact, urgency: Urgency, modifiers: Modifiers) -> Priority {
    let base = of_matrix(impact, urgency);
    let mut priority = base;
    if modifiers.is_churn_risk && priority > Priority::P2 {
        priority = raised(priority);
    }
    if modifiers.is_top_tier {
        priority = raised(priority);
    }
    if base > Priority::P2 {
        priority.max(Priority::P2)
    } else {
        priority
    }
}

/// The priority of a case that had `present` when new inputs say `computed`: requests about personal data, regulators and
/// assistance are never lowered.
pub fn revised(case_type: CaseType, present: Priority, computed: Priority) -> Priority {
    if is_never_lowered(case_type) {
        computed.min(present)
    } else {
        computed
    }
}

fn is_never_lowered(case_type: CaseType) -> bool {
    match case_type {
        CaseType::Privacy | CaseType::Regulator | CaseType::SpecialAssistance => true,
        CaseType::Complaint
        | CaseType::Compliment
        | CaseType::Suggestion
        | CaseType::BaggageDelayed
        | CaseType::BaggageDamaged
        | CaseType::BaggageLost
        | CaseType::Refund
        | CaseType::Compensation
        | CaseType::DeniedBoarding
        | CaseType::Loyalty
        | CaseType::LostProperty
        | CaseType::Fraud => false,
    }
}

fn raised(priority: Priority) -> Priority {
    match priority {
        Priority::P1 | Priority::P2 => Priority::P1,
        Priority::P3 => Priority::P2,
        Priority::P4 => Priority::P3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IMPACTS: [Impact; 4] = [
        Impact::Safety,
        Impact::Severe,
        Impact::Significant,
        Impact::Minor,
    ];
    const URGENCIES: [Urgency; 4] = [
        Urgency::InJourney,
        Urgency::WithinDay,
        Urgency::WithinWeek,
        Urgency::Unhurried,
    ];
    const TIER: Modifiers = Modifiers {
        is_top_tier: true,
        is_churn_risk: false,
    };
    const CHURN: Modifiers = Modifiers {
        is_top_tier: false,
        is_churn_risk: true,
    };
    const BOTH: Modifiers = Modifiers {
        is_top_tier: true,
        is_churn_risk: true,
    };

    fn table(modifiers: Modifiers) -> String {
        let row = |impact| {
            URGENCIES
                .map(|urgency| format!("{:?}", of(impact, urgency, modifiers)))
                .join(" ")
        };
        IMPACTS.map(row).join(" | ")
    }

    #[test]
    fn every_cell_of_the_matrix() {
        let cells = "P1 P1 P1 P2 | P1 P2 P2 P3 | P2 P2 P3 P3 | P3 P3 P4 P4";
        assert_eq!(table(Modifiers::default()), cells);
    }

    #[test]
    fn the_highest_tier_raises_by_one() {
        assert_eq!(
            table(TIER),
            "P1 P1 P1 P1 | P1 P1 P1 P2 | P1 P1 P2 P2 | P2 P2 P3 P3"
        );
    }

    #[test]
    fn the_risk_of_losing_a_customer_raises_by_one_to_p2_at_most() {
        assert_eq!(
            table(CHURN),
            "P1 P1 P1 P2 | P1 P2 P2 P2 | P2 P2 P2 P2 | P2 P2 P3 P3"
        );
    }

    #[test]
    fn both_together_make_no_p1_of_a_p3() {
        assert_eq!(
            table(BOTH),
            "P1 P1 P1 P1 | P1 P1 P1 P2 | P1 P1 P2 P2 | P2 P2 P2 P2"
        );
    }

    #[test]
    fn some_types_are_never_lowered() {
        for case_type in [
            CaseType::Privacy,
            CaseType::Regulator,
            CaseType::SpecialAssistance,
        ] {
            assert_eq!(revised(case_type, Priority::P1, Priority::P4), Priority::P1);
            assert_eq!(revised(case_type, Priority::P4, Priority::P1), Priority::P1);
        }
        assert_eq!(
            revised(CaseType::Complaint, Priority::P1, Priority::P4),
            Priority::P4
        );
    }
}
