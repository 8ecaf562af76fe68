//! `case_baggage_expense`: what people had to buy, or lost, because of a bag.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{BaggageExpenseId, BaggageReportId, CustomerId};

/// What money went for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BaggageExpenseKind {
    /// Things for washing and the like, until the bag comes.
    Toiletries,
    /// Clothes, until the bag comes.
    Clothing,
    /// Medicine, or an aid, that was in the bag.
    Medicine,
    /// Fetching the bag.
    Transport,
    /// Mending the bag or what was in it.
    Repair,
    /// The bag itself.
    Replacement,
    /// What was in the bag and is gone.
    Contents,
    /// Something else.
    Other,
}

/// One expense, with its receipt. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_baggage_expense")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BaggageExpenseId,
    /// The report.
    pub report_id: BaggageReportId,
    /// Whose expense it is.
    pub customer_id: CustomerId,
    /// What the money went for.
    pub kind: BaggageExpenseKind,
    /// How much, in minor units of the currency.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The day on which it was spent; of things that are gone, the day of the loss.
    pub spent_on: Date,
    /// What it was, in words.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// What the receipt is called, where there is one.
    pub receipt: Option<String>,
    /// When it was noted.
    pub added_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
