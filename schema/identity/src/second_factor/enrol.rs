use std::fmt::Write;

use entities::{
    id::UserId,
    identity::{
        recovery_code,
        second_factor::{Kind, Model},
    },
};
use schema_kernel::{Result, Session};
use sea_orm::DatabaseTransaction;
use secrecy::SecretString;

use super::{store, totp, verify::recovery_hash};
use crate::{
    Identity, secret,
    session::{self, Browser, Opened, Seen, Shown},
    throttle::{self, Allowance, Count},
    user,
};

/// How many recovery codes there are.
const CODES: usize = 10;

/// What an application needs to make codes. It is shown once.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The secret in base 32, to type.
    pub secret: SecretString,
    /// The same as an address, to show as a picture.
    pub uri: SecretString,
}

/// What became of confirming it.
#[derive(Debug)]
pub enum Confirmed {
    /// It counts from now on.
    Done {
        /// The codes for the day on which it is lost. They are shown once.
        recovery_codes: Vec<SecretString>,
        /// A session in the place of the one that was good for this alone.
        opened: Option<Box<Opened>>,
    },
    /// The code is another one.
    Wrong,
    /// It was tried too often.
    TooMany(chrono::TimeDelta),
}

/// How often codes may be tried: a million of them, so guessing takes years.
pub(super) fn allowance() -> Allowance {
    Allowance {
        tries: 10,
        window: chrono::TimeDelta::minutes(15),
    }
}

/// Begins to add codes that change with time. Until one was shown they count for nothing. `None` where the user has to show
/// first who they are: another factor is what a stolen session would add.
///
/// # Errors
/// When the database fails.
pub async fn begin_totp(
    identity: &Identity,
    session: &Session,
    seen: &Seen,
) -> Result<Option<Begun>> {
    let is_fresh = seen.actor.stepped_up(session.now()).is_ok();
    if !is_fresh && !seen.session.is_for_enrolment {
        return Ok(None);
    }
    let (bytes, id) = (
        secret::bytes::<{ totp::SECRET_BYTES }>()?,
        session.new_id::<entities::id::SecondFactorId>(),
    );
    let factor = Model {
        id,
        user_id: seen.user.id,
        kind: Kind::Totp,
        name: "TOTP".to_owned(),
        secret: identity.sealer().seal(&bytes, &id.to_string())?,
        last_step: None,
        created_at: session.now(),
        confirmed_at: None,
        last_used_at: None,
    };
    identity
        .database()
        .transaction(async |transaction| store::begin(transaction, factor.clone()).await)
        .await?;
    let (secret, uri) = totp::shown(&bytes, &seen.user.email)?;
    Ok(Some(Begun {
        secret: secret.into(),
        uri: uri.into(),
    }))
}

/// Confirms that the application makes the right codes. From now on they are asked for.
///
/// # Errors
/// When the database fails.
pub async fn confirm_totp(
    identity: &Identity,
    session: &Session,
    seen: &Seen,
    code: &str,
    browser: &Browser,
) -> Result<Confirmed> {
    let database = identity.database();
    let user = seen.user.id.to_string();
    let tries = [(Count::SecondFactor { user: &user }, allowance())];
    if let Some(wait) = throttle::count(database, session.now(), &tries).await? {
        return Ok(Confirmed::TooMany(wait));
    }
    let done = database
        .transaction(async |transaction| {
            if !show(transaction, identity, session, seen.user.id, code).await? {
                return Ok(None);
            }
            let codes = new_codes(transaction, session, seen.user.id).await?;
            let opened = if seen.session.is_for_enrolment {
                let held = user::store::hold(transaction, seen.user.id).await?;
                let options = identity.options();
                match held {
                    Some(user) => Some(Box::new(
                        session::open(transaction, session, options, &user, browser, Shown::Both)
                            .await?,
                    )),
                    None => None,
                }
            } else {
                None
            };
            Ok(Some((codes, opened)))
        })
        .await?;
    Ok(match done {
        Some((recovery_codes, opened)) => Confirmed::Done {
            recovery_codes,
            opened,
        },
        None => Confirmed::Wrong,
    })
}

async fn show(
    transaction: &DatabaseTransaction,
    identity: &Identity,
    session: &Session,
    user: UserId,
    code: &str,
) -> Result<bool> {
    let Some(begun) = store::begun(transaction, user, Kind::Totp).await? else {
        return Ok(false);
    };
    let now = session.now();
    let secret = identity
        .sealer()
        .open(&begun.secret, &begun.id.to_string())?;
    let Some(step) = totp::step(&secret, code.trim(), now, None)? else {
        return Ok(false);
    };
    if !store::use_step(transaction, begun.id, step, now).await? {
        return Ok(false);
    }
    // One application at a time: the one of before counts no more.
    store::drop_confirmed(transaction, user, Kind::Totp).await?;
    store::confirm(transaction, begun.id, now).await?;
    Ok(true)
}

async fn new_codes(
    transaction: &DatabaseTransaction,
    session: &Session,
    user: UserId,
) -> Result<Vec<SecretString>> {
    let mut codes = Vec::with_capacity(CODES);
    for _ in 0..CODES {
        codes.push(recovery_code()?);
    }
    let rows = codes
        .iter()
        .map(|code| recovery_code::Model {
            id: session.new_id(),
            user_id: user,
            code_hash: recovery_hash(code),
            created_at: session.now(),
            used_at: None,
        })
        .collect();
    store::replace_codes(transaction, user, rows).await?;
    Ok(codes.into_iter().map(SecretString::from).collect())
}

/// Eighty random bits, in four groups that can be read out: `"1f0c8-…"`.
fn recovery_code() -> Result<String> {
    let bytes = secret::bytes::<10>()?;
    let mut text = String::with_capacity(23);
    for (index, byte) in bytes.iter().enumerate() {
        let _ = write!(text, "{byte:02x}");
        if index % 5 == 4 && index < 9 {
            text.push('-');
        }
    }
    Ok(text)
}
