//! Tables of the profile domain.

pub mod consent;
pub mod contact_point;
pub mod customer;
pub mod data_request;
pub mod interaction;
pub mod loyalty_membership;
pub mod preference;
pub mod restriction;
pub mod timeline_entry;
pub mod tombstone;
pub mod travel_document;
