//! Every root field that takes an id, with ids of a customer.

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
    let mut doors = queries(known);
    doors.extend(mutations_of_profile(known));
    doors.extend(mutations_of_order(known));
    doors.extend(mutations_of_case(known));
    doors.extend(mutations_of_engagement(known));
    doors.extend(replays());
    doors.extend(mutations_of_claims(known));
    doors.extend(mutations_of_payouts(known));
    doors.extend(rule_packs());
    doors.extend(identity(known));
    doors
}

/// Who can sign in, and where they are signed in.
fn identity(known: &Known) -> Vec<Door> {
    let invitation = json!({ "email": "somebody@example.com", "displayName": "Somebody", "role": "customer", "customerId": known.customer });
    let role = json!({ "userId": known.user, "expectedVersion": 1, "role": "analyst" });
    let state = json!({ "userId": known.user, "expectedVersion": 1 });
    let sessions = "query($value: ID) { sessions(userId: $value, first: 10) { nodes { id } } }";
    vec![
        query("user", "id", json!(known.user), "email", Seen::Forbidden),
        Door {
            field: "sessions",
            document: sessions.to_owned(),
            variables: json!({ "value": known.user }),
            seen: Seen::EmptyList,
        },
        query(
            "apiClient",
            "id",
            json!(known.client),
            "name",
            Seen::Forbidden,
        ),
        mutation(
            "revokeApiClient",
            json!({ "apiClientId": known.client }),
            Seen::Forbidden,
        ),
        mutation("inviteUser", invitation, Seen::Forbidden),
        mutation("changeUserRole", role, Seen::Forbidden),
        mutation("disableUser", state.clone(), Seen::Forbidden),
        mutation("enableUser", state, Seen::Forbidden),
        mutation(
            "resetSecondFactors",
            json!({ "userId": known.user }),
            Seen::Forbidden,
        ),
        mutation(
            "revokeSession",
            json!({ "sessionId": known.session }),
            Seen::NotFound,
        ),
        mutation(
            "revokeSessions",
            json!({ "userId": known.user }),
            Seen::NotFound,
        ),
    ]
}

/// Rules are about nobody, and for those who answer for them.
fn rule_packs() -> Vec<Door> {
    let version = || json!({ "id": new_key(), "expectedVersion": 1 });
    let mut activation = version();
    activation["activeFrom"] = "2026-11-20".into();
    [
        ("simulateRulePack", "SimulateRulePackInput", json!({ "id": new_key() })),
        ("submitRulePack", "AdvanceRulePackInput", version()),
        ("approveRulePack", "AdvanceRulePackInput", version()),
        ("activateRulePack", "ActivateRulePackInput", activation),
        ("rollBackRulePack", "AdvanceRulePackInput", version()),
    ]
    .map(|(field, kind, input)| Door {
        field,
        document: format!(
            "mutation($input: {kind}!) {{ {field}(input: $input) {{ __typename ... on Problem {{ code }} }} }}"
        ),
        variables: json!({ "input": input }),
        seen: Seen::Forbidden,
    })
    .into()
}

/// What administrators do about events that could not be consumed, of which there are none.
fn replays() -> Vec<Door> {
    let fields = [
        "replayProfileDeadLetter",
        "replayOrderDeadLetter",
        "replayCaseDeadLetter",
        "replayCompensationDeadLetter",
        "replayEngagementDeadLetter",
    ];
    let replay = |field: &'static str| Door {
        field,
        document: format!(
            "mutation($input: ReplayDeadLetterInput!) {{ {field}(input: $input) {{ __typename ... on Problem {{ code }} }} }}"
        ),
        variables: json!({ "input": { "eventId": new_key() } }),
        seen: Seen::Forbidden,
    };
    fields.map(replay).into()
}

fn queries(known: &Known) -> Vec<Door> {
    vec![
        query(
            "customer",
            "id",
            json!(known.customer),
            "displayName",
            Seen::Nothing,
        ),
        query(
            "order",
            "id",
            json!(known.order),
            "recordLocator",
            Seen::Nothing,
        ),
        query(
            "orders",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { recordLocator }",
            Seen::EmptyList,
        ),
        query(
            "flight",
            "id",
            json!(known.flight),
            "designator",
            Seen::Everything,
        ),
        query("case", "id", json!(known.case), "subject", Seen::Nothing),
        query(
            "cases",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { subject }",
            Seen::EmptyList,
        ),
        query(
            "baggageReport",
            "id",
            json!(known.report),
            "reference",
            Seen::Nothing,
        ),
        query(
            "baggageReports",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { reference }",
            Seen::EmptyList,
        ),
        query("agent", "id", json!(known.agent), "name", Seen::Forbidden),
        query(
            "incident",
            "id",
            json!(known.incident),
            "title",
            Seen::Everything,
        ),
        query("claim", "id", json!(known.claim), "status", Seen::Nothing),
        query(
            "claims",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { status }",
            Seen::EmptyList,
        ),
        query(
            "notification",
            "id",
            json!(known.notification),
            "kind",
            Seen::Nothing,
        ),
        query(
            "notifications",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { kind }",
            Seen::EmptyList,
        ),
        query("payout", "id", json!(known.payout), "status", Seen::Nothing),
        query(
            "payouts",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { status }",
            Seen::EmptyList,
        ),
    ]
}

fn mutations_of_engagement(known: &Known) -> Vec<Door> {
    let wish = json!({ "customerId": known.customer, "expectedVersion": 0, "isMailWanted": false, "isInAppWanted": true });
    vec![
        mutation(
            "markNotificationRead",
            json!({ "notificationId": known.notification }),
            Seen::NotFound,
        ),
        mutation("setChannelPreference", wish, Seen::NotFound),
        mutation(
            "retryDelivery",
            json!({ "deliveryId": known.delivery, "expectedVersion": 1 }),
            Seen::Forbidden,
        ),
    ]
}

fn mutations_of_claims(known: &Known) -> Vec<Door> {
    let claim = json!({ "claimId": known.claim, "expectedVersion": 1 });
    let filed = json!({
        "journeyId": known.journey, "flightId": known.flight, "customerId": known.customer, "passengerId": known.passenger,
        "incident": "OTHER", "statement": "Give it to me.", "remedy": "COMPENSATION", "idempotencyKey": new_key(),
    });
    let mut appeal = claim.clone();
    appeal["reason"] = "Give it to me.".into();
    vec![
        mutation("fileClaim", filed, Seen::NotFound),
        mutation(
            "addClaimEvidence",
            json!({ "claimId": known.claim, "kind": "STATEMENT", "description": "It is mine.", "idempotencyKey": new_key() }),
            Seen::NotFound,
        ),
        mutation("withdrawClaim", claim.clone(), Seen::NotFound),
        mutation("appealClaim", appeal, Seen::NotFound),
        mutation("approveClaim", claim, Seen::Forbidden),
    ]
}

fn mutations_of_payouts(known: &Known) -> Vec<Door> {
    let payout = json!({ "payoutId": known.payout, "expectedVersion": 1 });
    let (mut cancel, mut confirm) = (payout.clone(), payout.clone());
    cancel["reason"] = "Not you.".into();
    confirm["confirmation"] = "RECEIVED".into();
    vec![
        mutation(
            "requestPayout",
            json!({ "claimId": known.claim, "expectedVersion": 1, "method": "ORIGINAL_FORM_OF_PAYMENT", "idempotencyKey": new_key() }),
            Seen::NotFound,
        ),
        mutation("cancelPayout", cancel, Seen::NotFound),
        mutation("approvePayout", payout.clone(), Seen::Forbidden),
        mutation("retryPayout", payout, Seen::Forbidden),
        mutation("confirmPayout", confirm, Seen::Forbidden),
    ]
}

fn mutations_of_profile(known: &Known) -> Vec<Door> {
    let customer = &known.customer;
    let point = json!({ "customerId": customer, "contactPointId": known.contact_point });
    vec![
        mutation(
            "updateCustomer",
            json!({ "customerId": customer, "expectedVersion": 1, "givenName": "Eve" }),
            Seen::NotFound,
        ),
        mutation(
            "addContactPoint",
            json!({ "customerId": customer, "kind": "EMAIL", "value": "eve@example.com" }),
            Seen::NotFound,
        ),
        mutation("removeContactPoint", point.clone(), Seen::NotFound),
        mutation("setPrimaryContactPoint", point, Seen::NotFound),
        mutation(
            "addLoyaltyMembership",
            json!({ "customerId": customer, "membership": { "programme": "MILES", "number": "EVE123" } }),
            Seen::NotFound,
        ),
        mutation(
            "setPreference",
            json!({ "customerId": customer, "kind": "SEAT", "value": "WINDOW" }),
            Seen::NotFound,
        ),
        mutation(
            "removePreference",
            json!({ "customerId": customer, "kind": "SEAT" }),
            Seen::NotFound,
        ),
        mutation(
            "recordInteraction",
            json!({ "customerId": customer, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND", "summary": "I am Amara." }),
            Seen::NotFound,
        ),
    ]
}

fn mutations_of_order(known: &Known) -> Vec<Door> {
    let segment = json!({ "flightId": known.flight, "cabin": "Y", "bookingClass": "Y" });
    let place = json!({
        "idempotencyKey": new_key(), "customerId": known.customer, "ownerAirline": "EK", "channel": "WEB", "currency": "EUR", "paymentMethod": "CARD",
        "passengers": [{ "givenName": "Eve", "familyName": "Khoury", "kind": "ADULT" }], "journeys": [{ "segments": [segment], "faresMinor": [100] }],
    });
    let bought = json!({
        "idempotencyKey": new_key(), "customerId": known.customer, "channel": "WEB", "currency": "EUR",
        "items": [{ "category": "MERCHANDISE", "productCode": "MUG-1", "quantity": 1, "unitPriceMinor": 1200 }],
    });
    let schedule = json!({ "flightId": known.flight, "idempotencyKey": new_key(), "kind": "CANCELLATION", "cancellation": { "causeCode": "41" } });
    vec![
        mutation("placeOrder", place, Seen::NotFound),
        mutation(
            "changeOrder",
            json!({
                "orderId": known.order, "expectedVersion": 1, "seats": [{ "flightSegmentId": known.segment, "seat": "1A" }],
                "moveJourneys": [{ "journeyId": known.journey, "segments": [segment] }],
            }),
            Seen::NotFound,
        ),
        mutation(
            "cancelOrder",
            json!({ "orderId": known.order, "expectedVersion": 1 }),
            Seen::NotFound,
        ),
        mutation("recordPurchase", bought, Seen::NotFound),
        mutation("recordFlightEvent", schedule, Seen::Forbidden),
    ]
}

fn mutations_of_case(known: &Known) -> Vec<Door> {
    let open = json!({ "type": "COMPLAINT", "subject": "Mine", "description": "Give it to me.", "customerId": known.customer });
    let missing = json!({
        "kind": "DELAYED", "reference": "DXBEK00002", "arrivedOn": tests::build::baggage::ARRIVED_ON, "description": "It is mine.",
        "customerId": known.customer,
    });
    vec![
        mutation("openCase", open, Seen::NotFound),
        mutation(
            "commentOnCase",
            json!({ "caseId": known.case, "text": "I am Amara." }),
            Seen::NotFound,
        ),
        mutation(
            "assignCase",
            json!({ "caseId": known.case, "expectedVersion": 2, "agentId": known.agent }),
            Seen::Forbidden,
        ),
        mutation(
            "changeCaseState",
            json!({ "caseId": known.case, "expectedVersion": 2, "to": "WITHDRAWN" }),
            Seen::NotFound,
        ),
        mutation(
            "changeCasePriority",
            json!({ "caseId": known.case, "expectedVersion": 2, "impact": "SAFETY" }),
            Seen::Forbidden,
        ),
        mutation(
            "linkClaim",
            json!({ "caseId": known.case, "claimId": known.claim }),
            Seen::Forbidden,
        ),
        mutation("reportBaggage", missing, Seen::NotFound),
        mutation(
            "changeBaggageState",
            json!({ "reportId": known.report, "expectedVersion": 1, "to": "DELIVERED" }),
            Seen::NotFound,
        ),
        mutation(
            "addBaggageExpense",
            json!({
                "reportId": known.report, "idempotencyKey": new_key(), "kind": "CLOTHING", "amountMinor": 100, "currency": "EUR",
                "spentOn": "2026-01-01", "description": "Mine.",
            }),
            Seen::NotFound,
        ),
        mutation(
            "decideClaim",
            json!({ "claimId": known.claim, "expectedVersion": 1, "decision": "APPROVE" }),
            Seen::Forbidden,
        ),
    ]
}
