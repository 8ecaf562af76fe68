//! What is answered about a session.

use chrono::{DateTime, Utc};
use schema_identity::session::Seen;
use serde::Serialize;

/// A session, as a browser gets to see it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionSaid {
    user: UserSaid,
    permissions: Vec<String>,
    expires_at: DateTime<Utc>,
    stepped_up_until: Option<DateTime<Utc>>,
    second_factor: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct UserSaid {
    id: String,
    display_name: String,
    email: String,
    role: String,
    customer_id: Option<String>,
    language: String,
}

impl SessionSaid {
    /// What is said of somebody who is signed in. Permissions are the scopes of the graph.
    pub fn of(seen: &Seen) -> Self {
        let (session, user) = (&seen.session, &seen.user);
        Self {
            user: UserSaid {
                id: user.id.to_string(),
                display_name: user.display_name.clone(),
                email: masked(&user.email),
                role: user.role.clone(),
                customer_id: user.customer_id.map(|customer| customer.to_string()),
                language: user.language.clone(),
            },
            permissions: seen.actor.scopes().map(str::to_owned).collect(),
            expires_at: session.expires_at,
            stepped_up_until: session.stepped_up_until,
            second_factor: session.has_second_factor,
        }
    }
}

/// An address with most of it hidden: `a•••@e•••.com`.
fn masked(email: &str) -> String {
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    let (local, domain) = email.split_once('@').unwrap_or((email, ""));
    let (name, top) = domain.rsplit_once('.').unwrap_or((domain, ""));
    format!("{}•••@{}•••.{top}", first(local), first(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_an_address_is_hidden() {
        assert_eq!(masked("amal.haddad@mail.example.com"), "a•••@m•••.com");
    }
}
