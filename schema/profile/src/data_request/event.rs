use chrono::{DateTime, Utc};
use entities::{
    id::DataRequestId,
    profile::data_request::{Kind, Model, State},
};
use schema_kernel::{
    NewEvent, Result, Session,
    erasure::{Asked, ORDERED, PLANNED},
    id::CustomerId,
    outbox,
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use crate::DOMAIN;

#[derive(Serialize)]
struct Opened {
    data_request_id: DataRequestId,
    customer_id: CustomerId,
    kind: Kind,
    due_at: DateTime<Utc>,
}

#[derive(Serialize)]
struct Changed {
    data_request_id: DataRequestId,
    customer_id: CustomerId,
    kind: Kind,
    from_state: State,
    to_state: State,
    due_at: DateTime<Utc>,
}

pub(super) async fn opened(
    transaction: &DatabaseTransaction,
    session: &Session,
    row: &Model,
) -> Result<()> {
    let data = Opened {
        data_request_id: row.id,
        customer_id: row.customer_id,
        kind: row.kind,
        due_at: row.due_at,
    };
    append(
        transaction,
        session,
        "profile.data_request.opened.v1",
        row,
        &data,
    )
    .await
}

pub(super) async fn changed(
    transaction: &DatabaseTransaction,
    session: &Session,
    from: State,
    row: &Model,
) -> Result<()> {
    let data = Changed {
        data_request_id: row.id,
        customer_id: row.customer_id,
        kind: row.kind,
        from_state: from,
        to_state: row.state,
        due_at: row.due_at,
    };
    append(
        transaction,
        session,
        "profile.data_request.changed.v1",
        row,
        &data,
    )
    .await
}

/// Asks every domain what stands in the way of an erasure.
pub(super) async fn planned(
    transaction: &DatabaseTransaction,
    session: &Session,
    row: &Model,
) -> Result<()> {
    append(transaction, session, PLANNED, row, &asked(row)).await
}

/// Has every domain do it.
pub(super) async fn ordered(
    transaction: &DatabaseTransaction,
    session: &Session,
    row: &Model,
) -> Result<()> {
    append(transaction, session, ORDERED, row, &asked(row)).await
}

fn asked(row: &Model) -> Asked {
    Asked {
        data_request_id: row.id,
        customer_id: row.customer_id,
    }
}

async fn append<T: Serialize>(
    transaction: &DatabaseTransaction,
    session: &Session,
    kind: &'static str,
    row: &Model,
    data: &T,
) -> Result<()> {
    let event = NewEvent {
        kind,
        subject: row.id.to_string(),
        customer_id: Some(row.customer_id),
        time: session.now(),
        data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}
