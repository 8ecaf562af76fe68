//! A world with a database, a clock that stands still, and actors.

use std::sync::Arc;

use async_graphql::{EmptySubscription, Executor, Request, Schema, Variables};
use chrono::{DateTime, Duration, Utc};
use migrations::{MigratorTrait, ProfileMigrator};
use schema_kernel::{
    Actor, ActorKind, Clock, Database, Event, IdSource, Session,
    dispatcher::{Consumer, Dispatcher},
    guard::Guarded,
    id::{CustomerId, EventId},
    loader,
};
use schema_profile::{DOMAIN, Mutation, Query};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    pub(crate) ids: IdSource,
    schema: Guarded<Schema<Query, Mutation, EmptySubscription>>,
    postgres: Option<(String, String)>,
}

const SCOPES: [&str; 9] = [
    "customer:read",
    "customer:contact",
    "customer:sensitive",
    "customer:write",
    "order:read",
    "case:read",
    "case:internal",
    "claim:read",
    "flight:read",
];

pub(crate) fn agent() -> Actor {
    Actor::new(
        "agent-7",
        ActorKind::Staff,
        "contact-centre-agent",
        SCOPES.map(str::to_owned),
    )
}

/// A member of staff with these scopes alone.
pub(crate) fn staff(scopes: &[&str]) -> Actor {
    Actor::new(
        "agent-8",
        ActorKind::Staff,
        "clerk",
        scopes.iter().map(|scope| (*scope).to_owned()),
    )
}

pub(crate) fn customer(id: &str) -> Actor {
    let id = CustomerId(Uuid::parse_str(id).unwrap());
    Actor::new(
        "customer",
        ActorKind::Customer(id),
        "customer",
        SCOPES.map(str::to_owned),
    )
}

impl World {
    pub(crate) async fn new() -> Self {
        let (url, postgres) = match std::env::var("JETBRIDGE_TEST_POSTGRES_URL") {
            Ok(server) => own_schema(&server).await,
            Err(_) => ("sqlite::memory:".to_owned(), None),
        };
        let database = Database::connect(&url, 1).await.unwrap();
        ProfileMigrator::up(database.writer(), None).await.unwrap();
        Self {
            schema: schema_profile::schema(database.clone()).unwrap(),
            clock: Clock::fixed("2026-11-20T06:30:00Z".parse().unwrap()),
            ids: IdSource::seeded(7),
            database,
            postgres,
        }
    }

    pub(crate) fn session(&self, actor: Actor) -> Session {
        Session::new(actor, "request", self.clock.clone(), self.ids.clone())
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

    /// The data of an answer without errors.
    pub(crate) async fn data(&self, actor: Actor, document: &str, variables: Value) -> Value {
        let mut answer = self.ask(actor, document, variables).await;
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"].take()
    }

    /// What a mutation of one `input` answers, with `outcome` as the name of the type that came.
    pub(crate) async fn mutate(
        &self,
        actor: Actor,
        name: &str,
        input: Value,
        fields: &str,
    ) -> Value {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ it: {name}(input: $input) {{ outcome: __typename \
             ... on InvalidInput {{ message code fields {{ path message rule }} }} \
             ... on Problem {{ rule }} {fields} }} }}"
        );
        self.data(actor, &document, json!({ "input": input })).await["it"].take()
    }

    /// Makes a customer, a minute after the last.
    pub(crate) async fn customer(&self, input: Value) -> String {
        self.clock.advance(Duration::minutes(1));
        let made = self
            .mutate(
                agent(),
                "createCustomer",
                input,
                "... on CustomerCreated { customer { id } }",
            )
            .await;
        made["customer"]["id"]
            .as_str()
            .unwrap_or_else(|| panic!("{made:#}"))
            .to_owned()
    }

    pub(crate) async fn amal(&self) -> String {
        self.customer(json!({
            "givenName": "Amal", "familyName": "Haddad", "gender": "F", "birthDate": "1984-02-29", "nationality": "jo",
            "email": "Amal.Haddad@Example.com", "phone": "00971 50 123 4567", "language": "ar-ae", "homeAirport": "dxb",
            "loyaltyMembership": { "programme": "skywards", "number": "EK 123 456 789", "tier": "GOLD" },
        }))
        .await
    }

    /// An event that happened now.
    pub(crate) fn event(&self, kind: &str, customer: &str, data: Value) -> Event {
        Event {
            id: self.ids.next::<EventId>(self.clock.now()),
            source: "test".to_owned(),
            kind: kind.to_owned(),
            subject: customer.to_owned(),
            time: self.clock.now(),
            customer_id: Some(CustomerId(Uuid::parse_str(customer).unwrap())),
            correlation_id: "request".to_owned(),
            data,
        }
    }

    /// Delivers an event that another domain has published.
    pub(crate) async fn deliver(&self, event: &Event) {
        let session = self.session(Actor::service("dispatcher"));
        let consumer = schema_profile::consumer(self.database.clone());
        assert!(consumer.wants(&event.kind));
        let work = async |transaction: &_| consumer.consume(transaction, &session, event).await;
        self.database.transaction(work).await.unwrap();
    }

    /// Delivers what this domain has published to itself. Returns how many events.
    pub(crate) async fn drain(&self) -> u64 {
        let consumer: Arc<dyn Consumer> = schema_profile::consumer(self.database.clone());
        let session = self.session(Actor::service("dispatcher"));
        let dispatcher = Dispatcher::new(
            vec![(DOMAIN, self.database.clone())],
            vec![consumer],
            session,
        );
        dispatcher.drain().await.unwrap()
    }

    /// A number that a statement counts.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let statement = Statement::from_string(
            self.database.backend(),
            format!("SELECT count(*) AS number FROM profile_{table}"),
        );
        let row = self
            .database
            .reader()
            .query_one_raw(statement)
            .await
            .unwrap()
            .unwrap();
        row.try_get("", "number").unwrap()
    }

    /// Everything that is on the outbox, as text.
    pub(crate) async fn outbox(&self) -> String {
        let statement = Statement::from_string(
            self.database.backend(),
            "SELECT kind, data FROM profile_outbox ORDER BY sequence",
        );
        let rows = self
            .database
            .reader()
            .query_all_raw(statement)
            .await
            .unwrap();
        let text = |row: &sea_orm::QueryResult| {
            let kind: String = row.try_get("", "kind").unwrap();
            let data: Value = row.try_get("", "data").unwrap();
            format!("{kind} {data}\n")
        };
        rows.iter().map(text).collect()
    }
}

/// A schema of its own on a PostgreSQL server, so that tests run beside each other.
async fn own_schema(server: &str) -> (String, Option<(String, String)>) {
    let name = format!(
        "profile_{}",
        IdSource::random()
            .next::<EventId>(Clock::system().now())
            .0
            .simple()
    );
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
        let _ = std::thread::spawn(sweep).join();
    }
}

/// The texts at `path` of each element: `"node.displayName"`.
pub(crate) fn texts(list: &Value, path: &str) -> Vec<String> {
    let pointer = format!("/{}", path.replace('.', "/"));
    let text = |element: &Value| {
        element
            .pointer(&pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    list.as_array()
        .unwrap_or_else(|| panic!("not a list: {list}"))
        .iter()
        .map(text)
        .collect()
}
