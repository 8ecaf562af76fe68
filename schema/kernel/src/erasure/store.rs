use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use entities::id::CustomerId;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, ExprTrait,
    sea_query::{Alias, Expr, Query, SimpleExpr},
};

use super::{Act, Hold, Plan, To, Whose};
use crate::Result;

/// The reasons for which nothing may be erased now.
pub(super) async fn holds(
    transaction: &DatabaseTransaction,
    plan: &Plan,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    let mut reasons = Vec::new();
    for hold in plan.holds {
        if stands(transaction, hold, customer, now).await? {
            reasons.push(hold.reason.to_owned());
        }
    }
    Ok(reasons)
}

async fn stands(
    transaction: &DatabaseTransaction,
    hold: &Hold,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut select = Query::select();
    select
        .expr_as(Expr::value(1), Alias::new("one"))
        .from(Alias::new(hold.table))
        .and_where(Expr::col(Alias::new(hold.customer)).eq(customer))
        .and_where(Expr::cust(hold.which))
        .limit(1);
    if let Some(column) = hold.ahead {
        select.and_where(Expr::col(Alias::new(column)).gt(now));
    }
    Ok(transaction.query_one(&select).await?.is_some())
}

/// Takes away what is to go, and says how many rows of each table that were.
pub(super) async fn wipe(
    transaction: &DatabaseTransaction,
    plan: &Plan,
    customer: CustomerId,
) -> Result<BTreeMap<String, u64>> {
    let mut rows = BTreeMap::new();
    for wipe in plan.wipes {
        let table = Alias::new(wipe.table);
        let whose = whose(wipe.rows, customer);
        let done = match wipe.act {
            Act::Delete => {
                let delete = Query::delete()
                    .from_table(table)
                    .and_where(whose)
                    .to_owned();
                transaction.execute(&delete).await?
            }
            Act::Set(columns) => {
                let update = Query::update()
                    .table(table)
                    .values(values(columns, transaction.get_database_backend()))
                    .and_where(whose)
                    .to_owned();
                transaction.execute(&update).await?
            }
        };
        *rows.entry(wipe.table.to_owned()).or_default() += done.rows_affected();
    }
    Ok(rows)
}

fn whose(rows: Whose, customer: CustomerId) -> SimpleExpr {
    match rows {
        Whose::Column(column) => Expr::col(Alias::new(column)).eq(customer),
        Whose::ColumnWhere(column, which) => Expr::col(Alias::new(column))
            .eq(customer)
            .and(Expr::cust(which)),
        Whose::Through(column, table, key, owner) => {
            let keys = Query::select()
                .column(Alias::new(key))
                .from(Alias::new(table))
                .and_where(Expr::col(Alias::new(owner)).eq(customer))
                .to_owned();
            Expr::col(Alias::new(column)).in_subquery(keys)
        }
    }
}

/// What columns become, as an update takes it.
pub(crate) fn values(
    columns: &[(&'static str, To)],
    backend: DbBackend,
) -> Vec<(Alias, SimpleExpr)> {
    let columns = columns.iter();
    columns
        .map(|(column, to)| (Alias::new(*column), value(*to, backend)))
        .collect()
}

fn value(to: To, backend: DbBackend) -> SimpleExpr {
    match to {
        To::Null => Expr::cust("NULL"),
        To::Text(text) => Expr::value(text),
        // Written as text by both databases, though they spell keys differently.
        To::TextWith(text, column) if backend == DbBackend::Postgres => {
            Expr::cust(format!("'{text}' || {column}::text"))
        }
        To::TextWith(text, column) => Expr::cust(format!("'{text}' || lower(hex({column}))")),
        To::Json(json) if backend == DbBackend::Postgres => Expr::cust(format!("'{json}'::json")),
        To::Json(json) => Expr::value(json),
        To::False => Expr::value(false),
    }
}
