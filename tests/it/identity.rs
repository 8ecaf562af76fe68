//! Who can sign in: in a browser, and by the graph.

mod account;
mod administration;
mod client;
mod device;
mod login;
mod revocation;
mod second_factor;
mod throttle;
