//! The second half of a double opt-in.

use async_graphql::{Context, InputObject, SimpleObject, Union};
use chrono::TimeDelta;
use entities::profile::consent::{Model, State};
use schema_kernel::{ContextExt, Result, Session, problem::NotFound};
use sea_orm::DatabaseTransaction;

use super::{ConsentPurpose, change, store};
use crate::office;

/// For how long a letter can be answered.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// The secret out of a letter.
#[derive(Clone, Debug, InputObject)]
pub struct ConfirmConsentInput {
    /// The secret, as it stood in the link.
    pub token: String,
}

/// It was they: what they allowed holds from now on.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ConsentConfirmed {
    /// What for.
    pub purpose: ConsentPurpose,
}

/// What became of `confirmConsent`.
#[derive(Union)]
pub enum ConfirmConsentOutcome {
    /// It holds from now on.
    ConsentConfirmed(ConsentConfirmed),
    /// No letter with this secret waits for an answer.
    NotFound(NotFound),
}

pub(super) async fn confirm(
    context: &Context<'_>,
    input: ConfirmConsentInput,
) -> Result<ConfirmConsentOutcome> {
    let session = context.session()?;
    let hash = change::hash(office::needed(context)?, &input.token);
    let confirmed = context
        .database()?
        .serializable_transaction(async |transaction| write(transaction, session, &hash).await)
        .await?;
    Ok(match confirmed {
        Some(row) => ConsentConfirmed {
            purpose: row.purpose.into(),
        }
        .into(),
        None => NotFound::of("letter").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    hash: &str,
) -> Result<Option<Model>> {
    let now = session.now();
    let asked = store::by_token(transaction, hash).await?;
    let Some(asked) = asked.filter(|asked| asked.at + LIFETIME > now) else {
        return Ok(None);
    };
    // Who has said something else since has not confirmed this, and what was confirmed is over.
    if !store::is_last(transaction, &asked).await? {
        return Ok(None);
    }
    let row = Model {
        id: session.new_id(),
        state: State::Granted,
        recorded_by: session.actor.id().to_owned(),
        token_hash: None,
        at: now,
        ..asked
    };
    let row = store::insert(transaction, row).await?;
    change::told(transaction, session, &row).await?;
    Ok(Some(row))
}
