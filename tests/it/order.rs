//! The order domain: one file a verb or question.

mod airport;
mod cancel;
mod change;
mod flight;
mod flight_event;
mod list;
mod place;
mod purchase;
