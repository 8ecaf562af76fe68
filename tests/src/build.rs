//! Makes what a test needs, through the graph: each thing with values that are right, and the ones that the test is about
//! changed by name.

pub mod baggage;
pub mod case;
pub mod claim;
pub mod customer;
pub mod flight;
pub mod order;
pub mod trip;

pub use case::{Case, NewCase};
pub use customer::{Customer, NewCustomer};
pub use flight::{Flight, NewFlight};
pub use order::{NewOrder, Order};
pub use trip::Trip;

use serde_json::Value;

/// An id inside an outcome.
#[track_caller]
fn text(outcome: &Value, pointer: &str) -> String {
    outcome
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer} in {outcome:#}"))
        .to_owned()
}

/// The texts under `name` in a list inside an outcome.
#[track_caller]
fn texts(outcome: &Value, pointer: &str, name: &str) -> Vec<String> {
    let list = outcome
        .pointer(pointer)
        .and_then(Value::as_array)
        .unwrap_or_else(|| panic!("no list at {pointer} in {outcome:#}"));
    list.iter()
        .map(|node| text(node, &format!("/{name}")))
        .collect()
}
