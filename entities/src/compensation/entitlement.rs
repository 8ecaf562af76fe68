//! One thing an assessment grants: the table `compensation_entitlement`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::assessment::Regime;
use crate::id::{AssessmentId, CustomerId, EntitlementId};

/// Written with its assessment and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_entitlement")]
pub struct Model {
    /// The entitlement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EntitlementId,
    /// The customer it is granted to.
    pub customer_id: CustomerId,
    /// The assessment that grants it.
    pub assessment_id: AssessmentId,
    /// What sort of debt it is.
    pub kind: EntitlementKind,
    /// The amount in minor units of the currency.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whether money is owed; a voucher then settles it only with the passenger's agreement.
    pub cash_required: bool,
    /// The last day to pay, where a rule sets one.
    pub due_by: Option<Date>,
    /// The article that grants it.
    pub basis: String,
    /// Whether missing facts may still reduce it.
    pub is_provisional: bool,
    /// What is to be provided, where it is no money.
    pub care: Option<Json>,
    /// Whether the passenger may choose it in place of something else.
    pub is_choice: bool,
    /// The regime that already pays for the same loss, where it is paid once.
    pub satisfied_by: Option<Regime>,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Sorts of debt.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EntitlementKind {
    /// A fixed sum for the trouble.
    #[sea_orm(string_value = "COMPENSATION")]
    Compensation,
    /// The fare back.
    #[sea_orm(string_value = "REFUND")]
    Refund,
    /// Other travel to the destination.
    #[sea_orm(string_value = "REROUTE")]
    Reroute,
    /// Meals, communication, hotel, transfer.
    #[sea_orm(string_value = "CARE")]
    Care,
    /// A share of the fare for a lower cabin.
    #[sea_orm(string_value = "DOWNGRADE_REIMBURSEMENT")]
    DowngradeReimbursement,
    /// Proven damage up to a limit.
    #[sea_orm(string_value = "DAMAGES_CAP")]
    DamagesCap,
    /// The fee for a service that was not provided.
    #[sea_orm(string_value = "FEE_REFUND")]
    FeeRefund,
    /// Given without being owed.
    #[sea_orm(string_value = "GOODWILL")]
    Goodwill,
}
