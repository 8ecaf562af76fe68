//! The rows of the audit log.

use chrono::{DateTime, Utc};
use entities::{
    audit::{
        record::{self, AuditKind, AuditResult, Entity, Model},
        subject,
    },
    id::CustomerId,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::{Written, chain::Head};
use crate::{Database, Page, Result, database::take_turns};

// Few lengths, because each length is a statement that the database prepares and keeps.
const ROWS_PER_STATEMENT: [usize; 3] = [64, 8, 1];

/// Which records. Every part that is given has to fit.
#[derive(Clone, Debug, Default)]
pub struct Criteria {
    /// Those about this customer.
    pub customer: Option<CustomerId>,
    /// Those of this actor.
    pub actor: Option<String>,
    /// Those of this kind.
    pub kind: Option<AuditKind>,
    /// Those that ended like this.
    pub result: Option<AuditResult>,
    /// Those for this purpose, as it is stored.
    pub purpose: Option<String>,
    /// Those from this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Those before this instant.
    pub to: Option<DateTime<Utc>>,
}

pub(super) async fn append(database: &Database, records: &[Written]) -> Result<()> {
    database
        .transaction(async |transaction| {
            take_turns(transaction, "audit").await?;
            let mut head = head(transaction).await?.unwrap_or_else(Head::genesis);
            let mut rows = Vec::with_capacity(records.len());
            let mut subjects = Vec::new();
            for written in records {
                let row = head.append(written)?;
                subjects.extend(written.subjects.iter().map(|customer| subject::Model {
                    customer_id: *customer,
                    sequence: row.sequence,
                }));
                rows.push(row);
            }
            insert(transaction, rows).await?;
            insert(transaction, subjects).await
        })
        .await
}

async fn insert<M>(transaction: &DatabaseTransaction, rows: Vec<M>) -> Result<()>
where
    M: sea_orm::ModelTrait + IntoActiveModel<ActiveOf<M>> + Clone,
    ActiveOf<M>: ActiveModelTrait<Entity = M::Entity> + Send,
{
    let mut rest = rows.as_slice();
    for size in ROWS_PER_STATEMENT {
        let (whole, remainder) = rest.split_at(rest.len() - rest.len() % size);
        for chunk in whole.chunks(size) {
            let rows = chunk
                .iter()
                .cloned()
                .map(IntoActiveModel::into_active_model);
            <M::Entity as EntityTrait>::insert_many(rows)
                .exec_without_returning(transaction)
                .await?;
        }
        rest = remainder;
    }
    Ok(())
}

type ActiveOf<M> = <<M as sea_orm::ModelTrait>::Entity as EntityTrait>::ActiveModel;

/// The number and hash of the newest record.
pub(super) async fn head(connection: &impl ConnectionTrait) -> Result<Option<Head>> {
    let newest: Option<(i64, String)> = Entity::find()
        .select_only()
        .columns([record::Column::Sequence, record::Column::Hash])
        .order_by_desc(record::Column::Sequence)
        .limit(1)
        .into_tuple()
        .one(connection)
        .await?;
    Ok(newest.map(|(sequence, hash)| Head { sequence, hash }))
}

/// A page of the records that fit, the newest first.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn list(
    connection: &impl ConnectionTrait,
    criteria: &Criteria,
    page: &Page,
) -> Result<Vec<Model>> {
    let select = Entity::find().filter(criteria.condition());
    let select = page.apply_unique(select, record::Column::Sequence, &Order::Desc);
    Ok(select.all(connection).await?)
}

/// The next records that fit after a number, the oldest first: for walking over all of them in pieces.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn after(
    connection: &impl ConnectionTrait,
    criteria: &Criteria,
    sequence: i64,
    limit: u64,
) -> Result<Vec<Model>> {
    Ok(Entity::find()
        .filter(criteria.condition())
        .filter(record::Column::Sequence.gt(sequence))
        .order_by_asc(record::Column::Sequence)
        .limit(limit)
        .all(connection)
        .await?)
}

/// The numbers of the oldest and the newest record; `None` when there is none.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn bounds(connection: &impl ConnectionTrait) -> Result<Option<(i64, i64)>> {
    let bounds: Option<(Option<i64>, Option<i64>)> = Entity::find()
        .select_only()
        .column_as(record::Column::Sequence.min(), "oldest")
        .column_as(record::Column::Sequence.max(), "newest")
        .into_tuple()
        .one(connection)
        .await?;
    Ok(bounds.and_then(|(oldest, newest)| oldest.zip(newest)))
}

/// The number and hash of the newest record that is older than an instant, with everything before it older too; the newest of
/// all is never it.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn newest_before(
    connection: &impl ConnectionTrait,
    instant: DateTime<Utc>,
) -> Result<Option<(i64, String)>> {
    let first_kept: Option<i64> = Entity::find()
        .select_only()
        .column_as(record::Column::Sequence.min(), "oldest")
        .filter(record::Column::At.gte(instant))
        .into_tuple::<Option<i64>>()
        .one(connection)
        .await?
        .flatten();
    // The newest stays, however old it is: what comes next is chained to it.
    let newest = bounds(connection).await?.map(|(_, newest)| newest);
    let Some(bound) = first_kept.or(newest) else {
        return Ok(None);
    };
    let newest: Option<Model> = Entity::find()
        .filter(record::Column::Sequence.lt(bound))
        .order_by_desc(record::Column::Sequence)
        .limit(1)
        .one(connection)
        .await?;
    Ok(newest.map(|record| (record.sequence, record.hash)))
}

/// Lets go of the records up to this number, and says how many there were. The hash of the last of them has to be known
/// elsewhere, or the chain does not hold any more.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn let_go(connection: &impl ConnectionTrait, up_to: i64) -> Result<u64> {
    subject::Entity::delete_many()
        .filter(subject::Column::Sequence.lte(up_to))
        .exec(connection)
        .await?;
    let gone = Entity::delete_many()
        .filter(record::Column::Sequence.lte(up_to))
        .exec(connection)
        .await?;
    Ok(gone.rows_affected)
}

impl Criteria {
    fn condition(&self) -> sea_orm::Condition {
        use record::Column;
        let about = self
            .customer
            .map(|customer| Column::Sequence.in_subquery(about(customer)));
        sea_orm::Condition::all()
            .add_option(about)
            .add_option(self.actor.as_ref().map(|actor| Column::Actor.eq(actor)))
            .add_option(self.kind.map(|kind| Column::Kind.eq(kind)))
            .add_option(self.result.map(|result| Column::Result.eq(result)))
            .add_option(
                self.purpose
                    .as_ref()
                    .map(|purpose| Column::Purpose.eq(purpose)),
            )
            .add_option(self.from.map(|from| Column::At.gte(from)))
            .add_option(self.to.map(|to| Column::At.lt(to)))
    }
}

fn about(customer: CustomerId) -> SelectStatement {
    subject::Entity::find()
        .select_only()
        .column(subject::Column::Sequence)
        .filter(Expr::col(subject::Column::CustomerId).eq(customer))
        .into_query()
}
