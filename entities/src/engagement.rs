//! Tables of the engagement domain.

pub mod channel_preference;
pub mod delivery;
pub mod notification;
