//! What lists inside a customer hold.

use async_graphql::{ID, Object, SimpleObject};
use entities::profile::{contact_point, loyalty_membership, preference, timeline_entry};
use schema_kernel::{id, scalar::DateTime};
use schema_profile::{
    contact_point::ContactPointKind,
    loyalty::LoyaltyTier,
    preference::PreferenceKind,
    timeline::{Facts, TimelineCategory, title},
};

/// A way to reach a customer.
#[derive(SimpleObject)]
pub(crate) struct ContactPoint {
    kind: ContactPointKind,
    value: Option<String>,
    is_primary: bool,
}

impl From<contact_point::Model> for ContactPoint {
    fn from(row: contact_point::Model) -> Self {
        Self {
            kind: row.kind.into(),
            value: Some(row.value),
            is_primary: row.is_primary,
        }
    }
}

/// A membership of a loyalty programme.
#[derive(SimpleObject)]
#[graphql(name = "LoyaltyMembership")]
pub(crate) struct Membership {
    programme: String,
    number: String,
    tier: LoyaltyTier,
}

impl From<loyalty_membership::Model> for Membership {
    fn from(row: loyalty_membership::Model) -> Self {
        Self {
            programme: row.programme,
            number: row.number,
            tier: row.tier.into(),
        }
    }
}

/// What a customer prefers in one respect.
#[derive(SimpleObject)]
pub(crate) struct Preference {
    kind: PreferenceKind,
    updated_at: DateTime,
}

impl From<preference::Model> for Preference {
    fn from(row: preference::Model) -> Self {
        Self {
            kind: row.kind.into(),
            updated_at: row.updated_at,
        }
    }
}

/// One line of a customer's timeline.
pub(crate) struct TimelineEntry(pub(super) timeline_entry::Model);

#[Object]
impl TimelineEntry {
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    async fn occurred_at(&self) -> DateTime {
        self.0.occurred_at
    }

    async fn category(&self) -> TimelineCategory {
        self.0.category.into()
    }

    async fn kind(&self) -> &str {
        &self.0.kind
    }

    async fn title(&self) -> String {
        match Facts::read(&self.0.kind, &self.0.data) {
            Ok(Some(facts)) => title(&facts, "en"),
            Ok(None) | Err(_) => self.0.kind.clone(),
        }
    }
}
