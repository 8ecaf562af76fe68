//! What is kept for how long: the rules of all domains, and the audit log's own.

use anyhow::Context;
use chrono::{DateTime, Months, Utc};
use schema_kernel::{
    Session,
    audit::{Anchor, AuditKind, AuditLog, Entry, store},
    retention::{self, Kept, Rule},
};

use super::database::Databases;
use crate::{App, anchor::Anchors, config::Config, graph::subgraph::SubgraphName};

/// For how many months the audit log is kept.
const AUDIT_MONTHS: u32 = 24;

/// Follows the rules of every domain that is served here, or says what that would come to.
///
/// # Errors
/// When a database fails. What was done before stays done.
pub async fn retain(
    config: &Config,
    databases: &Databases,
    log: &AuditLog,
    session: &Session,
    is_dry: bool,
) -> anyhow::Result<Vec<Kept>> {
    let now = session.now();
    let mut kept = Vec::new();
    for (name, database) in databases.iter() {
        let of_domain = retention::retain(database, rules(name), now, is_dry).await?;
        kept.extend(of_domain);
    }
    kept.push(audit(config, log, now, is_dry).await?);
    if !is_dry {
        let rows: u64 = kept.iter().map(|kept| kept.rows).sum();
        let entry = Entry::new(AuditKind::Privacy, "server", "retain")
            .fields(kept.iter().map(|kept| kept.table.to_owned()))
            .justification(format!("{rows} rows were past their time"));
        log.record(session, entry).await?;
    }
    Ok(kept)
}

fn rules(name: SubgraphName) -> &'static [Rule] {
    match name {
        SubgraphName::Profile => schema_profile::retention::RULES,
        SubgraphName::Case => schema_case::retention::RULES,
        SubgraphName::Compensation => schema_compensation::retention::RULES,
        SubgraphName::Engagement => schema_engagement::retention::RULES,
        // Orders are kept as the books are; who can sign in is swept by the domain itself.
        SubgraphName::Order | SubgraphName::Identity => &[],
    }
}

/// The oldest part of the audit log goes; where it ended is anchored, so that the rest can still be verified.
async fn audit(
    config: &Config,
    log: &AuditLog,
    now: DateTime<Utc>,
    is_dry: bool,
) -> anyhow::Result<Kept> {
    let before = now
        .checked_sub_months(Months::new(AUDIT_MONTHS))
        .context("the calendar begins later")?;
    let database = log.database();
    let mut rows = 0;
    if let Some((first, _)) = store::bounds(database.reader()).await?
        && let Some((sequence, hash)) = store::newest_before(database.reader(), before).await?
        && sequence >= first
    {
        rows = u64::try_from(sequence - first + 1).unwrap_or_default();
        if !is_dry {
            Anchors::of(config).add(&Anchor {
                sequence,
                hash,
                at_millis: now.timestamp_millis(),
                is_beginning: true,
            })?;
            store::let_go(database.writer(), sequence).await?;
        }
    }
    Ok(Kept {
        class: "records of the audit log",
        basis: "accountability, article 5(2): two years",
        months: AUDIT_MONTHS,
        table: "audit_record",
        before,
        act: "deleted",
        rows,
    })
}

/// Follows the rules once a day.
#[derive(Debug, Default)]
pub struct Daily(Option<chrono::NaiveDate>);

impl Daily {
    /// Follows them, unless that was done today. What goes wrong is logged, and tried again tomorrow.
    pub async fn follow(&mut self, app: &App) {
        let today = app.clock().now().date_naive();
        let Some(log) = app.audit().filter(|_| self.0 != Some(today)) else {
            return;
        };
        self.0 = Some(today);
        let session = app.service_session("retention");
        match retain(app.config(), app.databases(), log, &session, false).await {
            Ok(kept) => {
                let rows: u64 = kept.iter().map(|kept| kept.rows).sum();
                tracing::info!(rows, "what is past its time was let go");
            }
            Err(error) => {
                tracing::error!(
                    error = format!("{error:#}"),
                    "what is past its time is kept"
                );
            }
        }
    }
}
