//! Preferences that customers have stated.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, PreferenceId};

/// One preference, unique by (`customer_id`, `kind`).
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_preference")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PreferenceId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// What it is about.
    pub kind: Kind,
    /// What is preferred: a code for seats, meals and channels, a language tag, or a drink in words.
    pub value: String,
    /// When it was last stated.
    pub updated_at: DateTimeUtc,
}

/// What a preference is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))")]
pub enum Kind {
    /// Where to sit.
    #[sea_orm(string_value = "SEAT")]
    #[serde(rename = "SEAT")]
    Seat,
    /// What to eat: a current SSR meal code.
    #[sea_orm(string_value = "MEAL")]
    #[serde(rename = "MEAL")]
    Meal,
    /// In which language to be served: a BCP 47 tag.
    #[sea_orm(string_value = "LANGUAGE")]
    #[serde(rename = "LANGUAGE")]
    Language,
    /// How to be told.
    #[sea_orm(string_value = "CHANNEL")]
    #[serde(rename = "CHANNEL")]
    Channel,
    /// What to drink.
    #[sea_orm(string_value = "DRINK")]
    #[serde(rename = "DRINK")]
    Drink,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
