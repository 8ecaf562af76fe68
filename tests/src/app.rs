//! The whole product, started for one test.

use chrono::TimeDelta;
use schema_identity::account::{self, FirstAccount, NewAccount};
use schema_kernel::{
    Clock,
    id::{CustomerId, EventId},
    scalar::DateTime,
};
use server::{App as Product, Config, Running, StartOptions, auth::Role};

use crate::{Browser, Client, Login, Picture, Split, Storage, event_schema::Seen};

/// The instant at which every test begins, so that what a test reads does not depend on the day it runs.
const BEGINNING: &str = "2026-11-20T08:00:00Z";

/// A running product with a database of its own. Time passes with requests, and when the test says so.
#[derive(Debug)]
pub struct App {
    running: Running,
    storage: Storage,
    http: reqwest::Client,
    clock: Clock,
    split: Option<Split>,
    seen: tokio::sync::Mutex<Seen>,
}

/// With `split` in this variable every test asks the product in the split shape. The process that delivers events, seeds
/// and signs tokens stays the one of the embedded shape, on the same database.
const SHAPE: &str = "JETBRIDGE_TEST_SHAPE";

/// Whoever is tested sends documents of the test's own, devices too, unless the test is about that.
fn own_documents(settings: &str) -> &'static str {
    if settings.contains("graphql.documents") {
        ""
    } else {
        "graphql.documents.required_for = []\n"
    }
}

/// Why a test asks one process, whatever the shape that is tested. Everything else is asked of every shape.
#[derive(Clone, Copy, Debug)]
pub enum OneProcess {
    /// It is about what a process says of its databases: a gateway has none.
    Databases,
    /// It withdraws the readiness of the process that answers, from within.
    Readiness,
    /// Its settings are for the door alone. The kit gives every process the same ones, and subgraphs would refuse the
    /// gateway by them.
    DoorSettings,
    /// It is about a shape of its own.
    OtherShape,
}

impl App {
    /// Starts it on a free port. Events are delivered when the test says so, with [`App::deliver`].
    pub async fn start(storage: Storage) -> Self {
        Self::start_with(storage, "").await
    }

    /// The same with further settings, in TOML.
    pub async fn start_with(storage: Storage, settings: &str) -> Self {
        let mut app = Self::embedded(storage, settings).await;
        if std::env::var(SHAPE).as_deref() == Ok("split") {
            app.split = Some(Split::guarded(&app.storage, &app.clock, settings).await);
        }
        app
    }

    /// The same in one process, for this reason.
    pub async fn in_one_process(_why: OneProcess, storage: Storage, settings: &str) -> Self {
        Self::embedded(storage, settings).await
    }

    async fn embedded(storage: Storage, settings: &str) -> Self {
        let toml = format!(
            "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"\nevent.interval = \"1h\"\nnotification.interval = \"1h\"\npayout.interval = \"1h\"\nsubscription.interval = \"20ms\"\nauth.refresh_interval = \"1h\"\n{}{settings}",
            storage.folder().display(),
            storage.url(),
            own_documents(settings),
        );
        let config = Config::from_toml(&toml).expect("a configuration");
        let clock = Clock::fixed(BEGINNING.parse().expect("an instant"));
        let options = StartOptions {
            clock: clock.clone(),
            ..StartOptions::default()
        };
        let product = Product::start_with(config, options)
            .await
            .expect("the product starts");
        let running = Running::start(product).await.expect("the product listens");
        Self {
            running,
            storage,
            http: reqwest::Client::new(),
            clock,
            split: None,
            seen: tokio::sync::Mutex::default(),
        }
    }

    /// Another process on the same database, with its own settings.
    pub async fn another(&self, settings: &str) -> Running {
        let toml = format!(
            "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"\nevent.interval = \"1h\"\nnotification.interval = \"1h\"\npayout.interval = \"1h\"\n{}{settings}",
            self.storage.folder().display(),
            self.storage.url(),
            own_documents(settings),
        );
        let config = Config::from_toml(&toml).expect("a configuration");
        let options = StartOptions {
            clock: self.clock.clone(),
            ..StartOptions::default()
        };
        let product = Product::start_with(config, options).await;
        let running = Running::start(product.expect("the product starts")).await;
        running.expect("the product listens")
    }

    /// Lets time pass.
    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// A new idempotency key.
    pub fn key(&self) -> String {
        self.product().new_id::<EventId>().to_string()
    }

    /// Everything that is stored now, once what waited was delivered: the product looks for events at its start too, and
    /// that may be late on a busy machine.
    pub async fn picture(&self) -> Picture {
        self.deliver().await;
        Picture::of(self.storage.url()).await
    }

    /// Everything that a table holds, as text.
    pub async fn storage_text(&self, table: &str) -> String {
        self.picture().await.text(table)
    }

    /// The product inside, for what has no public door: delivering events, counting statements.
    pub fn product(&self) -> &Product {
        self.running.app()
    }

    /// The database and folder of this test.
    pub fn storage(&self) -> &Storage {
        &self.storage
    }

    /// Where it answers: `"http://127.0.0.1:41234"`.
    pub fn url(&self) -> String {
        match &self.split {
            Some(split) => split.url(),
            None => self.running.url(),
        }
    }

    /// The time of this test.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Delivers every event that waits, and every event that this causes. Each is held against the schema of its type.
    pub async fn deliver(&self) -> u64 {
        let delivered = self
            .product()
            .drain_events()
            .await
            .expect("events are delivered");
        let mut seen = self.seen.lock().await;
        for (name, database) in self.product().databases().iter() {
            seen.check(database, name.domain()).await;
        }
        delivered
    }

    /// Delivers every event that waits, and brings every notification that is due. Returns how many of these there were.
    pub async fn send(&self) -> u64 {
        self.deliver().await;
        let brought = self.product().send_notifications().await;
        self.deliver().await;
        brought.expect("notifications are brought")
    }

    /// Sends every payout that waits, tells of last days, and delivers what follows. Returns how often a provider was asked.
    pub async fn pay(&self) -> u64 {
        let payouts = self.product().payouts().expect("payouts are sent here");
        let asked = payouts.run().await.map_err(|error| error.report());
        self.deliver().await;
        asked.expect("payouts are sent")
    }

    /// Tells of periods of baggage that end, and delivers what follows. Returns how many there were.
    pub async fn tell_of_periods(&self) -> u64 {
        let told = self.product().tell_of_periods().await;
        self.deliver().await;
        told.map_err(|error| error.report())
            .expect("periods are told of")
    }

    /// Waits until so many subscriptions listen: what is written from then on, they hear of.
    pub async fn until_listening(&self, listeners: usize) {
        let patience = std::time::Duration::from_secs(20);
        let listening = async {
            while self.listeners() != listeners {
                tokio::time::sleep(std::time::Duration::from_millis(2)).await;
            }
        };
        tokio::time::timeout(patience, listening)
            .await
            .expect("subscriptions begin and end");
    }

    fn listeners(&self) -> usize {
        let split = self.split.as_ref().map_or(0, Split::listeners);
        self.product().feeds().listeners() + split
    }

    /// Stops it, as a signal would.
    pub async fn stop(self) {
        if let Some(split) = self.split {
            split.end().await;
        }
        self.running.stop().await;
    }

    /// How many SQL statements `work` sends.
    pub async fn statements(
        &self,
        work: impl Future<Output = crate::Answer>,
    ) -> (crate::Answer, u64) {
        let before = self.statement_count();
        let answer = work.await;
        (answer, self.statement_count() - before)
    }

    fn statement_count(&self) -> u64 {
        let split = self.split.as_ref().map_or(0, Split::statement_count);
        self.product().databases().statement_count() + split
    }

    /// The present, as the product sees it.
    pub fn now(&self) -> DateTime {
        self.product().clock().now()
    }

    /// Someone in a role.
    pub fn actor(&self, role: Role) -> Client {
        self.client(Some(
            self.product()
                .development_token(role, None)
                .expect("a token"),
        ))
    }

    /// A browser in which nobody has signed in. It asks the process that has the endpoints, whatever the shape.
    pub fn browser(&self) -> Browser {
        Browser::new(self.running.url(), self.clock.clone())
    }

    /// Somebody in a role who can sign in with a password.
    pub async fn user(&self, role: Role) -> Login {
        self.user_with(role, None).await
    }

    /// The same; a customer is the one with this id.
    pub async fn user_with(&self, role: Role, customer: Option<&str>) -> Login {
        let id: EventId = self.product().new_id();
        let login = Login {
            email: format!("{}-{}@example.com", role.name(), id.0.simple()),
            password: format!("a good password {}", id.0.simple()),
        };
        let customer = customer.map(|id| id.parse::<uuid::Uuid>().expect("an id"));
        let account = NewAccount {
            email: login.email.clone(),
            display_name: format!("Somebody {}", role.name()),
            role: role.name().to_owned(),
            customer: customer.map(CustomerId::from),
            language: "en".to_owned(),
            password: login.password.clone().into(),
        };
        let identity = self.product().identity().expect("the identity domain");
        let session = self.product().service_session("test");
        let made = account::make(identity, &session, account).await;
        let made = made.map_err(|error| error.report()).expect("an account");
        assert!(matches!(made, FirstAccount::Made(_)), "{made:?}");
        login
    }

    /// A browser in which somebody in this role has signed in.
    pub async fn signed_in(&self, role: Role) -> Browser {
        let (login, browser) = (self.user(role).await, self.browser());
        browser.sign_in(&login).await;
        browser
    }

    /// The secret in the last letter to an address, once it has come.
    pub async fn letter_token(&self, email: &str) -> String {
        let letter = self.letter(email).await;
        let (_, token) = letter.split_once('#').expect("a letter with a link");
        let is_token = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        let end = token
            .find(|letter| !is_token(letter))
            .unwrap_or(token.len());
        token[..end].to_owned()
    }

    /// The text of the last letter to an address, once it has come.
    pub async fn letter(&self, email: &str) -> String {
        for _ in 0..500 {
            let letters = self.letters(email);
            if let Some(letter) = letters.into_iter().last() {
                return letter;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("no letter came")
    }

    /// The texts of the letters to an address, in order.
    pub fn letters(&self, email: &str) -> Vec<String> {
        let folder = self.storage.folder().join("mailbox");
        let mails = server::mail::list(&folder).expect("a mailbox");
        mails
            .into_iter()
            .filter(|mail| mail.to.contains(email))
            .map(|mail| server::mail::show(&folder, &mail.name, false).expect("a letter"))
            .collect()
    }

    /// Someone who may do everything.
    pub fn administrator(&self) -> Client {
        self.actor(Role::Administrator)
    }

    /// Someone in the contact centre.
    pub fn agent(&self) -> Client {
        self.actor(Role::ContactCentreAgent)
    }

    /// A customer, by the id the graph gave them.
    pub fn customer(&self, id: &str) -> Client {
        let id = CustomerId::from(id.parse::<uuid::Uuid>().expect("an id"));
        self.client(Some(
            self.product()
                .development_token(Role::Customer, Some(id))
                .expect("a token"),
        ))
    }

    /// Nobody in particular.
    pub fn nobody(&self) -> Client {
        self.client(None)
    }

    /// Someone with this very token.
    pub fn bearer(&self, token: impl Into<String>) -> Client {
        self.client(Some(token.into()))
    }

    /// Someone with this token, or nobody when it is empty, at another address.
    pub fn at(&self, url: String, token: String) -> Client {
        Client::new(
            self.http.clone(),
            url,
            Some(token).filter(|token| !token.is_empty()),
            self.clock.clone(),
        )
    }

    fn client(&self, token: Option<String>) -> Client {
        Client::new(self.http.clone(), self.url(), token, self.clock.clone())
    }
}
