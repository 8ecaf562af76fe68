//! Who looks at the page.

use axum::http::{HeaderMap, header};
use schema_kernel::{Actor, ActorKind};
use serde_json::{Value, json};

use super::{descriptor::Requirement, development};
use crate::{
    App,
    auth::{self, Identity, cookie, endpoint::SessionSaid},
};

/// Who looks at the page: nobody, or somebody with a session.
#[derive(Clone, Debug)]
pub struct Viewer {
    identity: Identity,
    /// What is said of an account; none where a token of one's own machine stands for it.
    account: Option<SessionSaid>,
}

impl Viewer {
    /// Who sent these headers. What does not hold is nobody's here: the page then asks to sign in.
    pub async fn of(app: &App, headers: &HeaderMap) -> Self {
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok().map(str::to_owned));
        let account = cookie::read(headers).is_some();
        let device = || cookie::read_device(headers).filter(|_| !account);
        let authorization = bearer
            .or_else(|| development::authorization(app, headers))
            .or_else(|| device().map(|token| format!("Bearer {token}")));
        if let Some(text) = authorization {
            let identity = app
                .authenticator()
                .and_then(|authenticator| auth::identify_by(&authenticator, &text).ok());
            return Self {
                identity: identity.unwrap_or_else(Identity::anonymous),
                account: None,
            };
        }
        match auth::signed_in(app, headers).await {
            Some(seen) => Self {
                account: Some(SessionSaid::of(&seen)),
                identity: auth::of_session(&seen),
            },
            None => Self {
                identity: Identity::anonymous(),
                account: None,
            },
        }
    }

    /// Whether they are who a part is for.
    pub fn meets(&self, requirement: &Requirement) -> bool {
        let actor = self.actor();
        !actor.is_anonymous() && requirement.is_met(kind(actor), |scope| actor.has(scope))
    }

    /// The session as the shell reads it; null for nobody.
    pub fn session(&self, language: &str) -> Value {
        let actor = self.actor();
        if actor.is_anonymous() {
            return Value::Null;
        }
        if let Some(account) = &self.account {
            return json!(account);
        }
        let customer = match actor.kind() {
            ActorKind::Customer(id) => Some(id.to_string()),
            _ => None,
        };
        let mut permissions: Vec<&str> = actor.scopes().collect();
        permissions.sort_unstable();
        json!({
            "user": {
                "id": actor.id(),
                "displayName": actor.role(),
                "email": null,
                "role": actor.role(),
                "customerId": customer,
                "language": language,
            },
            "permissions": permissions,
            "expiresAt": self.identity.expires_at,
            "steppedUpUntil": null,
            "secondFactor": false,
        })
    }

    fn actor(&self) -> &Actor {
        &self.identity.actor
    }
}

fn kind(actor: &Actor) -> &'static str {
    match actor.kind() {
        ActorKind::Anonymous => "anonymous",
        ActorKind::Staff => "staff",
        ActorKind::Customer(_) => "customer",
        ActorKind::Partner => "partner",
        ActorKind::Device => "device",
        ActorKind::Service => "service",
    }
}
