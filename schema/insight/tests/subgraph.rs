//! The insight subgraph through its guarded schema: on SQLite, and on PostgreSQL where `JETBRIDGE_TEST_POSTGRES_URL` names
//! a server.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_graphql::{Executor, Request};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entities::id::CustomerId;
use futures_util::future::BoxFuture;
use migrations::{InsightMigrator, MigratorTrait};
use schema_insight::{
    Insight, Options, builder,
    model::{
        self, ClaimFacts, CustomerPage, Facts, JourneyFacts, SegmentFacts, Source, SourceError,
    },
    notary::{Notary, Signed},
    pseudonym::Pseudonyms,
    publish::publish_due,
};
use schema_kernel::{Actor, ActorKind, Clock, Database, IdSource, Result, Session, guard::guard};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

const PEOPLE: u128 = 200;

fn now() -> DateTime<Utc> {
    "2026-11-20T08:00:00Z".parse().unwrap()
}

/// Two hundred people with a journey each; of whom some are children, and none when they are gone.
struct World(AtomicBool);

impl Source for World {
    fn facts(&self, customer: CustomerId) -> BoxFuture<'_, Result<Option<Facts>, SourceError>> {
        let number = customer.0.as_u128();
        let segment = SegmentFacts {
            cabin: if number.is_multiple_of(4) { "J" } else { "Y" }.to_owned(),
            flight_status: Some("ARRIVED".to_owned()),
            arrival_delay_minutes: Some(if number.is_multiple_of(2) { 200 } else { 0 }),
        };
        let journey = JourneyFacts {
            id: number.to_string(),
            departs_at: "2026-09-10T10:00:00Z".parse().unwrap(),
            origin_country: Some("DE".to_owned()),
            destination_country: Some("AE".to_owned()),
            channel: Some("WEB".to_owned()),
            segments: vec![segment],
            claims: vec![ClaimFacts {
                amount: Some((60_000, "EUR".to_owned())),
            }],
        };
        let facts = Facts {
            is_open: true,
            needs_assistance: false,
            is_granted: None,
            birth_date: NaiveDate::from_ymd_opt(if number < 190 { 1984 } else { 2015 }, 1, 1),
            tier: Some("GOLD".to_owned()),
            residence: Some("DE".to_owned()),
            language: "de".to_owned(),
            home_airport: Some("FRA".to_owned()),
            known_since: "2020-01-01T00:00:00Z".parse().unwrap(),
            journeys: vec![journey],
        };
        let is_there = self.0.load(Ordering::Relaxed);
        Box::pin(async move { Ok(is_there.then_some(facts)) })
    }

    fn page(&self, _: Option<String>) -> BoxFuture<'_, Result<CustomerPage, SourceError>> {
        let customers = everybody();
        Box::pin(async move {
            Ok(CustomerPage {
                customers,
                next: None,
            })
        })
    }
}

struct Plain;

impl Notary for Plain {
    fn sign(&self, claims: &Value, _: DateTime<Utc>) -> Result<Signed> {
        Ok(Signed {
            token: claims.to_string(),
            key_id: "key".to_owned(),
            jwk: json!({ "kty": "OKP" }),
        })
    }
}

fn everybody() -> Vec<CustomerId> {
    (0..PEOPLE)
        .map(|number| CustomerId(Uuid::from_u128(number)))
        .collect()
}

async fn on_both(work: impl AsyncFn(Database)) {
    let database = Database::connect("sqlite::memory:", 1).await.unwrap();
    InsightMigrator::up(database.writer(), None).await.unwrap();
    work(database).await;
    let Ok(server) = std::env::var("JETBRIDGE_TEST_POSTGRES_URL") else {
        return;
    };
    let schema = format!("insight_{}", Uuid::now_v7().simple());
    let owner = Database::connect(&server, 1).await.unwrap();
    run(&owner, &format!("CREATE SCHEMA {schema}")).await;
    let separator = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{separator}options[search_path]={schema}");
    let database = Database::connect(&url, 4).await.unwrap();
    InsightMigrator::up(database.writer(), None).await.unwrap();
    work(database.clone()).await;
    InsightMigrator::down(database.writer(), None)
        .await
        .unwrap();
    run(&owner, &format!("DROP SCHEMA {schema} CASCADE")).await;
}

async fn run(database: &Database, statement: &str) {
    let statement = Statement::from_string(database.backend(), statement);
    database.writer().execute_raw(statement).await.unwrap();
}

fn insight(database: &Database, epsilon: Option<f64>) -> Insight {
    let options = Options {
        settle: TimeDelta::days(14),
        questions_a_day: 6,
        epsilon,
        epsilon_a_year: 0.5,
    };
    Insight::new(
        database.clone(),
        Pseudonyms::new(&[7; 32]),
        Arc::new(Plain),
        options,
    )
}

fn session(clock: &Clock, kind: ActorKind, name: &str, scope: &str) -> Session {
    let actor = Actor::new(name, kind, "partner", [scope.to_owned()]);
    Session::new(actor, "request", clock.clone(), IdSource::random())
}

async fn published(insight: &Insight, session: &Session) {
    let source = World(AtomicBool::new(true));
    for customer in everybody().into_iter().skip(10) {
        model::consent(insight, session, customer, true)
            .await
            .unwrap();
    }
    let read = model::refresh(insight, session, &source, 1_000)
        .await
        .unwrap();
    assert_eq!(read, 190);
    let months = publish_due(insight, session).await.unwrap();
    assert_eq!(months.len(), 1, "{months:?}");
    assert_eq!(months[0].month, "2026-09");
}

async fn ask(insight: &Insight, session: &Session, query: &str) -> Value {
    let schema = builder(insight.clone()).data(insight.database().clone());
    let request = Request::new(query).data(session.clone());
    let answer = guard(schema).unwrap().execute(request).await;
    serde_json::to_value(answer).unwrap()
}

fn cohorts(dimensions: &str, measures: &str, month: &str) -> String {
    format!(
        "{{ cohorts(input: {{ dimensions: [{dimensions}], measures: [{measures}], period: {{ from: \"{month}\", to: \"{month}\" }} }}) {{ \
         ... on Cohorts {{ cohorts {{ values {{ value }} persons figures {{ measure value }} }} receipt {{ answerHash epsilon token }} }} \
         ... on InsightRefused {{ reason allowed }} }} }}"
    )
}

#[tokio::test]
async fn a_partner_is_told_of_crowds_and_it_is_noted() {
    on_both(async |database| {
        let clock = Clock::fixed(now());
        let insight = insight(&database, None);
        let host = Session::new(
            Actor::service("test"),
            "test",
            clock.clone(),
            IdSource::random(),
        );
        published(&insight, &host).await;
        let partner = session(&clock, ActorKind::Partner, "client-1", "insight:read");
        let question = cohorts("DISRUPTION, CABIN", "PERSONS, CLAIM_SHARE", "2026-09");
        let told = ask(&insight, &partner, &question).await;
        let cells = told["data"]["cohorts"]["cohorts"].as_array().unwrap();
        // 180 of age who agreed: half of them late, half of these in business.
        let persons: Vec<i64> = cells
            .iter()
            .map(|cell| cell["persons"].as_i64().unwrap())
            .collect();
        assert_eq!(persons, [45, 45, 90], "{told:#}");
        // Everybody claimed: of whom it would be told, it would be known.
        for cell in cells {
            assert_eq!(cell["figures"].as_array().unwrap().len(), 1, "{cell}");
        }
        // Everybody goes, and nothing that was published changes.
        let gone = World(AtomicBool::new(false));
        for customer in everybody() {
            model::consent(&insight, &host, customer, true)
                .await
                .unwrap();
        }
        while model::refresh(&insight, &host, &gone, 50).await.unwrap() > 0 {}
        let again = ask(&insight, &partner, &question).await;
        assert_eq!(
            again["data"]["cohorts"]["receipt"]["answerHash"],
            told["data"]["cohorts"]["receipt"]["answerHash"]
        );
        let crossed = ask(
            &insight,
            &partner,
            &cohorts("TIER, CABIN", "PERSONS", "2026-09"),
        )
        .await;
        assert_eq!(crossed["data"]["cohorts"]["reason"], "NOT_IN_ONE_CUBE");
        for _ in 0..3 {
            let early = ask(&insight, &partner, &cohorts("", "PERSONS", "2026-11")).await;
            assert_eq!(early["data"]["cohorts"]["reason"], "NOT_PUBLISHED");
        }
        let spent = ask(&insight, &partner, &question).await;
        assert_eq!(
            spent["data"]["cohorts"]["reason"], "QUESTIONS_SPENT",
            "{spent:#}"
        );
        let log = "{ insightQueries(first: 10) { nodes { partner refusal questionHash } } }";
        let denied = ask(&insight, &partner, log).await;
        assert!(
            denied["errors"].to_string().contains("FORBIDDEN"),
            "{denied:#}"
        );
        let officer = session(&clock, ActorKind::Staff, "officer", "insight:audit");
        let noted = ask(&insight, &officer, log).await;
        let noted = noted["data"]["insightQueries"]["nodes"].as_array().unwrap();
        assert_eq!(noted.len(), 7);
        assert!(noted.iter().all(|query| query["partner"] == "client-1"));
    })
    .await;
}

#[tokio::test]
async fn noise_is_drawn_once_and_paid_for() {
    on_both(async |database| {
        let clock = Clock::fixed(now());
        let insight = insight(&database, Some(0.5));
        let host = Session::new(
            Actor::service("test"),
            "test",
            clock.clone(),
            IdSource::random(),
        );
        published(&insight, &host).await;
        let partner = session(&clock, ActorKind::Partner, "client-1", "insight:read");
        let other = session(&clock, ActorKind::Partner, "client-2", "insight:read");
        let question = cohorts("CABIN", "PERSONS", "2026-09");
        let first = ask(&insight, &partner, &question).await["data"]["cohorts"].take();
        assert_eq!(first["receipt"]["epsilon"], 0.5, "{first:#}");
        let again = ask(&insight, &partner, &question).await["data"]["cohorts"].take();
        assert_eq!(again["cohorts"], first["cohorts"]);
        assert_eq!(again["receipt"]["epsilon"], 0.0);
        let theirs = ask(&insight, &other, &question).await["data"]["cohorts"].take();
        assert_eq!(
            theirs["cohorts"], first["cohorts"],
            "two partners cannot take a mean"
        );
        let spent = ask(&insight, &partner, &cohorts("TIER", "PERSONS", "2026-09")).await;
        assert_eq!(
            spent["data"]["cohorts"]["reason"], "EPSILON_SPENT",
            "{spent:#}"
        );
        let more = ask(&insight, &partner, &cohorts("CABIN", "JOURNEYS", "2026-09")).await;
        assert_eq!(more["data"]["cohorts"]["reason"], "MEASURE_NOT_PUBLISHED");
    })
    .await;
}
