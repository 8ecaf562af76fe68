//! A database for each test.

use chrono::TimeDelta;
use schema_kernel::{Clock, IdSource, id::EventId};
use sea_orm::{ConnectionTrait, Database, Statement};
use server::{App as Product, Config};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The name of a PostgreSQL database as the product makes it at its first start, to copy for each test: much faster than
/// making each anew.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// A database that exists for one test and is gone after it.
#[derive(Debug)]
pub struct Storage {
    url: String,
    // The folder of a SQLite file, removed when the test ends.
    folder: TempDir,
    // The server to drop a PostgreSQL database on.
    server: Option<(String, String)>,
}

impl Storage {
    /// A SQLite file in a folder of its own.
    pub fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("jetbridge.db").display());
        Self {
            url,
            folder,
            server: None,
        }
    }

    /// A database of its own on the server that `JETBRIDGE_TEST_POSTGRES_URL` names.
    pub async fn postgres() -> Self {
        let server = std::env::var("JETBRIDGE_TEST_POSTGRES_URL")
            .expect("the PostgreSQL half of the tests needs JETBRIDGE_TEST_POSTGRES_URL; `make test` finds or starts one");
        let template = TEMPLATE.get_or_init(|| template(&server)).await;
        let name = format!("jetbridge_test_{}", new_id());
        execute(
            &server,
            &format!("CREATE DATABASE {name} TEMPLATE {template}"),
        )
        .await;
        let (base, _) = server.rsplit_once('/').expect("a URL with a database");
        Self {
            url: format!("{base}/{name}"),
            folder: TempDir::new().expect("a temporary folder"),
            server: Some((server, name)),
        }
    }

    /// The URL to start the product with.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Does something to the database behind the product's back.
    pub async fn execute(&self, sql: &str) {
        execute(&self.url, sql).await;
    }

    /// A folder for files of the test.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

async fn execute(url: &str, sql: &str) {
    let connection = Database::connect(url).await.expect("the database answers");
    connection
        .execute_unprepared(sql)
        .await
        .expect("the database obeys");
    connection.close().await.expect("the database lets go");
}

fn new_id() -> String {
    let id: EventId = IdSource::random().next(Clock::system().now());
    id.0.simple().to_string()
}

async fn template(server: &str) -> String {
    drop_old(server).await;
    let name = format!("jetbridge_template_{}", new_id());
    execute(server, &format!("CREATE DATABASE {name}")).await;
    let (base, _) = server.rsplit_once('/').expect("a URL with a database");
    let folder = TempDir::new().expect("a temporary folder");
    let toml = format!(
        "data_folder = \"{}\"\ndatabase.url = \"{base}/{name}\"",
        folder.path().display()
    );
    let product = Product::start(Config::from_toml(&toml).expect("a configuration"))
        .await
        .expect("the product starts");
    drop(product);
    // A database that somebody is connected to cannot be copied.
    execute(
        server,
        &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
    )
    .await;
    name
}

/// A run cannot remove its own template, because nothing tells it which test is its last one, and a run that was killed
/// leaves the databases of its tests; so a later run removes both. The id in the name begins with the time.
async fn drop_old(server: &str) {
    let an_hour_ago: EventId = IdSource::random().next(Clock::system().now() - TimeDelta::hours(1));
    let since = &an_hour_ago.0.simple().to_string()[..12];
    let database = Database::connect(server)
        .await
        .expect("the database answers");
    let old = format!(
        "SELECT datname::text AS name FROM pg_database WHERE datname BETWEEN 'jetbridge_template_' AND 'jetbridge_template_{since}' OR datname BETWEEN 'jetbridge_test_' AND 'jetbridge_test_{since}'"
    );
    let rows = database
        .query_all_raw(Statement::from_string(database.get_database_backend(), old))
        .await
        .expect("the database answers");
    for row in rows {
        let name: String = row.try_get("", "name").expect("a name");
        // Another run may be dropping it at the same time.
        let _ = database
            .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}"))
            .await;
    }
    database.close().await.expect("the database lets go");
}

impl Drop for Storage {
    fn drop(&mut self) {
        let Some((server, name)) = self.server.take() else {
            return;
        };
        // Dropping needs a runtime, and this one may be ending: a thread of its own has its own.
        let drop = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(execute(
                &server,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            ));
        });
        let _ = drop.join();
    }
}
