use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::{AMINA, OTTO, World, one_adult};

#[tokio::test]
async fn a_list_is_read_page_by_page_in_both_directions() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 40).await;
    let mut newest_first = Vec::new();
    for key in 1..=5 {
        world.clock.advance(TimeDelta::minutes(1));
        newest_first.insert(
            0,
            world.staff().placed(one_adult(key, AMINA, &[flight])).await["id"].clone(),
        );
    }
    let document = "query ($first: Int, $after: String, $last: Int, $before: String) {
        orders(first: $first, after: $after, last: $last, before: $before) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
    }";
    let ids = |page: &Value| {
        page["orders"]["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["id"].clone())
            .collect::<Vec<_>>()
    };
    let first = world.staff().ask(document, json!({ "first": 2 })).await;
    assert_eq!(ids(&first), newest_first[..2]);
    assert_eq!(first["orders"]["pageInfo"]["hasNextPage"], true);
    let next = world
        .staff()
        .ask(
            document,
            json!({ "first": 9, "after": first["orders"]["pageInfo"]["endCursor"] }),
        )
        .await;
    assert_eq!(ids(&next), newest_first[2..]);
    assert_eq!(next["orders"]["pageInfo"]["hasNextPage"], false);
    let back = world
        .staff()
        .ask(
            document,
            json!({ "last": 1, "before": next["orders"]["pageInfo"]["startCursor"] }),
        )
        .await;
    assert_eq!(ids(&back), newest_first[1..2]);
    let (_, errors) = world.staff().try_ask(document, json!({})).await;
    assert_eq!(errors.len(), 1);
    assert_eq!(
        ids(&world
            .customer(OTTO)
            .ask(document, json!({ "first": 5 }))
            .await),
        Vec::<Value>::new()
    );
}

#[tokio::test]
async fn a_list_is_narrowed() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let amina = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    world.staff().placed(one_adult(2, OTTO, &[flight])).await;
    world.staff().cancel(&amina["id"], 1).await;
    let document = "query ($filter: OrderFilter!) { orders(filter: $filter, first: 9) { nodes { id status } } }";
    let count = async |filter: Value| {
        world
            .staff()
            .ask(document, json!({ "filter": filter }))
            .await["orders"]["nodes"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count(json!({})).await, 2);
    assert_eq!(count(json!({ "customerId": AMINA })).await, 1);
    assert_eq!(count(json!({ "status": "OPEN" })).await, 1);
    assert_eq!(count(json!({ "placedBetween": { "from": "2026-11-20T00:00:00Z", "to": "2026-11-21T00:00:00Z" } })).await, 2);
    assert_eq!(count(json!({ "placedBetween": { "from": "2026-11-21T00:00:00Z", "to": "2026-11-22T00:00:00Z" } })).await, 0);
}

#[tokio::test]
async fn an_order_is_found_by_locator_and_name_and_by_nobody_else() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    let document = "query ($locator: RecordLocator!, $name: String!) { orderByRecordLocator(recordLocator: $locator, familyName: $name) { id } }";
    let locator = placed["recordLocator"].as_str().unwrap().to_lowercase();
    let found = world
        .staff()
        .ask(
            document,
            json!({ "locator": locator, "name": "HADDAD NOOR" }),
        )
        .await;
    assert_eq!(found["orderByRecordLocator"]["id"], placed["id"]);
    for (client, name) in [
        (world.staff(), "Haddad"),
        (world.customer(OTTO), "Haddad-Noor"),
    ] {
        let missed = client
            .ask(document, json!({ "locator": locator, "name": name }))
            .await;
        assert_eq!(missed["orderByRecordLocator"], Value::Null);
    }
}

#[tokio::test]
async fn what_others_own_is_null_under_every_door() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    let document = "query ($id: ID!, $keys: [_Any!]!) {
        order(id: $id) { id }
        _entities(representations: $keys) { ... on Order { status } ... on Customer { orders { nodes { id } } } }
    }";
    let keys = json!([{ "__typename": "Order", "id": placed["id"] }, { "__typename": "Customer", "id": AMINA }]);
    let variables = json!({ "id": placed["id"], "keys": keys });
    let own = world.customer(AMINA).ask(document, variables.clone()).await;
    assert_eq!(
        own["_entities"],
        json!([{ "status": "OPEN" }, { "orders": { "nodes": [{ "id": placed["id"] }] } }])
    );
    let others = world.customer(OTTO).ask(document, variables).await;
    assert_eq!(
        others,
        json!({ "order": null, "_entities": [null, { "orders": { "nodes": [] } }] })
    );
}

#[tokio::test]
async fn one_bad_key_does_not_spoil_the_others() {
    let world = World::new().await;
    let flight = world.flight("DXB", "FRA", 2).await;
    let placed = world.staff().placed(one_adult(1, AMINA, &[flight])).await;
    let document =
        "query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Order { status } } }";
    let keys = json!([{ "__typename": "Order", "id": "nonsense" }, { "__typename": "Order", "id": placed["id"] }]);
    let (data, errors) = world
        .staff()
        .try_ask(document, json!({ "keys": keys }))
        .await;
    assert_eq!(data["_entities"], json!([null, { "status": "OPEN" }]));
    assert_eq!(errors.len(), 1);
}

#[tokio::test]
async fn journeys_of_customers_are_split_by_time_and_batched() {
    let world = World::new().await;
    let (soon, later) = (
        world.flight("DXB", "FRA", 2).await,
        world.flight("DXB", "FRA", 30).await,
    );
    for (key, customer, flight) in [(1, AMINA, soon), (2, AMINA, later), (3, OTTO, later)] {
        world
            .staff()
            .placed(one_adult(key, customer, &[flight]))
            .await;
    }
    world.clock.advance(TimeDelta::hours(10));
    let document = "query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Customer {
        upcoming: journeys(filter: UPCOMING) { nodes { scheduledDepartureAt status } }
        past: journeys(filter: PAST) { nodes { scheduledDepartureAt } }
        all: journeys(first: 1) { nodes { scheduledDepartureAt } pageInfo { hasNextPage } }
        orders { nodes { passengers { familyName } journeys { segments { flight { designator } } } } }
        purchases { nodes { id } }
    } } }";
    let key = |customer| json!({ "__typename": "Customer", "id": customer });
    let statements = async |keys: Value| {
        let before = world.database.statement_count();
        let answer = world.staff().ask(document, json!({ "keys": keys })).await;
        (
            answer["_entities"].clone(),
            world.database.statement_count() - before,
        )
    };
    let (both, sent) = statements(json!([key(AMINA), key(OTTO)])).await;
    // Nine questions: three lists of journeys, orders, purchases, and their passengers, journeys, segments, flights. How many of
    // them share a statement depends on timing, but never on how many customers there are.
    assert!(sent <= 12, "{sent} statements");
    let departures = |list: &Value| {
        list["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|node| node["scheduledDepartureAt"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        departures(&both[0]["upcoming"]),
        ["2026-11-21T12:00:00+00:00"]
    );
    assert_eq!(departures(&both[0]["past"]), ["2026-11-20T08:00:00+00:00"]);
    assert_eq!(departures(&both[0]["all"]), ["2026-11-21T12:00:00+00:00"]);
    assert_eq!(both[0]["all"]["pageInfo"]["hasNextPage"], true);
    assert_eq!(both[1]["orders"]["nodes"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_cursor_of_another_list_is_refused() {
    let world = World::new().await;
    for (list, key) in [
        ("orders", "t4142"),
        ("flights", "n1"),
        ("airports", "i0"),
        ("orders", "t00"),
    ] {
        let cursor = format!("{}{key}", "0".repeat(32));
        let document = format!(
            "query ($after: String) {{ {list}(first: 1, after: $after) {{ edges {{ cursor }} }} }}"
        );
        let (_, errors) = world
            .staff()
            .try_ask(&document, json!({ "after": cursor }))
            .await;
        assert_eq!(errors.len(), 1, "{list} {key}");
        assert!(errors[0].contains("cursor"), "{errors:?}");
    }
}
