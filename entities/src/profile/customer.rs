//! Customers: the golden record of a person.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::CustomerId;

/// One person the airline knows.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "profile_customer")]
pub struct Model {
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerId,
    /// Whether the record is in use.
    pub status: Status,
    /// How the person is addressed; says nothing about gender.
    pub title: Option<Title>,
    /// Given names, in the person's own script; none for people with a single name.
    pub given_name: Option<String>,
    /// Family name, or the only name, in the person's own script.
    pub family_name: String,
    /// Given names as in the machine-readable zone: `A-Z` and spaces; empty for none.
    pub document_given_name: String,
    /// Family name as in the machine-readable zone: `A-Z` and spaces.
    pub document_family_name: String,
    /// Given names as searches compare them; made by `schema_profile::customer::name::search_key`, empty for none.
    pub given_search: String,
    /// Family name as searches and sorting compare it; made the same way.
    pub family_search: String,
    /// Gender, as travel documents and reservations code it.
    pub gender: Gender,
    /// Day of birth.
    pub birth_date: Option<Date>,
    /// ISO 3166-1 alpha-2 code of the nationality.
    pub nationality: Option<String>,
    /// BCP 47 tag of the language the person is addressed in.
    pub language: String,
    /// ISO 3166-1 alpha-2 code of the country the person lives in.
    pub country_of_residence: Option<String>,
    /// IATA code of the airport the person usually leaves from.
    pub home_airport: Option<String>,
    /// Whether the airline treats the person as very important.
    pub is_vip: bool,
    /// Whether the person needs help at the airport; which help is stated with each journey.
    pub needs_assistance: bool,
    /// When the record was made.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change.
    pub version: i32,
}

/// Whether a customer's record is in use.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Status {
    /// In use.
    #[sea_orm(string_value = "ACTIVE")]
    #[serde(rename = "ACTIVE")]
    Active,
    /// Nothing has happened for 36 months.
    #[sea_orm(string_value = "DORMANT")]
    #[serde(rename = "DORMANT")]
    Dormant,
    /// Closed on request; kept only as long as the law asks.
    #[sea_orm(string_value = "CLOSED")]
    #[serde(rename = "CLOSED")]
    Closed,
}

/// How a person is addressed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Title {
    /// Mister.
    #[sea_orm(string_value = "MR")]
    #[serde(rename = "MR")]
    Mr,
    /// Missis.
    #[sea_orm(string_value = "MRS")]
    #[serde(rename = "MRS")]
    Mrs,
    /// Without regard to marriage.
    #[sea_orm(string_value = "MS")]
    #[serde(rename = "MS")]
    Ms,
    /// Miss.
    #[sea_orm(string_value = "MISS")]
    #[serde(rename = "MISS")]
    Miss,
    /// Master: a boy, in reservations.
    #[sea_orm(string_value = "MSTR")]
    #[serde(rename = "MSTR")]
    Mstr,
    /// Without regard to gender.
    #[sea_orm(string_value = "MX")]
    #[serde(rename = "MX")]
    Mx,
    /// Doctor.
    #[sea_orm(string_value = "DR")]
    #[serde(rename = "DR")]
    Dr,
    /// Professor.
    #[sea_orm(string_value = "PROF")]
    #[serde(rename = "PROF")]
    Prof,
    /// Knight.
    #[sea_orm(string_value = "SIR")]
    #[serde(rename = "SIR")]
    Sir,
}

/// Gender as travel documents and reservations code it (since 2019-06-01).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(1))")]
pub enum Gender {
    /// Male.
    #[sea_orm(string_value = "M")]
    #[serde(rename = "M")]
    M,
    /// Female.
    #[sea_orm(string_value = "F")]
    #[serde(rename = "F")]
    F,
    /// Unspecified, as a travel document can say.
    #[sea_orm(string_value = "X")]
    #[serde(rename = "X")]
    X,
    /// Undisclosed.
    #[sea_orm(string_value = "U")]
    #[serde(rename = "U")]
    U,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
