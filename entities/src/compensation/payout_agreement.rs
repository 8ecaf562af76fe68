//! What a passenger signed who takes something else than money: the table `compensation_payout_agreement`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ClaimId, CustomerId, PassengerId, PayoutId};

/// One row for each payout that is no money although money is owed. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_payout_agreement")]
pub struct Model {
    /// The payout.
    #[sea_orm(primary_key, auto_increment = false)]
    pub payout_id: PayoutId,
    /// The claim that it closes.
    pub claim_id: ClaimId,
    /// The customer whose claim it is.
    pub customer_id: CustomerId,
    /// Who signed.
    pub passenger_id: PassengerId,
    /// How they signed.
    pub channel: AgreementChannel,
    /// The version of the text they signed: `voucher-2026-03-en`.
    pub text_version: String,
    /// When they signed.
    pub signed_at: DateTimeUtc,
    /// Who recorded it, as histories show it.
    pub recorded_by: String,
    /// When.
    pub recorded_at: DateTimeUtc,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Ways to sign.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AgreementChannel {
    /// A form on the airline's site.
    #[sea_orm(string_value = "WEB")]
    Web,
    /// A form in the airline's app.
    #[sea_orm(string_value = "APP")]
    App,
    /// A form at a kiosk.
    #[sea_orm(string_value = "KIOSK")]
    Kiosk,
    /// A sheet of paper, kept elsewhere.
    #[sea_orm(string_value = "PAPER")]
    Paper,
}

impl AgreementChannel {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Web => "WEB",
            Self::App => "APP",
            Self::Kiosk => "KIOSK",
            Self::Paper => "PAPER",
        }
    }
}
