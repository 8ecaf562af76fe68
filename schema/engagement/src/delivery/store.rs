//! Deliveries in the database.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entities::{
    engagement::delivery::{ActiveModel, Channel, Column, Entity, Model, State},
    id::{DeliveryId, NotificationId},
};
use schema_kernel::{Database, Error, NewEvent, Page, Reader, Result, Session, outbox};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

use super::state::is_over;
use crate::{
    DOMAIN,
    event::{DELIVERY_ENDED, DeliveryEnded},
};

/// The deliveries of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct DeliveriesOf(pub(super) NotificationId);

/// Takes up to `limit` deliveries that are due, oldest first, under a lease until `until`: nobody else takes them before it
/// ends. What somebody else is taking at this moment is passed over.
pub(crate) async fn lease(
    database: &Database,
    lease: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Model>> {
    database
        .transaction(async |transaction| {
            let mut taken = Entity::find()
                .filter(Column::DueAt.lte(now))
                .order_by_asc(Column::DueAt)
                .order_by_asc(Column::Id)
                .limit(limit)
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
                .all(transaction)
                .await?;
            let leased = ActiveModel {
                state: Set(State::Sending),
                due_at: Set(Some(until)),
                lease: Set(Some(lease)),
                updated_at: Set(now),
                ..Default::default()
            };
            if !taken.is_empty() {
                Entity::update_many()
                    .set(leased)
                    .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
                    .col_expr(Column::Version, Expr::col(Column::Version).add(1))
                    .filter(Column::Id.is_in(taken.iter().map(|delivery| delivery.id)))
                    .exec(transaction)
                    .await?;
            }
            for delivery in &mut taken {
                delivery.state = State::Sending;
                delivery.attempts += 1;
                delivery.version += 1;
                delivery.due_at = Some(until);
                delivery.lease = Some(lease);
                delivery.updated_at = now;
            }
            Ok(taken)
        })
        .await
}

/// Writes what became of a delivery, where it is still under this lease, and tells of its end. Says whether it was.
pub(crate) async fn settle(
    database: &Database,
    session: &Session,
    lease: Uuid,
    settled: &Model,
) -> Result<bool> {
    database
        .transaction(async |transaction| {
            let row = settled.clone().into_active_model().reset_all();
            let written = Entity::update_many()
                .set(row)
                .filter(Column::Id.eq(settled.id))
                .filter(Column::Lease.eq(lease))
                .exec(transaction)
                .await?;
            if written.rows_affected == 0 {
                return Ok(false);
            }
            if is_over(settled.state) {
                tell_end(transaction, session, settled).await?;
            }
            Ok(true)
        })
        .await
}

async fn tell_end(
    transaction: &DatabaseTransaction,
    session: &Session,
    delivery: &Model,
) -> Result<()> {
    let data = DeliveryEnded {
        delivery_id: delivery.id,
        notification_id: delivery.notification_id,
        channel: delivery.channel,
        state: delivery.state,
        reason: delivery.reason,
    };
    let event = NewEvent {
        kind: DELIVERY_ENDED,
        subject: delivery.id.to_string(),
        customer_id: Some(delivery.customer_id),
        time: session.now(),
        data: &data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}

/// The delivery with this id, held until the transaction ends.
pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    id: DeliveryId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// Writes a delivery that is held.
pub(super) async fn write(transaction: &DatabaseTransaction, delivery: &Model) -> Result<()> {
    Entity::update(delivery.clone().into_active_model().reset_all())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Which deliveries.
#[derive(Clone, Debug, Default)]
pub(super) struct Criteria {
    pub(super) states: Option<Vec<State>>,
    pub(super) channel: Option<Channel>,
}

/// One page of the deliveries that fit, the last changed first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    criteria: &Criteria,
    page: &Page,
) -> Result<Vec<Model>> {
    let mut all =
        Condition::all().add_option(criteria.channel.map(|channel| Column::Channel.eq(channel)));
    // A single value as an equation, so that an index that begins with the column keeps its order.
    all = match criteria.states.as_deref() {
        None => all,
        Some([only]) => all.add(Column::State.eq(*only)),
        Some(several) => all.add(Column::State.is_in(several.iter().copied())),
    };
    Ok(page
        .apply(
            Entity::find().filter(all),
            Column::UpdatedAt,
            Column::Id,
            &Order::Desc,
        )
        .all(connection)
        .await?)
}

/// When the delivery was due that waits longest; `None` when none waits.
pub(crate) async fn waiting_since(
    connection: &impl ConnectionTrait,
) -> Result<Option<DateTime<Utc>>> {
    let due = Entity::find()
        .select_only()
        .column(Column::DueAt)
        .filter(Column::DueAt.is_not_null())
        .order_by_asc(Column::DueAt)
        .limit(1)
        .into_tuple::<Option<DateTime<Utc>>>()
        .one(connection)
        .await?;
    Ok(due.flatten())
}

impl Loader<DeliveriesOf> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(&self, keys: &[DeliveriesOf]) -> Result<HashMap<DeliveriesOf, Vec<Model>>> {
        let rows = Entity::find()
            .filter(Column::NotificationId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(Column::NotificationId)
            .order_by_asc(Column::Channel)
            .all(self.database.reader())
            .await?;
        let mut found: HashMap<DeliveriesOf, Vec<Model>> = HashMap::new();
        for row in rows {
            found
                .entry(DeliveriesOf(row.notification_id))
                .or_default()
                .push(row);
        }
        Ok(found)
    }
}
