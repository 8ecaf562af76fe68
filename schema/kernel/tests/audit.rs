//! The audit log: what is recorded of a request, in which order, and how it shows that somebody touched it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::future::Future;

use async_graphql::{
    EmptySubscription, Executor, ID, Object, Request, Response, Schema, SimpleObject, Variables,
    value,
};
use migrations::{AuditMigrator, MigratorTrait};
use schema_kernel::{
    Actor, ActorKind, Clock, Database, IdSource, Session,
    audit::{
        self, Anchor, AuditKind, AuditLog, AuditRecord, AuditResult, Broken, Entry, Purpose, Trail,
        store::{self, Criteria},
    },
    guard::{Guarded, Personal, guard},
    id::{CustomerId, EventId},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

fn customer(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

fn session(actor: Actor) -> Session {
    Session::new(actor, "request", Clock::system(), IdSource::random())
}

fn agent(scopes: &[&str]) -> Session {
    let scopes = scopes.iter().map(|&scope| scope.to_owned());
    session(Actor::new(
        "agent-1",
        ActorKind::Staff,
        "contact-centre-agent",
        scopes,
    ))
}

/// Does `work` with an empty log, on both databases where there is a server.
async fn on_both<Work: Future>(work: impl Fn(Database) -> Work) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/audit.db", folder.path().display());
    let database = Database::connect(&url, 2).await.unwrap();
    AuditMigrator::up(database.writer(), None).await.unwrap();
    work(database).await;

    let Ok(server) = std::env::var("JETBRIDGE_TEST_POSTGRES_URL") else {
        return;
    };
    let id: EventId = IdSource::random().next(Clock::system().now());
    let schema = format!("audit_{}", id.0.simple());
    let owner = Database::connect(&server, 1).await.unwrap();
    run(&owner, &format!("CREATE SCHEMA {schema}")).await;
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    let database = Database::connect(&url, 4).await.unwrap();
    AuditMigrator::up(database.writer(), None).await.unwrap();
    work(database).await;
    run(&owner, &format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn run(database: &Database, sql: &str) {
    database.writer().execute_unprepared(sql).await.unwrap();
}

fn start(database: &Database) -> AuditLog {
    AuditLog::start(database.clone(), Session::service("audit"))
}

async fn all(database: &Database) -> Vec<AuditRecord> {
    let records = store::after(database.reader(), &Criteria::default(), 0, 1_000).await;
    records.ok().unwrap()
}

async fn verify(database: &Database, anchors: &[Anchor]) -> Result<audit::Verified, Broken> {
    audit::verify(database, anchors, |_| ()).await.ok().unwrap()
}

fn read(number: u128) -> Entry {
    Entry::new(AuditKind::Read, "profile", "CustomerPage")
        .about(customer(number))
        .field("Customer.displayName")
}

async fn some(log: &AuditLog, count: u128) {
    for number in 0..count {
        log.record(&agent(&[]), read(number)).await.ok().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_at_once_are_one_chain_without_a_gap() {
    on_both(async |database: Database| {
        // Two processes, and a hundred requests in each.
        let logs = [start(&database), start(&database)];
        let requests = (0..200_u128).map(|number| {
            let log = logs[usize::from(number % 2 == 0)].clone();
            tokio::spawn(async move { log.record(&agent(&[]), read(number)).await.is_ok() })
        });
        for request in requests.collect::<Vec<_>>() {
            assert!(request.await.unwrap());
        }
        let verified = verify(&database, &[]).await.unwrap();
        assert_eq!(
            (verified.records, verified.first, verified.last),
            (200, 1, 200)
        );
        let about = Criteria {
            customer: Some(customer(7)),
            ..Criteria::default()
        };
        let found = store::after(database.reader(), &about, 0, 10)
            .await
            .ok()
            .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subject_ids(), [customer(7).0]);
        assert_eq!(found[0].purpose, "CUSTOMER_CARE");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_changed_shows() {
    on_both(async |database: Database| {
        let log = start(&database);
        some(&log, 5).await;
        assert!(verify(&database, &[]).await.is_ok());
        for column in [
            "actor",
            "role",
            "purpose",
            "action",
            "domain",
            "subjects",
            "fields",
            "request_id",
            "justification",
        ] {
            let before = all(&database).await;
            run(
                &database,
                &format!("UPDATE audit_record SET {column} = '[]' WHERE sequence = 3"),
            )
            .await;
            let found = verify(&database, &[]).await;
            assert_eq!(found, Err(Broken::Changed { sequence: 3 }), "{column}");
            let was = match column {
                "justification" => "NULL".to_owned(),
                "actor" => format!("'{}'", before[2].actor),
                "role" => format!("'{}'", before[2].role),
                "purpose" => format!("'{}'", before[2].purpose),
                "action" => format!("'{}'", before[2].action),
                "domain" => format!("'{}'", before[2].domain),
                "subjects" => format!("'{}'", before[2].subjects),
                "fields" => format!("'{}'", before[2].fields),
                _ => format!("'{}'", before[2].request_id),
            };
            run(
                &database,
                &format!("UPDATE audit_record SET {column} = {was} WHERE sequence = 3"),
            )
            .await;
            assert!(verify(&database, &[]).await.is_ok(), "{column}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_shows_at_the_end_too() {
    on_both(async |database: Database| {
        let log = start(&database);
        some(&log, 6).await;
        let anchor = audit::newest(&database, 0).await.ok().unwrap().unwrap();
        assert_eq!(anchor.sequence, 6);
        let anchors = [anchor.clone()];
        assert_eq!(verify(&database, &anchors).await.unwrap().anchors, 1);
        run(&database, "DELETE FROM audit_record WHERE sequence = 3").await;
        assert_eq!(
            verify(&database, &anchors).await,
            Err(Broken::Missing { from: 3, to: 3 })
        );
        // What is left is whole by itself; the anchor knows better.
        run(&database, "DELETE FROM audit_record WHERE sequence > 2").await;
        assert!(verify(&database, &[]).await.is_ok());
        assert_eq!(
            verify(&database, &anchors).await,
            Err(Broken::Missing { from: 3, to: 6 })
        );
        // Written anew up to the same number, it is another log.
        some(&log, 4).await;
        assert!(verify(&database, &[]).await.is_ok());
        let found = verify(&database, &anchors).await;
        assert_eq!(found, Err(Broken::NotAnchored { sequence: 6 }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_oldest_part_can_go_when_its_end_is_anchored() {
    on_both(async |database: Database| {
        let log = start(&database);
        some(&log, 5).await;
        let later = Clock::system().now() + chrono::TimeDelta::hours(1);
        let reader = database.reader();
        let (sequence, hash) = store::newest_before(reader, later)
            .await
            .ok()
            .unwrap()
            .unwrap();
        assert_eq!(
            sequence, 4,
            "the newest stays: what comes next is chained to it"
        );
        store::let_go(database.writer(), sequence)
            .await
            .ok()
            .unwrap();
        assert!(verify(&database, &[]).await.is_err());
        let beginning = [Anchor {
            sequence,
            hash,
            at_millis: 0,
            is_beginning: true,
        }];
        some(&log, 2).await;
        let verified = verify(&database, &beginning).await.unwrap();
        assert_eq!((verified.first, verified.last), (5, 7));
    })
    .await;
}

struct Customer(u128);

#[Object(directive = Personal::apply("IDENTITY"))]
impl Customer {
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        ID(customer(self.0).to_string())
    }

    #[graphql(requires_scopes = "customer:read")]
    async fn name(&self) -> Option<&str> {
        Some("Amara")
    }

    #[graphql(requires_scopes = "customer:secret")]
    async fn secret(&self) -> Option<&str> {
        Some("hidden")
    }

    #[graphql(requires_scopes = "customer:read")]
    async fn points(&self) -> Vec<Point> {
        vec![Point {
            value: "amara@example.com",
        }]
    }
}

#[derive(SimpleObject)]
#[graphql(requires_scopes = "customer:read", directive = Personal::apply("CONTACT"))]
struct Point {
    value: &'static str,
}

struct Matter(u128);

#[Object(directive = Personal::apply("CASE"))]
impl Matter {
    #[graphql(requires_scopes = "customer:read")]
    async fn text(&self) -> &str {
        "A blue suitcase"
    }

    #[graphql(requires_scopes = "customer:read")]
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0))
    }
}

#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
struct Changed {
    customer: Customer,
}

struct Query;

#[Object]
impl Query {
    #[graphql(requires_scopes = "public")]
    async fn customers(&self) -> Vec<Customer> {
        (1..=3).map(Customer).collect()
    }

    #[graphql(requires_scopes = "public")]
    async fn matters(&self) -> Option<Vec<Matter>> {
        Some((4..=5).map(Matter).collect())
    }

    #[graphql(requires_scopes = "public")]
    async fn weather(&self) -> Option<&str> {
        Some("fair")
    }

    #[graphql(entity)]
    async fn customer_by_id(&self, id: ID) -> Option<Customer> {
        Uuid::parse_str(&id).ok().map(|id| Customer(id.as_u128()))
    }
}

struct Mutation;

#[Object]
impl Mutation {
    #[graphql(requires_scopes = "public")]
    async fn rename(&self, customer_id: ID, name: String) -> Option<Changed> {
        let _ = (customer_id, name);
        Some(Changed {
            customer: Customer(9),
        })
    }
}

fn schema() -> Guarded<Schema<Query, Mutation, EmptySubscription>> {
    guard(Schema::build(Query, Mutation, EmptySubscription))
        .unwrap()
        .of("profile")
}

/// Asks as a host does: the answer leaves when what it holds is recorded.
async fn ask(log: &AuditLog, document: &str, variables: serde_json::Value) -> Result<Response, ()> {
    let trail = Trail::new(log.clone(), Some("Looking".to_owned()));
    let session = agent(&["customer:read"]).audited(trail.clone());
    let request = Request::new(document)
        .variables(Variables::from_json(variables))
        .data(session);
    let response = schema().execute(request).await;
    trail.durable().await.map_err(|_| ())?;
    Ok(response)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_names_whom_and_what_and_the_answer_is_what_was_asked() {
    on_both(async |database: Database| {
        let log = start(&database);
        let none = serde_json::json!({});
        let answer = ask(&log, "{ customers { name points { value } } matters { text } weather }", none.clone());
        let point = value!([{ "value": "amara@example.com" }]);
        let one = value!({ "name": "Amara", "points": point });
        let many = value!([one.clone(), one.clone(), one]);
        assert_eq!(
            answer.await.unwrap().data,
            value!({ "customers": many, "matters": [{ "text": "A blue suitcase" }, { "text": "A blue suitcase" }], "weather": "fair" })
        );
        let records = all(&database).await;
        assert_eq!(records.len(), 1);
        let ids: Vec<Uuid> = (1..=5).map(|number| customer(number).0).collect();
        assert_eq!(records[0].subject_ids(), ids);
        assert_eq!(records[0].field_names(), ["Customer.name", "Matter.text", "Point.value"]);
        assert_eq!(records[0].action, "Looking");
        assert_eq!((records[0].kind, records[0].result), (AuditKind::Read, AuditResult::Done));

        // What is about nobody leaves no trace.
        ask(&log, "{ weather customers { id } }", none).await.unwrap();
        assert_eq!(all(&database).await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entities_are_about_whom_they_are_asked_for() {
    on_both(async |database: Database| {
        let log = start(&database);
        let them = [6, 7].map(|number| serde_json::json!({ "__typename": "Customer", "id": customer(number).to_string() }));
        let document = "query($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { name } } }";
        let answer = ask(&log, document, serde_json::json!({ "of": them })).await.unwrap();
        assert_eq!(answer.data, value!({ "_entities": [{ "name": "Amara" }, { "name": "Amara" }] }));
        let records = all(&database).await;
        assert_eq!(records[0].subject_ids(), [customer(6).0, customer(7).0]);
        assert_eq!(records[0].field_names(), ["Customer.name"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_and_changes_are_recorded() {
    on_both(async |database: Database| {
        let log = start(&database);
        let none = serde_json::json!({});
        let answer = ask(&log, "{ customers { secret } }", none.clone())
            .await
            .unwrap();
        assert_eq!(answer.errors.len(), 3);
        let records = all(&database).await;
        assert_eq!(
            (records[0].kind, records[0].result),
            (AuditKind::Refusal, AuditResult::Refused)
        );
        assert_eq!(records[0].field_names(), ["Customer.secret"]);

        let document = format!(
            "mutation {{ rename(customerId: \"{}\", name: \"Eve\") {{ customer {{ id }} }} }}",
            customer(8)
        );
        ask(&log, &document, none).await.unwrap();
        let changes: Vec<AuditRecord> = all(&database)
            .await
            .into_iter()
            .filter(|record| record.kind == AuditKind::Write)
            .collect();
        assert_eq!(
            changes
                .iter()
                .map(|record| record.result)
                .collect::<Vec<_>>(),
            [AuditResult::Begun, AuditResult::Done]
        );
        assert_eq!(changes[0].field_names(), ["customerId", "name"]);
        assert_eq!(changes[0].subject_ids(), [customer(8).0]);
        assert!(
            changes
                .iter()
                .all(|record| record.action == "rename" && !format!("{record:?}").contains("Eve"))
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_recorded_is_not_answered() {
    on_both(async |database: Database| {
        let log = start(&database);
        let none = serde_json::json!({});
        run(
            &database,
            "ALTER TABLE audit_record RENAME TO audit_record_away",
        )
        .await;
        assert!(
            ask(&log, "{ customers { name } }", none.clone())
                .await
                .is_err()
        );
        assert!(log.is_down());
        let answer = ask(&log, "{ customers { name } weather }", none.clone())
            .await
            .unwrap();
        let nobody = value!({ "name": null });
        assert_eq!(
            answer.data,
            value!({ "customers": [nobody.clone(), nobody.clone(), nobody], "weather": "fair" })
        );
        assert_eq!(answer.errors.len(), 3);
        let change = "mutation { rename(customerId: \"x\", name: \"Eve\") { customer { id } } }";
        assert_eq!(
            ask(&log, change, none.clone()).await.unwrap().data,
            value!({ "rename": null })
        );

        run(
            &database,
            "ALTER TABLE audit_record_away RENAME TO audit_record",
        )
        .await;
        for _ in 0..100 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            if !log.is_down() {
                break;
            }
        }
        assert!(
            ask(&log, "{ customers { name } }", none)
                .await
                .unwrap()
                .errors
                .is_empty()
        );
        assert!(verify(&database, &[]).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_purpose_is_what_was_said_or_what_the_role_is_for() {
    on_both(async |database: Database| {
        let log = start(&database);
        let said = agent(&[]).used_for(
            Some(Purpose::Complaint),
            Some("01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f"),
        );
        log.record(&said, read(1)).await.ok().unwrap();
        log.record(&said, read(1).purpose(Purpose::Security))
            .await
            .ok()
            .unwrap();
        log.record(&agent(&[]), read(1)).await.ok().unwrap();
        let purposes: Vec<String> = all(&database)
            .await
            .into_iter()
            .map(|record| record.purpose)
            .collect();
        assert_eq!(purposes, ["COMPLAINT", "SECURITY", "CUSTOMER_CARE"]);
        assert!(
            all(&database).await[0]
                .justification
                .as_deref()
                .unwrap()
                .starts_with("01936f5e")
        );
    })
    .await;
}
