//! Airlines: what their tickets start with, and which state licensed them. Reference data.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One airline.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "order_airline")]
pub struct Model {
    /// IATA airline designator: `EK`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub designator: String,
    /// The three digits its ticket numbers start with: `176`. None where it issues no tickets of its own.
    pub ticketing_prefix: Option<String>,
    /// Name.
    pub name: String,
    /// State that issued the operating licence, ISO 3166-1 alpha-2; it decides the reach of Regulation 261/2004.
    pub licence_country: String,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
