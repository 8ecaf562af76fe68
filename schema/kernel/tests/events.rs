//! Nothing lost, nothing twice: outbox, dispatcher, inbox, idempotency keys.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use futures_util::future::BoxFuture;
use migrations::{CaseMigrator, MigratorTrait, OrderMigrator};
use schema_kernel::{
    Database, Error, Event, NewEvent, Page, Result, Session,
    dead_letter::{self, DeadLetterState, Replay},
    delivery::Delivery,
    dispatcher::{Consumer, Dispatcher},
    idempotency::{Once, once},
    outbox::{self, Domain},
};
use sea_orm::{ConnAcquireErr, ConnectionTrait, DatabaseTransaction, DbErr, Statement};
use serde_json::json;
use uuid::Uuid;

const FROM: Domain = Domain("order");
const TO: Domain = Domain("case");

struct Counter {
    database: Database,
    calls: AtomicU32,
    seen: Mutex<Vec<u64>>,
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
            if event.data["is_wrong"] == true {
                return Err(Error::bad_user_input("number: It is missing."));
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
            let number = event.data["number"].as_u64();
            self.seen.lock().unwrap().extend(number);
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
        seen: Mutex::default(),
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
        self.say_of("1", data).await
    }

    async fn say_of(&self, subject: &str, data: serde_json::Value) -> Result<()> {
        let event = NewEvent {
            kind: "order.thing.happened.v1",
            subject: subject.to_owned(),
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

    /// Subjects and states, in the order in which they came.
    async fn letters(&self) -> Vec<(String, DeadLetterState)> {
        let page = Page::first(100);
        let mut letters = dead_letter::list(&self.database, TO, &page).await.unwrap();
        letters.sort_by_key(|letter| (letter.state == DeadLetterState::Held, letter.event.time));
        letters
            .into_iter()
            .map(|letter| (letter.event.subject, letter.state))
            .collect()
    }

    async fn replay_all(&self) -> Vec<Replay> {
        let delivery = Delivery::new(self.counter.as_ref(), &self.session);
        delivery.replay_all().await.unwrap()
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
    world.say(json!({})).await.unwrap();
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
    world.say(json!({})).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
    assert_eq!(world.count("case_dead_letter").await, 0);
}

#[tokio::test]
async fn what_cannot_be_consumed_is_set_aside_and_holds_nothing_up() {
    let world = world(0).await;
    world.say(json!({ "poison": true })).await.unwrap();
    world.say_of("2", json!({})).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
    assert_eq!(world.count("case_dead_letter").await, 1);
    assert_eq!(world.dispatcher.drain().await.unwrap(), 0);
}

#[tokio::test]
async fn a_database_that_is_away_makes_no_dead_letters() {
    let world = world(0).await;
    world.say(json!({})).await.unwrap();
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
    world.say(json!({ "poison": true })).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    let [replay] = world.replay_all().await.try_into().unwrap();
    assert!(replay.consumed.is_empty() && replay.failed.unwrap().attempts == 5);
    assert_eq!(
        world.letters().await,
        [("1".to_owned(), DeadLetterState::Dead)]
    );

    world.counter.is_mended.store(true, Ordering::SeqCst);
    assert_eq!(world.replay_all().await[0].consumed.len(), 1);
    assert_eq!(world.letters().await, []);
    assert!(world.replay_all().await.is_empty());
    assert_eq!(world.counter.calls.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn later_events_of_an_aggregate_wait_behind_its_dead_letter() {
    let world = world(0).await;
    world
        .say(json!({ "poison": true, "number": 1 }))
        .await
        .unwrap();
    world.say(json!({ "number": 2 })).await.unwrap();
    world.say_of("2", json!({ "number": 3 })).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    world.say(json!({ "number": 4 })).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    let (dead, held) = (DeadLetterState::Dead, DeadLetterState::Held);
    assert_eq!(
        world
            .letters()
            .await
            .into_iter()
            .map(|(_, state)| state)
            .collect::<Vec<_>>(),
        [dead, held, held]
    );
    assert_eq!(*world.counter.seen.lock().unwrap(), [3]);

    world.counter.is_mended.store(true, Ordering::SeqCst);
    assert_eq!(world.replay_all().await[0].consumed.len(), 3);
    assert_eq!(*world.counter.seen.lock().unwrap(), [3, 1, 2, 4]);
}

#[tokio::test]
async fn a_letter_that_is_given_up_lets_the_others_through() {
    let world = world(0).await;
    world.say(json!({ "poison": true })).await.unwrap();
    world.say(json!({ "number": 2 })).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    let letters = dead_letter::list(&world.database, TO, &Page::first(10))
        .await
        .unwrap();
    let id = |state| {
        letters
            .iter()
            .find(|letter| letter.state == state)
            .unwrap()
            .event
            .id
    };
    let delivery = Delivery::new(world.counter.as_ref(), &world.session);
    assert_eq!(
        delivery.discard(id(DeadLetterState::Held)).await.unwrap(),
        None
    );

    let given_up = delivery.discard(id(DeadLetterState::Dead)).await.unwrap();
    assert_eq!(given_up.unwrap().consumed, [id(DeadLetterState::Held)]);
    assert_eq!(world.letters().await, []);
}

#[tokio::test]
async fn an_event_that_cannot_be_right_is_tried_once() {
    let world = world(0).await;
    world.say(json!({ "is_wrong": true })).await.unwrap();
    world.dispatcher.drain().await.unwrap();
    let letters = dead_letter::list(&world.database, TO, &Page::first(1))
        .await
        .unwrap();
    assert_eq!(letters[0].attempts, 1);
    assert_eq!(letters[0].reason, "BAD_USER_INPUT: number: It is missing.");
}

#[tokio::test]
async fn a_lost_transaction_takes_its_events_along() {
    let world = world(0).await;
    let (session, data) = (&world.session, json!({}));
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
