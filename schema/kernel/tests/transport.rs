//! Who is at work, and how far a stream was read.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, TimeDelta, Utc};
use migrations::{CaseMigrator, MigratorTrait};
use schema_kernel::{Database, lease, outbox::Domain, position};

const DOMAIN: Domain = Domain("case");

async fn database() -> Database {
    let database = Database::connect("sqlite::memory:", 1).await.unwrap();
    CaseMigrator::up(database.writer(), None).await.unwrap();
    database
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

async fn hold(database: &Database, holder: &str, seconds: i64) -> bool {
    let time = TimeDelta::seconds(6);
    lease::hold(database, DOMAIN, "work", holder, at(seconds), time)
        .await
        .unwrap()
}

#[tokio::test]
async fn one_is_at_work_until_it_is_gone() {
    let database = database().await;
    assert!(hold(&database, "first", 0).await);
    assert!(!hold(&database, "second", 5).await);
    assert!(hold(&database, "first", 5).await, "it goes on");
    assert!(!hold(&database, "second", 11).await);
    assert!(hold(&database, "second", 12).await, "the first one is gone");
    assert!(!hold(&database, "first", 13).await);
}

#[tokio::test]
async fn a_lease_that_is_given_up_is_free_at_once() {
    let database = database().await;
    assert!(hold(&database, "first", 0).await);
    lease::release(&database, DOMAIN, "work", "second")
        .await
        .unwrap();
    assert!(
        !hold(&database, "second", 1).await,
        "it is not theirs to give up"
    );
    lease::release(&database, DOMAIN, "work", "first")
        .await
        .unwrap();
    assert!(hold(&database, "second", 1).await);
}

#[tokio::test]
async fn a_stream_that_was_made_anew_is_read_from_its_beginning() {
    let database = database().await;
    let read = async |incarnation| {
        position::read(&database, DOMAIN, "EVENTS", incarnation)
            .await
            .unwrap()
    };
    assert_eq!(read("one").await, 0);
    position::write(&database, DOMAIN, "EVENTS", "one", 41)
        .await
        .unwrap();
    position::write(&database, DOMAIN, "EVENTS", "one", 42)
        .await
        .unwrap();
    assert_eq!((read("one").await, read("two").await), (42, 0));
    position::write(&database, DOMAIN, "EVENTS", "two", 1)
        .await
        .unwrap();
    assert_eq!((read("one").await, read("two").await), (0, 1));
}
