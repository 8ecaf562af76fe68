//! What this domain keeps for how long.

use schema_kernel::{
    erasure::{Act, To},
    retention::Rule,
};

/// The rules, with their reasons.
pub const RULES: &[Rule] = &[
    Rule {
        class: "evidence of claims",
        basis: "limitation of claims: six years after the end",
        months: 72,
        table: "compensation_evidence",
        since: "added_at",
        which: "content IS NOT NULL AND claim_id IN (SELECT id FROM compensation_claim WHERE status IN ('PAID', 'REFUSED', 'WITHDRAWN'))",
        unless: None,
        act: Act::Set(&[
            ("description", To::Text("(expired)")),
            ("file_name", To::Null),
            ("content", To::Null),
        ]),
    },
    Rule {
        class: "statements of claimants",
        basis: "limitation of claims: six years after the end",
        months: 72,
        table: "compensation_filing",
        since: "filed_at",
        which: "statement <> '(expired)' AND claim_id IN (SELECT id FROM compensation_claim WHERE status IN ('PAID', 'REFUSED', 'WITHDRAWN'))",
        unless: None,
        act: Act::Set(&[("statement", To::Text("(expired)"))]),
    },
];
