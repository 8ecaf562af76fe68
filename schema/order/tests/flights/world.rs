//! A small world in memory: real airports, the flights that a test schedules, and whoever asks.

use async_graphql::{Executor, Request, Variables};
use chrono::{TimeZone, Utc};
use entities::id::CustomerId;
use migrations::{MigratorTrait, OrderMigrator};
use schema_kernel::{Actor, ActorKind, Clock, Database, IdSource, Session, loader};
use schema_order::{
    import::{Format, Importer, Options, Totals},
    reference::{load_airlines, load_airports},
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

const AIRPORTS: &str = include_str!("../../../../server/data/airports.csv");
const AIRLINES: &str = include_str!("../../../../server/data/airlines.csv");

pub(crate) const AMINA: CustomerId = CustomerId(Uuid::from_u128(1));

pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    ids: IdSource,
}

impl World {
    /// Midnight, 2026-11-20.
    pub(crate) async fn new() -> Self {
        let database = Database::connect("sqlite::memory:", 1).await.unwrap();
        OrderMigrator::up(database.writer(), None).await.unwrap();
        load_airports(&database, AIRPORTS.as_bytes()).await.unwrap();
        load_airlines(&database, AIRLINES.as_bytes()).await.unwrap();
        let midnight = Utc.with_ymd_and_hms(2026, 11, 20, 0, 0, 0).unwrap();
        Self {
            database,
            clock: Clock::fixed(midnight),
            ids: IdSource::seeded(7),
        }
    }

    /// What a dispatcher of flights is answered.
    pub(crate) async fn ask(&self, document: &str, variables: Value) -> Value {
        let scopes = ["flight:read", "flight:write", "order:read", "order:write"];
        let (data, errors) = self
            .ask_as(ActorKind::Staff, &scopes, document, variables)
            .await;
        assert_eq!(errors, Vec::<String>::new());
        data
    }

    /// The data and the codes of the errors, for an actor of any kind with any scopes.
    pub(crate) async fn ask_as(
        &self,
        kind: ActorKind,
        scopes: &[&str],
        document: &str,
        variables: Value,
    ) -> (Value, Vec<String>) {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned());
        let actor = Actor::new("dispatcher", kind, "operations", scopes);
        let session = Session::new(actor, "request", self.clock.clone(), self.ids.clone());
        let request = Request::new(document)
            .variables(Variables::from_json(variables))
            .data(session)
            .data(loader(&self.database));
        let schema = schema_order::schema(self.database.clone()).unwrap();
        let response = schema.execute(request).await;
        let codes = response
            .errors
            .iter()
            .map(|error| match &error.extensions {
                Some(extensions) => format!("{:?}: {}", extensions.get("code"), error.message),
                None => error.message.clone(),
            })
            .collect();
        (response.data.into_json().unwrap(), codes)
    }

    /// Schedules a flight of Emirates and gives its id.
    pub(crate) async fn flight(&self, number: i32, route: [&str; 2], times: [&str; 2]) -> Value {
        let input = json!({
            "idempotencyKey": Uuid::from_u128(u128::from(number.unsigned_abs())), "carrier": "EK", "number": number,
            "origin": route[0], "destination": route[1],
            "scheduledDepartureAt": times[0], "scheduledArrivalAt": times[1],
        });
        let created = self.create(input).await;
        assert_eq!(created["__typename"], "FlightCreated", "{created:#}");
        created["flight"]["id"].clone()
    }

    pub(crate) async fn create(&self, input: Value) -> Value {
        let document = "mutation ($input: CreateFlightInput!) { createFlight(input: $input) {
            __typename
            ... on FlightCreated { flight { id designator departsOn distanceKm status version } }
            ... on InvalidInput { fields { path } }
            ... on Conflict { message }
        } }";
        self.ask(document, json!({ "input": input })).await["createFlight"].clone()
    }

    /// EK47 from Dubai to Frankfurt, at 04:20 for 11:10.
    pub(crate) async fn ek47(&self) -> Value {
        let times = ["2026-11-20T04:20:00Z", "2026-11-20T11:10:00Z"];
        self.flight(47, ["DXB", "FRA"], times).await
    }

    pub(crate) async fn record(&self, key: u128, flight: &Value, event: Value) -> Value {
        let mut input = json!({ "flightId": flight, "idempotencyKey": Uuid::from_u128(key) });
        let (Value::Object(whole), Value::Object(event)) = (&mut input, event) else {
            panic!("an event is an object")
        };
        whole.extend(event);
        let document = "mutation ($input: RecordFlightEventInput!) { recordFlightEvent(input: $input) {
            __typename
            ... on FlightEventRecorded {
                flight { status version arrivalDelayMinutes estimatedArrivalAt cause { code meaning } gate divertedTo { iataCode } }
                event { id kind actor changes { name old new } }
                disruptedJourneys
            }
            ... on InvalidInput { fields { path } }
            ... on StaleVersion { current }
            ... on TransitionNotAllowed { from to allowed message }
        } }";
        self.ask(document, json!({ "input": input })).await["recordFlightEvent"].clone()
    }

    /// Books one adult on these flights, as one journey.
    pub(crate) async fn book(&self, key: u128, flights: &[&Value]) {
        let segments: Vec<Value> = flights
            .iter()
            .map(|flight| json!({ "flightId": flight, "cabin": "Y", "bookingClass": "Y" }))
            .collect();
        let input = json!({
            "idempotencyKey": Uuid::from_u128(key), "customerId": AMINA, "ownerAirline": "EK", "channel": "WEB",
            "currency": "EUR", "paymentMethod": "CARD",
            "passengers": [{ "givenName": "Amina", "familyName": "Haddad", "kind": "ADULT", "customerId": AMINA }],
            "journeys": [{ "segments": segments, "faresMinor": [45_000] }],
        });
        let document =
            "mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename } }";
        let placed = self.ask(document, json!({ "input": input })).await;
        assert_eq!(
            placed["placeOrder"]["__typename"], "OrderPlaced",
            "{placed:#}"
        );
    }

    /// Imports lines of JSON, at the time of this world.
    pub(crate) async fn import(&self, lines: &str) -> Totals {
        let session = Session::new(
            Actor::service("import"),
            "import",
            self.clock.clone(),
            // The same seed gives the same bytes, and two imports are not the same.
            IdSource::random(),
        );
        let importer = Importer::new(self.database.clone(), session, Options::of(Format::NdJson));
        importer
            .run(std::io::Cursor::new(lines), |_| {}, |_| {})
            .await
            .unwrap()
    }

    /// The data of every event on the outbox with this name, oldest first.
    pub(crate) async fn events(&self, kind: &str) -> Vec<Value> {
        let statement = Statement::from_sql_and_values(
            self.database.backend(),
            "SELECT data FROM order_outbox WHERE kind = $1 ORDER BY sequence",
            [kind.into()],
        );
        let rows = self
            .database
            .reader()
            .query_all_raw(statement)
            .await
            .unwrap();
        rows.iter()
            .map(|row| row.try_get("", "data").unwrap())
            .collect()
    }
}

/// The paths of an `InvalidInput`, written with dots.
pub(crate) fn paths(outcome: &Value) -> Vec<String> {
    assert_eq!(outcome["__typename"], "InvalidInput", "{outcome:#}");
    let fields = outcome["fields"].as_array().unwrap();
    let path = |field: &Value| {
        let parts = field["path"].as_array().unwrap();
        parts
            .iter()
            .map(|part| part.as_str().unwrap())
            .collect::<Vec<_>>()
            .join(".")
    };
    fields.iter().map(path).collect()
}
