//! What is acknowledged is stored, also after something went wrong.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use schema_kernel::{Database, Error, IdSource, Result, Session, id::EventId};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

async fn add(database: &Database, bytes: u32) -> Result<()> {
    let insert = format!("INSERT INTO thing VALUES (randomblob({bytes}))");
    let insert = &insert;
    database
        .transaction(async |transaction| {
            transaction.execute_unprepared(insert).await?;
            Ok(())
        })
        .await
}

async fn count(database: &Database) -> i64 {
    let count = Statement::from_string(DbBackend::Sqlite, "SELECT count(*) AS n FROM thing");
    let row = database.reader().query_one_raw(count).await.unwrap();
    row.unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn what_follows_a_full_disk_is_stored() {
    let id: EventId = IdSource::random().next(Session::service("test").now());
    let file = std::env::temp_dir().join(format!("jetbridge-{id}.db"));
    let url = format!("sqlite://{}", file.display());
    let database = Database::connect(&url, 1).await.unwrap();
    let writer = database.writer();
    let create = "CREATE TABLE thing (bytes BLOB); PRAGMA max_page_count = 20";
    writer.execute_unprepared(create).await.unwrap();

    add(&database, 1_000_000).await.unwrap_err();
    let refused: Result<()> = database
        .transaction(async |_| Err(Error::bad_user_input("no")))
        .await;
    refused.unwrap_err();
    add(&database, 10).await.unwrap();
    assert_eq!(count(&database).await, 1, "another connection sees it");

    drop(database);
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
    }
}
