//! What proves a claim: the table `compensation_evidence`.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ClaimId, CustomerId, EvidenceId};

/// One row for each piece of evidence. Written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_evidence")]
pub struct Model {
    /// The evidence.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvidenceId,
    /// The claim it is for.
    pub claim_id: ClaimId,
    /// The customer whose claim it is.
    pub customer_id: CustomerId,
    /// What it is.
    pub kind: EvidenceKind,
    /// What it shows, in words.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// The name of the file, where there is one.
    pub file_name: Option<String>,
    /// The media type of the file.
    pub content_type: Option<String>,
    /// The size of the file in bytes; 0 without one.
    pub size: i32,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: Option<String>,
    /// The file.
    pub content: Option<Vec<u8>>,
    /// Who gave it, as histories show it.
    pub added_by: String,
    /// When.
    pub added_at: DateTimeUtc,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Sorts of evidence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EvidenceKind {
    /// What was paid, and for what.
    #[sea_orm(string_value = "RECEIPT")]
    Receipt,
    /// A letter or message.
    #[sea_orm(string_value = "CORRESPONDENCE")]
    Correspondence,
    /// A boarding pass, a ticket, a bag tag.
    #[sea_orm(string_value = "TRAVEL_DOCUMENT")]
    TravelDocument,
    /// A picture.
    #[sea_orm(string_value = "PHOTO")]
    Photo,
    /// What the airline itself recorded: a log, a weather report.
    #[sea_orm(string_value = "OPERATIONAL_RECORD")]
    OperationalRecord,
    /// What somebody says, in words.
    #[sea_orm(string_value = "STATEMENT")]
    Statement,
    /// Something else.
    #[sea_orm(string_value = "OTHER")]
    Other,
}

impl EvidenceKind {
    /// The name as it is stored, published and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Receipt => "RECEIPT",
            Self::Correspondence => "CORRESPONDENCE",
            Self::TravelDocument => "TRAVEL_DOCUMENT",
            Self::Photo => "PHOTO",
            Self::OperationalRecord => "OPERATIONAL_RECORD",
            Self::Statement => "STATEMENT",
            Self::Other => "OTHER",
        }
    }
}
