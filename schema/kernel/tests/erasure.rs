//! What a domain takes away of a person, what holds it back, and what is kept no longer than it may be.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::future::Future;

use chrono::{DateTime, TimeDelta, Utc};
use migrations::{EngagementMigrator, MigratorTrait};
use schema_kernel::{
    Clock, Database, Event, IdSource, Session,
    dispatcher::Consumer,
    erasure::{
        Act, Answered, Asked, ERASED, Eraser, Hold, ORDERED, PLANNED, Phase, Plan, To, Whose, Wipe,
    },
    id::{CustomerId, DataRequestId, EventId},
    outbox::{self, Domain},
    retention::{self, Rule},
};
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

const DOMAIN: Domain = Domain("engagement");

const PLAN: Plan = Plan {
    answer: "engagement.erasure.answered.v1",
    holds: &[
        Hold {
            reason: "OPEN_MATTER",
            table: "matter",
            customer: "customer_id",
            which: "is_open",
            ahead: None,
        },
        Hold {
            reason: "TRIP_AHEAD",
            table: "trip",
            customer: "customer_id",
            which: "status <> 'CANCELLED'",
            ahead: Some("departs_at"),
        },
    ],
    wipes: &[
        Wipe {
            table: "note",
            rows: Whose::Through("matter_id", "matter", "id", "customer_id"),
            act: Act::Delete,
        },
        Wipe {
            table: "matter",
            rows: Whose::Column("customer_id"),
            act: Act::Set(&[
                ("words", To::Text(ERASED)),
                ("reason", To::Null),
                ("address", To::TextWith("erased-", "id")),
                ("is_liked", To::False),
            ]),
        },
        Wipe {
            table: "trip",
            rows: Whose::ColumnWhere("customer_id", "companion IS NULL"),
            act: Act::Set(&[("name", To::Text(ERASED))]),
        },
    ],
};

fn customer(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

fn now() -> DateTime<Utc> {
    Clock::system().now()
}

/// Does `work` with the tables of a domain, on both databases where there is a server.
async fn on_both<Work: Future>(work: impl Fn(Database) -> Work) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/domain.db", folder.path().display());
    let database = Database::connect(&url, 2).await.unwrap();
    make(&database).await;
    work(database).await;

    let Ok(server) = std::env::var("JETBRIDGE_TEST_POSTGRES_URL") else {
        return;
    };
    let id: EventId = IdSource::random().next(now());
    let schema = format!("erasure_{}", id.0.simple());
    let owner = Database::connect(&server, 1).await.unwrap();
    run(&owner, &format!("CREATE SCHEMA {schema}")).await;
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    let database = Database::connect(&url, 4).await.unwrap();
    make(&database).await;
    work(database).await;
    run(&owner, &format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn run(database: &Database, sql: &str) {
    database.writer().execute_unprepared(sql).await.unwrap();
}

async fn make(database: &Database) {
    EngagementMigrator::up(database.writer(), None)
        .await
        .unwrap();
    let kind = match database.backend() {
        sea_orm::DbBackend::Postgres => "uuid",
        _ => "uuid_text",
    };
    for table in [
        format!(
            "CREATE TABLE matter (id {kind} PRIMARY KEY, customer_id {kind}, is_open boolean, words text, reason text, address text UNIQUE, is_liked boolean, amount integer)"
        ),
        format!("CREATE TABLE note (id integer PRIMARY KEY, matter_id {kind}, words text)"),
        format!(
            "CREATE TABLE trip (id integer PRIMARY KEY, customer_id {kind}, companion text, name text, status text, departs_at timestamptz)"
        ),
    ] {
        run(database, &table).await;
    }
    for number in 1..=2 {
        let (matter, customer) = (id(database, number + 10), id(database, number));
        run(database, &format!("INSERT INTO matter VALUES ({matter}, {customer}, FALSE, 'a blue suitcase', 'because', 'amara{number}@example.com', TRUE, 600)")).await;
        run(
            database,
            &format!("INSERT INTO note VALUES ({number}, {matter}, 'Amara called')"),
        )
        .await;
        for (trip, companion) in [(number * 2, "NULL"), (number * 2 + 1, "'Ali'")] {
            run(database, &format!("INSERT INTO trip VALUES ({trip}, {customer}, {companion}, 'Amara', 'FLOWN', '2020-01-01T00:00:00+00:00')")).await;
        }
    }
}

/// An id, as each database writes it.
fn id(database: &Database, number: u128) -> String {
    let id = Uuid::from_u128(number);
    match database.backend() {
        sea_orm::DbBackend::Postgres => format!("'{id}'"),
        _ => format!("x'{}'", id.simple()),
    }
}

async fn number(database: &Database, sql: &str) -> i64 {
    let select = Statement::from_string(
        database.backend(),
        format!("SELECT COUNT(*) AS number FROM {sql}"),
    );
    let row = database
        .reader()
        .query_one_raw(select)
        .await
        .unwrap()
        .unwrap();
    row.try_get("", "number").unwrap()
}

/// Has the domain answer an event, and gives back what it says.
async fn answer(database: &Database, kind: &str, customer_id: CustomerId) -> Answered {
    let asked = Asked {
        data_request_id: DataRequestId(Uuid::from_u128(99)),
        customer_id,
    };
    let event = Event {
        id: IdSource::random().next(now()),
        source: "profile".to_owned(),
        kind: kind.to_owned(),
        subject: asked.data_request_id.to_string(),
        time: now(),
        customer_id: Some(customer_id),
        correlation_id: "request".to_owned(),
        data: serde_json::to_value(&asked).unwrap(),
    };
    let eraser = Eraser::new(DOMAIN, database.clone(), &PLAN);
    assert!(eraser.wants(kind));
    let session = Session::service("test");
    let consumed = database
        .transaction(async |transaction| eraser.consume(transaction, &session, &event).await)
        .await;
    consumed.ok().unwrap();
    let told = outbox::pending(database, DOMAIN, 100).await.ok().unwrap();
    let (_, last) = told.into_iter().last().unwrap();
    assert_eq!(last.kind, "engagement.erasure.answered.v1");
    serde_json::from_value(last.data).unwrap()
}

#[tokio::test]
async fn one_person_goes_and_the_sums_stay() {
    on_both(async |database: Database| {
        let planned = answer(&database, PLANNED, customer(1)).await;
        assert_eq!((planned.phase, planned.holds.len(), planned.rows.len()), (Phase::Planned, 0, 0));
        assert_eq!(number(&database, "note").await, 2, "to ask takes nothing away");

        let done = answer(&database, ORDERED, customer(1)).await;
        let rows: Vec<(&str, u64)> = done.rows.iter().map(|(table, rows)| (table.as_str(), *rows)).collect();
        assert_eq!(rows, [("matter", 1), ("note", 1), ("trip", 1)]);
        let left = format!("matter WHERE words = '{ERASED}' AND reason IS NULL AND address LIKE 'erased-%' AND is_liked = FALSE AND amount = 600");
        assert_eq!(number(&database, &left).await, 1);
        // Others are untouched, and so is who travelled along.
        assert_eq!(number(&database, "matter WHERE words = 'a blue suitcase'").await, 1);
        assert_eq!(number(&database, "trip WHERE name = 'Amara'").await, 3);
        // Again, nothing is left to take away but what is taken away already.
        assert_eq!(answer(&database, ORDERED, customer(1)).await.rows["note"], 0);
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_the_way_holds_everything() {
    on_both(async |database: Database| {
        run(&database, "UPDATE matter SET is_open = TRUE").await;
        run(
            &database,
            "UPDATE trip SET departs_at = '2999-01-01T00:00:00+00:00'",
        )
        .await;
        for kind in [PLANNED, ORDERED] {
            let held = answer(&database, kind, customer(1)).await;
            assert_eq!(held.holds, ["OPEN_MATTER", "TRIP_AHEAD"]);
            assert!(held.rows.is_empty());
        }
        run(&database, "UPDATE trip SET status = 'CANCELLED'").await;
        assert_eq!(
            answer(&database, PLANNED, customer(1)).await.holds,
            ["OPEN_MATTER"]
        );
        assert_eq!(
            number(&database, "matter WHERE words = 'a blue suitcase'").await,
            2
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_past_its_time_goes_once() {
    const RULES: &[Rule] = &[
        Rule {
            class: "trips",
            basis: "storage limitation",
            months: 24,
            table: "trip",
            since: "departs_at",
            which: "name <> '(expired)'",
            unless: None,
            act: Act::Set(&[("name", To::Text("(expired)"))]),
        },
        Rule {
            class: "trips of whom nothing is open",
            basis: "storage limitation",
            months: 24,
            table: "trip",
            since: "departs_at",
            which: "companion IS NOT NULL",
            unless: Some(("customer_id", "trip", "customer_id", "departs_at")),
            act: Act::Delete,
        },
    ];
    on_both(async |database: Database| {
        let lately = (now() - TimeDelta::days(1)).to_rfc3339();
        run(
            &database,
            &format!("UPDATE trip SET departs_at = '{lately}' WHERE id = 2"),
        )
        .await;
        let rows = async |is_dry| -> Vec<u64> {
            let kept = retention::retain(&database, RULES, now(), is_dry)
                .await
                .ok()
                .unwrap();
            kept.iter().map(|kept| kept.rows).collect()
        };
        assert_eq!(rows(true).await, [3, 1]);
        assert_eq!(
            number(&database, "trip").await,
            4,
            "to ask takes nothing away"
        );
        assert_eq!(rows(false).await, [3, 1]);
        assert_eq!(rows(false).await, [0, 0]);
        assert_eq!(number(&database, "trip WHERE name = 'Amara'").await, 1);
    })
    .await;
}
