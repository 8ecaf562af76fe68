//! What this domain keeps for how long.

use schema_kernel::{erasure::Act, retention::Rule};

/// The rules, with their reasons.
pub const RULES: &[Rule] = &[
    Rule {
        class: "deliveries of notifications",
        basis: "storage limitation, article 5(1)(e)",
        months: 24,
        table: "engagement_delivery",
        since: "created_at",
        which: "due_at IS NULL",
        unless: None,
        act: Act::Delete,
    },
    Rule {
        class: "notifications",
        basis: "storage limitation, article 5(1)(e)",
        months: 24,
        table: "engagement_notification",
        since: "created_at",
        which: "id NOT IN (SELECT notification_id FROM engagement_delivery)",
        unless: None,
        act: Act::Delete,
    },
];
