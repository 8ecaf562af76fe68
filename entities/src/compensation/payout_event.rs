//! A payout's history: the table `compensation_payout_event`.

use sea_orm::entity::prelude::*;

use super::payout::PayoutStatus;
use crate::id::{CustomerId, PayoutId};

/// One row for each version of a payout. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_payout_event")]
pub struct Model {
    /// The payout.
    #[sea_orm(primary_key, auto_increment = false)]
    pub payout_id: PayoutId,
    /// The version of the payout that this step made.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// The customer who is paid.
    pub customer_id: CustomerId,
    /// The status before; absent when it was asked for.
    pub from_status: Option<PayoutStatus>,
    /// The status after.
    pub to_status: PayoutStatus,
    /// Who did it, as histories show it.
    pub actor: String,
    /// Why, in one sentence.
    pub reason: Option<String>,
    /// When.
    pub at: DateTimeUtc,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
