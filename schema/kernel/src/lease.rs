//! Leases: of several processes that could do the same work, one does it, and another takes over when that one is gone.
//!
//! A lease only saves work. Whoever believes to hold one that has run out does no harm, because effects are remembered in
//! the inbox.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{
    ConnectionTrait, ExprTrait,
    sea_query::{Alias, Condition, Expr, OnConflict, Query},
};

use crate::{Database, Result, outbox::Domain};

/// Takes the domain's lease of this name for `holder`, or holds it for longer; `false` while another has it. `now` is by a
/// clock that all of them share.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn hold(
    database: &Database,
    domain: Domain,
    name: &str,
    holder: &str,
    now: DateTime<Utc>,
    time: TimeDelta,
) -> Result<bool> {
    let table = || domain.table("lease");
    let column = |name: &str| Expr::col((table(), Alias::new(name)));
    let is_free = Condition::any()
        .add(column("holder").eq(holder))
        .add(column("held_until").lt(now));
    let insert = Query::insert()
        .into_table(table())
        .columns(["name", "holder", "held_until"].map(Alias::new))
        .values_panic([name.into(), holder.into(), (now + time).into()])
        .on_conflict(
            OnConflict::column(Alias::new("name"))
                .update_columns(["holder", "held_until"].map(Alias::new))
                .action_cond_where(is_free)
                .to_owned(),
        )
        .to_owned();
    Ok(database.writer().execute(&insert).await?.rows_affected() > 0)
}

/// Gives the lease up, so that another need not wait until it runs out.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn release(database: &Database, domain: Domain, name: &str, holder: &str) -> Result<()> {
    let delete = Query::delete()
        .from_table(domain.table("lease"))
        .and_where(Expr::col(Alias::new("name")).eq(name))
        .and_where(Expr::col(Alias::new("holder")).eq(holder))
        .to_owned();
    database.writer().execute(&delete).await?;
    Ok(())
}
