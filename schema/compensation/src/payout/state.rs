//! The life of a payout, as a table without time, database or persons.

use entities::compensation::payout::PayoutStatus;

/// What can happen to a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody asks for it.
    Request,
    /// Somebody else approves it, or it needs no approval.
    Approve,
    /// It is given to the provider.
    Send,
    /// The provider has accepted it.
    Accept,
    /// The customer has it.
    Settle,
    /// The provider refused it, or it came back.
    Fail,
    /// It is to be sent again, under the same key.
    Retry,
    /// It is called off.
    Cancel,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Request,
        Self::Approve,
        Self::Send,
        Self::Accept,
        Self::Settle,
        Self::Fail,
        Self::Retry,
        Self::Cancel,
    ];
}

/// The status after `step`; `None` when the payout's status does not allow it.
///
/// What was given to a provider is never called off: only the provider's answer, or a bank statement, says what became of
/// it. Nothing leaves `SETTLED` and `CANCELLED`.
pub fn after(status: Option<PayoutStatus>, step: Step) -> Option<PayoutStatus> {
    use PayoutStatus::{Approved, Cancelled, Failed, Requested, Sending, Sent, Settled};
    let from = |these: &[PayoutStatus], to| {
        status
            .is_some_and(|status| these.contains(&status))
            .then_some(to)
    };
    match step {
        Step::Request => status.is_none().then_some(Requested),
        Step::Approve => from(&[Requested], Approved),
        Step::Send => from(&[Approved], Sending),
        Step::Accept => from(&[Sending], Sent),
        Step::Settle => from(&[Sending, Sent], Settled),
        Step::Fail => from(&[Sending, Sent], Failed),
        Step::Retry => from(&[Failed], Approved),
        Step::Cancel => from(&[Requested, Approved, Failed], Cancelled),
    }
}

/// The states that can be reached from here in one step, for refusals.
pub fn reachable(status: PayoutStatus) -> Vec<PayoutStatus> {
    let mut reachable: Vec<_> = Step::ALL
        .into_iter()
        .filter_map(|step| after(Some(status), step))
        .collect();
    reachable.dedup();
    reachable
}

/// Whether the money may have left, or has.
pub fn may_have_left(status: PayoutStatus) -> bool {
    match status {
        PayoutStatus::Sending | PayoutStatus::Sent | PayoutStatus::Settled => true,
        PayoutStatus::Requested
        | PayoutStatus::Approved
        | PayoutStatus::Failed
        | PayoutStatus::Cancelled => false,
    }
}

/// Whether the customer still waits for it.
pub fn is_open(status: PayoutStatus) -> bool {
    match status {
        PayoutStatus::Requested
        | PayoutStatus::Approved
        | PayoutStatus::Sending
        | PayoutStatus::Sent
        | PayoutStatus::Failed => true,
        PayoutStatus::Settled | PayoutStatus::Cancelled => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lived(steps: &[Step]) -> Vec<PayoutStatus> {
        let mut status = None;
        steps
            .iter()
            .filter_map(|step| after(status, *step).inspect(|next| status = Some(*next)))
            .collect()
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        prop::collection::vec(prop::sample::select(Step::ALL.to_vec()), 0..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_is_settled_once_at_most_and_that_is_the_end(steps in steps()) {
            let lived = lived(&steps);
            let settled = lived.iter().position(|status| *status == PayoutStatus::Settled);
            prop_assert!(settled.is_none_or(|place| place == lived.len() - 1));
        }

        #[test]
        fn nothing_is_sent_that_nobody_approved(steps in steps()) {
            for pair in lived(&steps).windows(2) {
                prop_assert!(pair[1] != PayoutStatus::Sending || pair[0] == PayoutStatus::Approved);
            }
        }

        #[test]
        fn what_may_have_left_is_never_called_off(steps in steps()) {
            for pair in lived(&steps).windows(2) {
                prop_assert!(pair[1] != PayoutStatus::Cancelled || !may_have_left(pair[0]));
            }
        }
    }
}
