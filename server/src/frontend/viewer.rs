//! Who looks at the page.

use axum::http::{HeaderMap, header};
use schema_kernel::{Actor, ActorKind};
use serde_json::{Value, json};

use super::{descriptor::Requirement, development};
use crate::{
    App,
    auth::{self, Identity},
};

/// Who looks at the page: nobody, or somebody with a session.
#[derive(Clone, Debug)]
pub struct Viewer(Identity);

impl Viewer {
    /// Who sent these headers. A token that does not hold is nobody's here: the page then asks to sign in.
    pub fn of(app: &App, headers: &HeaderMap) -> Self {
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok().map(str::to_owned));
        let authorization = bearer.or_else(|| development::authorization(app, headers));
        let identity = app
            .authenticator()
            .zip(authorization)
            .and_then(|(authenticator, text)| auth::identify_by(&authenticator, &text).ok());
        Self(identity.unwrap_or_else(Identity::anonymous))
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
            "expiresAt": self.0.expires_at,
            "steppedUpUntil": null,
            "secondFactor": false,
        })
    }

    fn actor(&self) -> &Actor {
        &self.0.actor
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
