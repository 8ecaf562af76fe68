//! What somebody said when they filed a claim: the table `compensation_filing`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::assessment::Regime;
use crate::id::{ClaimId, CustomerId};

/// One row for each claim that was filed. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_filing")]
pub struct Model {
    /// The claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: ClaimId,
    /// The customer whose claim it is.
    pub customer_id: CustomerId,
    /// What happened.
    pub incident: Incident,
    /// The day on which it happened.
    pub incident_on: Date,
    /// What happened, in the claimant's words.
    #[sea_orm(column_type = "Text")]
    pub statement: String,
    /// The body of law they name.
    pub regime: Option<Regime>,
    /// The amount they ask for, in minor units of the currency.
    pub claimed_minor: Option<i64>,
    /// ISO 4217 code of that currency.
    pub claimed_currency: Option<String>,
    /// Who filed it, as histories show it.
    pub filed_by: String,
    /// When.
    pub filed_at: DateTimeUtc,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What can go wrong, as people say it when they file a claim.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Incident {
    /// The flight was late.
    #[sea_orm(string_value = "DELAY")]
    Delay,
    /// The flight did not operate.
    #[sea_orm(string_value = "CANCELLATION")]
    Cancellation,
    /// A connecting flight was missed.
    #[sea_orm(string_value = "MISSED_CONNECTION")]
    MissedConnection,
    /// The passenger was not let on board.
    #[sea_orm(string_value = "DENIED_BOARDING")]
    DeniedBoarding,
    /// The passenger sat in a lower cabin than they paid for.
    #[sea_orm(string_value = "DOWNGRADE")]
    Downgrade,
    /// A bag came late.
    #[sea_orm(string_value = "BAGGAGE_DELAYED")]
    BaggageDelayed,
    /// A bag was damaged, or something in it was.
    #[sea_orm(string_value = "BAGGAGE_DAMAGED")]
    BaggageDamaged,
    /// A bag did not come.
    #[sea_orm(string_value = "BAGGAGE_LOST")]
    BaggageLost,
    /// Something that was paid for was not provided.
    #[sea_orm(string_value = "SERVICE_NOT_PROVIDED")]
    ServiceNotProvided,
    /// Something else.
    #[sea_orm(string_value = "OTHER")]
    Other,
}

impl Incident {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delay => "DELAY",
            Self::Cancellation => "CANCELLATION",
            Self::MissedConnection => "MISSED_CONNECTION",
            Self::DeniedBoarding => "DENIED_BOARDING",
            Self::Downgrade => "DOWNGRADE",
            Self::BaggageDelayed => "BAGGAGE_DELAYED",
            Self::BaggageDamaged => "BAGGAGE_DAMAGED",
            Self::BaggageLost => "BAGGAGE_LOST",
            Self::ServiceNotProvided => "SERVICE_NOT_PROVIDED",
            Self::Other => "OTHER",
        }
    }
}
