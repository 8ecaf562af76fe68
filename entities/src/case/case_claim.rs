//! `case_case_claim`: which claims a case is about.

use sea_orm::entity::prelude::*;

use crate::id::{CaseId, ClaimId, PassengerId};

/// A claim on a case. A claim is on one case at most.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_case_claim")]
pub struct Model {
    /// The claim.
    #[sea_orm(primary_key, auto_increment = false)]
    pub claim_id: ClaimId,
    /// The case.
    pub case_id: CaseId,
    /// The passenger it is for, where that is known.
    pub passenger_id: Option<PassengerId>,
    /// When it was linked.
    pub linked_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
