//! The life of a claim, as a table without time, database or persons.

use entities::compensation::claim::ClaimStatus;

/// What can happen to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The rules grant it and leave no question.
    Grant,
    /// The rules may grant it; a person has to settle a question.
    Question,
    /// The disruption, as it is known now, grants nothing.
    Withdraw,
    /// A person approves it.
    Approve,
    /// A person refuses it.
    Refuse,
    /// The money has left.
    Pay,
}

/// The status after `step`; `None` when the claim's status does not allow it.
///
/// Nothing leaves `PAID`, so no claim is paid twice. What a person refused is never granted again without a person: new
/// facts open the question anew.
pub fn after(status: Option<ClaimStatus>, step: Step) -> Option<ClaimStatus> {
    use ClaimStatus::{Approved, NeedsReview, Paid, Refused, Withdrawn};
    match (status, step) {
        (None | Some(NeedsReview | Approved | Withdrawn), Step::Grant)
        | (Some(NeedsReview), Step::Approve) => Some(Approved),
        (None | Some(NeedsReview | Approved | Withdrawn | Refused), Step::Question)
        | (Some(Refused), Step::Grant) => Some(NeedsReview),
        (Some(NeedsReview | Approved), Step::Withdraw) => Some(Withdrawn),
        (Some(NeedsReview), Step::Refuse) => Some(Refused),
        (Some(Approved), Step::Pay) => Some(Paid),
        (Some(Paid), _)
        | (
            None | Some(Refused | Withdrawn),
            Step::Withdraw | Step::Approve | Step::Refuse | Step::Pay,
        )
        | (Some(Approved), Step::Approve | Step::Refuse)
        | (Some(NeedsReview), Step::Pay) => None,
    }
}

/// The states to which a person's decision can lead from here.
pub fn decisions(status: ClaimStatus) -> Vec<ClaimStatus> {
    [Step::Approve, Step::Refuse]
        .into_iter()
        .filter_map(|step| after(Some(status), step))
        .collect()
}

/// Whether something may still have to be paid.
pub fn is_open(status: ClaimStatus) -> bool {
    match status {
        ClaimStatus::NeedsReview | ClaimStatus::Approved => true,
        ClaimStatus::Refused | ClaimStatus::Withdrawn | ClaimStatus::Paid => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step() -> impl Strategy<Value = Step> {
        prop::sample::select(vec![
            Step::Grant,
            Step::Question,
            Step::Withdraw,
            Step::Approve,
            Step::Refuse,
            Step::Pay,
        ])
    }

    fn statuses(steps: &[Step]) -> Vec<ClaimStatus> {
        let mut status = None;
        steps
            .iter()
            .filter_map(|step| after(status, *step).inspect(|next| status = Some(*next)))
            .collect()
    }

    proptest! {
        #[test]
        fn whatever_happens_it_is_paid_once_at_most_and_that_is_the_end(steps in prop::collection::vec(step(), 0..40)) {
            let lived = statuses(&steps);
            let paid = lived.iter().position(|status| *status == ClaimStatus::Paid);
            prop_assert!(paid.is_none_or(|place| place == lived.len() - 1));
        }

        #[test]
        fn money_leaves_only_what_was_approved(steps in prop::collection::vec(step(), 0..40)) {
            for pair in statuses(&steps).windows(2) {
                prop_assert!(pair[1] != ClaimStatus::Paid || pair[0] == ClaimStatus::Approved);
            }
        }

        #[test]
        fn what_a_person_refused_only_a_person_approves(steps in prop::collection::vec(step(), 0..40)) {
            for pair in statuses(&steps).windows(2) {
                prop_assert!(pair[0] != ClaimStatus::Refused || pair[1] == ClaimStatus::NeedsReview);
            }
        }

        #[test]
        fn the_rules_can_always_speak_until_it_is_paid(steps in prop::collection::vec(step(), 0..40)) {
            let last = statuses(&steps).last().copied();
            if last != Some(ClaimStatus::Paid) {
                prop_assert!(after(last, Step::Grant).is_some());
                prop_assert!(after(last, Step::Question).is_some());
            }
        }
    }

    #[test]
    fn people_decide_what_is_under_review_and_nothing_else() {
        assert_eq!(
            decisions(ClaimStatus::NeedsReview),
            [ClaimStatus::Approved, ClaimStatus::Refused]
        );
        for status in [
            ClaimStatus::Approved,
            ClaimStatus::Refused,
            ClaimStatus::Withdrawn,
            ClaimStatus::Paid,
        ] {
            assert!(decisions(status).is_empty());
        }
    }
}
