//! Live events: what was committed, to everybody who listens, the newest state only.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use migrations::{MigratorTrait, OrderMigrator};
use schema_kernel::{
    Code, Database, Error, Feed, NewEvent, Result, Session,
    feed::{Changes, MOST_WAITING},
    outbox::{self, Domain},
};

const DOMAIN: Domain = Domain("order");

async fn database() -> Database {
    let database = Database::connect("sqlite::memory:", 1).await.unwrap();
    OrderMigrator::up(database.writer(), None).await.unwrap();
    database
}

async fn listen(feed: &Feed) -> Changes<u32> {
    feed.listen(|event| event.subject.parse().ok())
        .await
        .unwrap()
}

/// Commits an event about each of these.
async fn commit(database: &Database, subjects: impl Iterator<Item = u32>) {
    let subjects: Vec<u32> = subjects.collect();
    write(database, &subjects, Ok(())).await.unwrap();
}

async fn write(database: &Database, subjects: &[u32], outcome: Result<()>) -> Result<()> {
    let session = Session::service("test");
    database
        .transaction(async |transaction| {
            let events: Vec<_> = subjects
                .iter()
                .map(|subject| NewEvent {
                    kind: "order.thing.happened.v1",
                    subject: subject.to_string(),
                    customer_id: None,
                    time: session.now(),
                    data: &(),
                })
                .collect();
            outbox::append(transaction, DOMAIN, &session, &events).await?;
            outcome.clone()
        })
        .await
}

fn feed(database: &Database) -> Feed {
    Feed::new(database.clone(), DOMAIN, Duration::from_millis(5))
}

#[tokio::test]
async fn everybody_hears_what_is_committed_from_now_on() {
    let database = database().await;
    let feed = feed(&database);
    commit(&database, 1..3).await;
    let (mut one, mut other) = (listen(&feed).await, listen(&feed).await);
    let rolled_back = write(&database, &[3], Err(Error::bad_user_input("no"))).await;
    assert!(rolled_back.is_err());
    commit(&database, 4..6).await;
    for changes in [&mut one, &mut other] {
        let heard = changes
            .take(2)
            .map(Result::unwrap)
            .collect::<Vec<_>>()
            .await;
        assert_eq!(heard, [4, 5]);
    }
}

#[tokio::test]
async fn what_was_committed_before_is_not_told() {
    let database = database().await;
    // Looked at once, when the first one begins: whatever was committed since waits for the next look.
    let feed = Feed::new(database.clone(), DOMAIN, Duration::from_hours(1));
    let mut first = listen(&feed).await;
    commit(&database, 1..3).await;
    let mut second = listen(&feed).await;
    commit(&database, 3..4).await;
    let mut third = listen(&feed).await;
    let heard = |changes: &mut Changes<u32>| {
        let waiting = std::iter::from_fn(|| changes.next().now_or_never());
        waiting.flatten().map(Result::unwrap).collect::<Vec<_>>()
    };
    assert_eq!(heard(&mut first), [1, 2, 3]);
    assert_eq!(heard(&mut second), [3]);
    assert!(heard(&mut third).is_empty());
}

#[tokio::test]
async fn nobody_reads_for_nobody() {
    let database = database().await;
    let feed = feed(&database);
    drop(listen(&feed).await);
    assert_eq!(feed.listeners(), 0);
    let settled = async {
        loop {
            let before = database.statement_count();
            tokio::time::sleep(Duration::from_millis(50)).await;
            if database.statement_count() == before {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), settled)
        .await
        .unwrap();
    // And whoever listens again hears again.
    let mut changes = listen(&feed).await;
    commit(&database, 7..8).await;
    assert_eq!(changes.next().await.unwrap().unwrap(), 7);
}

/// Waits until everything was told, by somebody who reads.
async fn until_told(witness: &mut Changes<u32>, last: u32) {
    while witness.next().await.unwrap().unwrap() != last {}
}

#[tokio::test]
async fn who_is_slow_skips_to_the_newest_state() {
    let database = database().await;
    let feed = feed(&database);
    let (mut slow, mut witness) = (listen(&feed).await, listen(&feed).await);
    for _ in 0..5 {
        commit(&database, 1..3).await;
    }
    commit(&database, 9..10).await;
    until_told(&mut witness, 9).await;
    let heard = slow.by_ref().take(3).map(Result::unwrap);
    assert_eq!(heard.collect::<Vec<_>>().await, [1, 2, 9]);
    assert!(slow.next().now_or_never().is_none());
}

#[tokio::test]
async fn who_is_too_slow_is_told_so() {
    let database = database().await;
    let feed = feed(&database);
    let most = u32::try_from(MOST_WAITING).unwrap();
    let (mut slow, mut full) = (listen(&feed).await, listen(&feed).await);
    commit(&database, 0..most).await;
    until_told(&mut full, most - 1).await;
    commit(&database, most..=most).await;
    until_told(&mut full, most).await;
    let end = slow.next().await.unwrap().unwrap_err();
    assert_eq!(end.code(), Code::RateLimited);
    assert!(slow.next().await.is_none());
}
