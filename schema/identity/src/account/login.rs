use chrono::TimeDelta;
use entities::identity::{
    ticket::Purpose,
    user::{Model, State},
};
use schema_kernel::{Result, Session};
use secrecy::SecretString;

use crate::{
    Identity, input, password,
    second_factor::{self, Method},
    session::{self, Browser, Opened, Shown},
    throttle::{self, Count},
    ticket, user,
};

/// What somebody shows to sign in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The address of their account.
    pub email: String,
    /// Their password.
    pub password: SecretString,
}

/// What became of it.
#[derive(Debug)]
pub enum Login {
    /// They are signed in.
    SignedIn(Opened),
    /// The password was right; a second factor is asked for, with this secret, within five minutes.
    SecondFactor {
        /// What stands for the password that was right.
        challenge: SecretString,
        /// How it can be shown.
        methods: Vec<Method>,
    },
    /// Their role asks for a second factor, which they have to add now; this session is good for that alone.
    EnrolSecondFactor(Opened),
    /// There is no such account, or the password is another one, or the account is disabled. Nobody hears which.
    Wrong,
    /// It was tried too often, from here or for this account; not before so long.
    TooMany(TimeDelta),
}

/// Signs somebody in. The answer, and the time it takes, are the same for an account that does not exist and for a wrong
/// password. `address` is where the request comes from.
///
/// # Errors
/// When the database fails.
pub async fn login(
    identity: &Identity,
    session: &Session,
    credentials: Credentials,
    address: &str,
    browser: &Browser,
) -> Result<Login> {
    let database = identity.database();
    // What cannot be an address is nobody's; it is counted, and takes as long.
    let email = input::email(&credentials.email).unwrap_or_default();
    let counts = [
        Count::Login {
            email: &email,
            address,
        },
        Count::Account { email: &email },
        Count::Address { address },
    ];
    let limits = identity.options().throttles;
    let tries = [
        (counts[0], limits.login),
        (counts[1], limits.account),
        (counts[2], limits.address),
    ];
    if let Some(wait) = throttle::count(database, session.now(), &tries).await? {
        return Ok(refused("throttled", Login::TooMany(wait)));
    }
    let user = user::store::by_email(database.writer(), &email).await?;
    let kept = user.as_ref().and_then(|user| user.password_hash.clone());
    let is_right = password::is_right(credentials.password, kept).await?;
    let Some(user) = user.filter(|user| is_right && user.state == State::Active) else {
        return Ok(refused("wrong", Login::Wrong));
    };
    throttle::forgive(database, &counts[..2]).await?;
    enter(identity, session, &user, browser).await
}

/// Lets somebody in whose password was right.
async fn enter(
    identity: &Identity,
    session: &Session,
    user: &Model,
    browser: &Browser,
) -> Result<Login> {
    let writer = identity.database().writer();
    let methods = second_factor::methods(writer, user.id).await?;
    if !methods.is_empty() {
        let (purpose, id) = (Purpose::SecondFactor, Some(user.id));
        let challenge = ticket::issue(writer, session, purpose, id, None::<&()>).await?;
        return Ok(Login::SecondFactor { challenge, methods });
    }
    let role = identity.standing().current().role(&user.role).cloned();
    let is_enforced = identity.options().is_second_factor_enforced;
    let needs_more = role.is_some_and(|role| role.is_second_factor_required && is_enforced);
    let shown = if needs_more {
        Shown::TooLittle
    } else {
        Shown::One
    };
    let opened = identity
        .database()
        .transaction(async |transaction| {
            let options = identity.options();
            // Read anew: somebody may have changed them while the password was looked at.
            let Some(held) = user::store::hold(transaction, user.id).await? else {
                return Ok(None);
            };
            if held.state != State::Active || held.password_hash != user.password_hash {
                return Ok(None);
            }
            let opened =
                session::open(transaction, session, options, &held, browser, shown).await?;
            Ok(Some(opened))
        })
        .await?;
    Ok(match opened {
        Some(opened) if needs_more => Login::EnrolSecondFactor(opened),
        Some(opened) => Login::SignedIn(opened),
        None => refused("changed", Login::Wrong),
    })
}

/// Somebody is not let in. Every refusal passes here.
fn refused(why: &'static str, outcome: Login) -> Login {
    tracing::info!(why, "a sign-in was refused");
    outcome
}
