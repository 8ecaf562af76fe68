use entities::{
    compensation::{
        ledger_entry::{self, Account},
        payout::{Column, Entity, Model, PayoutMethod, PayoutStatus},
    },
    id::PayoutId,
};
use schema_kernel::{Database, Result};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Alias, Expr, SimpleExpr},
};

use super::{AccountBalance, PAGE, Period, Place, Total};

fn of(period: Period) -> Select<Entity> {
    let (from, until) = period.instants();
    Entity::find()
        .filter(Column::RequestedAt.gte(from))
        .filter(Column::RequestedAt.lt(until))
}

pub(super) async fn page(
    database: &Database,
    period: Period,
    after: Option<Place>,
) -> Result<Vec<Model>> {
    let select = match after {
        None => of(period),
        Some(after) => {
            let place: [SimpleExpr; 2] = [Expr::col(Column::RequestedAt), Expr::col(Column::Id)];
            let bound: [SimpleExpr; 2] = [after.requested_at.into(), after.id.into()];
            of(period).filter(Expr::tuple(place).gt(Expr::tuple(bound)))
        }
    };
    Ok(select
        .order_by_asc(Column::RequestedAt)
        .order_by_asc(Column::Id)
        .limit(PAGE)
        .all(database.reader())
        .await?)
}

pub(super) async fn count(database: &Database, period: Period) -> Result<u64> {
    Ok(of(period).count(database.reader()).await?)
}

#[derive(FromQueryResult)]
struct Sum {
    currency: String,
    method: PayoutMethod,
    status: PayoutStatus,
    payouts: i64,
    amount_minor: i64,
}

pub(super) async fn totals(database: &Database, period: Period) -> Result<Vec<Total>> {
    // PostgreSQL adds up whole numbers to a `numeric`, which is no `i64`.
    let sum = Column::AmountMinor.sum().cast_as(Alias::new("bigint"));
    let rows = of(period)
        .select_only()
        .column(Column::Currency)
        .column(Column::Method)
        .column(Column::Status)
        .column_as(Column::Id.count(), "payouts")
        .column_as(sum, "amount_minor")
        .group_by(Column::Currency)
        .group_by(Column::Method)
        .group_by(Column::Status)
        .order_by_asc(Column::Currency)
        .order_by_asc(Column::Method)
        .order_by_asc(Column::Status)
        .into_model::<Sum>()
        .all(database.reader())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Total {
            currency: row.currency,
            method: row.method,
            status: row.status,
            payouts: row.payouts,
            amount_minor: row.amount_minor,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Standing {
    account: Account,
    currency: String,
    amount_minor: i64,
}

pub(super) async fn accounts(database: &Database) -> Result<Vec<AccountBalance>> {
    use ledger_entry::{Column, Entity};
    let sum = Column::AmountMinor.sum().cast_as(Alias::new("bigint"));
    let rows = Entity::find()
        .select_only()
        .column(Column::Account)
        .column(Column::Currency)
        .column_as(sum, "amount_minor")
        .group_by(Column::Account)
        .group_by(Column::Currency)
        .order_by_asc(Column::Account)
        .order_by_asc(Column::Currency)
        .into_model::<Standing>()
        .all(database.reader())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| AccountBalance {
            account: row.account,
            currency: row.currency,
            amount_minor: row.amount_minor,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Posting {
    payout_id: PayoutId,
    version: i32,
}

pub(super) async fn unbalanced(database: &Database) -> Result<Vec<(PayoutId, i32)>> {
    use ledger_entry::{Column, Entity};
    let rows = Entity::find()
        .select_only()
        .column(Column::PayoutId)
        .column(Column::Version)
        .group_by(Column::PayoutId)
        .group_by(Column::Version)
        .group_by(Column::Currency)
        .having(Column::AmountMinor.sum().ne(0))
        .limit(PAGE)
        .into_model::<Posting>()
        .all(database.reader())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.payout_id, row.version))
        .collect())
}
