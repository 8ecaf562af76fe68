//! What was acknowledged survives the death of the process, and what is asked again under the same key happens once.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use schema_kernel::Clock;
use serde_json::{Value, json};
use server::{App as Product, Config, Running, StartOptions, auth::Role};
use tests::{
    App, Storage,
    build::{
        Trip,
        claim::{owed, payout, request, requested},
    },
    payment_service::{Fault, PaymentService},
};

/// Flight events that are recorded while processes die, where nobody asks for more.
const EVENTS: usize = 24;

/// How many are recorded instead: `JETBRIDGE_TEST_COMMANDS=100000` takes most of an hour for each database.
const COMMANDS: &str = "JETBRIDGE_TEST_COMMANDS";

/// How many processes die at least, however many commands there are.
const LIVES: usize = 60;

/// Where this very program finds the configuration when it is started again as the process to be killed.
const VICTIM: &str = "JETBRIDGE_TEST_VICTIM";

/// What the clock of that process shows.
const CLOCK: &str = "JETBRIDGE_TEST_VICTIM_CLOCK";

/// How often a process dies that was sending a payout.
const DEATHS: usize = 6;

/// A process of the product, killed without warning when it is dropped.
pub(crate) struct Victim {
    process: Child,
    url: String,
    token: String,
}

impl Victim {
    async fn start(app: &App) -> Self {
        Self::start_with(app, "").await
    }

    /// The same with further settings, in TOML.
    pub(crate) async fn start_with(app: &App, further: &str) -> Self {
        let address = format!("127.0.0.1:{}", port());
        let (folder, url) = (app.storage().folder().display(), app.storage().url());
        let settings = format!(
            "data_folder = \"{folder}\"\nhttp.listen = \"{address}\"\ndatabase.url = \"{url}\"\nevent.interval = \"20ms\"\n{further}"
        );
        let process = spawn(&settings, "2026-11-20T08:00:10Z");
        let token = app
            .product()
            .development_token(Role::Administrator, None)
            .unwrap();
        let victim = Self {
            process,
            url: format!("http://{address}"),
            token,
        };
        for _ in 0..600 {
            if reqwest::get(format!("{}/health/ready", victim.url))
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return victim;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the product does not become ready");
    }

    /// The outcome, unless the process died before it could say it.
    async fn record(&self, input: &Value) -> Option<Value> {
        let query = "mutation Run($input: RecordFlightEventInput!) { recordFlightEvent(input: $input) { ... on FlightEventRecorded { event { id } } } }";
        let body = json!({ "query": query, "variables": { "input": input } });
        let request = reqwest::Client::new()
            .post(format!("{}/graphql", self.url))
            .bearer_auth(&self.token)
            .json(&body);
        let answer: Value = request.send().await.ok()?.json().await.ok()?;
        Some(
            answer
                .pointer("/data/recordFlightEvent/event/id")
                .unwrap_or_else(|| panic!("{answer:#}"))
                .clone(),
        )
    }
}

/// Starts this very program as the product.
fn spawn(settings: &str, clock: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::a_process_to_be_killed"])
        .env(VICTIM, settings)
        .env(CLOCK, clock)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

impl Victim {
    /// Dies in the middle of whatever it does by then.
    pub(crate) async fn die_after(&self, patience: Duration) {
        tokio::time::sleep(patience).await;
        let killed = Command::new("kill")
            .args(["-9", &self.process.id().to_string()])
            .status();
        assert!(killed.unwrap().success());
    }
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Does nothing of its own: started again by the tests below, this program becomes the product in a process that dies.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_to_be_killed() {
    let Ok(settings) = std::env::var(VICTIM) else {
        return;
    };
    // The clock of the tests, by which their tokens are valid.
    let clock = Clock::fixed(std::env::var(CLOCK).unwrap().parse().unwrap());
    let options = StartOptions {
        clock,
        ..StartOptions::default()
    };
    let product = Product::start_with(Config::from_toml(&settings).unwrap(), options)
        .await
        .unwrap();
    let _running = Running::start(product).await.unwrap();
    std::future::pending::<()>().await;
}

/// A port that is free now.
fn port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port()
}

/// The outcome from the next process.
async fn again(app: &App, input: &Value) -> Value {
    Victim::start(app).await.record(input).await.unwrap()
}

async fn nothing_is_lost_and_nothing_happens_twice(storage: Storage) {
    let events = std::env::var(COMMANDS).map_or(EVENTS, |count| count.parse().unwrap());
    let each_life = (events / LIVES).max(4);
    let app = App::start(storage).await;
    let trip = Trip::new(&app).await;
    app.deliver().await;
    let before = app.picture().await;
    let input = |number: usize| {
        let minutes = 200 + number % 300;
        let delay = json!({ "departureDelayMinutes": minutes, "arrivalDelayMinutes": minutes, "causeCode": "41" });
        trip.flight.event(&app, "DELAY", delay)
    };

    let (mut recorded, mut lives) = (Vec::new(), 0);
    while recorded.len() < events {
        let victim = Victim::start(&app).await;
        let left = events - recorded.len();
        for _ in 0..(lives * 7 % each_life).min(left) {
            recorded.push(victim.record(&input(recorded.len())).await.unwrap());
        }
        if recorded.len() < events {
            // Asked again under the same key when the answer does not come: the next life finds it done, or does it.
            let last = input(recorded.len());
            let patience = Duration::from_millis((lives * 11 % 60) as u64);
            let (answer, ()) = tokio::join!(victim.record(&last), victim.die_after(patience));
            match answer {
                Some(answer) => recorded.push(answer),
                None => recorded.push(again(&app, &last).await),
            }
        }
        lives += 1;
    }
    app.deliver().await;

    let after = app.picture().await;
    let new = |table: &str| after.count(table) - before.count(table);
    assert_eq!(
        (recorded.len(), new("order_flight_event")),
        (events, events),
        "one event for each key"
    );
    let distinct: std::collections::HashSet<String> =
        recorded.iter().map(Value::to_string).collect();
    assert_eq!(distinct.len(), events, "each acknowledged by itself");
    assert_eq!(
        (new("compensation_claim"), trip.claims(&app).await.len()),
        (2, 2),
        "one claim for each who is entitled"
    );
    assert_eq!(
        new("profile_timeline_entry"),
        new("profile_inbox"),
        "one line for each event"
    );
    for domain in ["profile", "case", "compensation", "engagement"] {
        assert_eq!(after.count(&format!("{domain}_dead_letter")), 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    nothing_is_lost_and_nothing_happens_twice(Storage::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    nothing_is_lost_and_nothing_happens_twice(Storage::postgres().await).await;
}

/// Starts the product as it pays through this service, so many hours later.
fn payer(app: &App, service: &PaymentService, hours: usize) -> Child {
    let (folder, url) = (app.storage().folder().display(), app.storage().url());
    let settings = format!(
        "data_folder = \"{folder}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{url}\"\npayout.interval = \"20ms\"\n{}",
        service.settings().replace("\"2s\"", "\"5s\"")
    );
    spawn(&settings, &format!("2026-11-20T{:02}:00:00Z", 9 + hours))
}

/// Waits for something that another process does.
async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    for _ in 0..3_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what} does not come");
}

async fn a_payout_is_made_once_however_often_its_sender_dies(storage: Storage) {
    let service = PaymentService::start().await;
    let app = App::start_with(storage, &service.settings()).await;
    let mut payouts = Vec::new();
    for _ in 0..2 {
        let (trip, _) = owed(&app, 200).await;
        for claim in trip.claims(&app).await {
            let customer = app.customer(&trip.customer.id);
            payouts.push(requested(&customer, request(&app, &claim)).await);
        }
    }

    for death in 0..DEATHS {
        // It pays, and the answer does not come before the death of who asked.
        service.expect(&[Fault::IsSlow]);
        let asked = service.asked().len();
        let mut process = payer(&app, &service, death);
        until("a payment", async || service.asked().len() > asked).await;
        tokio::time::sleep(Duration::from_millis(death as u64 * 7)).await;
        process.kill().unwrap();
        process.wait().unwrap();
    }
    let mut process = payer(&app, &service, DEATHS);
    until("the end", async || {
        let sent = async |one: &Value| payout(&app, one).await["status"] == "SENT";
        for one in &payouts {
            if !sent(one).await {
                return false;
            }
        }
        true
    })
    .await;
    process.kill().unwrap();
    process.wait().unwrap();

    let wanted: std::collections::BTreeSet<String> = payouts
        .iter()
        .map(|payout| payout["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        service
            .paid()
            .into_keys()
            .collect::<std::collections::BTreeSet<_>>(),
        wanted
    );
    let database = app
        .product()
        .databases()
        .get(server::graph::subgraph::SubgraphName::Compensation)
        .unwrap();
    let books = schema_compensation::payout::export::balance(database)
        .await
        .unwrap();
    assert_eq!(books.unbalanced, []);
    let in_transit: i64 = books
        .accounts
        .iter()
        .filter(|account| account.account.as_str() == "PAYMENTS_IN_TRANSIT")
        .map(|account| account.amount_minor)
        .sum();
    assert_eq!(
        in_transit,
        -30_000 * 4,
        "four payments of 300 euros are on their way, each once"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payouts_on_sqlite() {
    a_payout_is_made_once_however_often_its_sender_dies(Storage::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payouts_on_postgres() {
    a_payout_is_made_once_however_often_its_sender_dies(Storage::postgres().await).await;
}
