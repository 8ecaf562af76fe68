//! What customers are told, and how it reaches them.

mod case;
mod claim;
mod crash;
mod delivery;
mod in_app;
mod mailbox;
mod notice;
mod preference;

use serde_json::{Value, json};
use tests::{
    App, MailServer, Storage,
    build::{Customer, NewCustomer, NewFlight, NewOrder, Trip},
};

/// Where the customer of these tests is reached.
const ADDRESS: &str = "amara.okafor@example.com";

/// Writes a test for each kind of database, with a product that sends to a mail server.
macro_rules! with_mail {
    ($name:ident, $test:expr) => {
        mod $name {
            #[allow(
                clippy::allow_attributes,
                unused_imports,
                reason = "what a test needs differs"
            )]
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                crate::engagement::run(tests::Storage::sqlite(), $test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                crate::engagement::run(tests::Storage::postgres().await, $test).await;
            }
        }
    };
}
pub(crate) use with_mail;

async fn run(storage: Storage, test: impl AsyncFnOnce(App, MailServer)) {
    let mail = MailServer::start();
    let app = App::start_with(storage, &mail.settings()).await;
    test(app, mail).await;
}

/// A trip of a customer who can be reached.
async fn reachable(app: &App) -> Trip {
    trip_on(app, NewFlight::of("EK", 46, "FRA", "DXB")).await
}

async fn trip_on(app: &App, flight: NewFlight) -> Trip {
    let customer = person().create(app).await;
    let flight = flight.create(app).await;
    let order = NewOrder::of(&customer).adults(1).flying(&[&flight]);
    let order = order.place(app).await;
    app.deliver().await;
    Trip {
        customer,
        flight,
        order,
    }
}

fn person() -> NewCustomer {
    NewCustomer::named("Okafor")
        .with("language", "en")
        .with("email", ADDRESS)
}

/// What a customer was told, newest first.
async fn told(app: &App, customer: &Customer) -> Vec<Value> {
    let told = "notifications(first: 50) { nodes { id class kind isUnread isInApp corrects { kind }
        words { title summary text } deliveries { id version channel state reason reply attempts maskedAddress dueAt } } }";
    customer.read(app, told).await["notifications"]["nodes"]
        .as_array()
        .unwrap()
        .clone()
}

/// The kinds of what a customer was told, newest first.
async fn kinds(app: &App, customer: &Customer) -> Vec<String> {
    let told = told(app, customer).await;
    told.iter()
        .map(|one| one["kind"].as_str().unwrap().to_owned())
        .collect()
}

/// The way of what was told last through the mail.
async fn mail_of_last(app: &App, customer: &Customer) -> Value {
    let told = told(app, customer).await;
    let deliveries = told[0]["deliveries"].as_array().unwrap();
    let mail = deliveries
        .iter()
        .find(|delivery| delivery["channel"] == "MAIL");
    mail.unwrap().clone()
}

/// States what a customer wants, over what everybody gets.
async fn wish(app: &App, customer: &Customer, wish: Value) {
    let mut input = json!({ "customerId": customer.id, "expectedVersion": 0, "isMailWanted": true, "isInAppWanted": true });
    for (name, value) in wish.as_object().unwrap() {
        input[name] = value.clone();
    }
    let set = "channelPreference { version }";
    app.administrator()
        .must("setChannelPreference", "ChannelPreferenceSet", input, set)
        .await;
}
