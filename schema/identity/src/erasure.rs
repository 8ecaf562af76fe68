//! What this domain holds of a person, and what becomes of it when they are erased.

use schema_kernel::erasure::{Act, ERASED, Plan, To, Whose, Wipe};

/// Who was erased cannot sign in any more.
pub(crate) const PLAN: Plan = Plan {
    answer: "identity.erasure.answered.v1",
    holds: &[],
    wipes: &[
        Wipe {
            table: "identity_ticket",
            rows: THEIRS,
            act: Act::Delete,
        },
        Wipe {
            table: "identity_recovery_code",
            rows: THEIRS,
            act: Act::Delete,
        },
        Wipe {
            table: "identity_second_factor",
            rows: THEIRS,
            act: Act::Delete,
        },
        Wipe {
            table: "identity_session",
            rows: THEIRS,
            act: Act::Delete,
        },
        Wipe {
            table: "identity_user",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[
                ("email", To::TextWith("erased-", "id")),
                ("display_name", To::Text(ERASED)),
                ("password_hash", To::Null),
                ("state", To::Text("DISABLED")),
                ("customer_id", To::Null),
            ]),
        },
    ],
};

/// What belongs to the users that the customer has.
const THEIRS: Whose = Whose::Through("user_id", "identity_user", "id", "customer_id");
