//! Notifications in the database.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    engagement::{
        delivery,
        notification::{ActiveModel, Column, Entity, Model},
    },
    id::{CustomerId, NotificationId},
};
use schema_kernel::{
    Error, NewEvent, Page, Permit, Reader, Result, Rows, Session, keyset, loader::Visible, outbox,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, Set, sea_query::Expr,
};

use super::list::Criteria;
use crate::{
    DOMAIN,
    event::{NOTIFICATION_CREATED, NOTIFICATION_READ, NotificationFacts},
    paging::PageOf,
};

/// The notification with this id, as its asker sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NotificationById(pub(crate) Visible<NotificationId>);

/// How many notifications a customer has yet to read, as the asker sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct UnreadOf(pub(crate) Visible<CustomerId>);

/// The rows an actor reaches. Every read that answers an actor goes through it.
fn visible_to(rows: Rows) -> Condition {
    match rows {
        Rows::All => Condition::all(),
        Rows::Of(customer) => Condition::all().add(Column::CustomerId.eq(customer)),
        Rows::None => Condition::all().add(Expr::val(1).eq(0)),
    }
}

/// What was told last about this.
pub(crate) async fn last_about(
    transaction: &DatabaseTransaction,
    topic: &str,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::Topic.eq(topic))
        .order_by_desc(Column::Revision)
        .limit(1)
        .one(transaction)
        .await?)
}

/// Writes a notification with its deliveries, and tells it.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    notification: Model,
    deliveries: [delivery::Model; 2],
) -> Result<()> {
    Entity::insert(notification.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    delivery::Entity::insert_many(deliveries.map(IntoActiveModel::into_active_model))
        .exec_without_returning(transaction)
        .await?;
    metrics::counter!("jetbridge_notifications_total", "kind" => sea_orm::ActiveEnum::to_value(&notification.kind))
        .increment(1);
    publish(
        transaction,
        permit,
        session,
        NOTIFICATION_CREATED,
        &notification,
    )
    .await
}

/// Notes that a customer has read it.
pub(super) async fn mark_read(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    notification: &Model,
) -> Result<()> {
    let read = ActiveModel {
        is_unread: Set(false),
        read_at: Set(Some(session.now())),
        ..Default::default()
    };
    Entity::update_many()
        .set(read)
        .filter(Column::Id.eq(notification.id))
        .exec(transaction)
        .await?;
    publish(
        transaction,
        permit,
        session,
        NOTIFICATION_READ,
        notification,
    )
    .await
}

async fn publish(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    session: &Session,
    kind: &'static str,
    notification: &Model,
) -> Result<()> {
    let data = NotificationFacts {
        notification_id: notification.id,
        class: notification.class,
        kind: notification.kind,
        is_in_app: notification.is_in_app,
    };
    let event = NewEvent {
        kind,
        subject: notification.id.to_string(),
        customer_id: Some(*permit.subject()),
        time: session.now(),
        data: &data,
    };
    outbox::append(transaction, DOMAIN, session, &[event]).await
}

/// The notification with this id, where the actor reaches it, held until the transaction ends.
pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    id: NotificationId,
    rows: Rows,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(rows))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The notification with this id.
pub(crate) async fn by_id(
    connection: &impl ConnectionTrait,
    id: NotificationId,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// Keeps what was looked up to write it.
pub(crate) async fn keep_writing(
    connection: &impl ConnectionTrait,
    id: NotificationId,
    places: serde_json::Value,
    language: &str,
) -> Result<()> {
    let written = ActiveModel {
        places: Set(Some(places)),
        language: Set(Some(language.to_owned())),
        ..Default::default()
    };
    Entity::update_many()
        .set(written)
        .filter(Column::Id.eq(id))
        .exec(connection)
        .await?;
    Ok(())
}

/// One page of the notifications that fit, newest first.
pub(super) async fn list(
    connection: &impl ConnectionTrait,
    rows: Rows,
    criteria: &Criteria,
    page: &Page,
) -> Result<Vec<Model>> {
    let select = Entity::find()
        .filter(visible_to(rows))
        .filter(condition(criteria));
    Ok(page
        .apply(select, Column::CreatedAt, Column::Id, &Order::Desc)
        .all(connection)
        .await?)
}

fn condition(criteria: &Criteria) -> Condition {
    Condition::all()
        .add_option(criteria.customer_id.map(|id| Column::CustomerId.eq(id)))
        .add_option(
            criteria
                .is_unread
                .map(|is_unread| Column::IsUnread.eq(is_unread)),
        )
}

impl Loader<NotificationById> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[NotificationById]) -> Result<HashMap<NotificationById, Model>> {
        let mut found = HashMap::new();
        for (rows, ids) in by_rows(keys.iter().map(|key| key.0)) {
            let models = Entity::find()
                .filter(Column::Id.is_in(ids))
                .filter(visible_to(rows))
                .all(self.database.reader())
                .await?;
            found.extend(models.into_iter().map(|model| {
                let key = Visible {
                    key: model.id,
                    rows,
                };
                (NotificationById(key), model)
            }));
        }
        Ok(found)
    }
}

impl Loader<UnreadOf> for Reader {
    type Value = i32;
    type Error = Error;

    async fn load(&self, keys: &[UnreadOf]) -> Result<HashMap<UnreadOf, i32>> {
        let mut found = HashMap::new();
        for (rows, customers) in by_rows(keys.iter().map(|key| key.0)) {
            let counts: Vec<(CustomerId, i64)> = Entity::find()
                .select_only()
                .column(Column::CustomerId)
                .column_as(Column::Id.count(), "unread_count")
                .filter(Column::CustomerId.is_in(customers))
                .filter(Column::IsUnread.eq(true))
                .filter(visible_to(rows))
                .group_by(Column::CustomerId)
                .into_tuple()
                .all(self.database.reader())
                .await?;
            found.extend(counts.into_iter().map(|(key, count)| {
                let count = i32::try_from(count).unwrap_or(i32::MAX);
                (UnreadOf(Visible { key, rows }), count)
            }));
        }
        Ok(found)
    }
}

impl Loader<PageOf<CustomerId>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<CustomerId>],
    ) -> Result<HashMap<PageOf<CustomerId>, Vec<Model>>> {
        let mut alike: HashMap<(Rows, Option<bool>, &Page), Vec<CustomerId>> = HashMap::new();
        for key in keys {
            alike
                .entry((key.rows, key.is_unread, &key.page))
                .or_default()
                .push(key.parent);
        }
        let mut pages: HashMap<_, Vec<Model>> = HashMap::new();
        for ((rows, is_unread, page), customers) in alike {
            let arms = customers.into_iter().map(|customer| {
                let criteria = Criteria {
                    customer_id: Some(customer),
                    is_unread,
                };
                let select = Entity::find()
                    .filter(visible_to(rows))
                    .filter(condition(&criteria));
                page.apply(select, Column::CreatedAt, Column::Id, &Order::Desc)
            });
            let Some(statement) = keyset::union_of(self.database.backend(), arms) else {
                continue;
            };
            let models = Entity::find()
                .from_raw_sql(statement)
                .all(self.database.reader())
                .await?;
            for model in models {
                let key = PageOf {
                    parent: model.customer_id,
                    rows,
                    is_unread,
                    page: page.clone(),
                };
                pages.entry(key).or_default().push(model);
            }
        }
        Ok(pages)
    }
}

/// What is asked for, by the rows in which it is looked for: one statement for each.
pub(crate) fn by_rows<Key>(keys: impl Iterator<Item = Visible<Key>>) -> HashMap<Rows, Vec<Key>> {
    let mut by_rows: HashMap<Rows, Vec<Key>> = HashMap::new();
    for Visible { key, rows } in keys {
        by_rows.entry(rows).or_default().push(key);
    }
    by_rows
}
