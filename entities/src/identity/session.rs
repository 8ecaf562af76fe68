//! `identity_session`: who is signed in, and where.

use sea_orm::entity::prelude::*;

use crate::id::{UserId, UserSessionId};

/// One stay of a signed-in user, in one browser. What the browser holds is not here, only its hash.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_session")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserSessionId,
    /// SHA-256 of what the browser holds, in hexadecimal. Unique.
    pub token_hash: String,
    /// Whose it is.
    pub user_id: UserId,
    /// What the browser calls itself, in a word or two: `"Firefox on Linux"`.
    pub browser: Option<String>,
    /// Whether all it is good for is to add a second factor that the role asks for.
    pub is_for_enrolment: bool,
    /// Whether a second factor was shown.
    pub has_second_factor: bool,
    /// Until when what they have shown counts as shown just now.
    pub stepped_up_until: Option<DateTimeUtc>,
    /// When they signed in.
    pub created_at: DateTimeUtc,
    /// When they were last seen, to about a minute.
    pub last_seen_at: DateTimeUtc,
    /// When it ends by itself.
    pub expires_at: DateTimeUtc,
    /// When it was ended.
    pub revoked_at: Option<DateTimeUtc>,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
