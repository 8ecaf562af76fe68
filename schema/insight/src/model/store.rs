//! The read model in the database.

use chrono::{DateTime, NaiveDate, Utc};
use entities::{
    id::CustomerId,
    insight::{consent, journey, stale},
};
use schema_kernel::Result;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};

/// Rows in one statement.
const ROWS: usize = 50;

/// Notes that something changed of a customer.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn mark(
    transaction: &DatabaseTransaction,
    customer: CustomerId,
    at: DateTime<Utc>,
) -> Result<()> {
    let row = stale::Model {
        customer_id: customer,
        marked_at: at,
        marks: 1,
    };
    let again = OnConflict::column(stale::Column::CustomerId)
        .update_column(stale::Column::MarkedAt)
        .value(
            stale::Column::Marks,
            Expr::col((stale::Entity, stale::Column::Marks)).add(1),
        )
        .to_owned();
    stale::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Those of whom something changed, the longest waiting first.
pub(super) async fn stale(
    connection: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<stale::Model>> {
    Ok(stale::Entity::find()
        .order_by_asc(stale::Column::MarkedAt)
        .order_by_asc(stale::Column::CustomerId)
        .limit(limit)
        .all(connection)
        .await?)
}

/// How many wait.
pub(crate) async fn stale_count(connection: &impl ConnectionTrait) -> Result<u64> {
    Ok(stale::Entity::find().count(connection).await?)
}

/// Notes that the facts of somebody were read as they were at this mark. A later mark stays.
pub(super) async fn unmark(transaction: &DatabaseTransaction, mark: &stale::Model) -> Result<()> {
    stale::Entity::delete_many()
        .filter(stale::Column::CustomerId.eq(mark.customer_id))
        .filter(stale::Column::Marks.eq(mark.marks))
        .exec(transaction)
        .await?;
    Ok(())
}

/// What somebody last said; `None` where they never said anything.
pub(super) async fn consent(
    connection: &impl ConnectionTrait,
    person: &str,
) -> Result<Option<bool>> {
    let row = consent::Entity::find_by_id(person.to_owned())
        .one(connection)
        .await?;
    Ok(row.map(|row| row.is_granted))
}

pub(super) async fn put_consent(
    transaction: &DatabaseTransaction,
    person: &str,
    is_granted: bool,
    at: DateTime<Utc>,
) -> Result<()> {
    let row = consent::Model {
        person: person.to_owned(),
        is_granted,
        changed_at: at,
    };
    let again = OnConflict::column(consent::Column::Person)
        .update_columns([consent::Column::IsGranted, consent::Column::ChangedAt])
        .to_owned();
    consent::Entity::insert(row.into_active_model())
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Forgets what somebody said: they are no more.
pub(super) async fn drop_consent(transaction: &DatabaseTransaction, person: &str) -> Result<()> {
    consent::Entity::delete_by_id(person.to_owned())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Puts the rows of a person in the place of those that were there.
pub(super) async fn replace(
    transaction: &DatabaseTransaction,
    person: &str,
    rows: Vec<journey::Model>,
) -> Result<()> {
    journey::Entity::delete_many()
        .filter(journey::Column::Person.eq(person))
        .exec(transaction)
        .await?;
    for chunk in rows.chunks(ROWS) {
        let rows = chunk
            .iter()
            .cloned()
            .map(IntoActiveModel::into_active_model);
        journey::Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// Forgets those whose facts were last read before `at`: a rebuilding did not find them.
pub(super) async fn forget_before(
    connection: &impl ConnectionTrait,
    at: DateTime<Utc>,
) -> Result<u64> {
    let gone = journey::Entity::delete_many()
        .filter(journey::Column::ReadAt.lt(at))
        .exec(connection)
        .await?;
    Ok(gone.rows_affected)
}

/// Everybody who counts in a month, journey by journey, each person's together.
pub(crate) async fn of_month(
    connection: &impl ConnectionTrait,
    month: &str,
    today: NaiveDate,
) -> Result<Vec<journey::Model>> {
    Ok(journey::Entity::find()
        .filter(journey::Column::Month.eq(month))
        .filter(journey::Column::CountsFrom.lte(today))
        .order_by_asc(journey::Column::Person)
        .order_by_asc(journey::Column::Id)
        .all(connection)
        .await?)
}

/// The months in which somebody travels, between these two.
pub(crate) async fn months(
    connection: &impl ConnectionTrait,
    from: &str,
    to: &str,
) -> Result<Vec<String>> {
    Ok(journey::Entity::find()
        .select_only()
        .column(journey::Column::Month)
        .filter(journey::Column::Month.gte(from))
        .filter(journey::Column::Month.lte(to))
        .distinct()
        .order_by_asc(journey::Column::Month)
        .into_tuple()
        .all(connection)
        .await?)
}
