//! `profile_consent`: what people allowed and forbade, each time they said so.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ConsentId, CustomerId};

/// What for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Purpose {
    /// What the contract needs; nobody has to consent to it.
    Service,
    /// Offers by e-mail.
    MarketingEmail,
    /// Offers by text message.
    MarketingSms,
    /// Offers on the telephone's screen.
    MarketingPush,
    /// Offers by letter.
    MarketingPost,
    /// Offers by call.
    MarketingCall,
    /// Conclusions about the person.
    Profiling,
    /// Offers made for the person.
    PersonalisedOffers,
    /// Giving data to partners.
    PartnerSharing,
    /// Counting the person among others for partners.
    PartnerInsight,
    /// Counting what is used.
    Analytics,
    /// Asking for opinions.
    Survey,
    /// Noting health and other needs for help.
    SensitiveAssistance,
    /// Finding the person in social networks.
    SocialMatching,
}

/// What was said.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(16))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Yes, and a letter asks whether it was they who said so. Not allowed until then.
    Pending,
    /// Yes.
    Granted,
    /// No.
    Denied,
    /// Not any more.
    Withdrawn,
}

/// One statement. Statements are never changed, and never taken out.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "profile_consent")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    /// Who said it.
    pub customer_id: CustomerId,
    /// What for.
    pub purpose: Purpose,
    /// What was said.
    pub state: State,
    /// Which words they were shown: `2026-11`.
    pub text_version: String,
    /// In which language: a BCP 47 tag.
    pub language: String,
    /// Who wrote it down, as histories show actors.
    pub recorded_by: String,
    /// Until when it holds; for ever when nothing is said.
    pub expires_at: Option<DateTimeUtc>,
    /// A hash of the secret in the letter that asks, for `PENDING` alone.
    pub token_hash: Option<String>,
    /// When it was said.
    pub at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
