//! The books: what each step of a payout moves between accounts.

use entities::compensation::{
    claim::MILES,
    ledger_entry::Account,
    payout::{self, PayoutMethod},
};

use super::state::Step;

/// One line of a posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The account.
    pub account: Account,
    /// In minor units of the currency, or in miles: a debit is more than nothing, a credit less.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or what stands for miles.
    pub currency: String,
}

/// The posting of a step; its lines add up to nothing. Empty where the step moves no value.
pub fn posting(step: Step, payout: &payout::Model) -> Vec<Line> {
    let amount = payout.amount_minor;
    let line = |account, amount_minor| Line {
        account,
        amount_minor,
        currency: payout.currency.clone(),
    };
    let moved = |debit, credit| vec![line(debit, amount), line(credit, -amount)];
    match step {
        Step::Request => moved(Account::CompensationExpense, Account::ClaimsPayable),
        Step::Cancel => moved(Account::ClaimsPayable, Account::CompensationExpense),
        Step::Send => moved(Account::ClaimsPayable, Account::PaymentsInTransit),
        Step::Fail => moved(Account::PaymentsInTransit, Account::ClaimsPayable),
        Step::Settle => {
            let uplift = uplift(payout);
            let mut lines = vec![line(Account::PaymentsInTransit, amount)];
            if uplift != 0 {
                lines.push(line(Account::UpliftExpense, uplift));
            }
            lines.push(line(left_from(payout.method), -(amount + uplift)));
            lines
        }
        Step::Approve | Step::Accept | Step::Retry => Vec::new(),
    }
}

/// What a voucher is worth beyond the debt it closes. Miles in place of money are booked at the money they stand for.
fn uplift(payout: &payout::Model) -> i64 {
    if payout.delivered_currency == payout.currency && payout.currency != MILES {
        payout.delivered_minor - payout.amount_minor
    } else {
        0
    }
}

fn left_from(method: PayoutMethod) -> Account {
    match method {
        PayoutMethod::BankTransfer | PayoutMethod::OriginalFormOfPayment => Account::Bank,
        PayoutMethod::Voucher => Account::VouchersOutstanding,
        PayoutMethod::Miles => Account::MilesOutstanding,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use entities::compensation::payout::PayoutStatus::{
        Approved, Failed, Requested, Sending, Sent, Settled,
    };
    use proptest::prelude::*;

    use super::*;
    use crate::payout::{policy::tests::payout, state::after};

    fn any_payout() -> impl Strategy<Value = payout::Model> {
        let methods = vec![
            PayoutMethod::BankTransfer,
            PayoutMethod::OriginalFormOfPayment,
            PayoutMethod::Voucher,
            PayoutMethod::Miles,
        ];
        (prop::sample::select(methods), 1..1_000_000_000_i64)
            .prop_map(|(method, amount)| payout(method, amount, "EUR"))
    }

    proptest! {
        #[test]
        fn every_posting_balances(payout in any_payout()) {
            for step in Step::ALL {
                let sum: i64 = posting(step, &payout).iter().map(|line| line.amount_minor).sum();
                prop_assert_eq!(sum, 0);
            }
        }

        #[test]
        fn whatever_happened_the_accounts_say_where_the_value_is(
            payout in any_payout(),
            steps in prop::collection::vec(prop::sample::select(Step::ALL.to_vec()), 0..60),
        ) {
            let (mut status, mut accounts) = (None, BTreeMap::new());
            for step in steps {
                if let Some(next) = after(status, step) {
                    status = Some(next);
                    for line in posting(step, &payout) {
                        *accounts.entry(line.account.as_str()).or_insert(0) += line.amount_minor;
                    }
                }
            }
            let at = |account: Account| accounts.get(account.as_str()).copied().unwrap_or(0);
            let is = |these: &[_]| status.is_some_and(|status| these.contains(&status));
            let (amount, left) = (payout.amount_minor, at(left_from(payout.method)));
            prop_assert_eq!(at(Account::ClaimsPayable), if is(&[Requested, Approved, Failed]) { -amount } else { 0 });
            prop_assert_eq!(at(Account::PaymentsInTransit), if is(&[Sending, Sent]) { -amount } else { 0 });
            prop_assert_eq!(left, if is(&[Settled]) { -(amount + uplift(&payout)) } else { 0 });
        }
    }
}
