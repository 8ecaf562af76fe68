//! Idempotency keys: a request that comes twice is done once, and answered twice with the same outcome.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, FromQueryResult,
    sea_query::{Alias, Expr, OnConflict, Query},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Error, Result, Session, outbox::Domain};

/// What became of a request under an idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Once<T> {
    /// The outcome, of now or of the first time.
    Outcome(T),
    /// The key was used for another input before.
    OtherInput,
}

/// Runs `work` once for each (actor, key): the first outcome is kept with the effect, in one transaction, and given back
/// to every repetition of the same input. A repetition that comes while the first is still under way waits for it.
/// Without a key `work` simply runs.
///
/// # Errors
/// What `work` returns, or `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn once<T, F>(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    key: Option<Uuid>,
    input: &impl Serialize,
    work: F,
) -> Result<Once<T>>
where
    T: Serialize + DeserializeOwned,
    F: AsyncFnOnce() -> Result<T>,
{
    let Some(key) = key else {
        return work().await.map(Once::Outcome);
    };
    let fingerprint = fingerprint(input)?;
    if !claim(transaction, domain, session, key, &fingerprint).await? {
        let first = first(transaction, domain, session, key).await?;
        if first.fingerprint != fingerprint {
            return Ok(Once::OtherInput);
        }
        let outcome = first.outcome.ok_or_else(|| {
            Error::internal(anyhow::anyhow!(
                "an idempotency key was kept without its outcome"
            ))
        })?;
        return Ok(Once::Outcome(serde_json::from_value(outcome)?));
    }
    let outcome = work().await?;
    keep(
        transaction,
        domain,
        session,
        key,
        serde_json::to_value(&outcome)?,
    )
    .await?;
    Ok(Once::Outcome(outcome))
}

fn fingerprint(input: &impl Serialize) -> Result<String> {
    let digest = Sha256::digest(serde_json::to_vec(input)?);
    Ok(digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            use std::fmt::Write;
            let _ = write!(text, "{byte:02x}");
            text
        }))
}

#[derive(FromQueryResult)]
struct Kept {
    fingerprint: String,
    outcome: Option<Value>,
}

async fn claim(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    key: Uuid,
    fingerprint: &str,
) -> Result<bool> {
    let insert = Query::insert()
        .into_table(domain.table("idempotency_key"))
        .columns(["actor", "key", "fingerprint", "created_at"].map(Alias::new))
        .values_panic([
            session.actor.id().into(),
            key.into(),
            fingerprint.into(),
            session.now().into(),
        ])
        .on_conflict(
            OnConflict::columns(["actor", "key"].map(Alias::new))
                .do_nothing()
                .to_owned(),
        )
        .to_owned();
    Ok(transaction.execute(&insert).await?.rows_affected() == 1)
}

async fn first(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    key: Uuid,
) -> Result<Kept> {
    let select = Query::select()
        .columns(["fingerprint", "outcome"].map(Alias::new))
        .from(domain.table("idempotency_key"))
        .and_where(Expr::col(Alias::new("actor")).eq(session.actor.id()))
        .and_where(Expr::col(Alias::new("key")).eq(key))
        .to_owned();
    Kept::find_by_statement(transaction.get_database_backend().build(&select))
        .one(transaction)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("an idempotency key vanished")))
}

async fn keep(
    transaction: &DatabaseTransaction,
    domain: Domain,
    session: &Session,
    key: Uuid,
    outcome: Value,
) -> Result<()> {
    let update = Query::update()
        .table(domain.table("idempotency_key"))
        .value(Alias::new("outcome"), outcome)
        .and_where(Expr::col(Alias::new("actor")).eq(session.actor.id()))
        .and_where(Expr::col(Alias::new("key")).eq(key))
        .to_owned();
    transaction.execute(&update).await?;
    Ok(())
}
