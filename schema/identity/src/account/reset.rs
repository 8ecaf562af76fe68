use entities::identity::{
    ticket::{self as stored, Purpose},
    user::{Model, State},
};
use schema_kernel::{Result, Session, problem::InvalidInput};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};

use super::{Taken, register::too_many_mails};
use crate::{
    Identity,
    input::{self, Fields},
    password,
    postman::{About, Message},
    session, ticket, user,
};

/// What became of choosing a password.
#[derive(Clone, Debug, PartialEq)]
pub enum Reset {
    /// It is chosen, and every session of before has ended.
    Done,
    /// It cannot be this one.
    Invalid(InvalidInput),
    /// The secret is none that works.
    NoTicket,
}

/// Has a letter sent to the address with which to choose another password, where there is an account that can sign in. The
/// answer is the same where there is none, and takes as long.
///
/// # Errors
/// When the database fails.
pub async fn forgot(
    identity: &Identity,
    session: &Session,
    email: &str,
    address: &str,
) -> Result<Taken> {
    let email = input::email(email).unwrap_or_default();
    if let Some(wait) = too_many_mails(identity, session, &email, address).await? {
        return Ok(Taken::TooMany(wait));
    }
    let writer = identity.database().writer();
    let user = user::store::by_email(writer, &email).await?;
    let user = user.filter(|user| user.state == State::Active);
    // Written where there is no account too, where nobody gets its secret: so it takes as long.
    let (purpose, id) = (Purpose::PasswordReset, user.as_ref().map(|user| user.id));
    let token = ticket::issue(writer, session, purpose, id, None::<&()>).await?;
    if let Some(user) = user {
        identity.postman().take(Message {
            about: About::PasswordReset,
            address: user.email,
            name: user.display_name,
            language: user.language,
            token: Some(token),
        });
    }
    Ok(Taken::Taken)
}

/// Chooses a password with the secret of a letter: another one, or the first after an invitation.
///
/// # Errors
/// When the database fails.
pub async fn reset(
    identity: &Identity,
    session: &Session,
    token: &str,
    chosen: SecretString,
) -> Result<Reset> {
    let (database, now) = (identity.database(), session.now());
    let mut found = None;
    for purpose in [Purpose::PasswordReset, Purpose::Invitation] {
        if found.is_none() {
            found = ticket::store::find(database.writer(), purpose, token, now).await?;
        }
    }
    let Some(found) = found else {
        return Ok(Reset::NoTicket);
    };
    let Some(id) = found.user_id else {
        return Ok(Reset::NoTicket);
    };
    let Some(user) = user::store::by_id(database.writer(), id).await? else {
        return Ok(Reset::NoTicket);
    };
    if let Some(problem) = password::problem(chosen.expose_secret(), &user.email) {
        let mut fields = Fields::default();
        fields.problem("password", problem);
        let invalid = fields.finish_with(None::<()>);
        return Ok(invalid.map_or_else(Reset::Invalid, |()| Reset::NoTicket));
    }
    let hash = password::hash(chosen).await?;
    let changed = database
        .transaction(async |transaction| choose(transaction, session, &found, hash.clone()).await)
        .await?;
    identity.revise(session).await;
    let Some(user) = changed else {
        return Ok(Reset::NoTicket);
    };
    tell(identity, user);
    Ok(Reset::Done)
}

async fn choose(
    transaction: &DatabaseTransaction,
    session: &Session,
    ticket: &stored::Model,
    hash: String,
) -> Result<Option<Model>> {
    let now = session.now();
    let Some(id) = ticket.user_id else {
        return Ok(None);
    };
    let Some(user) = user::store::hold(transaction, id).await? else {
        return Ok(None);
    };
    let fits = match ticket.purpose {
        Purpose::Invitation => user.state == State::Invited,
        _ => user.state == State::Active,
    };
    if !fits || !ticket::store::take(transaction, ticket.id, now).await? {
        return Ok(None);
    }
    let changed = Model {
        state: State::Active,
        password_hash: Some(hash),
        password_changed_at: Some(now),
        updated_at: now,
        version: user.version + 1,
        ..user
    };
    user::store::write(transaction, &changed).await?;
    let purposes = [
        Purpose::PasswordReset,
        Purpose::Invitation,
        Purpose::SecondFactor,
    ];
    ticket::store::void(transaction, id, &purposes, now).await?;
    session::store::end_all(transaction, id, None, now).await?;
    Ok(Some(changed))
}

/// Tells a user that their password is another one, so that it is noticed when it was somebody else.
pub(super) fn tell(identity: &Identity, user: Model) {
    identity.postman().take(Message {
        about: About::PasswordChanged,
        address: user.email,
        name: user.display_name,
        language: user.language,
        token: None,
    });
}
