//! Events by way of a message broker: once in effect and in order, in one process, in several and in the split shape, while
//! the broker dies and comes back empty.

use std::time::Duration;

use serde_json::{Value, json};
use server::{App as Product, Config, Running, StartOptions, graph::subgraph::SubgraphName};
use tests::{
    App, Broker, OneProcess, Storage,
    build::{NewFlight, Trip},
};

/// How often a flight is corrected while things break.
const CORRECTIONS: i32 = 60;

async fn app(storage: Storage, broker: &Broker) -> App {
    App::in_one_process(OneProcess::OtherShape, storage, &broker.settings()).await
}

/// A delay of the flight, of which nothing is delivered yet.
async fn tell_delay(app: &App, trip: &Trip, minutes: i32) {
    let details = json!({ "departureDelayMinutes": minutes, "arrivalDelayMinutes": minutes, "causeCode": "41" });
    let input = trip.flight.event(app, "DELAY", details);
    app.administrator()
        .must(
            "recordFlightEvent",
            "FlightEventRecorded",
            input,
            "event { id }",
        )
        .await;
}

/// Each event had one effect, in order, and none was lost.
async fn assert_exactly_once(app: &App, trip: &Trip, last: i32) {
    let picture = app.picture().await;
    for domain in ["profile", "order", "case", "compensation"] {
        assert_eq!(
            picture.count(&format!("{domain}_dead_letter")),
            0,
            "{domain}"
        );
    }
    assert_eq!(
        picture.count("profile_timeline_entry"),
        picture.count("profile_inbox")
    );
    let claims = trip.claims(app).await;
    assert_eq!(claims.len(), 2, "{claims:#?}");
    let incident = trip.incident(app).await;
    let (hours, minutes) = (last / 60, last % 60);
    assert!(
        incident["title"]
            .as_str()
            .unwrap()
            .contains(&format!("{hours} h {minutes} min"))
            || incident["status"] == "OPEN",
        "{incident}"
    );
    let lines: Vec<String> = trip.timeline(app).await;
    let delays: Vec<&String> = lines
        .iter()
        .filter(|line| line.contains("delayed by"))
        .collect();
    assert_eq!(
        delays.len() % 3,
        0,
        "one line for each passenger: {delays:#?}"
    );
}

async fn the_pipeline_works_by_way_of_the_broker(storage: Storage) {
    let broker = Broker::start().await;
    let app = app(storage, &broker).await;
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "41").await;
    assert_exactly_once(&app, &trip, 245).await;
    assert!(app.deliver().await == 0, "nothing is left");

    let context = async_nats::jetstream::new(broker.client().await);
    let mut stream = context.get_stream("JETBRIDGE").await.unwrap();
    let messages = stream.info().await.unwrap().state.messages;
    let picture = app.picture().await;
    let told = ["profile", "order", "case", "compensation", "engagement"]
        .map(|domain| picture.count(&format!("{domain}_outbox")));
    assert_eq!(
        usize::try_from(messages).unwrap(),
        told.iter().sum::<usize>()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_way_of_the_broker_on_sqlite() {
    the_pipeline_works_by_way_of_the_broker(Storage::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_way_of_the_broker_on_postgres() {
    the_pipeline_works_by_way_of_the_broker(Storage::postgres().await).await;
}

/// Several processes, killed brokers: what is recorded in the end is what happened, once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_killed_again_and_again_loses_and_doubles_nothing() {
    let mut broker = Broker::start().await;
    let settings = format!("{}event.interval = \"20ms\"\n", broker.settings());
    let app = app(Storage::postgres().await, &broker).await;
    let second = beside(&app, &settings, None).await;
    let third = beside(&app, &settings, None).await;
    let trip = Trip::new(&app).await;
    for number in 0..CORRECTIONS {
        tell_delay(&app, &trip, 200 + number).await;
        match number % 20 {
            5 => broker.kill(),
            9 => broker.revive().await,
            15 => broker.lose(),
            18 => broker.revive().await,
            _ => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
    app.deliver().await;
    let last = 200 + CORRECTIONS - 1;
    assert_exactly_once(&app, &trip, last).await;
    for claim in trip.claims(&app).await {
        let steps = claim["history"]["nodes"].as_array().unwrap();
        let versions: Vec<i64> = steps
            .iter()
            .map(|step| step["version"].as_i64().unwrap())
            .collect();
        assert!(versions.is_sorted(), "{versions:?}");
        assert_eq!(
            claim["amount"]["amountMinor"], 60_000,
            "the last correction counts"
        );
    }
    second.stop().await;
    third.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_is_away_keeps_nobody_from_working() {
    let mut broker = Broker::start().await;
    let app = app(Storage::sqlite(), &broker).await;
    let trip = Trip::new(&app).await;
    broker.kill();
    tell_delay(&app, &trip, 245).await;
    let health = until(&app, "degraded").await;
    assert_eq!(health["status"], "ok", "requests are served: {health}");
    assert_eq!(trip.claims(&app).await, Vec::<Value>::new());

    broker.revive().await;
    app.deliver().await;
    assert_exactly_once(&app, &trip, 245).await;
    until(&app, "ok").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_split_shape_needs_no_process_that_sees_every_database() {
    let broker = Broker::start().await;
    let app = app(Storage::postgres().await, &broker).await;
    let trip = Trip::new(&app).await;
    let settings = format!("{}event.interval = \"20ms\"\n", broker.settings());
    let mut domains = Vec::new();
    for name in SubgraphName::ALL {
        domains.push(beside(&app, &settings, Some(name)).await);
    }
    tell_delay(&app, &trip, 245).await;
    let mut claims = Vec::new();
    for _ in 0..600 {
        claims = trip.claims(&app).await;
        if claims.len() == 2 && trip.incident(&app).await["status"] == "OPEN" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(claims.len(), 2, "{claims:#?}");
    for domain in domains {
        domain.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flight_operations_report_on_their_subject() {
    let broker = Broker::start().await;
    let app = app(Storage::sqlite(), &broker).await;
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    app.deliver().await;
    let client = broker.client().await;
    let mut outcomes = client
        .subscribe("jetbridge.ops.flight.outcome")
        .await
        .unwrap();
    client.flush().await.unwrap();
    let context = async_nats::jetstream::new(client);
    let report = json!({ "source": "aims", "message_id": "1", "reported_at": "2026-11-20T09:00:00Z", "carrier": "EK", "number": 46,
        "origin": "FRA", "departs_on": "2026-11-30", "kind": "DELAY", "arrival_delay_minutes": 250, "cause_code": "41" });
    let mut negative = report.clone();
    (negative["message_id"], negative["arrival_delay_minutes"]) = (json!("2"), json!(-2_000));
    for payload in [
        report.to_string(),
        report.to_string(),
        negative.to_string(),
        "no json".to_owned(),
    ] {
        let stored = context
            .publish("jetbridge.ops.flight", payload.into())
            .await
            .unwrap();
        stored.await.unwrap();
    }
    app.deliver().await;

    assert_eq!(
        flight.read(&app, "arrivalDelayMinutes version").await,
        json!({ "arrivalDelayMinutes": 250, "version": 2 })
    );
    let mut told = Vec::new();
    for _ in 0..4 {
        let outcome = futures_util::StreamExt::next(&mut outcomes).await.unwrap();
        told.push(serde_json::from_slice::<Value>(&outcome.payload).unwrap());
    }
    let statuses: Vec<&Value> = told.iter().map(|outcome| &outcome["status"]).collect();
    assert_eq!(statuses, ["RECORDED", "RECORDED", "REFUSED", "REFUSED"]);
    assert!(
        told[2]["reason"]
            .as_str()
            .unwrap()
            .contains("arrival_delay_minutes"),
        "{told:#?}"
    );

    let letters = app
        .administrator()
        .ask("{ orderDeadLetters(first: 10) { nodes { eventType reason attempts } } }")
        .await;
    let letters = letters.list("/orderDeadLetters/nodes");
    assert_eq!(letters.len(), 2, "{letters:#?}");
    assert!(
        letters.iter().all(
            |letter| letter["attempts"] == 1 && letter["eventType"] == "ops.flight.reported.v1"
        )
    );
}

/// The same product in another process's place, on the same database.
async fn beside(app: &App, settings: &str, subgraph: Option<SubgraphName>) -> Running {
    let toml = format!(
        "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"\n{settings}",
        app.storage().folder().display(),
        app.storage().url(),
    );
    let options = StartOptions {
        clock: app.clock().clone(),
        subgraph,
        ..StartOptions::default()
    };
    let product = Product::start_with(Config::from_toml(&toml).unwrap(), options).await;
    Running::start(product.unwrap()).await.unwrap()
}

/// What the product says of its health once the broker's part of it has this status.
async fn until(app: &App, status: &str) -> Value {
    let url = format!("{}/health/ready", app.url());
    for _ in 0..400 {
        let health: Value = reqwest::get(&url).await.unwrap().json().await.unwrap();
        let checks = health["checks"].as_array().unwrap();
        let broker = checks
            .iter()
            .find(|check| check["name"] == "message broker");
        if broker.unwrap()["status"] == status {
            return health;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the message broker never is {status}");
}
