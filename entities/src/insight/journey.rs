//! `insight_journey`: coarse facts of people who have agreed, one row for each of their journeys.

use sea_orm::entity::prelude::*;

/// One journey of one person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "insight_journey")]
pub struct Model {
    /// The journey, by a pseudonym of its own.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The person, by the pseudonym of this model.
    pub person: String,
    /// The month of departure, in UTC: `"2026-09"`.
    pub month: String,
    /// From when on the person may be counted: accounts count when they are 30 days old.
    pub counts_from: Date,
    /// The highest loyalty tier, or `NONE`.
    pub tier: String,
    /// The age band when the facts were read.
    pub age_band: String,
    /// The country of residence, ISO 3166-1 alpha-2, or `UNKNOWN`.
    pub residence: String,
    /// The language, without region.
    pub language: String,
    /// The home airport, IATA, or `UNKNOWN`.
    pub home_airport: String,
    /// For how long the person has been known, in a band.
    pub account_age: String,
    /// Between which parts of the world.
    pub route: String,
    /// The cabin of its first flight, by its letter.
    pub cabin: String,
    /// Where its order was placed.
    pub channel: String,
    /// The worst that happened to it.
    pub disruption: String,
    /// How late it arrived, in minutes; 0 for on time.
    pub delay_minutes: i32,
    /// What was claimed for it, in a band.
    pub claim_band: String,
    /// What was claimed for it, in whole euro; 0 for none and for other currencies.
    pub claimed_euro: i32,
    /// When the facts were read.
    pub read_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
