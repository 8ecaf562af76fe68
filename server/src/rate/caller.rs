use axum::http::{HeaderMap, header};
use schema_identity::secret::fingerprint;
use schema_kernel::ActorKind;

use crate::{
    App,
    auth::Identity,
    http::origin::{self, Peer},
};

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// A person who is signed in, by their name in logs.
    User(String),
    /// A program or a device, by its name in logs.
    Client(String),
    /// Whoever holds a token that is passed on unread, by its hash.
    Bearer(String),
    /// Nobody in particular, from an address.
    Address(String),
}

impl Caller {
    /// Who asks with these headers.
    pub fn of(app: &App, identity: &Identity, headers: &HeaderMap, peer: Option<Peer>) -> Self {
        let actor = &identity.actor;
        match actor.kind() {
            ActorKind::Staff | ActorKind::Customer(_) => Self::User(actor.id().to_owned()),
            ActorKind::Partner | ActorKind::Device | ActorKind::Service => {
                Self::Client(actor.id().to_owned())
            }
            ActorKind::Anonymous => match headers.get(header::AUTHORIZATION) {
                Some(token) if app.authenticator().is_none() => {
                    Self::Bearer(String::from_utf8_lossy(token.as_bytes()).into_owned())
                }
                _ => {
                    let trusted = &app.config().http.trusted_proxies;
                    Self::Address(origin::address(headers, peer, trusted))
                }
            },
        }
    }

    /// The name of the limit that they are under.
    pub(super) fn policy(&self) -> &'static str {
        match self {
            Self::User(_) | Self::Bearer(_) => "user",
            Self::Client(_) => "client",
            Self::Address(_) => "anonymous",
        }
    }

    /// What is counted under: nobody reads from it who asked.
    pub(super) fn key(&self) -> String {
        let (Self::User(whose) | Self::Client(whose) | Self::Bearer(whose) | Self::Address(whose)) =
            self;
        format!("{}:{}", self.policy(), fingerprint(whose))
    }
}
