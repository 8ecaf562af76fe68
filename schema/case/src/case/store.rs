//! Cases in the database.

mod claim;
mod list;
mod write;

use std::collections::{HashMap, HashSet};

use async_graphql::dataloader::Loader;
use entities::{
    case::{
        case::{Column, Entity, Model},
        case_claim, case_event,
        comment::{self, Visibility},
    },
    id::{CaseId, ClaimId, CommentId, CustomerId, IncidentId, OrderId, PassengerId},
};
use schema_kernel::{Error, Reader, Result, Rows};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, Order, QueryFilter,
    QuerySelect, Select, sea_query::Expr,
};

pub(crate) use self::{
    claim::{Link, link, merge_claims},
    list::list,
    write::{comment, insert, record, revise, take_reference, touch},
};
use crate::{
    paging::{Cases, Comments, History, PageOf, Reach},
    queue::QueueCode,
    store::pages,
};

/// A case, as far as its asker reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CaseKey {
    pub(crate) id: CaseId,
    pub(crate) rows: Rows,
}

fn visible_to(rows: Rows) -> Select<Entity> {
    match rows {
        Rows::All => Entity::find(),
        Rows::Of(customer) => Entity::find().filter(Column::CustomerId.eq(customer)),
        Rows::None => Entity::find().filter(Expr::value(false)),
    }
}

/// The case, held against other changes until the transaction ends.
pub(crate) async fn hold(
    transaction: &DatabaseTransaction,
    rows: Rows,
    id: CaseId,
) -> Result<Option<Model>> {
    Ok(visible_to(rows)
        .filter(Column::Id.eq(id))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The case with this id.
pub(crate) async fn by_id(
    connection: &impl ConnectionTrait,
    rows: Rows,
    id: CaseId,
) -> Result<Option<Model>> {
    Ok(visible_to(rows)
        .filter(Column::Id.eq(id))
        .one(connection)
        .await?)
}

/// The case that people call so.
pub(crate) async fn by_reference(
    connection: &impl ConnectionTrait,
    rows: Rows,
    reference: &str,
) -> Result<Option<Model>> {
    Ok(visible_to(rows)
        .filter(Column::Reference.eq(reference))
        .one(connection)
        .await?)
}

/// The case that this source has opened, held like [`hold`] does.
pub(crate) async fn hold_by_source(
    transaction: &DatabaseTransaction,
    source_key: &str,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::SourceKey.eq(source_key))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The comment with this id.
pub(crate) async fn comment_by_id(
    connection: &impl ConnectionTrait,
    id: CommentId,
) -> Result<Option<comment::Model>> {
    Ok(comment::Entity::find_by_id(id).one(connection).await?)
}

/// The case that a claim is on.
pub(crate) async fn case_of_claim(
    transaction: &DatabaseTransaction,
    claim: ClaimId,
) -> Result<Option<CaseId>> {
    let row = case_claim::Entity::find_by_id(claim)
        .one(transaction)
        .await?;
    Ok(row.map(|row| row.case_id))
}

/// How many passengers the claims on a case are for.
pub(crate) async fn passengers_of(
    transaction: &DatabaseTransaction,
    case: CaseId,
) -> Result<usize> {
    let rows = case_claim::Entity::find()
        .filter(case_claim::Column::CaseId.eq(case))
        .all(transaction)
        .await?;
    let passengers: HashSet<PassengerId> = rows
        .into_iter()
        .filter_map(|row| row.passenger_id)
        .collect();
    Ok(passengers.len())
}

impl Loader<CaseKey> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[CaseKey]) -> Result<HashMap<CaseKey, Model>> {
        let mut by_rows: HashMap<Rows, Vec<CaseId>> = HashMap::new();
        for key in keys {
            by_rows.entry(key.rows).or_default().push(key.id);
        }
        let mut found = HashMap::new();
        for (rows, ids) in by_rows {
            let models = visible_to(rows)
                .filter(Column::Id.is_in(ids))
                .all(self.database.reader())
                .await?;
            found.extend(
                models
                    .into_iter()
                    .map(|model| (CaseKey { id: model.id, rows }, model)),
            );
        }
        Ok(found)
    }
}

/// The cases that carry a parent's id, the newest first.
async fn newest_of<Parent>(
    reader: &Reader,
    keys: &[PageOf<Parent, Cases>],
    column: Column,
    parent: impl Fn(&Model) -> Option<Parent>,
) -> Result<HashMap<PageOf<Parent, Cases>, Vec<Model>>>
where
    Parent: Copy + Eq + std::hash::Hash + Into<sea_orm::Value>,
{
    let arm = |key: &PageOf<Parent, Cases>| {
        let cases = visible_to(key.view.0).filter(column.eq(key.parent));
        key.page
            .apply(cases, Column::OpenedAt, Column::Id, &Order::Desc)
    };
    pages(reader, keys, arm, parent).await
}

impl Loader<PageOf<CustomerId, Cases>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<CustomerId, Cases>],
    ) -> Result<HashMap<PageOf<CustomerId, Cases>, Vec<Model>>> {
        newest_of(self, keys, Column::CustomerId, |case| case.customer_id).await
    }
}

impl Loader<PageOf<OrderId, Cases>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<OrderId, Cases>],
    ) -> Result<HashMap<PageOf<OrderId, Cases>, Vec<Model>>> {
        newest_of(self, keys, Column::OrderId, |case| case.order_id).await
    }
}

impl Loader<PageOf<IncidentId, Cases>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<IncidentId, Cases>],
    ) -> Result<HashMap<PageOf<IncidentId, Cases>, Vec<Model>>> {
        newest_of(self, keys, Column::IncidentId, |case| case.incident_id).await
    }
}

impl Loader<PageOf<QueueCode, Cases>> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<QueueCode, Cases>],
    ) -> Result<HashMap<PageOf<QueueCode, Cases>, Vec<Model>>> {
        let arm = |key: &PageOf<QueueCode, Cases>| {
            let open = visible_to(key.view.0)
                .filter(Column::Queue.eq(key.parent.0.as_str()))
                .filter(Column::IsOpen.eq(true));
            key.page.apply(open, Column::Rank, Column::Id, &Order::Asc)
        };
        pages(self, keys, arm, |case| Some(QueueCode(case.queue.clone()))).await
    }
}

impl Loader<PageOf<CaseId, Comments>> for Reader {
    type Value = Vec<comment::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<CaseId, Comments>],
    ) -> Result<HashMap<PageOf<CaseId, Comments>, Vec<comment::Model>>> {
        use comment::{Column, Entity};
        let arm = |key: &PageOf<CaseId, Comments>| {
            let comments = Entity::find().filter(Column::CaseId.eq(key.parent));
            let comments = match key.view.0 {
                Reach::Internal => comments,
                Reach::Public => comments.filter(Column::Visibility.eq(Visibility::Public)),
            };
            key.page
                .apply(comments, Column::At, Column::Id, &Order::Asc)
        };
        pages(self, keys, arm, |comment| Some(comment.case_id)).await
    }
}

impl Loader<PageOf<CaseId, History>> for Reader {
    type Value = Vec<case_event::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[PageOf<CaseId, History>],
    ) -> Result<HashMap<PageOf<CaseId, History>, Vec<case_event::Model>>> {
        use case_event::{Column, Entity};
        let arm = |key: &PageOf<CaseId, History>| {
            let events = Entity::find().filter(Column::CaseId.eq(key.parent));
            let events = match key.view.0 {
                Reach::Internal => events,
                Reach::Public => events.filter(Column::Visibility.eq(Visibility::Public)),
            };
            key.page.apply(events, Column::At, Column::Id, &Order::Asc)
        };
        pages(self, keys, arm, |event| Some(event.case_id)).await
    }
}
