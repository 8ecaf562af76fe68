//! Tables of the identity domain.

pub mod api_client;
pub mod device;
pub mod recovery_code;
pub mod refresh_token;
pub mod revoked_token;
pub mod role;
pub mod second_factor;
pub mod session;
pub mod throttle;
pub mod ticket;
pub mod user;
