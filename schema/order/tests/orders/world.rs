//! A small world in memory: six airports, one airline, and flights that connect.

use async_graphql::{Executor, Request, Variables};
use chrono::{TimeDelta, TimeZone, Utc};
use entities::{
    id::{CustomerId, FlightId},
    order::flight::{self, Status},
};
use migrations::{MigratorTrait, OrderMigrator};
use schema_kernel::{
    Actor, ActorKind, Clock, Database, IdSource, Session, loader, scalar::DateTime,
};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::{Value, json};
use uuid::Uuid;

const AIRPORTS: &str = "iata,icao,name,city,country,lat,lon,tz
DXB,OMDB,Dubai International Airport,Dubai,AE,25.2528,55.3644,Asia/Dubai
FRA,EDDF,Frankfurt am Main Airport,Frankfurt,DE,50.0333,8.5706,Europe/Berlin
HAM,EDDH,Hamburg Airport,Hamburg,DE,53.6304,9.9882,Europe/Berlin
OSL,ENGM,Oslo Airport,Oslo,NO,60.1939,11.1004,Europe/Oslo
";
const AIRLINES: &str = "code,ticketing_prefix,name,licence_country
EK,176,Emirates,AE
ZZ,,No Tickets,AE
";

/// The person most tests are about, and somebody else.
pub(crate) const AMINA: CustomerId = CustomerId(Uuid::from_u128(1));
pub(crate) const OTTO: CustomerId = CustomerId(Uuid::from_u128(2));

pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    ids: IdSource,
}

pub(crate) fn morning() -> DateTime {
    Utc.with_ymd_and_hms(2026, 11, 20, 6, 0, 0).unwrap()
}

impl World {
    pub(crate) async fn new() -> Self {
        let database = Database::connect("sqlite::memory:", 1).await.unwrap();
        OrderMigrator::up(database.writer(), None).await.unwrap();
        schema_order::reference::load_airports(&database, AIRPORTS.as_bytes())
            .await
            .unwrap();
        schema_order::reference::load_airlines(&database, AIRLINES.as_bytes())
            .await
            .unwrap();
        Self {
            database,
            clock: Clock::fixed(morning()),
            ids: IdSource::seeded(7),
        }
    }

    /// A flight that leaves `hours` after the morning and flies for one hour and 1,000 kilometres.
    pub(crate) async fn flight(&self, origin: &str, destination: &str, hours: i64) -> FlightId {
        let leaves = morning() + TimeDelta::hours(hours);
        let id: FlightId = self.ids.next(morning());
        let row = flight::Model {
            id,
            carrier: "EK".to_owned(),
            number: i32::try_from(id.0.as_u128() % 9_999).unwrap() + 1,
            suffix: String::new(),
            origin: origin.to_owned(),
            destination: destination.to_owned(),
            departs_on: leaves.date_naive(),
            scheduled_departure_at: leaves,
            scheduled_arrival_at: leaves + TimeDelta::hours(1),
            estimated_departure_at: None,
            estimated_arrival_at: None,
            actual_departure_at: None,
            actual_arrival_at: None,
            departure_delay_minutes: None,
            arrival_delay_minutes: None,
            status: Status::Scheduled,
            cause_code: None,
            gate: None,
            aircraft_registration: None,
            distance_km: 1_000.0,
            diverted_to: None,
            fingerprint: None,
            version: 1,
        };
        row.into_active_model()
            .insert(self.database.writer())
            .await
            .unwrap();
        id
    }

    pub(crate) async fn set_status(&self, id: FlightId, status: Status) {
        let row = flight::Entity::find_by_id(id)
            .one(self.database.writer())
            .await
            .unwrap()
            .unwrap();
        let row = flight::Model { status, ..row };
        row.into_active_model()
            .reset_all()
            .update(self.database.writer())
            .await
            .unwrap();
    }

    /// How many rows a table has.
    pub(crate) async fn count<E: EntityTrait>(&self) -> u64
    where
        E::Model: Send + Sync,
    {
        E::find().count(self.database.reader()).await.unwrap()
    }

    /// The data of every event on the outbox with this name, oldest first.
    pub(crate) async fn events(&self, kind: &str) -> Vec<Value> {
        use sea_orm::{ConnectionTrait, Statement};
        let backend = self.database.backend();
        let statement = Statement::from_sql_and_values(
            backend,
            "SELECT data FROM order_outbox WHERE kind = $1 ORDER BY sequence",
            [kind.into()],
        );
        let rows = self
            .database
            .reader()
            .query_all_raw(statement)
            .await
            .unwrap();
        rows.into_iter()
            .map(|row| row.try_get("", "data").unwrap())
            .collect()
    }

    pub(crate) fn staff(&self) -> Client<'_> {
        self.client(ActorKind::Staff)
    }

    pub(crate) fn customer(&self, id: CustomerId) -> Client<'_> {
        self.client(ActorKind::Customer(id))
    }

    fn client(&self, kind: ActorKind) -> Client<'_> {
        let scopes = ["order:read", "order:write", "flight:read"].map(str::to_owned);
        Client {
            world: self,
            actor: Actor::new(format!("{kind:?}"), kind, "test", scopes),
        }
    }
}

/// Somebody who asks.
pub(crate) struct Client<'a> {
    world: &'a World,
    actor: Actor,
}

impl Client<'_> {
    /// The data of an answer without errors.
    pub(crate) async fn ask(&self, document: &str, variables: Value) -> Value {
        let (data, errors) = self.try_ask(document, variables).await;
        assert_eq!(errors, Vec::<String>::new());
        data
    }

    /// The data and the messages of the errors.
    pub(crate) async fn try_ask(&self, document: &str, variables: Value) -> (Value, Vec<String>) {
        let session = Session::new(
            self.actor.clone(),
            "request",
            self.world.clock.clone(),
            self.world.ids.clone(),
        );
        let request = Request::new(document)
            .variables(Variables::from_json(variables))
            .data(session)
            .data(loader(&self.world.database));
        let response = schema_order::schema(self.world.database.clone())
            .unwrap()
            .execute(request)
            .await;
        let errors = response
            .errors
            .iter()
            .map(|error| error.message.clone())
            .collect();
        (response.data.into_json().unwrap(), errors)
    }

    pub(crate) async fn place(&self, input: Value) -> Value {
        let document = "mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) {
            __typename
            ... on OrderPlaced { order { id recordLocator status version total { amountMinor currency } } }
            ... on Problem { message }
            ... on InvalidInput { fields { path message } }
        } }";
        self.ask(document, json!({ "input": input })).await["placeOrder"].clone()
    }

    /// Places an order that must succeed, and gives it back.
    pub(crate) async fn placed(&self, input: Value) -> Value {
        let outcome = self.place(input).await;
        assert_eq!(outcome["__typename"], "OrderPlaced", "{outcome:#}");
        outcome["order"].clone()
    }

    pub(crate) async fn cancel(&self, id: &Value, version: i32) -> Value {
        let document = "mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) {
            __typename
            ... on OrderCancelled { order { id status version refund { amountMinor } total { amountMinor } } }
            ... on StaleVersion { current }
            ... on TransitionNotAllowed { from to allowed message }
        } }";
        self.ask(
            document,
            json!({ "input": { "orderId": id, "expectedVersion": version } }),
        )
        .await["cancelOrder"]
            .clone()
    }

    pub(crate) async fn change(&self, input: Value) -> Value {
        let document = "mutation ($input: ChangeOrderInput!) { changeOrder(input: $input) {
            __typename
            ... on OrderChanged { order { id version } }
            ... on InvalidInput { fields { path message } }
            ... on StaleVersion { current }
        } }";
        self.ask(document, json!({ "input": input })).await["changeOrder"].clone()
    }
}

/// An order of one adult on these flights, as one journey, for EUR 450.00.
pub(crate) fn one_adult(key: u128, customer: CustomerId, flights: &[FlightId]) -> Value {
    let segments: Vec<Value> = flights
        .iter()
        .map(|flight| json!({ "flightId": flight, "cabin": "Y", "bookingClass": "Y" }))
        .collect();
    json!({
        "idempotencyKey": Uuid::from_u128(key),
        "customerId": customer,
        "ownerAirline": "EK",
        "channel": "WEB",
        "currency": "EUR",
        "paymentMethod": "CARD",
        "passengers": [{ "givenName": "Amina", "familyName": "Haddad-Noor", "kind": "ADULT", "customerId": customer }],
        "journeys": [{ "segments": segments, "faresMinor": [45_000] }],
    })
}

/// The paths of an `InvalidInput`, written with dots.
pub(crate) fn paths(outcome: &Value) -> Vec<String> {
    assert_eq!(outcome["__typename"], "InvalidInput", "{outcome:#}");
    let fields = outcome["fields"].as_array().unwrap();
    let path = |field: &Value| {
        field["path"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part.as_str().unwrap())
            .collect::<Vec<_>>()
            .join(".")
    };
    fields.iter().map(path).collect()
}
