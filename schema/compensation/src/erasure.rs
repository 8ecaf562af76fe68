//! What this domain holds of a person, and what becomes of it when they are erased.

use schema_kernel::erasure::{Act, ERASED, Hold, Plan, To, Whose, Wipe};

/// What is owed and not paid holds everything. Amounts, articles and decisions stay for as long as the books are kept; words,
/// evidence and destinations go.
pub(crate) const PLAN: Plan = Plan {
    answer: "compensation.erasure.answered.v1",
    holds: &[
        Hold {
            reason: "PENDING_COMPENSATION",
            table: "compensation_claim",
            customer: "customer_id",
            which: "status IN ('NEEDS_REVIEW', 'NEEDS_APPROVAL', 'APPROVED', 'PAYING')",
            ahead: None,
        },
        Hold {
            reason: "PENDING_PAYOUT",
            table: "compensation_payout",
            customer: "customer_id",
            which: "status IN ('REQUESTED', 'APPROVED', 'SENDING', 'SENT')",
            ahead: None,
        },
    ],
    wipes: &[
        Wipe {
            table: "compensation_filing",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[("statement", To::Text(ERASED))]),
        },
        Wipe {
            table: "compensation_evidence",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[
                ("description", To::Text(ERASED)),
                ("file_name", To::Null),
                ("content_type", To::Null),
                ("content", To::Null),
            ]),
        },
        Wipe {
            table: "compensation_claim_event",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[("reason", To::Null)]),
        },
        Wipe {
            table: "compensation_payout",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[("destination_token", To::Null), ("reason", To::Null)]),
        },
        Wipe {
            table: "compensation_payout_event",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[("reason", To::Null)]),
        },
    ],
};
