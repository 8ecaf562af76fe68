//! Asking for what is one's own by law.

use async_graphql::{Context, ID, InputObject, SimpleObject, Union};
use chrono::Months;
use entities::profile::data_request::{Model, State};
use schema_kernel::{
    ActorKind, ContextExt, Permit, Result, Session,
    id::CustomerId,
    idempotency::{self, Once},
    problem::{Conflict, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use super::{DataRequest, DataRequestKind, REQUEST, event, store};
use crate::{DOMAIN, check::Problems, customer};

/// How long the law gives, in months (General Data Protection Regulation, article 12(3)).
const MONTHS: Months = Months::new(1);

/// Something that a person asks for.
#[derive(Clone, Debug, InputObject)]
pub struct OpenDataRequestInput {
    /// Makes the request safe to repeat: the same key with the same input opens one request. A random UUID.
    pub idempotency_key: Option<Uuid>,
    /// The customer whose data it is about.
    pub customer_id: ID,
    /// What is asked for.
    pub kind: DataRequestKind,
}

/// The request is written down, and its clock runs.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "privacy:read")]
pub struct DataRequestOpened {
    /// The request.
    pub data_request: DataRequest,
}

/// What became of `openDataRequest`.
#[derive(Union)]
pub enum OpenDataRequestOutcome {
    /// It is written down.
    DataRequestOpened(DataRequestOpened),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer that you may ask for.
    NotFound(NotFound),
    /// The idempotency key was used for another request.
    Conflict(Conflict),
}

#[derive(Serialize)]
struct Fingerprint {
    customer_id: CustomerId,
    kind: entities::profile::data_request::Kind,
}

/// Writes the request down. Customers who ask for themselves have shown who they are.
pub(super) async fn open(
    context: &Context<'_>,
    input: OpenDataRequestInput,
) -> Result<OpenDataRequestOutcome> {
    let session = context.session()?;
    let mut problems = Problems::default();
    let id = problems.id::<CustomerId>("input.customerId", &input.customer_id);
    let id = match problems.finish(id) {
        Ok(id) => id,
        Err(problem) => return Ok(problem.into()),
    };
    let Some(permit) = session.actor.permit(REQUEST, id) else {
        return Ok(NotFound::of("customer").into());
    };
    let asked = Fingerprint {
        customer_id: id,
        kind: input.kind.into(),
    };
    let key = input.idempotency_key;
    let once = context
        .database()?
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &permit, asked.kind).await;
            idempotency::once(transaction, DOMAIN, session, key, &asked, work).await
        })
        .await?;
    let opened = match once {
        Once::Outcome(Some(opened)) => opened,
        Once::Outcome(None) => return Ok(NotFound::of("customer").into()),
        Once::OtherInput => {
            let reused = "This idempotency key was used for another request; take a new one.";
            return Ok(Conflict::of(reused).into());
        }
    };
    let rows = session.actor.rows(REQUEST);
    let row = store::find(context.database()?.reader(), rows, opened).await?;
    Ok(match row {
        Some(row) => DataRequestOpened {
            data_request: DataRequest(row),
        }
        .into(),
        None => NotFound::of("customer").into(),
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    kind: entities::profile::data_request::Kind,
) -> Result<Option<entities::id::DataRequestId>> {
    if customer::store::lock(transaction, permit).await?.is_none() {
        return Ok(None);
    }
    let now = session.now();
    let is_own = matches!(session.actor.kind(), ActorKind::Customer(_));
    let row = Model {
        id: session.new_id(),
        customer_id: *permit.subject(),
        kind,
        state: if is_own {
            State::IdentityVerified
        } else {
            State::Requested
        },
        requested_by: session.actor.id().to_owned(),
        verified_by: is_own.then(|| session.actor.id().to_owned()),
        decided_by: None,
        reason: None,
        requested_at: now,
        due_at: now.checked_add_months(MONTHS).unwrap_or(now),
        is_extended: false,
        completed_at: None,
        answers: serde_json::json!({}),
        certificate: None,
        version: 1,
    };
    let row = store::insert(transaction, permit, row).await?;
    event::opened(transaction, session, &row).await?;
    Ok(Some(row.id))
}
