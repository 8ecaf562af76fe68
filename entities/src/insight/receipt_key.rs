//! `insight_receipt_key`: the public halves of keys that have signed receipts, kept for as long as receipts are.

use sea_orm::entity::prelude::*;

/// A key that has signed a receipt.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_receipt_key")]
pub struct Model {
    /// Its name: the `kid` of receipts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Its public half, as a JSON Web Key (RFC 7517).
    pub jwk: Json,
    /// When it first signed one.
    pub first_used_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
