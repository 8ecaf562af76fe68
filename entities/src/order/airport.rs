//! Airports: where they lie, and what time it is there. Reference data, the same for every airline.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// One airport.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "order_airport")]
pub struct Model {
    /// IATA location identifier: `DXB`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub iata: String,
    /// ICAO location indicator, where there is one: `OMDB`.
    pub icao: Option<String>,
    /// Name in English.
    pub name: String,
    /// City it serves; empty where the source gives none.
    pub city: String,
    /// Country in which it lies, ISO 3166-1 alpha-2. Which law reaches it is another question.
    pub country: String,
    /// Degrees, north positive (WGS 84).
    pub latitude: f64,
    /// Degrees, east positive (WGS 84).
    pub longitude: f64,
    /// IANA time zone: `Asia/Dubai`.
    pub time_zone: String,
    /// The name in lower case, for searching.
    pub search_name: String,
    /// The city in lower case, for searching.
    pub search_city: String,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
