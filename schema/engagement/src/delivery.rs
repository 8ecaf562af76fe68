//! Deliveries: the way of each notification through each channel.

mod query;
mod retry;
pub mod state;
pub(crate) mod store;
mod view;

pub(crate) use self::view::deliveries_of;
pub use self::{
    query::{DeliveryFilter, DeliveryQuery, DeliveryStateFilter},
    retry::{DeliveryMutation, DeliveryRetried, RetryDeliveryInput, RetryDeliveryOutcome},
    view::Delivery,
};

/// The right to see how deliveries go, and to have them tried again.
pub(crate) const OPERATE: &str = "notification:operate";
