//! API clients: programs that sign in by themselves (OAuth 2.0 client credentials, RFC 6749 section 4.4).

mod create;
mod grant;
mod mutation;
mod query;
mod revoke;
pub(crate) mod store;
mod view;

pub(crate) use self::revoke::REMEMBERED;
pub use self::{
    create::{ApiClientCreated, CreateApiClientInput, CreateApiClientOutcome},
    grant::{Grant, Granted, grant, refresh},
    mutation::ApiClientMutation,
    query::ApiClientQuery,
    revoke::{ApiClientRevoked, RevokeApiClientInput, RevokeApiClientOutcome},
    view::ApiClient,
};

/// The right to see which programs there are.
pub(crate) const READ: &str = "client:read";
/// The right to say which programs there are, and what they may do.
pub(crate) const WRITE: &str = "client:write";

/// The scope that a program asks for to get refresh tokens (`OpenID` Connect Core, 11). It is no right.
pub const OFFLINE: &str = "offline_access";

/// The name of a program in tokens and logs.
pub(crate) fn subject(id: entities::id::ApiClientId) -> String {
    format!("client-{id}")
}
