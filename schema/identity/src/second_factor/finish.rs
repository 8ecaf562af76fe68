use chrono::TimeDelta;
use entities::identity::{ticket::Purpose, user::State};
use schema_kernel::{Result, Session};

use super::{
    enrol::allowance,
    verify::{self, Method, Proof},
};
use crate::{
    Identity, password,
    session::{self, Browser, Opened, Seen, Shown},
    throttle::{self, Count},
    ticket, user,
};

/// How often a second factor may be tried for one password that was right.
const TRIES: i32 = 5;

/// What became of showing a second factor.
#[derive(Debug)]
pub enum Finish {
    /// They are signed in.
    SignedIn(Box<Opened>),
    /// It is another one, it was shown before, or the sign-in began too long ago.
    Wrong,
    /// It was tried too often; not before so long.
    TooMany(TimeDelta),
}

/// Finishes a sign-in with a second factor.
///
/// # Errors
/// When the database fails.
pub async fn finish(
    identity: &Identity,
    session: &Session,
    challenge: &str,
    proof: &Proof,
    browser: &Browser,
) -> Result<Finish> {
    let (database, now) = (identity.database(), session.now());
    let found = ticket::store::find(database.writer(), Purpose::SecondFactor, challenge, now);
    let found = found.await?;
    let Some((ticket, id)) = found.and_then(|ticket| Some((ticket.id, ticket.user_id?))) else {
        return Ok(refused(Finish::Wrong));
    };
    if let Some(wait) = too_many(identity, session, &id.to_string()).await? {
        return Ok(refused(Finish::TooMany(wait)));
    }
    if !ticket::store::try_again(database.writer(), ticket, TRIES).await? {
        return Ok(refused(Finish::Wrong));
    }
    let opened = database
        .transaction(async |transaction| {
            let held = user::store::hold(transaction, id).await?;
            let Some(user) = held.filter(|user| user.state == State::Active) else {
                return Ok(None);
            };
            let is_right = verify::is_right(transaction, identity, session, id, proof).await?;
            if !is_right || !ticket::store::take(transaction, ticket, now).await? {
                return Ok(None);
            }
            let options = identity.options();
            let opened =
                session::open(transaction, session, options, &user, browser, Shown::Both).await?;
            Ok(Some(Box::new(opened)))
        })
        .await?;
    Ok(match opened {
        Some(opened) => {
            let user = id.to_string();
            throttle::forgive(database, &[Count::SecondFactor { user: &user }]).await?;
            Finish::SignedIn(opened)
        }
        None => refused(Finish::Wrong),
    })
}

async fn too_many(identity: &Identity, session: &Session, user: &str) -> Result<Option<TimeDelta>> {
    let tries = [(Count::SecondFactor { user }, allowance())];
    throttle::count(identity.database(), session.now(), &tries).await
}

fn refused(finish: Finish) -> Finish {
    tracing::info!("a second factor was refused");
    finish
}

/// What became of showing again who one is.
#[derive(Debug)]
pub enum StepUp {
    /// It counts for a while.
    Done(Box<Seen>),
    /// It is another one, or was shown before.
    Wrong,
    /// It was tried too often; not before so long.
    TooMany(TimeDelta),
}

/// Shows again who one is: with a second factor where there is one, and with the password where there is none.
///
/// # Errors
/// When the database fails.
pub async fn step_up(
    identity: &Identity,
    session: &Session,
    seen: &Seen,
    proof: Proof,
) -> Result<StepUp> {
    let (database, id) = (identity.database(), seen.user.id);
    let name = id.to_string();
    if let Some(wait) = too_many(identity, session, &name).await? {
        return Ok(StepUp::TooMany(wait));
    }
    // Who has yet to add a second factor has nothing to show.
    if seen.session.is_for_enrolment {
        return Ok(StepUp::Wrong);
    }
    let has_factor = !verify::methods(database.writer(), id).await?.is_empty();
    let by_password = match proof.method {
        Method::Password if !has_factor => {
            let kept = seen.user.password_hash.clone();
            password::is_right(proof.code.clone(), kept).await?
        }
        _ => false,
    };
    let until = session.now() + identity.options().step_up_window;
    let is_right = database
        .transaction(async |transaction| {
            let is_right =
                by_password || verify::is_right(transaction, identity, session, id, &proof).await?;
            if is_right {
                session::store::step_up(transaction, seen.session.id, until).await?;
            }
            Ok(is_right)
        })
        .await?;
    if !is_right {
        tracing::info!(user.id = %id, "a step-up was refused");
        return Ok(StepUp::Wrong);
    }
    throttle::forgive(database, &[Count::SecondFactor { user: &name }]).await?;
    Ok(seen
        .stepped_up(identity, until)
        .map_or(StepUp::Wrong, |seen| StepUp::Done(Box::new(seen))))
}
