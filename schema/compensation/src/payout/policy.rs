//! What a payout pays, and whether it needs a person's approval.

use chrono::NaiveDate;
use entities::compensation::{claim::MILES, entitlement::EntitlementKind, payout::PayoutMethod};
use schema_kernel::Money;

use super::rate;
use crate::claim::authority::{self, Level};

/// What a voucher is worth, in hundredths of the debt it closes (domain 1.8).
const VOUCHER_PERCENT: i128 = 130;

/// What the customer gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// In minor units of the currency, or in miles.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or what stands for miles.
    pub currency: String,
}

/// Why a claim cannot be paid in this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotPayable {
    /// The currency is none, or the airline pays nothing in it.
    UnknownCurrency,
    /// There is no rate between the currency and miles.
    NoRate,
    /// Miles are owed, and miles are given.
    MilesOnly,
    /// The amount is too large to reckon with.
    TooLarge,
}

/// What the customer gets for a debt of `amount_minor`.
///
/// # Errors
/// Why it cannot be paid in this way.
pub fn delivery(
    method: PayoutMethod,
    amount_minor: i64,
    currency: &str,
    on: NaiveDate,
) -> Result<Delivery, NotPayable> {
    let same = |amount_minor| Delivery {
        amount_minor,
        currency: currency.to_owned(),
    };
    if currency == MILES {
        return match method {
            PayoutMethod::Miles => Ok(same(amount_minor)),
            PayoutMethod::BankTransfer
            | PayoutMethod::OriginalFormOfPayment
            | PayoutMethod::Voucher => Err(NotPayable::MilesOnly),
        };
    }
    let known =
        authority::needed(amount_minor, currency).and_then(|_| Money::new(amount_minor, currency));
    let money = known.ok_or(NotPayable::UnknownCurrency)?;
    match method {
        PayoutMethod::BankTransfer | PayoutMethod::OriginalFormOfPayment => Ok(same(amount_minor)),
        PayoutMethod::Voucher => {
            let value = (i128::from(amount_minor) * VOUCHER_PERCENT + 99) / 100;
            i64::try_from(value)
                .map(same)
                .map_err(|_| NotPayable::TooLarge)
        }
        PayoutMethod::Miles => rate::miles(amount_minor, currency, money.exponent(), on)
            .map(|amount_minor| Delivery {
                amount_minor,
                currency: MILES.to_owned(),
            })
            .ok_or(NotPayable::NoRate),
    }
}

/// Whether a payout in this way needs the passenger's signed agreement: money that is owed is paid as money (EU261 Art 7(3)
/// and its like); a gesture is not owed.
pub fn needs_agreement(method: PayoutMethod, kind: EntitlementKind, currency: &str) -> bool {
    let is_money = match method {
        PayoutMethod::BankTransfer | PayoutMethod::OriginalFormOfPayment => true,
        PayoutMethod::Voucher | PayoutMethod::Miles => false,
    };
    !is_money && currency != MILES && kind != EntitlementKind::Goodwill
}

/// Whether a person has to approve the payout. What an agent may grant goes straight through, unless whoever decided the
/// claim also asks for the money.
pub fn needs_approval(amount_minor: i64, currency: &str, is_own_decision: bool) -> bool {
    is_own_decision || authority::needed(amount_minor, currency) != Some(Level::Agent)
}

#[cfg(test)]
pub(crate) mod tests {
    use chrono::{DateTime, Utc};
    use entities::{
        compensation::{
            claim::DueNotice,
            payout::{Model, PayoutStatus},
        },
        id::{ClaimId, CustomerId, PayoutId},
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    /// A payout that was asked for.
    pub(crate) fn payout(method: PayoutMethod, amount_minor: i64, currency: &str) -> Model {
        let delivery = delivery(method, amount_minor, currency, today()).unwrap();
        let at: DateTime<Utc> = "2026-11-20T08:00:00Z".parse().unwrap();
        Model {
            id: PayoutId(Uuid::from_u128(1)),
            claim_id: ClaimId(Uuid::from_u128(2)),
            live_claim_id: Some(ClaimId(Uuid::from_u128(2))),
            customer_id: CustomerId(Uuid::from_u128(3)),
            method,
            status: PayoutStatus::Requested,
            amount_minor,
            currency: currency.to_owned(),
            delivered_minor: delivery.amount_minor,
            delivered_currency: delivery.currency,
            destination_token: None,
            requested_by: "customer".to_owned(),
            requested_at: at,
            approved_by: None,
            due_by: today(),
            due_notice: DueNotice::None,
            reason: None,
            provider_reference: None,
            attempts: 0,
            next_attempt_at: None,
            leased_by: None,
            leased_until: None,
            updated_at: at,
            version: 1,
        }
    }

    #[test]
    fn a_voucher_is_worth_more_than_the_debt() {
        let voucher = |amount| delivery(PayoutMethod::Voucher, amount, "EUR", today()).unwrap();
        assert_eq!(voucher(25_000).amount_minor, 32_500);
        assert_eq!(voucher(1).amount_minor, 2);
        assert_eq!(
            delivery(PayoutMethod::Voucher, i64::MAX, "EUR", today()),
            Err(NotPayable::TooLarge)
        );
    }

    #[test]
    fn what_has_no_currency_or_rate_is_not_paid() {
        let refused = |method, currency| delivery(method, 100, currency, today()).unwrap_err();
        assert_eq!(
            refused(PayoutMethod::BankTransfer, "XXX"),
            NotPayable::UnknownCurrency
        );
        assert_eq!(
            refused(PayoutMethod::BankTransfer, "XAU"),
            NotPayable::UnknownCurrency
        );
        assert_eq!(refused(PayoutMethod::Miles, "HUF"), NotPayable::NoRate);
        assert_eq!(
            refused(PayoutMethod::BankTransfer, MILES),
            NotPayable::MilesOnly
        );
    }

    #[test]
    fn owed_money_is_replaced_only_with_a_signature() {
        let statutory = EntitlementKind::Compensation;
        assert!(needs_agreement(PayoutMethod::Voucher, statutory, "EUR"));
        assert!(needs_agreement(PayoutMethod::Miles, statutory, "EUR"));
        assert!(!needs_agreement(
            PayoutMethod::BankTransfer,
            statutory,
            "EUR"
        ));
        assert!(!needs_agreement(
            PayoutMethod::Miles,
            EntitlementKind::Goodwill,
            MILES
        ));
    }

    proptest! {
        #[test]
        fn who_decided_never_pays_alone(amount in 1..100_000_000_i64) {
            prop_assert!(needs_approval(amount, "EUR", true));
        }

        #[test]
        fn nobody_gets_less_than_they_are_owed(amount in 1..1_000_000_000_i64) {
            for method in [PayoutMethod::BankTransfer, PayoutMethod::OriginalFormOfPayment, PayoutMethod::Voucher] {
                prop_assert!(delivery(method, amount, "EUR", today()).unwrap().amount_minor >= amount);
            }
        }
    }
}
