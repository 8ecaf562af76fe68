//! One decision of the compensation engine: the table `compensation_assessment`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{AssessmentId, CustomerId, DisruptionId};

/// One row for each (disruption, regime, rule version, inputs). Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_assessment")]
pub struct Model {
    /// The assessment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AssessmentId,
    /// The customer whose disruption was assessed.
    pub customer_id: CustomerId,
    /// The disruption that was assessed.
    pub disruption_id: DisruptionId,
    /// The body of law that was asked.
    pub regime: Regime,
    /// The question it was asked: `compensation`; empty where only one was asked.
    pub answer: String,
    /// The rule that answered: `EU261-DELAY`.
    pub rule_id: String,
    /// The version of that rule in force on the day of the incident.
    pub rule_version: i32,
    /// Whether the regime governs the journey.
    pub applies: bool,
    /// The reason, in one sentence.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// What a person should look at, in the engine's form.
    pub flags: Json,
    /// Everything the decision rests on, in the engine's form.
    pub inputs: Json,
    /// SHA-256 in hexadecimal of the canonical inputs with rule and version.
    pub inputs_hash: String,
    /// The distance the decision rests on, in metres; absent where distance does not matter.
    pub distance_metres: Option<i32>,
    /// When it was decided.
    pub assessed_at: DateTimeUtc,
    /// The versions of the packs that answered together, by name; absent in rows from before packs had versions.
    pub rules: Option<Json>,
    /// The decision in the very bytes the engine gave; absent in rows from before it was kept.
    #[sea_orm(column_type = "Text", nullable)]
    pub result: Option<String>,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Bodies of law.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum Regime {
    /// Regulation (EC) 261/2004.
    #[sea_orm(string_value = "EU261")]
    #[serde(rename = "EU261")]
    Eu261,
    /// Refunds, baggage fees and denied boarding in the United States.
    #[sea_orm(string_value = "US_DOT")]
    #[serde(rename = "US_DOT")]
    UsDot,
    /// Regulation (EC) 261/2004 in the law of the United Kingdom.
    #[sea_orm(string_value = "UK261")]
    #[serde(rename = "UK261")]
    Uk261,
    /// The Air Passenger Protection Regulations of Canada.
    #[sea_orm(string_value = "CA_APPR")]
    #[serde(rename = "CA_APPR")]
    CaAppr,
    /// The Montreal Convention of 1999.
    #[sea_orm(string_value = "MONTREAL")]
    #[serde(rename = "MONTREAL")]
    Montreal,
    /// The passenger welfare rules of the United Arab Emirates.
    #[sea_orm(string_value = "UAE_PWP")]
    #[serde(rename = "UAE_PWP")]
    UaePwp,
    /// What the airline gives without owing it.
    #[sea_orm(string_value = "GOODWILL")]
    #[serde(rename = "GOODWILL")]
    Goodwill,
}
