//! The request for a payment, and the checks before anything is read.

use async_graphql::{ID, InputObject};
use chrono::{DateTime as Instant, Utc};
use entities::{
    compensation::{payout::PayoutMethod as Method, payout_agreement::AgreementChannel as Channel},
    id::{ClaimId, PassengerId},
};
use schema_kernel::{
    id,
    problem::{FieldProblem, InvalidInput, NotFound},
    scalar::DateTime,
};
use uuid::Uuid;

use crate::{
    outcome::Refusal,
    payout::{AgreementChannel, PayoutMethod},
};

/// The most characters of a token and of the name of a text.
const LONGEST: usize = 64;

/// The request for a payment of an approved claim.
#[derive(Clone, Debug, InputObject)]
pub struct RequestPayoutInput {
    /// The claim.
    pub claim_id: ID,
    /// The version of the claim that was read: it is these terms that are paid.
    pub expected_version: i32,
    /// How it is to be paid.
    pub method: PayoutMethod,
    /// Where a bank transfer goes, as the payment provider's token for the account: letters, digits, `.`, `_`, `:` and `-`,
    /// at most 64. Account numbers (IBAN) and card numbers are refused, because they could not be kept sealed. Example:
    /// `"tok_9f3kq2"`.
    pub destination_token: Option<String>,
    /// What the passenger signed, where a voucher or miles take the place of money.
    pub agreement: Option<AgreementInput>,
    /// The same key with the same input asks once, however often it is sent.
    pub idempotency_key: Uuid,
}

/// What a passenger signed who takes a voucher or miles in place of money.
#[derive(Clone, Debug, InputObject)]
pub struct AgreementInput {
    /// The passenger who signed: the one whose claim it is.
    pub passenger_id: ID,
    /// How they signed.
    pub channel: AgreementChannel,
    /// The version of the text they signed. Example: `"voucher-2026-03-en"`.
    pub text_version: String,
    /// When they signed.
    pub signed_at: DateTime,
}

/// The input after it was checked.
pub(super) struct Asked {
    pub(super) claim: ClaimId,
    pub(super) expected_version: i32,
    pub(super) method: Method,
    pub(super) destination_token: Option<String>,
    pub(super) agreement: Option<Signed>,
}

/// An agreement after it was checked.
pub(super) struct Signed {
    pub(super) passenger: PassengerId,
    pub(super) channel: Channel,
    pub(super) text_version: String,
    pub(super) signed_at: Instant<Utc>,
}

pub(super) fn read(input: &RequestPayoutInput, now: Instant<Utc>) -> Result<Asked, Refusal> {
    let mut problems = Vec::new();
    let token = input.destination_token.as_deref();
    match (input.method, token) {
        (PayoutMethod::BankTransfer, None) => problems.push(FieldProblem::at(
            "input.destinationToken",
            "A bank transfer needs the payment provider's token for the account.",
        )),
        (PayoutMethod::BankTransfer, Some(token)) => check_token(token, &mut problems),
        (
            PayoutMethod::OriginalFormOfPayment | PayoutMethod::Voucher | PayoutMethod::Miles,
            Some(_),
        ) => problems.push(FieldProblem::at(
            "input.destinationToken",
            "Only a bank transfer goes to a token; leave it out.",
        )),
        (
            PayoutMethod::OriginalFormOfPayment | PayoutMethod::Voucher | PayoutMethod::Miles,
            None,
        ) => {}
    }
    let agreement = input
        .agreement
        .as_ref()
        .and_then(|agreement| sign(agreement, now, &mut problems));
    if !problems.is_empty() {
        return Err(InvalidInput::of(problems).into());
    }
    Ok(Asked {
        claim: id::try_read(&input.claim_id).ok_or_else(|| NotFound::of("claim"))?,
        expected_version: input.expected_version,
        method: input.method.into(),
        destination_token: input.destination_token.clone(),
        agreement,
    })
}

fn check_token(token: &str, problems: &mut Vec<FieldProblem>) {
    if !is_name(token) {
        let message = format!("A token has 1 to {LONGEST} letters, digits, `.`, `_`, `:` and `-`.");
        problems.push(FieldProblem::at("input.destinationToken", message));
    } else if is_account_number(token) {
        let message = "This looks like an account or card number, which is not taken; give the payment provider's token for it.";
        problems.push(FieldProblem::at("input.destinationToken", message));
    }
}

fn sign(
    agreement: &AgreementInput,
    now: Instant<Utc>,
    problems: &mut Vec<FieldProblem>,
) -> Option<Signed> {
    if !is_name(&agreement.text_version) {
        let message = format!(
            "The version of a text has 1 to {LONGEST} letters, digits, `.`, `_`, `:` and `-`, like \"voucher-2026-03-en\"."
        );
        problems.push(FieldProblem::at("input.agreement.textVersion", message));
    }
    if agreement.signed_at > now {
        let message = "This is in the future; an agreement has been signed.";
        problems.push(FieldProblem::at("input.agreement.signedAt", message));
    }
    let passenger = id::try_read(&agreement.passenger_id);
    if passenger.is_none() {
        let message = "This is no id of a passenger; `passengerId` of the claim is.";
        problems.push(FieldProblem::at("input.agreement.passengerId", message));
    }
    passenger.map(|passenger| Signed {
        passenger,
        channel: agreement.channel.into(),
        text_version: agreement.text_version.clone(),
        signed_at: agreement.signed_at,
    })
}

fn is_name(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

/// Whether a text could be an IBAN (ISO 13616: two letters, two digits, then up to thirty letters and digits), or is mostly
/// digits as account and card numbers are.
fn is_account_number(text: &str) -> bool {
    let plain: Vec<u8> = text
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|byte| byte.to_ascii_uppercase())
        .collect();
    let is_iban = (15..=34).contains(&plain.len())
        && plain[..2].iter().all(u8::is_ascii_uppercase)
        && plain[2..4].iter().all(u8::is_ascii_digit)
        && remainder(&plain) == 1;
    let digits = plain.iter().filter(|byte| byte.is_ascii_digit()).count();
    is_iban || (digits == plain.len() && digits >= 6)
}

/// The remainder of ISO 7064 MOD 97-10, by which an IBAN is known.
fn remainder(iban: &[u8]) -> u32 {
    let moved = iban[4..].iter().chain(&iban[..4]);
    moved.fold(0, |remainder, byte| {
        let digit = char::from(*byte).to_digit(36).unwrap_or_default();
        let shift = if digit > 9 { 100 } else { 10 };
        (remainder * shift + digit) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_numbers_are_known() {
        for number in [
            "DE89370400440532013000",
            "GB82WEST12345698765432",
            "gb82-west-1234-5698-7654-32",
            "4111111111111111",
            "12345678",
        ] {
            assert!(is_account_number(number), "{number}");
        }
        for token in [
            "tok_9f3kq2",
            "ba_1NxQ2eLkdIwHu7ix",
            "acct:7731-x",
            "DE89370400440532013001",
        ] {
            assert!(!is_account_number(token), "{token}");
        }
    }
}
