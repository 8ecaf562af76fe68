//! What this domain holds of a person, what becomes of it when they are erased, and by what they would be known again.

mod tombstone;

use schema_kernel::erasure::{Act, ERASED, Plan, To, Whose, Wipe};

pub(crate) use self::tombstone::{Known, bury, is_buried};

const fn gone(table: &'static str) -> Wipe {
    Wipe {
        table,
        rows: Whose::Column("customer_id"),
        act: Act::Delete,
    }
}

/// What holds a person back is known by the other domains. The record stays as a number without a person; what they
/// consented to stays as proof, and names nobody.
pub(crate) const PLAN: Plan = Plan {
    answer: "profile.erasure.answered.v1",
    holds: &[],
    wipes: &[
        gone("profile_contact_point"),
        gone("profile_travel_document"),
        gone("profile_loyalty_membership"),
        gone("profile_preference"),
        gone("profile_interaction"),
        gone("profile_timeline_entry"),
        Wipe {
            table: "profile_customer",
            rows: Whose::Column("id"),
            act: Act::Set(&[
                ("status", To::Text("CLOSED")),
                ("title", To::Null),
                ("given_name", To::Null),
                ("family_name", To::Text(ERASED)),
                ("document_given_name", To::Text("")),
                ("document_family_name", To::Text("ERASED")),
                ("given_search", To::Text("")),
                ("family_search", To::Text(ERASED)),
                ("gender", To::Text("U")),
                ("birth_date", To::Null),
                ("nationality", To::Null),
                ("language", To::Text("en")),
                ("country_of_residence", To::Null),
                ("home_airport", To::Null),
                ("is_vip", To::False),
                ("needs_assistance", To::False),
            ]),
        },
    ],
};
