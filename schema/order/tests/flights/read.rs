use schema_kernel::ActorKind;
use serde_json::{Value, json};

use crate::world::World;

async fn scheduled(world: &World) -> [Value; 3] {
    [
        world
            .flight(
                47,
                ["DXB", "FRA"],
                ["2026-11-20T04:20:00Z", "2026-11-20T11:10:00Z"],
            )
            .await,
        world
            .flight(
                45,
                ["DXB", "FRA"],
                ["2026-11-20T22:20:00Z", "2026-11-21T05:10:00Z"],
            )
            .await,
        world
            .flight(
                46,
                ["FRA", "DXB"],
                ["2026-11-20T14:00:00Z", "2026-11-20T20:10:00Z"],
            )
            .await,
    ]
}

fn numbers(answer: &Value) -> Vec<i64> {
    let nodes = answer["flights"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|flight| flight["number"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn flights_are_listed_by_departure_and_filtered() {
    let world = World::new().await;
    scheduled(&world).await;
    let document = "query ($filter: FlightFilter, $sort: FlightSort, $first: Int, $after: String) {
        flights(filter: $filter, sort: $sort, first: $first, after: $after) { nodes { number } pageInfo { endCursor hasNextPage } }
    }";
    let list = async |variables| world.ask(document, variables).await;
    assert_eq!(numbers(&list(json!({ "first": 10 })).await), [47, 46, 45]);
    let latest = json!({ "first": 10, "sort": "SCHEDULED_DEPARTURE_DESCENDING" });
    assert_eq!(numbers(&list(latest).await), [45, 46, 47]);
    let filters = [
        (json!({ "origin": "DXB" }), vec![47, 45]),
        (json!({ "carrier": "EK", "number": 46 }), vec![46]),
        // EK45 leaves at 02:20 of the next day in Dubai.
        (json!({ "departsOn": "2026-11-20" }), vec![47, 46]),
        (
            json!({ "departsBetween": { "from": "2026-11-21", "to": "2026-11-30" } }),
            vec![45],
        ),
        (json!({ "status": ["CANCELLED", "DIVERTED"] }), vec![]),
        (
            json!({ "destination": "DXB", "status": ["SCHEDULED"] }),
            vec![46],
        ),
    ];
    for (filter, expected) in filters {
        assert_eq!(
            numbers(&list(json!({ "first": 10, "filter": filter })).await),
            expected,
            "{filter}"
        );
    }

    let (_, refused) = world
        .ask_as(
            ActorKind::Staff,
            &["flight:read"],
            document,
            json!({ "first": 1, "filter": { "departsOn": "-9999-01-01" } }),
        )
        .await;
    assert_eq!(refused.len(), 1);

    let first = list(json!({ "first": 2 })).await;
    assert_eq!(first["flights"]["pageInfo"]["hasNextPage"], true);
    let after = &first["flights"]["pageInfo"]["endCursor"];
    assert_eq!(
        numbers(&list(json!({ "first": 2, "after": after })).await),
        [45]
    );
}

#[tokio::test]
async fn many_flights_cost_as_many_statements_as_one() {
    let world = World::new().await;
    let flights = scheduled(&world).await;
    for (index, flight) in flights.iter().enumerate() {
        let gate = json!({ "kind": "GATE_CHANGE", "gateChange": { "gate": format!("B{index}") } });
        world.record(100 + index as u128, flight, gate).await;
    }
    let document = "query ($first: Int!) { flights(first: $first) { nodes {
        origin { iataCode timeZone } destination { iataCode }
        events(first: 5) { nodes { kind source changes { name new } } }
    } } }";
    let mut costs = Vec::new();
    for first in [1, 3] {
        let before = world.database.statement_count();
        let answer = world.ask(document, json!({ "first": first })).await;
        costs.push(world.database.statement_count() - before);
        let event = &answer["flights"]["nodes"][0]["events"]["nodes"][0];
        assert_eq!(
            (&event["kind"], &event["source"]),
            (&json!("GATE_CHANGE"), &json!("API"))
        );
    }
    assert_eq!(costs, [3, 3]);
}

#[tokio::test]
async fn one_bad_key_leaves_the_others() {
    let world = World::new().await;
    let flight = world.ek47().await;
    let document = "query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Flight { designator } } }";
    let key = |id: Value| json!({ "__typename": "Flight", "id": id });
    let unknown = json!("01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f");
    let keys = json!({ "keys": [key(flight), key(json!("nonsense")), key(unknown)] });
    let (answer, errors) = world
        .ask_as(ActorKind::Staff, &["flight:read"], document, keys)
        .await;
    assert_eq!(errors.len(), 1);
    assert_eq!(
        answer["_entities"],
        json!([{ "designator": "EK47" }, null, null])
    );
}

#[tokio::test]
async fn airports_are_found_by_code_city_and_name() {
    let world = World::new().await;
    let one = "query ($code: IataAirport!) { airport(iataCode: $code) { name country timeZone latitude } }";
    let dubai = world.ask(one, json!({ "code": "dxb" })).await;
    assert_eq!(
        (&dubai["airport"]["country"], &dubai["airport"]["timeZone"]),
        (&json!("AE"), &json!("Asia/Dubai"))
    );
    assert_eq!(
        world.ask(one, json!({ "code": "QQQ" })).await["airport"],
        Value::Null
    );

    let document = "query ($search: String, $after: String) { airports(search: $search, first: 3, after: $after) { nodes { iataCode } pageInfo { endCursor } } }";
    let codes = |answer: &Value| -> Vec<String> {
        let nodes = answer["airports"]["nodes"].as_array().unwrap();
        nodes
            .iter()
            .map(|airport| airport["iataCode"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        codes(&world.ask(document, json!({ "search": "Hambur" })).await),
        ["HAM", "XFW"]
    );
    assert_eq!(
        codes(&world.ask(document, json!({ "search": "dxb" })).await),
        ["DXB"]
    );
    let first = world.ask(document, json!({})).await;
    assert_eq!(codes(&first), ["AAA", "AAB", "AAC"]);
    let after = &first["airports"]["pageInfo"]["endCursor"];
    assert_eq!(
        codes(&world.ask(document, json!({ "after": after })).await),
        ["AAD", "AAE", "AAF"]
    );
}
