use entities::{id::UserId, identity::second_factor::Kind};
use schema_kernel::{Result, Session};
use sea_orm::DatabaseTransaction;
use secrecy::{ExposeSecret, SecretString};

use super::{store, totp};
use crate::{Identity, secret::fingerprint};

/// How somebody shows a second time who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// A code that changes with time.
    Totp,
    /// A code of those for the day on which the other is lost.
    RecoveryCode,
    /// The password again, for who has nothing else.
    Password,
}

impl Method {
    /// As it stands in requests: `"TOTP"`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Totp => "TOTP",
            Self::RecoveryCode => "RECOVERY_CODE",
            Self::Password => "PASSWORD",
        }
    }

    /// The method of this name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Totp, Self::RecoveryCode, Self::Password]
            .into_iter()
            .find(|method| method.as_str() == text)
    }
}

/// What somebody shows.
#[derive(Clone, Debug)]
pub struct Proof {
    /// How.
    pub method: Method,
    /// The code, or the password.
    pub code: SecretString,
}

/// How a user can show a second factor; nothing where they have none.
pub(crate) async fn methods(
    connection: &impl sea_orm::ConnectionTrait,
    user: UserId,
) -> Result<Vec<Method>> {
    let mut methods = Vec::new();
    let factors = store::confirmed(connection, user).await?;
    if factors.iter().any(|factor| factor.kind == Kind::Totp) {
        methods.push(Method::Totp);
        if store::codes_left(connection, user).await? > 0 {
            methods.push(Method::RecoveryCode);
        }
    }
    Ok(methods)
}

/// Whether a second factor is the user's, and was not shown before. What was right is used up.
pub(super) async fn is_right(
    transaction: &DatabaseTransaction,
    identity: &Identity,
    session: &Session,
    user: UserId,
    proof: &Proof,
) -> Result<bool> {
    let (now, code) = (session.now(), proof.code.expose_secret());
    match proof.method {
        Method::Totp => {
            for factor in store::confirmed(transaction, user).await? {
                if factor.kind != Kind::Totp {
                    continue;
                }
                let owner = factor.id.to_string();
                let secret = identity.sealer().open(&factor.secret, &owner)?;
                let Some(step) = totp::step(&secret, code.trim(), now, factor.last_step)? else {
                    continue;
                };
                return store::use_step(transaction, factor.id, step, now).await;
            }
            Ok(false)
        }
        Method::RecoveryCode => store::use_code(transaction, user, &recovery_hash(code), now).await,
        Method::Password => Ok(false),
    }
}

/// What is kept of a recovery code. People type it with or without its dashes.
pub(super) fn recovery_hash(code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .flat_map(char::to_lowercase)
        .collect();
    fingerprint(&plain)
}
