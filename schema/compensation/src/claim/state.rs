//! The life of a claim, as a table without time, database or persons.

use entities::compensation::claim::ClaimStatus;

/// What can happen to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody files it.
    File,
    /// The rules grant it and leave no question.
    Grant,
    /// The rules may grant it; a person has to settle a question.
    Question,
    /// The disruption, as it is known now, grants nothing.
    Withdraw,
    /// The claimant takes it back.
    Retract,
    /// A person approves it.
    Approve,
    /// A person approves it whose authority does not go so far: a second one has to agree.
    Propose,
    /// The second person agrees.
    Confirm,
    /// A person refuses it.
    Refuse,
    /// The claimant appeals against the refusal.
    Appeal,
    /// Its payment is given to a provider.
    Send,
    /// The payment did not come about.
    Return,
    /// The customer has the money.
    Pay,
}

/// The status after `step`; `None` when the claim's status does not allow it.
///
/// Nothing leaves `PAID`, so no claim is paid twice, and while its payment is on the way nothing but the payment moves it.
/// What a person refused is never granted again without a person: new facts, or an appeal, open the question anew.
pub fn after(status: Option<ClaimStatus>, step: Step) -> Option<ClaimStatus> {
    use ClaimStatus::{Approved, NeedsApproval, NeedsReview, Paid, Paying, Refused, Withdrawn};
    match step {
        Step::File => match status {
            None => Some(NeedsReview),
            Some(NeedsReview | NeedsApproval | Approved | Paying | Refused | Withdrawn | Paid) => {
                None
            }
        },
        Step::Grant => match status {
            None | Some(NeedsReview | NeedsApproval | Approved | Withdrawn) => Some(Approved),
            Some(Refused) => Some(NeedsReview),
            Some(Paying | Paid) => None,
        },
        Step::Question => match status {
            None | Some(NeedsReview | NeedsApproval | Approved | Withdrawn | Refused) => {
                Some(NeedsReview)
            }
            Some(Paying | Paid) => None,
        },
        Step::Withdraw => from(&[NeedsReview, NeedsApproval, Approved], status, Withdrawn),
        Step::Retract => from(&[NeedsReview, NeedsApproval], status, Withdrawn),
        Step::Approve => from(&[NeedsReview], status, Approved),
        Step::Propose => from(&[NeedsReview], status, NeedsApproval),
        Step::Confirm => from(&[NeedsApproval], status, Approved),
        Step::Refuse => from(&[NeedsReview, NeedsApproval], status, Refused),
        Step::Appeal => from(&[Refused], status, NeedsReview),
        Step::Send => from(&[Approved], status, Paying),
        Step::Return => from(&[Paying], status, Approved),
        Step::Pay => from(&[Paying], status, Paid),
    }
}

fn from(
    these: &[ClaimStatus],
    status: Option<ClaimStatus>,
    to: ClaimStatus,
) -> Option<ClaimStatus> {
    status
        .is_some_and(|status| these.contains(&status))
        .then_some(to)
}

/// The states to which a person's decision can lead from here.
pub fn decisions(status: ClaimStatus) -> Vec<ClaimStatus> {
    [Step::Approve, Step::Confirm, Step::Refuse]
        .into_iter()
        .filter_map(|step| after(Some(status), step))
        .collect()
}

/// Whether something may still have to be paid.
pub fn is_open(status: ClaimStatus) -> bool {
    match status {
        ClaimStatus::NeedsReview
        | ClaimStatus::NeedsApproval
        | ClaimStatus::Approved
        | ClaimStatus::Paying => true,
        ClaimStatus::Refused | ClaimStatus::Withdrawn | ClaimStatus::Paid => false,
    }
}

/// Whether evidence can still change something: the claim is open, or its refusal can be appealed.
pub fn takes_evidence(status: ClaimStatus) -> bool {
    match status {
        ClaimStatus::NeedsReview
        | ClaimStatus::NeedsApproval
        | ClaimStatus::Approved
        | ClaimStatus::Refused => true,
        ClaimStatus::Paying | ClaimStatus::Withdrawn | ClaimStatus::Paid => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step() -> impl Strategy<Value = Step> {
        prop::sample::select(vec![
            Step::File,
            Step::Grant,
            Step::Question,
            Step::Withdraw,
            Step::Retract,
            Step::Approve,
            Step::Propose,
            Step::Confirm,
            Step::Refuse,
            Step::Appeal,
            Step::Send,
            Step::Return,
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
                prop_assert!(pair[1] != ClaimStatus::Paid || pair[0] == ClaimStatus::Paying);
                prop_assert!(pair[1] != ClaimStatus::Paying || pair[0] == ClaimStatus::Approved);
            }
        }

        #[test]
        fn what_a_person_refused_only_a_person_approves(steps in prop::collection::vec(step(), 0..40)) {
            for pair in statuses(&steps).windows(2) {
                prop_assert!(pair[0] != ClaimStatus::Refused || pair[1] == ClaimStatus::NeedsReview);
            }
        }

        #[test]
        fn the_rules_can_speak_until_the_money_is_on_its_way(steps in prop::collection::vec(step(), 0..40)) {
            let last = statuses(&steps).last().copied();
            let is_on_its_way = matches!(last, Some(ClaimStatus::Paying | ClaimStatus::Paid));
            prop_assert_eq!(after(last, Step::Grant).is_none(), is_on_its_way);
            prop_assert_eq!(after(last, Step::Question).is_none(), is_on_its_way);
        }

        #[test]
        fn what_waits_for_a_second_person_is_approved_by_one_or_by_the_rules(step in step()) {
            if after(Some(ClaimStatus::NeedsApproval), step) == Some(ClaimStatus::Approved) {
                prop_assert!(matches!(step, Step::Confirm | Step::Grant));
            }
        }
    }

    #[test]
    fn people_decide_what_is_under_review_and_nothing_else() {
        for status in [ClaimStatus::NeedsReview, ClaimStatus::NeedsApproval] {
            assert_eq!(
                decisions(status),
                [ClaimStatus::Approved, ClaimStatus::Refused]
            );
        }
        for status in [
            ClaimStatus::Approved,
            ClaimStatus::Paying,
            ClaimStatus::Refused,
            ClaimStatus::Withdrawn,
            ClaimStatus::Paid,
        ] {
            assert!(decisions(status).is_empty());
        }
    }
}
