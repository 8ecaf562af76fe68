//! What is kept for how long, and what becomes of it then.
//!
//! Each domain has a table of rules, with the reason for each; `jetbridge privacy retain` and the server follow them. What is
//! past its time is taken away or loses its words, whatever else is done; what was done before is not done again.

mod store;

use chrono::{DateTime, Months, Utc};
use serde::Serialize;

use crate::{Database, Result, erasure::Act};

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The class of data, in words: `"interactions"`.
    pub class: &'static str,
    /// Why it is kept for so long.
    pub basis: &'static str,
    /// For how many months.
    pub months: u32,
    /// The table.
    pub table: &'static str,
    /// The column whose instant begins the time.
    pub since: &'static str,
    /// Which rows, in SQL that both databases understand: those that are over, and that nothing was done about yet.
    pub which: &'static str,
    /// A table whose rows of the same person prolong the time: own column, table, its column, its instant.
    pub unless: Option<(&'static str, &'static str, &'static str, &'static str)>,
    /// What becomes of them.
    pub act: Act,
}

/// What one rule came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// The class of data.
    pub class: &'static str,
    /// Why it is kept for so long.
    pub basis: &'static str,
    /// For how many months.
    pub months: u32,
    /// The table.
    pub table: &'static str,
    /// What is older is past its time.
    pub before: DateTime<Utc>,
    /// What becomes of it: `"deleted"` or `"redacted"`.
    pub act: &'static str,
    /// How many rows that were, or would be.
    pub rows: u64,
}

/// Follows the rules, or says what that would come to.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails. What was done before stays done.
pub async fn retain(
    database: &Database,
    rules: &'static [Rule],
    now: DateTime<Utc>,
    is_dry: bool,
) -> Result<Vec<Kept>> {
    let mut kept = Vec::with_capacity(rules.len());
    for rule in rules {
        let before = now
            .checked_sub_months(Months::new(rule.months))
            .unwrap_or(DateTime::UNIX_EPOCH);
        let rows = if is_dry {
            store::count(database, rule, before).await?
        } else {
            store::follow(database, rule, before).await?
        };
        kept.push(Kept {
            class: rule.class,
            basis: rule.basis,
            months: rule.months,
            table: rule.table,
            before,
            act: match rule.act {
                Act::Delete => "deleted",
                Act::Set(_) => "redacted",
            },
            rows,
        });
    }
    Ok(kept)
}
