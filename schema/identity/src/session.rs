//! Sessions: who is signed in, and where.

mod open;
mod query;
mod revoke;
mod seen;
pub mod state;
pub(crate) mod store;
mod view;

pub use self::{
    open::{Browser, Opened},
    query::SessionQuery,
    revoke::{
        RevokeSessionInput, RevokeSessionOutcome, RevokeSessionsInput, RevokeSessionsOutcome,
        SessionMutation, SessionRevoked, SessionsRevoked, sign_out,
    },
    seen::{Seen, find},
    view::UserSession,
};
pub(crate) use self::{
    open::{Shown, open},
    view::sessions_of,
};
