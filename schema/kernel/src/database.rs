//! A domain's database: one URL, SQLite or PostgreSQL.

pub(crate) mod failure;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::{Connection, Error as SqlxError, SqliteConnection},
};

use crate::{Error, Result, Vault};

/// The connections of one domain. Cloning is cheap.
///
/// SQLite allows one writer at a time, so writes have a connection of their own and never collide, and reads have a
/// pool that write-ahead logging keeps out of their way. PostgreSQL uses one pool for both.
#[derive(Clone, Debug)]
pub struct Database {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    statements: Arc<AtomicU64>,
    vault: Option<Vault>,
}

/// How many times a transaction is tried when the database asks for it to be tried again.
const ATTEMPTS: u32 = 5;

impl Database {
    /// Connects to `url`: `sqlite:///var/lib/jetbridge/jetbridge.db`, `sqlite::memory:` or
    /// `postgres://user@host/database`. A missing SQLite file is created. `connections` is the size of the read pool.
    ///
    /// # Errors
    /// When the database does not answer, or the URL is of another kind.
    pub async fn connect(url: &str, connections: u32) -> Result<Self, DbErr> {
        Self::open(url, connections, false).await
    }

    /// Connects as [`Database::connect`] does, to a database from whose files nothing can be read that was deleted or
    /// overwritten. It is for few and small rows: SQLite overwrites the bytes each time.
    ///
    /// # Errors
    /// As [`Database::connect`].
    pub async fn connect_forgetting(url: &str, connections: u32) -> Result<Self, DbErr> {
        Self::open(url, connections, true).await
    }

    async fn open(url: &str, connections: u32, forgets: bool) -> Result<Self, DbErr> {
        let statements = Arc::new(AtomicU64::new(0));
        if let Some(path) = url.strip_prefix("sqlite:") {
            // An in-memory database exists once per connection unless it is shared by name.
            let memory = path.contains(":memory:") || path.contains("mode=memory");
            let writer = open_sqlite(url, 1, (!memory, forgets), &statements).await?;
            let reader = if memory {
                writer.clone()
            } else {
                open_sqlite(url, connections, (false, forgets), &statements).await?
            };
            return Ok(Self {
                reader,
                writer,
                statements,
                vault: None,
            });
        }
        let mut options = base_options(url, connections);
        options.min_connections(1);
        let mut pool = sea_orm::Database::connect(options).await?;
        count(&mut pool, &statements);
        Ok(Self {
            reader: pool.clone(),
            writer: pool,
            statements,
            vault: None,
        })
    }

    /// The same database, whose personal values are sealed with the keys of `vault`.
    #[must_use]
    pub fn sealed_with(self, vault: Vault) -> Self {
        Self {
            vault: Some(vault),
            ..self
        }
    }

    /// The vault that its values are sealed with.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the host attached none, which is a mistake of the host.
    pub fn vault(&self) -> Result<&Vault> {
        self.vault.as_ref().ok_or_else(|| {
            Error::internal(anyhow::anyhow!(
                "the host attached no vault to the database"
            ))
        })
    }

    /// For statements that only read.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For a single statement that writes; several that belong together go through [`Database::transaction`].
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The kind of database.
    pub fn backend(&self) -> DbBackend {
        self.writer.get_database_backend()
    }

    /// How many SQL statements have been sent since the connection was opened.
    pub fn statement_count(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Runs `work` in one transaction: all of it is written, or nothing. When the database reports a conflict with a
    /// concurrent transaction, the whole of it is run again, up to five times; so `work` must have no other effects.
    ///
    /// # Errors
    /// What `work` returns, or `INTERNAL_SERVER_ERROR` when the database fails.
    pub fn transaction<'a, T, F>(&'a self, work: F) -> BoxFuture<'a, Result<T>>
    where
        T: Send + 'a,
        F: AsyncFn(&DatabaseTransaction) -> Result<T> + for<'t> Work<'t, T> + Send + Sync + 'a,
    {
        self.repeated(work, None)
    }

    /// Runs `work` as [`Database::transaction`] does, and as if no other serialisable transaction ran at the same time:
    /// for a verb that writes because something is *not* there, which no lock on a row can hold.
    ///
    /// # Errors
    /// What `work` returns, or `INTERNAL_SERVER_ERROR` when the database fails.
    pub fn serializable_transaction<'a, T, F>(&'a self, work: F) -> BoxFuture<'a, Result<T>>
    where
        T: Send + 'a,
        F: AsyncFn(&DatabaseTransaction) -> Result<T> + for<'t> Work<'t, T> + Send + Sync + 'a,
    {
        // SQLite has one writer, so its transactions are serial as they are.
        let level = (self.backend() == DbBackend::Postgres).then_some(IsolationLevel::Serializable);
        self.repeated(work, level)
    }

    fn repeated<'a, T, F>(
        &'a self,
        work: F,
        isolation_level: Option<IsolationLevel>,
    ) -> BoxFuture<'a, Result<T>>
    where
        T: Send + 'a,
        F: for<'t> Work<'t, T> + Send + Sync + 'a,
    {
        // In a box, and by way of `Work`, so that the caller's own future can be sent between threads: the compiler
        // cannot see that of an `AsyncFn` that borrows.
        Box::pin(async move {
            let mut attempt = 1;
            loop {
                match self.try_transaction(&work, isolation_level).await {
                    Err(error) if attempt < ATTEMPTS && failure::is_conflict(&error) => {
                        tracing::debug!(attempt, "transaction is tried again");
                        tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                        attempt += 1;
                    }
                    outcome => return outcome,
                }
            }
        })
    }

    async fn try_transaction<T, F>(
        &self,
        work: &F,
        isolation_level: Option<IsolationLevel>,
    ) -> Result<T>
    where
        F: for<'t> Work<'t, T>,
    {
        let options = TransactionOptions {
            isolation_level,
            // Taking the write lock at once means never having to give it up half-way through.
            sqlite_transaction_mode: (self.backend() == DbBackend::Sqlite)
                .then_some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.writer.begin_with_options(options).await?;
        match work(&transaction).await {
            Ok(value) => {
                transaction.commit().await?;
                Ok(value)
            }
            Err(error) => {
                // The error matters more than a failed rollback: dropping the connection rolls back as well.
                let _ = transaction.rollback().await;
                Err(error)
            }
        }
    }
}

/// What can be done in a transaction: every `async |transaction| ..` whose future can be sent between threads. It is
/// there for every such closure, and is not written by hand.
pub trait Work<'t, T>: Fn(&'t DatabaseTransaction) -> Self::Done {
    /// The future.
    type Done: Future<Output = Result<T>> + Send;
}

impl<'t, T, F, Done> Work<'t, T> for F
where
    F: Fn(&'t DatabaseTransaction) -> Done,
    Done: Future<Output = Result<T>> + Send,
{
    type Done = Done;
}

fn base_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections.max(1))
        .acquire_timeout(Duration::from_secs(5))
        .connect_timeout(Duration::from_secs(5))
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

async fn open_sqlite(
    url: &str,
    connections: u32,
    (durable, forgets): (bool, bool),
    statements: &Arc<AtomicU64>,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = base_options(url, connections);
    options
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None);
    options.map_sqlx_sqlite_opts(move |options| {
        options
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", if durable { "FULL" } else { "NORMAL" })
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "MEMORY")
            .pragma("secure_delete", if forgets { "ON" } else { "OFF" })
            .statement_cache_capacity(256)
    });
    if durable {
        options.map_sqlx_sqlite_pool_opts(|options| {
            options
                .test_before_acquire(false)
                .before_acquire(|connection, _| Box::pin(is_between_transactions(connection)))
        });
    }
    let mut connection = sea_orm::Database::connect(options).await?;
    count(&mut connection, statements);
    Ok(connection)
}

/// Whether a connection can begin a transaction. When the disk is full, SQLite rolls back by itself, and the driver goes on
/// to believe that a transaction is open: what came later would be part of it, acknowledged and never committed. Such a
/// connection is closed, and another takes its place.
async fn is_between_transactions(connection: &mut SqliteConnection) -> Result<bool, SqlxError> {
    // A rollback may be under way; the answer comes after it.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

fn count(connection: &mut DatabaseConnection, statements: &Arc<AtomicU64>) {
    let statements = statements.clone();
    connection.set_metric_callback(move |info| {
        statements.fetch_add(1, Ordering::Relaxed);
        metrics::histogram!("jetbridge_sql_statement_duration_seconds")
            .record(info.elapsed.as_secs_f64());
    });
}

/// Of all transactions that call this with the same name, in whatever process, one goes on at a time: the others wait here
/// until it has ended. On SQLite there is one writer anyway.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails; the transaction is then lost as a whole.
pub async fn take_turns(transaction: &DatabaseTransaction, name: &str) -> Result<()> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
            [format!("jetbridge.{name}").into()],
        );
        transaction.execute_raw(lock).await?;
    }
    Ok(())
}

/// The name of the unique constraint that a statement ran into, when that is why it failed: the constraint's name on
/// PostgreSQL, `table.column` on SQLite.
pub fn violated_constraint(error: &DbErr) -> Option<String> {
    match error.sql_err() {
        Some(sea_orm::SqlErr::UniqueConstraintViolation(message)) => Some(message),
        _ => None,
    }
}
