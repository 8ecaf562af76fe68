//! Nothing lost, nothing twice: outbox, dispatcher, inbox, idempotency keys.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use futures_util::future::BoxFuture;
use migrations::{CaseMigrator, MigratorTrait, OrderMigrator};
use schema_kernel::{
    Database, Error, Event, NewEvent, Result, Session,
    dispatcher::{Consumer, Dispatcher},
    idempotency::{Once, once},
    inbox::dead_letters,
    outbox::{self, Domain},
};
use sea_orm::{ConnAcquireErr, ConnectionTrait, DatabaseTransaction, DbErr, Statement};
use uuid::Uuid;

const FROM: Domain = Domain("order");
const TO: Domain = Domain("case");

struct Counter {
    database: Database,
    calls: AtomicU32,
    failures: AtomicU32,
    is_away: AtomicBool,
    is_mended: AtomicBool,
}

impl Consumer for Counter {
    fn domain(&self) -> Domain {
        TO
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        kind == "order.thing.happened.v1"
    }

    fn consume<'a>(
        &'a self,
        _: &'a DatabaseTransaction,
        _: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            if self.is_away.load(Ordering::SeqCst) {
                return Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout).into());
            }
            if event.data["poison"] == true && !self.is_mended.load(Ordering::SeqCst) {
                return Err(Error::internal(anyhow::anyhow!("cannot be consumed")));
            }
            if self
                .failures
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                    left.checked_sub(1)
                })
                .is_ok()
            {
                return Err(Error::internal(anyhow::anyhow!("not just now")));
            }
            self.calls.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
    }
}

struct World {
    database: Database,
    counter: Arc<Counter>,
    dispatcher: Dispatcher,
    session: Session,
}

async fn world(failures: u32) -> World {
    let database = Database::connect("sqlite::memory:", 1).await.unwrap();
    OrderMigrator::up(database.writer(), None).await.unwrap();
    CaseMigrator::up(database.writer(), None).await.unwrap();
    let counter = Arc::new(Counter {
        database: database.clone(),
        calls: AtomicU32::new(0),
        failures: AtomicU32::new(failures),
        is_away: AtomicBool::new(false),
        is_mended: AtomicBool::new(false),
    });
    let session = Session::service("test");
    let dispatcher = Dispatcher::new(
        vec![(FROM, database.clone()), (TO, database.clone())],
        vec![counter.clone()],
        session.clone(),
    );
    World {
        database,
        counter,
        dispatcher,
        session,
    }
}

impl World {
    async fn say(&self, data: serde_json::Value) -> Result<()> {
        let event = NewEvent {
            kind: "order.thing.happened.v1",
            subject: "1".to_owned(),
            customer_id: None,
            time: self.session.now(),
            data: &data,
        };
        let (session, events) = (&self.session, [event]);
        self.database
            .transaction(async |transaction| {
                outbox::append(transaction, FROM, session, &events).await
            })
            .await
    }

    async fn count(&self, table: &str) -> i64 {
        let statement = Statement::from_string(
            self.database.backend(),
            format!("SELECT count(*) AS n FROM {table}"),
        );
        self.database
            .reader()
            .query_one_raw(statement)
            .await
            .unwrap()
            .unwrap()
            .try_get("", "n")
            .unwrap()
    }
}

#[tokio::test]
async fn an_event_works_once_however_often_it_is_delivered() {
    let world = world(0).await;
    world.say(serde_json::json!({})).await.unwrap();
    assert_eq!(world.dispatcher.drain().await.unwrap(), 1);
    let again = Statement::from_string(
        world.database.backend(),
        "UPDATE order_outbox SET dispatched_at = NULL",
    );
    world.database.writer().execute_raw(again).await.unwrap();
    assert_eq!(world.dispatcher.drain().await.unwrap(), 1);
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_passing_failure_is_tried_again() {
    let world = world(2).await;
    world.say(serde_json::json!({})).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
    assert_eq!(world.count("case_dead_letter").await, 0);
}

#[tokio::test]
async fn what_cannot_be_consumed_is_set_aside_and_holds_nothing_up() {
    let world = world(0).await;
    world
        .say(serde_json::json!({ "poison": true }))
        .await
        .unwrap();
    world.say(serde_json::json!({})).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
    assert_eq!(world.count("case_dead_letter").await, 1);
    assert_eq!(world.dispatcher.drain().await.unwrap(), 0);
}

#[tokio::test]
async fn a_database_that_is_away_makes_no_dead_letters() {
    let world = world(0).await;
    world.say(serde_json::json!({})).await.unwrap();
    world.counter.is_away.store(true, Ordering::SeqCst);
    world.dispatcher.drain().await.unwrap_err();
    assert_eq!(world.count("case_dead_letter").await, 0);

    world.counter.is_away.store(false, Ordering::SeqCst);
    assert_eq!(world.dispatcher.drain().await.unwrap(), 1);
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_was_set_aside_is_tried_again_when_asked() {
    let world = world(0).await;
    world
        .say(serde_json::json!({ "poison": true }))
        .await
        .unwrap();
    world.dispatcher.drain().await.unwrap();
    assert_eq!(world.dispatcher.revive().await.unwrap(), 0);
    assert_eq!(dead_letters(&world.database, TO).await.unwrap(), 1);

    world.counter.is_mended.store(true, Ordering::SeqCst);
    assert_eq!(world.dispatcher.revive().await.unwrap(), 1);
    assert_eq!(dead_letters(&world.database, TO).await.unwrap(), 0);
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_lost_transaction_takes_its_events_along() {
    let world = world(0).await;
    let (session, data) = (&world.session, serde_json::json!({}));
    let outcome: Result<()> = world
        .database
        .transaction(async |transaction| {
            let event = NewEvent {
                kind: "order.thing.happened.v1",
                subject: "1".to_owned(),
                customer_id: None,
                time: session.now(),
                data: &data,
            };
            outbox::append(transaction, FROM, session, &[event]).await?;
            Err(Error::bad_user_input("refused"))
        })
        .await;
    assert!(outcome.is_err());
    assert_eq!(world.count("order_outbox").await, 0);
}

#[tokio::test]
async fn a_key_gives_the_first_outcome_to_every_repetition() {
    let world = world(0).await;
    let key = Some(Uuid::from_u128(1));
    let runs = AtomicU32::new(0);
    let attempt = async |input: &str| {
        let session = &world.session;
        world
            .database
            .transaction(async |transaction| {
                once(transaction, FROM, session, key, &input, async || {
                    Ok(runs.fetch_add(1, Ordering::SeqCst))
                })
                .await
            })
            .await
            .unwrap()
    };
    assert_eq!(attempt("a").await, Once::Outcome(0));
    assert_eq!(attempt("a").await, Once::Outcome(0));
    assert_eq!(attempt("b").await, Once::OtherInput);
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}
