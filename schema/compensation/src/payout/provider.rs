//! Those who pay: what they are asked, and what they can answer.

mod file;
mod http;

use std::time::Duration;

use chrono::NaiveDate;
use entities::{
    compensation::payout::{Model, PayoutMethod},
    id::{ClaimId, OrderId, PayoutId},
};
use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

pub use self::{file::FileProvider, http::HttpProvider};

/// The most characters of a reference or a reason that are kept.
const LONGEST: usize = 64;

/// What a provider is asked to pay. It says no name and no account: the provider knows them by the token, or by the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The key of the payment, the same for ever: whoever is asked twice under one key pays once.
    pub key: PayoutId,
    /// The claim that is paid.
    pub claim_id: ClaimId,
    /// The order the claim is about, for a payment back the way it was paid.
    pub order_id: OrderId,
    /// How it is paid.
    pub method: PayoutMethod,
    /// In minor units of the currency, or in miles.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or `MIL` for miles.
    pub currency: String,
    /// The provider's token for the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destination_token: Option<String>,
    /// The day on which it was asked for.
    pub requested_on: NaiveDate,
}

impl Payment {
    /// What the provider of this payout is asked, for a claim about an order.
    pub fn of(payout: &Model, order_id: OrderId) -> Self {
        Self {
            key: payout.id,
            claim_id: payout.claim_id,
            order_id,
            method: payout.method,
            amount_minor: payout.delivered_minor,
            currency: payout.delivered_currency.clone(),
            destination_token: payout.destination_token.clone(),
            requested_on: payout.requested_at.date_naive(),
        }
    }
}

/// What a provider answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The customer has it.
    Settled {
        /// The provider's own reference.
        reference: String,
    },
    /// It will be paid.
    Accepted {
        /// The provider's own reference.
        reference: String,
    },
    /// It was not paid, and will not be.
    Refused {
        /// A code.
        reason: String,
    },
    /// Nobody can tell: it was perhaps paid. It is asked again, under the same key.
    Unknown {
        /// What happened, for the log.
        why: String,
    },
}

/// Somebody who pays. Asked again under the same key, they pay nothing more, and answer as before.
pub trait Provider: Send + Sync + 'static {
    /// Pays, or says what became of this payment before.
    fn pay<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer>;

    /// What became of a payment that was accepted.
    fn status<'a>(&'a self, payment: &'a Payment) -> BoxFuture<'a, Answer>;

    /// How often an accepted payment is asked about; `None` where a person records what the bank's statement says.
    fn polls_every(&self) -> Option<Duration>;
}

/// A reference or a code as it is kept: nothing that could be somebody's data, and not long.
fn tidy(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || "._:-".contains(*letter))
        .take(LONGEST)
        .collect()
}
