//! `engagement_channel_preference`: how customers want to be told.

use sea_orm::entity::prelude::*;

use crate::id::CustomerId;

/// What one customer wants; who has no row wants what everybody gets.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "engagement_channel_preference")]
pub struct Model {
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: CustomerId,
    /// Whether service messages come by mail.
    pub is_mail_wanted: bool,
    /// Whether service messages are listed among their own.
    pub is_in_app_wanted: bool,
    /// The minute of the day at which it becomes quiet.
    pub quiet_from: Option<i32>,
    /// The minute of the day at which it ends.
    pub quiet_until: Option<i32>,
    /// The IANA time zone the day is counted in; that of the home airport where it is empty.
    pub time_zone: Option<String>,
    /// When it was last stated.
    pub updated_at: DateTimeUtc,
    /// Counted up by each change.
    pub version: i32,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
