//! Damage to baggage: what the case domain tells of a report becomes facts, and the rules answer like for a flight.

mod facts;
mod receive;
mod report;
pub mod special_drawing_right;

pub(crate) use self::receive::receive;
pub use self::report::{BaggageKind, BaggageState, BaggageTold, DeclaredValue, ExpenseTold};
