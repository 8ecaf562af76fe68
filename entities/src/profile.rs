//! Tables of the profile domain.

pub mod contact_point;
pub mod customer;
pub mod interaction;
pub mod loyalty_membership;
pub mod preference;
pub mod timeline_entry;
pub mod travel_document;
