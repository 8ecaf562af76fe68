//! `insight_consent`: who has agreed that partners hear of them in cohorts.

use sea_orm::entity::prelude::*;

/// What a person last said to the purpose `PARTNER_INSIGHT`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_consent")]
pub struct Model {
    /// The person, by the pseudonym of this model.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person: String,
    /// Whether they agree.
    pub is_granted: bool,
    /// When they said so.
    pub changed_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
