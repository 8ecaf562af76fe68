//! Travel documents, in masked form only: no row holds a full number.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, TravelDocumentId};

/// One travel document.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_travel_document")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TravelDocumentId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// What it is.
    pub kind: Kind,
    /// ISO 3166-1 alpha-2 code of the country that issued it.
    pub issuing_country: String,
    /// The last three characters of its number.
    pub last_three: String,
    /// Last day on which it is valid.
    pub expires_on: Date,
    /// When it was recorded.
    pub created_at: DateTimeUtc,
}

/// What a travel document is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Kind {
    /// A passport.
    #[sea_orm(string_value = "PASSPORT")]
    #[serde(rename = "PASSPORT")]
    Passport,
    /// A national identity card.
    #[sea_orm(string_value = "NATIONAL_ID")]
    #[serde(rename = "NATIONAL_ID")]
    NationalId,
    /// A residence permit.
    #[sea_orm(string_value = "RESIDENCE_PERMIT")]
    #[serde(rename = "RESIDENCE_PERMIT")]
    ResidencePermit,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
