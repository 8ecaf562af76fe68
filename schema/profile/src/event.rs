//! What the profile tells other domains. Events say which fields changed and never what they hold.

use entities::profile::interaction;
use schema_kernel::{
    NewEvent, Result, Session,
    id::{CustomerId, InteractionId},
    outbox,
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;

use crate::DOMAIN;

#[derive(Serialize)]
struct Created {
    customer_id: CustomerId,
}

/// A customer's record was made.
pub(crate) async fn created(
    transaction: &DatabaseTransaction,
    session: &Session,
    customer: CustomerId,
) -> Result<()> {
    let data = Created {
        customer_id: customer,
    };
    append(
        transaction,
        session,
        "profile.customer.created.v1",
        customer,
        session.now(),
        &data,
    )
    .await
}

#[derive(Serialize)]
struct Updated<'a> {
    customer_id: CustomerId,
    fields: &'a [&'static str],
}

/// Fields of a customer's record changed; `fields` names them in `snake_case`.
pub(crate) async fn updated(
    transaction: &DatabaseTransaction,
    session: &Session,
    customer: CustomerId,
    fields: &[&'static str],
) -> Result<()> {
    let data = Updated {
        customer_id: customer,
        fields,
    };
    append(
        transaction,
        session,
        "profile.customer.updated.v1",
        customer,
        session.now(),
        &data,
    )
    .await
}

#[derive(Serialize)]
struct Recorded {
    customer_id: CustomerId,
    interaction_id: InteractionId,
    kind: interaction::Kind,
    channel: interaction::Channel,
    direction: interaction::Direction,
}

/// A contact with a customer was recorded.
pub(crate) async fn recorded(
    transaction: &DatabaseTransaction,
    session: &Session,
    row: &interaction::Model,
) -> Result<()> {
    let data = Recorded {
        customer_id: row.customer_id,
        interaction_id: row.id,
        kind: row.kind,
        channel: row.channel,
        direction: row.direction,
    };
    append(
        transaction,
        session,
        "profile.interaction.recorded.v1",
        row.customer_id,
        row.occurred_at,
        &data,
    )
    .await
}

async fn append<T: Serialize>(
    transaction: &DatabaseTransaction,
    session: &Session,
    kind: &'static str,
    customer: CustomerId,
    time: schema_kernel::scalar::DateTime,
    data: &T,
) -> Result<()> {
    let event = NewEvent {
        kind,
        subject: customer.to_string(),
        customer_id: Some(customer),
        time,
        data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}
