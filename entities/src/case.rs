//! Tables of the case domain.

pub mod agent;
pub mod agent_queue;
pub mod baggage_bag;
pub mod baggage_expense;
pub mod baggage_report;
#[expect(
    clippy::module_inception,
    reason = "the domain is named after its first table"
)]
pub mod case;
pub mod case_claim;
pub mod case_event;
pub mod comment;
pub mod incident;
pub mod queue;
