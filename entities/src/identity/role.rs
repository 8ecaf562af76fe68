//! `identity_role`: what somebody is to the airline, and what that lets them do.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

/// Scopes in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Scopes(pub Vec<String>);

/// The kinds of actor that roles are for. They decide which rows the scopes reach.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Kind {
    /// People who work for the airline.
    Staff,
    /// Customers.
    Customer,
    /// Programs of other organisations.
    Partner,
    /// Kiosks and other devices.
    Device,
}

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_role")]
pub struct Model {
    /// As tokens and logs write it: `"contact-centre-agent"`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The kind of actor it is for.
    pub kind: Kind,
    /// What it lets them do.
    #[sea_orm(column_type = "Json")]
    pub scopes: Scopes,
    /// Whether a password alone is not enough.
    pub is_second_factor_required: bool,
    /// Whether it comes with the product.
    pub is_built_in: bool,
    /// When it changed last.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
