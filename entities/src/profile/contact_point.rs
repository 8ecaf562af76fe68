//! Contact points: ways to reach a customer.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ContactPointId, CustomerId};

/// One e-mail address or telephone number.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_contact_point")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactPointId,
    /// Whom it reaches.
    pub customer_id: CustomerId,
    /// What it is.
    pub kind: Kind,
    /// The value as it is used: the local part of an address keeps its case, a number is E.164.
    pub value: String,
    /// The value as searches compare it: lower case.
    pub normalised_value: String,
    /// What the person calls it: `work`.
    pub label: Option<String>,
    /// Whether it is the one to use; one per customer and kind.
    pub is_primary: bool,
    /// When the person proved that it is theirs.
    pub verified_at: Option<DateTimeUtc>,
    /// When it was added.
    pub created_at: DateTimeUtc,
}

/// What a contact point is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Kind {
    /// An e-mail address.
    #[sea_orm(string_value = "EMAIL")]
    #[serde(rename = "EMAIL")]
    Email,
    /// A telephone number.
    #[sea_orm(string_value = "PHONE")]
    #[serde(rename = "PHONE")]
    Phone,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
