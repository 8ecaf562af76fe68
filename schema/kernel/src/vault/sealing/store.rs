//! Values that lie open, in storage.

use sea_orm::{
    ConnectionTrait, ExprTrait, FromQueryResult, Order,
    sea_query::{Alias, Expr, Func, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use super::OpenColumn;
use crate::Result;

/// A value that lies open.
#[derive(Debug, FromQueryResult)]
pub(super) struct OpenRow {
    pub(super) id: Uuid,
    pub(super) owner: Uuid,
    pub(super) value: String,
}

#[derive(FromQueryResult)]
struct Count {
    count: i64,
}

fn named(name: &str) -> Expr {
    Expr::col(Alias::new(name))
}

/// The value as a text, of whatever type the column is.
fn value(column: &OpenColumn) -> Expr {
    named(column.from).cast_as(Alias::new("text"))
}

fn are_open(column: &OpenColumn) -> SelectStatement {
    Query::select()
        .from(Alias::new(column.table))
        .and_where(named(column.owner).is_not_null())
        .and_where(named(column.from).is_not_null())
        .and_where(value(column).not_like("jbv1.%"))
        .to_owned()
}

pub(super) async fn count_open(
    connection: &impl ConnectionTrait,
    column: &OpenColumn,
) -> Result<u64> {
    let count: SimpleExpr = Func::count(named(column.id)).into();
    let select = are_open(column)
        .expr_as(count, Alias::new("count"))
        .to_owned();
    let found = Count::find_by_statement(connection.get_database_backend().build(&select))
        .one(connection)
        .await?;
    Ok(found.map_or(0, |found| u64::try_from(found.count).unwrap_or_default()))
}

/// The next values that lie open, behind the row `after`.
pub(super) async fn open(
    connection: &impl ConnectionTrait,
    column: &OpenColumn,
    after: Option<Uuid>,
    count: u64,
) -> Result<Vec<OpenRow>> {
    let mut select = are_open(column);
    select
        .expr_as(named(column.id), Alias::new("id"))
        .expr_as(named(column.owner), Alias::new("owner"))
        .expr_as(value(column), Alias::new("value"))
        .and_where_option(after.map(|after| named(column.id).gt(after)))
        .order_by(Alias::new(column.id), Order::Asc)
        .limit(count);
    let statement = connection.get_database_backend().build(&select);
    Ok(OpenRow::find_by_statement(statement)
        .all(connection)
        .await?)
}

/// Puts the sealed value in the place of the open one, where nobody has changed it meanwhile.
pub(super) async fn seal(
    connection: &impl ConnectionTrait,
    column: &OpenColumn,
    row: &OpenRow,
    sealed: &str,
    blind: Option<&(&'static str, String)>,
) -> Result<u64> {
    let mut update = Query::update();
    update
        .table(Alias::new(column.table))
        .value(Alias::new(column.to), sealed)
        .and_where(named(column.id).eq(row.id))
        .and_where(value(column).eq(row.value.as_str()));
    if column.from != column.to {
        update.value(Alias::new(column.from), Expr::cust("NULL"));
    }
    if let Some((name, blind)) = blind {
        update.value(Alias::new(*name), blind.as_str());
    }
    Ok(connection.execute(&update).await?.rows_affected())
}
