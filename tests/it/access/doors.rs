//! Every root field that takes an id, with ids of a customer.

mod case;
mod compensation;
mod engagement;
mod identity;
mod order;
mod privacy;
mod profile;
mod query;

use schema_kernel::{Clock, IdSource, id::EventId};
use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App,
    build::{
        NewCustomer, Trip,
        claim::{CLAIM, request, requested},
    },
};

/// Ids of one customer, and the id of another who knows them.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) customer: String,
    pub(crate) stranger: String,
    order: String,
    journey: String,
    segment: String,
    flight: String,
    case: String,
    claim: String,
    passenger: String,
    payout: String,
    contact_point: String,
    incident: String,
    agent: String,
    notification: String,
    delivery: String,
    report: String,
    user: String,
    session: String,
    client: String,
    data_request: String,
    device: String,
}

impl Known {
    pub(crate) async fn new(app: &App) -> Self {
        let trip = Trip::new(app).await;
        trip.flight.delay(app, 245, "72").await;
        let agent = tests::build::case::hire(app, &["Compensation"]).await;
        let point = json!({ "customerId": trip.customer.id, "kind": "EMAIL", "value": "amara@example.com" });
        let added = app
            .administrator()
            .must(
                "addContactPoint",
                "ContactPointAdded",
                point,
                "contactPoint { id }",
            )
            .await;
        let meal = json!({ "customerId": trip.customer.id, "kind": "SEAT", "value": "AISLE" });
        app.administrator()
            .must("setPreference", "PreferenceSet", meal, "customer { id }")
            .await;
        let stranger = NewCustomer::named("Khoury").create(app).await;
        let report = tests::build::baggage::missing(app, &trip).await;
        let payout = payout(app, &trip).await;
        app.deliver().await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let told = "notifications(first: 1) { nodes { id deliveries { id } } }";
        let told = trip.customer.read(app, told).await["notifications"]["nodes"][0].clone();
        let (user, session) = user(app, &trip.customer.id).await;
        let client = client(app).await;
        let asked = json!({ "customerId": trip.customer.id, "kind": "ACCESS" });
        let asked = app
            .administrator()
            .must(
                "openDataRequest",
                "DataRequestOpened",
                asked,
                "dataRequest { id }",
            )
            .await;
        let device = device(app).await;
        Self {
            customer: trip.customer.id.clone(),
            stranger: stranger.id,
            order: trip.order.id.clone(),
            journey: trip.order.journeys[0].clone(),
            segment: trip.order.segments[0].clone(),
            flight: trip.flight.id.clone(),
            case: text(&trip.cases(app).await[0]["id"]),
            claim: text(&trip.claims(app).await[0]["id"]),
            passenger: trip.order.passengers[0].clone(),
            payout: text(&payout["id"]),
            contact_point: text(&added["contactPoint"]["id"]),
            incident: text(&trip.incident(app).await["id"]),
            agent,
            notification: text(&told["id"]),
            delivery: text(&told["deliveries"][0]["id"]),
            report: text(&report["id"]),
            user,
            session,
            client,
            data_request: text(&asked["dataRequest"]["id"]),
            device,
        }
    }

    /// The same id for everything.
    pub(crate) fn at(id: &str) -> Self {
        let id = || id.to_owned();
        Self {
            customer: id(),
            stranger: id(),
            order: id(),
            journey: id(),
            segment: id(),
            flight: id(),
            case: id(),
            claim: id(),
            passenger: id(),
            payout: id(),
            contact_point: id(),
            incident: id(),
            agent: id(),
            notification: id(),
            delivery: id(),
            report: id(),
            user: id(),
            session: id(),
            client: id(),
            data_request: id(),
            device: id(),
        }
    }
}

/// The id of a program that signs in by itself.
async fn client(app: &App) -> String {
    let administrator = app.administrator();
    let made = administrator.must(
        "createApiClient",
        "ApiClientCreated",
        json!({ "name": "Harbour Hotels" }),
        "apiClient { id }",
    );
    made.await["apiClient"]["id"].as_str().unwrap().to_owned()
}

/// The id of a kiosk that waits for its key.
async fn device(app: &App) -> String {
    let administrator = app.administrator();
    let input = json!({ "name": "DXB T3 12" });
    let made = administrator.must(
        "createDeviceCode",
        "DeviceCodeCreated",
        input,
        "device { id }",
    );
    made.await["device"]["id"].as_str().unwrap().to_owned()
}

/// The ids of a customer as a user, and of the session in which they are signed in.
async fn user(app: &App, customer: &str) -> (String, String) {
    let login = app.user_with(Role::Customer, Some(customer)).await;
    let browser = app.browser();
    let said = browser.sign_in(&login).await;
    let sessions = browser.ask("{ sessions(first: 1) { nodes { id } } }").await;
    let user = said["session"]["user"]["id"].as_str().unwrap().to_owned();
    (user, sessions.text("/sessions/nodes/0/id").to_owned())
}

/// A payout of the second claim of the trip, which a manager has granted.
async fn payout(app: &App, trip: &Trip) -> Value {
    let claim = trip.claims(app).await[1].clone();
    let grant = json!({ "claimId": claim["id"], "expectedVersion": claim["version"], "decision": "APPROVE" });
    let manager = app.actor(Role::CmpManager);
    let granted = manager
        .must("decideClaim", "ClaimDecided", grant, CLAIM)
        .await;
    requested(&app.agent(), request(app, &granted["claim"])).await
}

/// What somebody else sees there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Null.
    Nothing,
    /// A list without entries.
    EmptyList,
    /// The outcome `NotFound`.
    NotFound,
    /// An error: this kind of actor never does this.
    Forbidden,
    /// All of it, because it is about nobody.
    Everything,
}

pub(crate) struct Door {
    pub(crate) field: &'static str,
    pub(crate) document: String,
    pub(crate) variables: Value,
    pub(crate) seen: Seen,
}

/// A key that nothing was asked under before: it belongs to one input.
fn new_key() -> String {
    let id: EventId = IdSource::random().next(Clock::system().now());
    id.to_string()
}

fn query(field: &'static str, argument: &str, value: Value, selection: &str, seen: Seen) -> Door {
    let kind = match argument {
        "id" => "ID!",
        _ => match field {
            "orders" => "OrderFilter",
            "cases" => "CaseFilter",
            "baggageReports" => "BaggageReportFilter",
            "notifications" => "NotificationFilter",
            "payouts" => "PayoutFilter",
            _ => "ClaimFilter",
        },
    };
    let page = if argument == "id" { "" } else { ", first: 10" };
    let document =
        format!("query($value: {kind}) {{ {field}({argument}: $value{page}) {{ {selection} }} }}");
    Door {
        field,
        document,
        variables: json!({ "value": value }),
        seen,
    }
}

fn mutation(field: &'static str, input: Value, seen: Seen) -> Door {
    let kind = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
    let document = format!(
        "mutation($input: {kind}!) {{ {field}(input: $input) {{ __typename ... on Problem {{ code ... on InvalidInput {{ fields {{ path }} }} }} }} }}"
    );
    Door {
        field,
        document,
        variables: json!({ "input": input }),
        seen,
    }
}

/// Every root field that takes an id, asked for what is `known`'s.
pub(crate) fn doors(known: &Known) -> Vec<Door> {
    let mut doors = query::all(known);
    doors.extend(profile::mutations(known));
    doors.extend(order::mutations(known));
    doors.extend(case::mutations(known));
    doors.extend(engagement::mutations(known));
    doors.extend(compensation::replays());
    doors.extend(compensation::claims(known));
    doors.extend(compensation::payouts(known));
    doors.extend(compensation::rule_packs());
    doors.extend(identity::all(known));
    doors.extend(privacy::all(known));
    doors
}
