//! What this domain holds of a person, and what becomes of it when they are erased.

use schema_kernel::erasure::{Act, Plan, Whose, Wipe};

/// Nothing that was told holds anything; all of it goes.
pub(crate) const PLAN: Plan = Plan {
    answer: "engagement.erasure.answered.v1",
    holds: &[],
    wipes: &[
        Wipe {
            table: "engagement_delivery",
            rows: Whose::Column("customer_id"),
            act: Act::Delete,
        },
        Wipe {
            table: "engagement_notification",
            rows: Whose::Column("customer_id"),
            act: Act::Delete,
        },
        Wipe {
            table: "engagement_channel_preference",
            rows: Whose::Column("customer_id"),
            act: Act::Delete,
        },
    ],
};
