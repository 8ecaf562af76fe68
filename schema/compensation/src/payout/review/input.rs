//! What people say who do something about a payout.

use async_graphql::{Enum, ID, InputObject};
use entities::id::PayoutId;
use schema_kernel::{
    id,
    problem::{FieldProblem, InvalidInput},
};
use uuid::Uuid;

use crate::{claim::decide::text, outcome::Refusal, payout::state::Step};

/// The approval of a payout.
#[derive(Clone, Debug, InputObject)]
pub struct ApprovePayoutInput {
    /// The payout.
    pub payout_id: ID,
    /// The version of the payout that was read.
    pub expected_version: i32,
    /// The same key with the same input approves once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

/// A payout to call off.
#[derive(Clone, Debug, InputObject)]
pub struct CancelPayoutInput {
    /// The payout.
    pub payout_id: ID,
    /// The version of the payout that was read.
    pub expected_version: i32,
    /// Why, in a sentence; at most 2000 characters.
    pub reason: String,
    /// The same key with the same input cancels once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

/// A payout to send again.
#[derive(Clone, Debug, InputObject)]
pub struct RetryPayoutInput {
    /// The payout.
    pub payout_id: ID,
    /// The version of the payout that was read.
    pub expected_version: i32,
    /// The same key with the same input retries once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

/// What a bank statement says of a payout.
#[derive(Clone, Debug, InputObject)]
pub struct ConfirmPayoutInput {
    /// The payout.
    pub payout_id: ID,
    /// The version of the payout that was read.
    pub expected_version: i32,
    /// What the statement says.
    pub confirmation: Confirmation,
    /// Why it came back, in a sentence or by the bank's code; at most 2000 characters. Needed when it did.
    pub reason: Option<String>,
    /// The same key with the same input records once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

/// What a bank statement says of a payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "PayoutConfirmation")]
pub enum Confirmation {
    /// The customer has it.
    Received,
    /// It came back.
    Returned,
}

/// The payout that is meant, as it was read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) payout: PayoutId,
    pub(super) version: i32,
}

/// What somebody wants to do to a payout.
pub(super) struct Wanted {
    /// Absent where the id cannot be one of a payout.
    pub(super) seen: Option<Seen>,
    pub(super) step: Step,
    pub(super) reason: Option<String>,
}

fn seen(id: &ID, version: i32) -> Option<Seen> {
    id::try_read(id).map(|payout| Seen { payout, version })
}

impl From<&ApprovePayoutInput> for Wanted {
    fn from(input: &ApprovePayoutInput) -> Self {
        Self {
            seen: seen(&input.payout_id, input.expected_version),
            step: Step::Approve,
            reason: None,
        }
    }
}

impl From<&RetryPayoutInput> for Wanted {
    fn from(input: &RetryPayoutInput) -> Self {
        Self {
            seen: seen(&input.payout_id, input.expected_version),
            step: Step::Retry,
            reason: None,
        }
    }
}

impl Wanted {
    pub(super) fn cancelling(input: &CancelPayoutInput) -> Result<Self, Refusal> {
        Ok(Self {
            seen: seen(&input.payout_id, input.expected_version),
            step: Step::Cancel,
            reason: Some(needed(Some(&input.reason), "Say why it is called off.")?),
        })
    }

    pub(super) fn confirming(input: &ConfirmPayoutInput) -> Result<Self, Refusal> {
        let (step, reason) = match input.confirmation {
            Confirmation::Received => (Step::Settle, None),
            Confirmation::Returned => {
                let reason = needed(input.reason.as_deref(), "Say why it came back.")?;
                (Step::Fail, Some(reason))
            }
        };
        Ok(Self {
            seen: seen(&input.payout_id, input.expected_version),
            step,
            reason,
        })
    }
}

fn needed(given: Option<&str>, message: &str) -> Result<String, Refusal> {
    let mut problems = Vec::new();
    let reason = text("input.reason", given, &mut problems);
    reason.ok_or_else(|| {
        if problems.is_empty() {
            problems.push(FieldProblem::at("input.reason", message));
        }
        InvalidInput::of(problems).into()
    })
}
