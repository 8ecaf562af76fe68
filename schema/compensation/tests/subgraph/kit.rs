//! A world with a database of its own, a clock that stands still, and actors.

use std::sync::Arc;

use async_graphql::{Executor, Request, Schema, Variables};
use chrono::{DateTime, Duration, Utc};
use entities::id::{CustomerId, EventId};
use migrations::{CompensationMigrator, MigratorTrait};
use schema_compensation::{Mutation, Query, Subscription};
use schema_kernel::{
    Actor, ActorKind, Clock, Database, Event, IdSource, Session, dispatcher::Consumer,
    guard::Guarded, loader,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const AMAL: u128 = 0xA1;
pub(crate) const BORIS: u128 = 0xB2;
/// A customer's journey, and two flights of it.
pub(crate) const JOURNEY: u128 = 0x10;
pub(crate) const FLIGHT: u128 = 0x20;
pub(crate) const OTHER_FLIGHT: u128 = 0x21;

pub(crate) struct World {
    pub(crate) database: Database,
    clock: Clock,
    ids: IdSource,
    consumer: Arc<dyn Consumer>,
    schema: Guarded<Schema<Query, Mutation, Subscription>>,
    // The server and the schema on it to drop, on PostgreSQL.
    postgres: Option<(String, String)>,
}

pub(crate) fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

pub(crate) fn customer(number: u128) -> Actor {
    let scopes = ["claim:read".to_owned()];
    Actor::new(
        "customer",
        ActorKind::Customer(CustomerId(Uuid::from_u128(number))),
        "customer",
        scopes,
    )
}

pub(crate) fn agent() -> Actor {
    let scopes = ["claim:read", "claim:decide", "exposure:read"].map(str::to_owned);
    Actor::new("agent-7", ActorKind::Staff, "customer-affairs", scopes)
}

/// A report of Frankfurt to Madrid on an EU carrier, 3h05 late for a technical defect, with `changes`.
pub(crate) fn report(changes: Value) -> Value {
    let mut report = json!({
        "journey_id": id(JOURNEY), "order_id": id(0x30), "passenger_id": id(0x40), "flight_id": id(FLIGHT),
        "flight_event_id": id(0x50), "flight_designator": "LH1112", "kind": "DELAY",
        "origin": {"iata": "FRA", "country": "DE", "latitude": 50.0333, "longitude": 8.57046},
        "destination": {"iata": "MAD", "country": "ES", "latitude": 40.4719, "longitude": -3.56264},
        "connections": 0, "operating_carrier": "LH", "carrier_licence_country": "DE",
        "scheduled_departure_at": "2026-03-02T08:00:00Z", "scheduled_arrival_at": "2026-03-02T10:30:00Z",
        "incident_on": "2026-03-02", "departure_delay_minutes": 180, "arrival_delay_minutes": 185,
        "missed_connection": false, "notice_minutes": null, "cause_code": "41", "fare_minor": 20000,
        "ancillary_fees_minor": 3500, "currency": "EUR", "payment_method": "CARD", "fare_kind": "PUBLIC",
        "passenger_kind": "ADULT", "has_seat": true, "cabin": "Y",
    });
    let fields = report.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        fields.insert(name.clone(), value.clone());
    }
    report
}

/// The long flight Paris to New York, on which US law applies beside the Union's.
pub(crate) fn paris_to_new_york(changes: Value) -> Value {
    let mut report = report(json!({
        "flight_designator": "AF6", "operating_carrier": "AF", "carrier_licence_country": "FR",
        "origin": {"iata": "CDG", "country": "FR", "latitude": 49.0128, "longitude": 2.55},
        "destination": {"iata": "JFK", "country": "US", "latitude": 40.6398, "longitude": -73.7789},
    }));
    let fields = report.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        fields.insert(name.clone(), value.clone());
    }
    report
}

impl World {
    pub(crate) async fn new() -> Self {
        let (url, postgres) = match std::env::var("JETBRIDGE_TEST_POSTGRES_URL") {
            Ok(server) => own_schema(&server).await,
            Err(_) => ("sqlite::memory:".to_owned(), None),
        };
        let database = Database::connect(&url, 1).await.unwrap();
        CompensationMigrator::up(database.writer(), None)
            .await
            .unwrap();
        Self {
            consumer: schema_compensation::consumer(database.clone()),
            schema: schema_compensation::schema(database.clone()).unwrap(),
            clock: Clock::fixed("2026-03-02T14:00:00Z".parse().unwrap()),
            ids: IdSource::seeded(7),
            database,
            postgres,
        }
    }

    pub(crate) fn session(&self, actor: Actor) -> Session {
        Session::new(actor, "request", self.clock.clone(), self.ids.clone())
    }

    /// An event that happened now.
    pub(crate) fn event(&self, kind: &str, customer: u128, data: Value) -> Event {
        Event {
            id: self.ids.next::<EventId>(self.clock.now()),
            source: "test".to_owned(),
            kind: kind.to_owned(),
            subject: id(JOURNEY),
            time: self.clock.now(),
            customer_id: Some(CustomerId(Uuid::from_u128(customer))),
            correlation_id: "request".to_owned(),
            data,
        }
    }

    pub(crate) async fn deliver(&self, event: &Event) {
        let session = self.session(Actor::service("dispatcher"));
        let work =
            async |transaction: &_| self.consumer.consume(transaction, &session, event).await;
        self.database.transaction(work).await.unwrap();
    }

    /// Reports a disruption of Amal's journey, a minute after the last.
    pub(crate) async fn report(&self, data: Value) {
        self.clock.advance(Duration::minutes(1));
        self.deliver(&self.event("order.journey.disrupted.v1", AMAL, data))
            .await;
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The whole answer to a document.
    pub(crate) async fn ask(&self, actor: Actor, document: &str, variables: Value) -> Value {
        let request = Request::new(document)
            .variables(Variables::from_json(variables))
            .data(self.session(actor))
            .data(loader(&self.database));
        serde_json::to_value(self.schema.execute(request).await).unwrap()
    }

    /// The data of an answer that has no errors.
    pub(crate) async fn data(&self, actor: Actor, document: &str, variables: Value) -> Value {
        let mut answer = self.ask(actor, document, variables).await;
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"].take()
    }

    /// All claims, oldest first, as an agent sees them.
    pub(crate) async fn claims(&self) -> Vec<Value> {
        let document = "{ claims(last: 100, sort: OPENED_AT) { nodes {
            id version status kind regime basis reviewReasons dueBy amount { formatted }
            trace { ruleId why inputsHash } case { id }
            history { nodes { version fromStatus toStatus reason actor amount { formatted } } }
        } } }";
        let mut data = self.data(agent(), document, json!({})).await;
        let mut claims: Vec<_> = data["claims"]["nodes"].take().as_array().unwrap().clone();
        claims.reverse();
        claims
    }

    /// The only claim there is.
    pub(crate) async fn claim(&self) -> Value {
        let mut claims = self.claims().await;
        assert_eq!(claims.len(), 1, "{claims:#?}");
        claims.remove(0)
    }

    /// What was published, oldest first.
    pub(crate) async fn published(&self) -> Vec<(String, Value)> {
        let rows = self
            .select("SELECT kind, data FROM compensation_outbox ORDER BY sequence")
            .await;
        rows.iter()
            .map(|row| {
                (
                    row.try_get("", "kind").unwrap(),
                    row.try_get("", "data").unwrap(),
                )
            })
            .collect()
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        let rows = self
            .select(&format!(
                "SELECT COUNT(*) AS rows FROM compensation_{table}"
            ))
            .await;
        rows[0].try_get("", "rows").unwrap()
    }

    async fn select(&self, sql: &str) -> Vec<sea_orm::QueryResult> {
        let statement = Statement::from_string(self.database.backend(), sql);
        self.database
            .reader()
            .query_all_raw(statement)
            .await
            .unwrap()
    }
}

/// A schema that exists for one test, and the URL that leads into it.
async fn own_schema(server: &str) -> (String, Option<(String, String)>) {
    let id: EventId = IdSource::random().next(Clock::system().now());
    let name = format!("compensation_{}", id.0.simple());
    let database = Database::connect(server, 1).await.unwrap();
    run(&database, &format!("CREATE SCHEMA {name}")).await;
    let separator = if server.contains('?') { '&' } else { '?' };
    (
        format!("{server}{separator}options[search_path]={name}"),
        Some((server.to_owned(), name)),
    )
}

async fn run(database: &Database, statement: &str) {
    let statement = Statement::from_string(DbBackend::Postgres, statement);
    database.writer().execute_raw(statement).await.unwrap();
}

impl Drop for World {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.take() else {
            return;
        };
        // A runtime of its own: the test's cannot be waited for from here.
        let sweep = move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let database = Database::connect(&server, 1).await.unwrap();
                run(&database, &format!("DROP SCHEMA {name} CASCADE")).await;
            });
        };
        std::thread::spawn(sweep).join().unwrap();
    }
}
