//! Tables of the order domain.

pub mod airline;
pub mod airport;
pub mod ancillary;
pub mod bag_tag;
pub mod flight;
pub mod flight_event;
pub mod flight_report;
pub mod flight_segment;
pub mod import;
pub mod journey;
#[expect(
    clippy::module_inception,
    reason = "the domain is named after its first table"
)]
pub mod order;
pub mod order_item;
pub mod passenger;
pub mod purchase;
pub mod service;
pub mod ticket;
