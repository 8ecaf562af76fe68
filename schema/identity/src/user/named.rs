use entities::{
    id::UserId,
    identity::user::{Model, State},
};
use schema_kernel::Result;
use uuid::Uuid;

use super::store;
use crate::{Identity, input};

/// A user, as far as their rights go.
#[derive(Clone, Debug)]
pub struct Named {
    /// Who.
    pub id: UserId,
    /// What they are to the airline.
    pub role: String,
    /// Why they cannot do what their role may; none where nothing is in the way.
    pub obstacle: Option<&'static str>,
}

/// The user with this e-mail address or id.
///
/// # Errors
/// When the database fails.
pub async fn named(identity: &Identity, who: &str) -> Result<Option<Named>> {
    let reader = identity.database().reader();
    let found = match (Uuid::try_parse(who), input::email(who)) {
        (Ok(id), _) => store::by_id(reader, UserId::from(id)).await?,
        (Err(_), Ok(email)) => store::by_email(reader, &email).await?,
        (Err(_), Err(_)) => None,
    };
    Ok(found.map(of))
}

fn of(user: Model) -> Named {
    let obstacle = match user.state {
        State::Active => None,
        State::Invited => Some("they were invited, and have not chosen a password yet"),
        State::Disabled => Some("they are disabled"),
    };
    Named {
        id: user.id,
        role: user.role,
        obstacle,
    }
}
