//! What this domain keeps for how long.

use schema_kernel::{
    erasure::{Act, To},
    retention::Rule,
};

/// The rules, with their reasons.
pub const RULES: &[Rule] = &[
    Rule {
        class: "cases",
        basis: "limitation of claims: six years after closing",
        months: 72,
        table: "case_case",
        since: "closed_at",
        which: "is_open = FALSE AND is_on_legal_hold = FALSE AND description <> '(expired)'",
        unless: None,
        act: Act::Set(&[
            ("subject", To::Text("(expired)")),
            ("description", To::Text("(expired)")),
            ("resolution_summary", To::Null),
        ]),
    },
    Rule {
        class: "comments on cases",
        basis: "limitation of claims: six years after closing",
        months: 72,
        table: "case_comment",
        since: "at",
        which: "text <> '(expired)' AND case_id IN (SELECT id FROM case_case WHERE description = '(expired)')",
        unless: None,
        act: Act::Set(&[("text", To::Text("(expired)"))]),
    },
];
