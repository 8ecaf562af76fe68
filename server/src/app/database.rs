//! The databases of the domains: opened, migrated, examined.

use std::{collections::BTreeMap, path::Path, time::Duration};

use anyhow::{Context, bail};
use futures_util::future::join_all;
use migrations::{
    AuditMigrator, CaseMigrator, CompensationMigrator, EngagementMigrator, IdentityMigrator,
    MigratorTrait, OrderMigrator, ProfileMigrator,
};
use schema_kernel::{Database, database::take_turns, dead_letter, outbox::Domain};
use sea_orm::{DbBackend, DbErr};
use serde::Serialize;

use crate::{
    config::{Config, DatabaseConfig},
    graph::subgraph::SubgraphName,
};

/// How long a database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Connections to the audit log, besides the one that writes.
const AUDIT_CONNECTIONS: u32 = 2;

/// The databases of the domains that are served here. Domains with the same URL share one.
#[derive(Clone, Debug)]
pub struct Databases {
    domains: BTreeMap<SubgraphName, Database>,
    distinct: Vec<Database>,
    audit: Option<Database>,
}

/// What an examination found out about one part.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The part: `"database order"`.
    pub name: String,
    status: &'static str,
    /// What was found, in words.
    pub detail: String,
}

impl Finding {
    /// A finding about `name`: good news, or bad.
    pub fn of(
        name: impl Into<String>,
        found: Result<impl Into<String>, impl Into<String>>,
    ) -> Self {
        match found {
            Ok(detail) => Self {
                name: name.into(),
                status: "ok",
                detail: detail.into(),
            },
            Err(detail) => Self {
                name: name.into(),
                status: "failed",
                detail: detail.into(),
            },
        }
    }

    /// A finding about `name` that operators should know of, and that keeps nobody from being served.
    pub fn degraded(name: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            status: "degraded",
            detail: detail.into(),
        }
    }

    /// Whether it keeps nobody from being served.
    pub fn is_ok(&self) -> bool {
        self.status != "failed"
    }
}

impl Databases {
    /// None: for a process that asks others alone.
    pub fn none() -> Self {
        Self {
            domains: BTreeMap::new(),
            distinct: Vec::new(),
            audit: None,
        }
    }

    /// Opens the databases of every domain, or of one.
    ///
    /// # Errors
    /// When one does not answer. The error names the domain, never the URL, which may hold a password.
    pub async fn open(config: &DatabaseConfig, only: Option<SubgraphName>) -> anyhow::Result<Self> {
        let mut by_url: BTreeMap<&str, Database> = BTreeMap::new();
        let mut domains = BTreeMap::new();
        for name in SubgraphName::ALL
            .into_iter()
            .filter(|name| only.is_none_or(|only| only == *name))
        {
            let url = config
                .domain(name.as_str())
                .context("every domain has a database")?;
            let database = match by_url.get(url) {
                Some(open) => open.clone(),
                None => open(url, config.connections)
                    .await
                    .with_context(|| format!("the database of {name} cannot be opened"))?,
            };
            by_url.insert(url, database.clone());
            domains.insert(name, database);
        }
        // Connections of its own, so that what is recorded never waits for what is done.
        let audit = open(&config.audit(), AUDIT_CONNECTIONS)
            .await
            .context("the database of the audit log cannot be opened")?;
        Ok(Self {
            domains,
            distinct: by_url.into_values().collect(),
            audit: Some(audit),
        })
    }

    /// The database of the audit log; `None` where nothing is read of persons.
    pub fn audit(&self) -> Option<&Database> {
        self.audit.as_ref()
    }

    /// The database of a domain.
    ///
    /// # Errors
    /// When the domain is not served here.
    pub fn get(&self, name: SubgraphName) -> anyhow::Result<&Database> {
        self.domains
            .get(&name)
            .with_context(|| format!("the domain {name} is not served here"))
    }

    /// The domains that are served here, with their databases.
    pub fn iter(&self) -> impl Iterator<Item = (SubgraphName, &Database)> {
        self.domains
            .iter()
            .map(|(name, database)| (*name, database))
    }

    /// How many SQL statements have been sent since the start.
    pub fn statement_count(&self) -> u64 {
        self.distinct.iter().map(Database::statement_count).sum()
    }

    /// The names of migrations that have not been applied, by domain.
    ///
    /// # Errors
    /// When a database does not answer.
    pub async fn pending(&self) -> anyhow::Result<Vec<(&'static str, Vec<String>)>> {
        let mut pending = Vec::new();
        for (part, database) in self.parts() {
            let name = part.as_str();
            let of_part = pending_of(part, database)
                .await
                .with_context(|| format!("the migrations of {name} cannot be read"))?;
            pending.push((name, of_part));
        }
        Ok(pending)
    }

    /// Everything that has migrations.
    fn parts(&self) -> impl Iterator<Item = (Part, &Database)> {
        let domains = self
            .iter()
            .map(|(name, database)| (Part::Domain(name), database));
        domains.chain(self.audit().map(|database| (Part::Audit, database)))
    }

    /// Applies every migration that is pending, and says how many there were.
    ///
    /// # Errors
    /// When one cannot be applied.
    pub async fn migrate(&self) -> anyhow::Result<usize> {
        let mut applied = 0;
        for (part, database) in self.parts() {
            let name = part.as_str();
            let pending = pending_of(part, database)
                .await
                .with_context(|| format!("the migrations of {name} cannot be read"))?;
            if !pending.is_empty() {
                apply(part, database)
                    .await
                    .with_context(|| format!("the migrations of {name} cannot be applied"))?;
                tracing::info!(
                    domain = name,
                    migrations = pending.len(),
                    "migrations applied"
                );
                applied += pending.len();
            }
        }
        Ok(applied)
    }

    /// Applies pending migrations where that is safe to do unasked, and refuses to go on otherwise.
    pub(super) async fn migrate_or_refuse(&self, config: &Config) -> anyhow::Result<()> {
        let embedded = self
            .distinct
            .iter()
            .chain(self.audit())
            .all(|database| database.backend() == DbBackend::Sqlite);
        if config.is_development() || embedded || config.database.migrate {
            return self.migrate().await.map(drop);
        }
        let pending = self
            .pending()
            .await?
            .into_iter()
            .map(|(_, names)| names.len())
            .sum::<usize>();
        if pending > 0 {
            bail!(
                "{pending} migrations are pending; run `jetbridge migrate` first, or start with `--migrate`"
            );
        }
        Ok(())
    }

    /// Whether every event could be consumed.
    ///
    /// # Errors
    /// When a database does not answer.
    pub async fn examine_events(&self) -> anyhow::Result<Finding> {
        let mut set_aside = Vec::new();
        for (name, database) in self.iter() {
            let letters = dead_letter::count(database, Domain(name.as_str())).await?;
            if letters > 0 {
                set_aside.push(format!("{letters} by {name}"));
            }
        }
        let found = if set_aside.is_empty() {
            Ok("every one could be consumed")
        } else {
            Err(format!(
                "could not be consumed: {}; `jetbridge dead-letters list` says why, and `jetbridge dead-letters replay --all` tries again",
                set_aside.join(", ")
            ))
        };
        Ok(Finding::of("events", found))
    }

    /// Whether each database answers and has its migrations.
    pub async fn examine(&self) -> Vec<Finding> {
        // At once, so that the answer takes no longer when all of them are away.
        let examinations = self.parts().map(async |(part, database)| {
            let name = part.as_str();
            let found = match tokio::time::timeout(PATIENCE, pending_of(part, database)).await {
                Ok(Ok(pending)) if pending.is_empty() => Ok("answers, and has every migration"),
                Ok(Ok(_)) => Err("has pending migrations"),
                // Why is for the log: whoever asks for health need not know where the database is.
                Ok(Err(error)) => {
                    tracing::warn!(domain = name, %error, "a database does not answer");
                    Err("does not answer")
                }
                Err(_) => Err("does not answer in time"),
            };
            Finding::of(format!("database {name}"), found)
        });
        join_all(examinations).await
    }
}

async fn open(url: &str, connections: u32) -> anyhow::Result<Database> {
    if let Some(folder) = sqlite_folder(url) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    Ok(Database::connect(url, connections).await?)
}

fn sqlite_folder(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if path.contains(":memory:") {
        return None;
    }
    Path::new(path)
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
}

/// What has migrations of its own.
#[derive(Clone, Copy)]
enum Part {
    Domain(SubgraphName),
    Audit,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Domain(name) => name.as_str(),
            Self::Audit => "audit",
        }
    }
}

async fn pending_of(part: Part, database: &Database) -> Result<Vec<String>, DbErr> {
    let reader = database.reader();
    let Part::Domain(name) = part else {
        let pending = AuditMigrator::get_pending_migrations_read_only(reader).await?;
        let names = pending.iter().map(|migration| migration.name().to_owned());
        return Ok(names.collect());
    };
    let pending = match name {
        SubgraphName::Profile => ProfileMigrator::get_pending_migrations_read_only(reader).await,
        SubgraphName::Order => OrderMigrator::get_pending_migrations_read_only(reader).await,
        SubgraphName::Case => CaseMigrator::get_pending_migrations_read_only(reader).await,
        SubgraphName::Compensation => {
            CompensationMigrator::get_pending_migrations_read_only(reader).await
        }
        SubgraphName::Engagement => {
            EngagementMigrator::get_pending_migrations_read_only(reader).await
        }
        SubgraphName::Identity => IdentityMigrator::get_pending_migrations_read_only(reader).await,
    }?;
    let names = pending.iter().map(|migration| migration.name().to_owned());
    Ok(names.collect())
}

// All of them or none: a process that dies half-way leaves nothing that the next one stumbles over. And one process at a
// time: of several that start together, one applies them, and the others find them applied.
async fn apply(part: Part, database: &Database) -> anyhow::Result<()> {
    database
        .transaction(async |transaction| {
            take_turns(transaction, &format!("migrate.{}", part.as_str())).await?;
            let Part::Domain(name) = part else {
                AuditMigrator::up(transaction, None).await?;
                return Ok(());
            };
            match name {
                SubgraphName::Profile => ProfileMigrator::up(transaction, None).await,
                SubgraphName::Order => OrderMigrator::up(transaction, None).await,
                SubgraphName::Case => CaseMigrator::up(transaction, None).await,
                SubgraphName::Compensation => CompensationMigrator::up(transaction, None).await,
                SubgraphName::Engagement => EngagementMigrator::up(transaction, None).await,
                SubgraphName::Identity => IdentityMigrator::up(transaction, None).await,
            }?;
            Ok(())
        })
        .await
        .map_err(anyhow::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_of_a_database_is_found() {
        assert_eq!(
            sqlite_folder("sqlite://./data/jetbridge.db"),
            Some(Path::new("./data"))
        );
        assert_eq!(
            sqlite_folder("sqlite:///var/lib/jetbridge/a.db?mode=rwc"),
            Some(Path::new("/var/lib/jetbridge"))
        );
        assert_eq!(sqlite_folder("sqlite://a.db"), None);
        assert_eq!(sqlite_folder("sqlite::memory:"), None);
        assert_eq!(sqlite_folder("postgres://a/b"), None);
    }
}
