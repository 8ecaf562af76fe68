//! A claim's history: the table `compensation_claim_event`.

use sea_orm::entity::prelude::*;

use super::claim::ClaimStatus;
use crate::id::{AssessmentId, ClaimId, CustomerId};

/// One row for each version of a claim. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_claim_event")]
pub struct Model {
    /// The claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: ClaimId,
    /// The version of the claim that this step made.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// The customer whose claim it is.
    pub customer_id: CustomerId,
    /// The status before; absent when the claim was opened.
    pub from_status: Option<ClaimStatus>,
    /// The status after.
    pub to_status: ClaimStatus,
    /// The amount after, in minor units of the currency.
    pub amount_minor: i64,
    /// ISO 4217 code of the currency, or what stands in its place in the claim.
    pub currency: String,
    /// The assessment the step rests on; absent of a claim that was filed.
    pub assessment_id: Option<AssessmentId>,
    /// Who did it, as histories show it.
    pub actor: String,
    /// Why, in one sentence.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// When.
    pub at: DateTimeUtc,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
