//! A payment of a claim: the table `compensation_payout`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::claim::DueNotice;
use crate::id::{ClaimId, CustomerId, PayoutId, PayoutWorkerId};

/// One row for each payment. Of one claim, only one is not cancelled.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_payout")]
pub struct Model {
    /// The payout; its key with the provider too, for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PayoutId,
    /// The claim it pays.
    pub claim_id: ClaimId,
    /// The claim again, unless the payout is cancelled: a unique index on it lets a claim have one payout at a time.
    #[sea_orm(unique)]
    pub live_claim_id: Option<ClaimId>,
    /// The customer who is paid.
    pub customer_id: CustomerId,
    /// How it is paid.
    pub method: PayoutMethod,
    /// How far it has come.
    pub status: PayoutStatus,
    /// What of the claim it settles, in minor units of the currency, or in miles.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or what stands in its place in the claim.
    pub currency: String,
    /// What the customer gets, in minor units of the same currency, or in miles.
    pub delivered_minor: i64,
    /// ISO 4217 code of what the customer gets, or what stands for miles.
    pub delivered_currency: String,
    /// Where it goes, as a token of the provider. Never an account number.
    pub destination_token: Option<String>,
    /// Who asked for it, as histories show it.
    pub requested_by: String,
    /// When.
    pub requested_at: DateTimeUtc,
    /// Who approved it, as histories show it.
    pub approved_by: Option<String>,
    /// The last day to pay.
    pub due_by: Date,
    /// What was told about the last day.
    pub due_notice: DueNotice,
    /// Why it failed or was cancelled, in words without personal data.
    pub reason: Option<String>,
    /// The provider's own reference.
    pub provider_reference: Option<String>,
    /// How often the provider was asked since it was approved.
    pub attempts: i32,
    /// When the provider is asked next; absent where nothing is to ask.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// Which program works on it.
    pub leased_by: Option<PayoutWorkerId>,
    /// Until when nobody else does.
    pub leased_until: Option<DateTimeUtc>,
    /// When its status last changed.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change of status, beginning with 1.
    pub version: i32,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Ways to pay.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PayoutMethod {
    /// A transfer to an account that the provider knows by a token.
    #[sea_orm(string_value = "BANK_TRANSFER")]
    BankTransfer,
    /// Back the way the order was paid.
    #[sea_orm(string_value = "ORIGINAL_FORM_OF_PAYMENT")]
    OriginalFormOfPayment,
    /// A travel voucher, with the passenger's signed agreement.
    #[sea_orm(string_value = "VOUCHER")]
    Voucher,
    /// Miles of the loyalty programme, with the passenger's signed agreement where money is owed.
    #[sea_orm(string_value = "MILES")]
    Miles,
}

impl PayoutMethod {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BankTransfer => "BANK_TRANSFER",
            Self::OriginalFormOfPayment => "ORIGINAL_FORM_OF_PAYMENT",
            Self::Voucher => "VOUCHER",
            Self::Miles => "MILES",
        }
    }
}

/// How far a payment has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PayoutStatus {
    /// Asked for; somebody has to approve it.
    #[sea_orm(string_value = "REQUESTED")]
    Requested,
    /// Approved, and not given to the provider yet.
    #[sea_orm(string_value = "APPROVED")]
    Approved,
    /// Given to the provider, whose answer is not known yet.
    #[sea_orm(string_value = "SENDING")]
    Sending,
    /// Accepted by the provider.
    #[sea_orm(string_value = "SENT")]
    Sent,
    /// The customer has it. Nothing follows.
    #[sea_orm(string_value = "SETTLED")]
    Settled,
    /// The provider refused it, or it came back: nothing was paid.
    #[sea_orm(string_value = "FAILED")]
    Failed,
    /// Called off before anything was paid. Nothing follows.
    #[sea_orm(string_value = "CANCELLED")]
    Cancelled,
}

impl PayoutStatus {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requested => "REQUESTED",
            Self::Approved => "APPROVED",
            Self::Sending => "SENDING",
            Self::Sent => "SENT",
            Self::Settled => "SETTLED",
            Self::Failed => "FAILED",
            Self::Cancelled => "CANCELLED",
        }
    }
}
