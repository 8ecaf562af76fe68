use chrono::{DateTime, Utc};
use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Alias, Expr, Query, SimpleExpr},
};

use super::Rule;
use crate::{
    Database, Result,
    erasure::{self, Act},
};

/// How many rows are past their time.
pub(super) async fn count(database: &Database, rule: &Rule, before: DateTime<Utc>) -> Result<u64> {
    let select = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), Alias::new("number"))
        .from(Alias::new(rule.table))
        .and_where(past(rule, before))
        .to_owned();
    let row = database.reader().query_one(&select).await?;
    let number: i64 = match row {
        Some(row) => row.try_get("", "number")?,
        None => 0,
    };
    Ok(u64::try_from(number).unwrap_or_default())
}

/// Does what the rule says about them.
pub(super) async fn follow(database: &Database, rule: &Rule, before: DateTime<Utc>) -> Result<u64> {
    let writer = database.writer();
    let table = Alias::new(rule.table);
    let done = match rule.act {
        Act::Delete => {
            let delete = Query::delete()
                .from_table(table)
                .and_where(past(rule, before))
                .to_owned();
            writer.execute(&delete).await?
        }
        Act::Set(columns) => {
            let update = Query::update()
                .table(table)
                .values(erasure::values(columns, database.backend()))
                .and_where(past(rule, before))
                .to_owned();
            writer.execute(&update).await?
        }
    };
    Ok(done.rows_affected())
}

fn past(rule: &Rule, before: DateTime<Utc>) -> SimpleExpr {
    let mut past = Expr::col(Alias::new(rule.since))
        .lt(before)
        .and(Expr::cust(rule.which));
    if let Some((column, table, person, instant)) = rule.unless {
        let lately = Query::select()
            .column(Alias::new(person))
            .from(Alias::new(table))
            .and_where(Expr::col(Alias::new(instant)).gte(before))
            .to_owned();
        past = past.and(Expr::col(Alias::new(column)).not_in_subquery(lately));
    }
    past
}
