//! The case domain: one file a verb or question.

mod assign;
mod baggage;
mod change_priority;
mod change_state;
mod comment;
mod link_claim;
mod list;
mod open;
mod queue;
