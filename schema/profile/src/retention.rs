//! What this domain keeps for how long.

use schema_kernel::{
    erasure::{Act, To},
    retention::Rule,
};

/// The rules, with their reasons.
pub const RULES: &[Rule] = &[
    Rule {
        class: "profiles without activity",
        basis: "storage limitation, article 5(1)(e)",
        months: 36,
        table: "profile_customer",
        since: "updated_at",
        which: "status = 'ACTIVE'",
        unless: Some(("id", "profile_timeline_entry", "customer_id", "occurred_at")),
        act: Act::Set(&[("status", To::Text("DORMANT"))]),
    },
    Rule {
        class: "words of calls, chats and letters",
        basis: "storage limitation, article 5(1)(e)",
        months: 24,
        table: "profile_interaction",
        since: "occurred_at",
        which: "summary <> '(expired)'",
        unless: None,
        act: Act::Set(&[("summary", To::Text("(expired)"))]),
    },
];
