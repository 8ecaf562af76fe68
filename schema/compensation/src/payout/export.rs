//! Payouts and books for finance: page by page, so that any number of them takes the same memory.

mod store;

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, Utc};
use entities::{
    compensation::payout::{Model, PayoutMethod, PayoutStatus},
    id::{ClaimId, CustomerId, PayoutId},
};
use schema_kernel::{Database, Result};
use serde::{Deserialize, Serialize};

/// How many payouts are read at a time.
pub const PAGE: u64 = 1_000;

/// The days on which payouts were asked for, both included, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// A payout as finance reads it. It names nobody: the ids lead to names where somebody may see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// When it was asked for, in UTC.
    pub requested_at: String,
    /// The payout, and its key with the provider.
    pub payout_id: PayoutId,
    /// The claim it pays.
    pub claim_id: ClaimId,
    /// The customer who is paid.
    pub customer_id: CustomerId,
    /// How it is paid.
    pub method: PayoutMethod,
    /// How far it has come.
    pub status: PayoutStatus,
    /// What of the claim it settles, in minor units of the currency, or in miles.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or `MIL` for miles.
    pub currency: String,
    /// What the customer gets.
    pub delivered_minor: i64,
    /// In what.
    pub delivered_currency: String,
    /// The last day to pay.
    pub due_by: NaiveDate,
    /// The provider's own reference.
    pub provider_reference: Option<String>,
    /// When its status last changed, in UTC.
    pub updated_at: String,
}

/// The place of a payout in an export: after it the export goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    requested_at: DateTime<Utc>,
    id: PayoutId,
}

/// Payouts of one currency, method and status, added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Total {
    /// ISO 4217 code of the currency, or `MIL` for miles.
    pub currency: String,
    /// How they are paid.
    pub method: PayoutMethod,
    /// How far they have come.
    pub status: PayoutStatus,
    /// How many.
    pub payouts: i64,
    /// Their amounts in minor units, or in miles.
    pub amount_minor: i64,
}

/// What the books say as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// The balance of each account in each currency: a debit is more than nothing, a credit less.
    pub accounts: Vec<AccountBalance>,
    /// Postings whose lines do not add up to nothing, by payout and version. There are never any.
    pub unbalanced: Vec<(PayoutId, i32)>,
}

/// The balance of an account in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountBalance {
    /// The account.
    pub account: entities::compensation::ledger_entry::Account,
    /// ISO 4217 code of the currency, or `MIL` for miles.
    pub currency: String,
    /// In minor units, or in miles.
    pub amount_minor: i64,
}

impl Period {
    /// From the beginning of the first day to before that of the day after the last.
    fn instants(self) -> (DateTime<Utc>, DateTime<Utc>) {
        let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
        let after = self.to.checked_add_days(Days::new(1)).unwrap_or(self.to);
        (midnight(self.from), midnight(after))
    }
}

impl Row {
    /// Its place in an export; `None` where it is none of ours.
    pub fn place(&self) -> Option<Place> {
        Some(Place {
            requested_at: self.requested_at.parse().ok()?,
            id: self.payout_id,
        })
    }
}

impl From<Model> for Row {
    fn from(payout: Model) -> Self {
        let at = |instant: DateTime<Utc>| instant.to_rfc3339_opts(SecondsFormat::Millis, true);
        Self {
            requested_at: at(payout.requested_at),
            payout_id: payout.id,
            claim_id: payout.claim_id,
            customer_id: payout.customer_id,
            method: payout.method,
            status: payout.status,
            amount_minor: payout.amount_minor,
            currency: payout.currency,
            delivered_minor: payout.delivered_minor,
            delivered_currency: payout.delivered_currency,
            due_by: payout.due_by,
            provider_reference: payout.provider_reference,
            updated_at: at(payout.updated_at),
        }
    }
}

/// The next payouts of a period, in the order in which they were asked for.
///
/// # Errors
/// When the database fails.
pub async fn page(database: &Database, period: Period, after: Option<Place>) -> Result<Vec<Row>> {
    let payouts = store::page(database, period, after).await?;
    Ok(payouts.into_iter().map(Row::from).collect())
}

/// How many payouts there are in a period.
///
/// # Errors
/// When the database fails.
pub async fn count(database: &Database, period: Period) -> Result<u64> {
    store::count(database, period).await
}

/// The payouts of a period, added up by currency, method and status. Amounts of different currencies are never added.
///
/// # Errors
/// When the database fails.
pub async fn totals(database: &Database, period: Period) -> Result<Vec<Total>> {
    store::totals(database, period).await
}

/// What the books say as a whole, of every period.
///
/// # Errors
/// When the database fails.
pub async fn balance(database: &Database) -> Result<Balance> {
    Ok(Balance {
        accounts: store::accounts(database).await?,
        unbalanced: store::unbalanced(database).await?,
    })
}
