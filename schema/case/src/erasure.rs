//! What this domain holds of a person, and what becomes of it when they are erased.

use schema_kernel::erasure::{Act, ERASED, Hold, Plan, To, Whose, Wipe};

/// Open cases hold everything; what people wrote goes, what was decided stays.
pub(crate) const PLAN: Plan = Plan {
    answer: "case.erasure.answered.v1",
    holds: &[
        Hold {
            reason: "OPEN_CASE",
            table: "case_case",
            customer: "customer_id",
            which: "is_open AND case_type <> 'PRIV'",
            ahead: None,
        },
        Hold {
            reason: "LEGAL_HOLD",
            table: "case_case",
            customer: "customer_id",
            which: "is_on_legal_hold",
            ahead: None,
        },
    ],
    wipes: &[
        Wipe {
            table: "case_case_event",
            rows: Whose::Through("case_id", "case_case", "id", "customer_id"),
            act: Act::Set(&[("reason", To::Null)]),
        },
        Wipe {
            table: "case_comment",
            rows: Whose::Through("case_id", "case_case", "id", "customer_id"),
            act: Act::Set(&[("text", To::Text(ERASED))]),
        },
        Wipe {
            table: "case_case",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[
                ("subject", To::Text(ERASED)),
                ("description", To::Text(ERASED)),
                ("resolution_summary", To::Null),
            ]),
        },
        Wipe {
            table: "case_baggage_report",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[("description", To::Text(ERASED))]),
        },
        Wipe {
            table: "case_baggage_expense",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[("description", To::Text(ERASED)), ("receipt", To::Null)]),
        },
    ],
};
