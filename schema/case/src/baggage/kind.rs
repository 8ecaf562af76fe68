//! The enums of baggage in the graph, each the image of one that is stored.

use async_graphql::Enum;
use entities::case as stored;
use serde::{Deserialize, Serialize};

/// What is wrong with baggage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::baggage_report::BaggageKind")]
pub enum BaggageKind {
    /// It has not come (file type AHL).
    Delayed,
    /// It came damaged (file type DPR).
    Damaged,
    /// It came, and something was taken out of it (file type DPR).
    Pilfered,
    /// It is lost: the airline admits it, or it has not come for 21 days (Montreal Convention Art 17(3)).
    Lost,
}

/// How far the search for a bag, or the look at its damage, has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::baggage_report::BaggageState")]
pub enum BaggageState {
    /// Somebody said what is wrong. Leads to `TRACING`, of damage to `ASSESSED`.
    Reported,
    /// It is searched for. Leads to `LOCATED`, or to `LOST`.
    Tracing,
    /// It is known where it is. Leads to `FORWARDED`, or back to `TRACING` when it was another bag.
    Located,
    /// It is on its way. Leads to `ARRIVED`.
    Forwarded,
    /// It is at the customer's station. Leads to `OUT_FOR_DELIVERY`, or to `DELIVERED` when they fetch it.
    Arrived,
    /// A courier has it. Leads to `DELIVERED`, or back to `ARRIVED`.
    OutForDelivery,
    /// The customer has it. Leads to `CLOSED`.
    Delivered,
    /// Somebody looked at the damage. Leads to `CLOSED`.
    Assessed,
    /// It counts as lost. Leads to `CLOSED`, or to `LOCATED` when it turns up.
    Lost,
    /// Nothing more is done about it. Leads nowhere.
    Closed,
}

/// What money went for because of a bag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum, Serialize, Deserialize)]
#[graphql(remote = "stored::baggage_expense::BaggageExpenseKind")]
pub enum BaggageExpenseKind {
    /// Things for washing and the like, until the bag comes.
    Toiletries,
    /// Clothes, until the bag comes.
    Clothing,
    /// Medicine, or an aid, that was in the bag.
    Medicine,
    /// Fetching the bag.
    Transport,
    /// Mending the bag, or what was in it.
    Repair,
    /// The bag itself.
    Replacement,
    /// What was in the bag and is gone.
    Contents,
    /// Something else; the description says what.
    Other,
}
