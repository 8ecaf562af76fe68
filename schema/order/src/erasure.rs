//! What this domain holds of a person, and what becomes of it when they are erased.

use schema_kernel::erasure::{Act, Hold, Plan, To, Whose, Wipe};

const NAMES: Act = Act::Set(&[
    ("given_name", To::Text("ERASED")),
    ("family_name", To::Text("ERASED")),
    ("family_name_key", To::Text("ERASED")),
]);

/// Journeys to come hold everything. Orders, tickets and amounts stay; the names on them go, those of others do not.
pub(crate) const PLAN: Plan = Plan {
    answer: "order.erasure.answered.v1",
    holds: &[Hold {
        reason: "JOURNEY_AHEAD",
        table: "order_journey",
        customer: "customer_id",
        which: "order_id IN (SELECT id FROM order_order WHERE status <> 'CANCELLED')",
        ahead: Some("arrives_at"),
    }],
    wipes: &[
        Wipe {
            table: "order_passenger",
            rows: Whose::Column("traveller_id"),
            act: NAMES,
        },
        // Whom the airline does not know otherwise is known by this customer alone.
        Wipe {
            table: "order_passenger",
            rows: Whose::ColumnWhere("customer_id", "traveller_id IS NULL"),
            act: NAMES,
        },
    ],
};
