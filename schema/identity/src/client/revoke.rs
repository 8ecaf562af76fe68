use async_graphql::{ID, InputObject, SimpleObject, Union};
use chrono::TimeDelta;
use entities::{id::ApiClientId, identity::api_client::Model};
use schema_kernel::{
    Result, Rows, Session,
    problem::{InvalidInput, NotFound, StepUpRequired},
};
use sea_orm::DatabaseTransaction;

use super::{ApiClient, WRITE, store, subject};
use crate::{Identity, input::Fields};

/// For how long a revocation is remembered: longer than any access token lives.
pub(crate) const REMEMBERED: TimeDelta = TimeDelta::days(1);

/// Which program is to do nothing any more.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeApiClientInput {
    /// The id of the program.
    pub api_client_id: ID,
}

/// What became of it.
#[derive(Union)]
pub enum RevokeApiClientOutcome {
    /// It does nothing any more.
    ApiClientRevoked(ApiClientRevoked),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such program that you may revoke.
    NotFound(NotFound),
    /// You have to show again who you are.
    StepUpRequired(StepUpRequired),
}

/// The program gets no token any more, and those it has are not believed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "client:read client:write")]
pub struct ApiClientRevoked {
    /// The program, as it is now.
    pub api_client: ApiClient,
}

/// Ends what a program may do. It can be repeated.
pub(super) async fn revoke(
    session: &Session,
    identity: &Identity,
    input: RevokeApiClientInput,
) -> Result<RevokeApiClientOutcome> {
    let mut fields = Fields::default();
    let id = fields.id("input.apiClientId", &input.api_client_id);
    let id: ApiClientId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    if session.actor.rows(WRITE) != Rows::All {
        return Ok(NotFound::of("API client").into());
    }
    if let Err(required) = session.actor.stepped_up(session.now()) {
        return Ok(required.into());
    }
    let revoked = identity
        .database()
        .transaction(async |transaction| write(transaction, session, id).await)
        .await?;
    identity.revise(session).await;
    Ok(match revoked {
        Some(client) => ApiClientRevoked {
            api_client: ApiClient(client),
        }
        .into(),
        None => NotFound::of("API client").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: ApiClientId,
) -> Result<Option<Model>> {
    let now = session.now();
    let Some(client) = store::hold(transaction, id).await? else {
        return Ok(None);
    };
    let revoked = Model {
        revoked_at: client.revoked_at.or(Some(now)),
        version: client.version + 1,
        ..client
    };
    store::write(transaction, &revoked).await?;
    store::end_tokens_of(transaction, id, now).await?;
    store::revoke(transaction, subject(id), now, now + REMEMBERED).await?;
    Ok(Some(revoked))
}
