//! The books of payouts: the table `compensation_ledger_entry`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::PayoutId;

/// One line of a posting; the lines of each posting add up to nothing. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_ledger_entry")]
pub struct Model {
    /// The payout.
    #[sea_orm(primary_key, auto_increment = false)]
    pub payout_id: PayoutId,
    /// The version of the payout whose step is posted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// The line of the posting, beginning with 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    /// The account.
    pub account: Account,
    /// In minor units of the currency, or in miles: a debit is more than nothing, a credit less.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or what stands for miles.
    pub currency: String,
    /// When.
    pub posted_at: DateTimeUtc,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The accounts that payouts move.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Account {
    /// What disruptions cost.
    #[sea_orm(string_value = "COMPENSATION_EXPENSE")]
    CompensationExpense,
    /// What vouchers cost beyond the debts they close.
    #[sea_orm(string_value = "UPLIFT_EXPENSE")]
    UpliftExpense,
    /// What is owed to customers and has not left.
    #[sea_orm(string_value = "CLAIMS_PAYABLE")]
    ClaimsPayable,
    /// What was given to a provider whose answer is not final.
    #[sea_orm(string_value = "PAYMENTS_IN_TRANSIT")]
    PaymentsInTransit,
    /// What has left by bank or card.
    #[sea_orm(string_value = "BANK")]
    Bank,
    /// Vouchers that customers hold.
    #[sea_orm(string_value = "VOUCHERS_OUTSTANDING")]
    VouchersOutstanding,
    /// Miles that customers were given.
    #[sea_orm(string_value = "MILES_OUTSTANDING")]
    MilesOutstanding,
}

impl Account {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CompensationExpense => "COMPENSATION_EXPENSE",
            Self::UpliftExpense => "UPLIFT_EXPENSE",
            Self::ClaimsPayable => "CLAIMS_PAYABLE",
            Self::PaymentsInTransit => "PAYMENTS_IN_TRANSIT",
            Self::Bank => "BANK",
            Self::VouchersOutstanding => "VOUCHERS_OUTSTANDING",
            Self::MilesOutstanding => "MILES_OUTSTANDING",
        }
    }
}
