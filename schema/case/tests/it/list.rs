//! Lists, edges and references.

use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kit::{World, customer, customer_id, staff};

fn subjects(connection: &Value) -> Vec<String> {
    connection["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| node["subject"].as_str().unwrap().to_owned())
        .collect()
}

async fn some_cases(world: &World) {
    for (subject, urgency) in [
        ("a", "UNHURRIED"),
        ("b", "WITHIN_DAY"),
        ("c", "UNHURRIED"),
        ("d", "WITHIN_DAY"),
    ] {
        world
            .opened(1, json!({ "subject": subject, "urgency": urgency }))
            .await;
        world.wait(Duration::minutes(1));
    }
    world
        .opened(2, json!({ "subject": "e", "type": "REFUND" }))
        .await;
}

#[tokio::test]
async fn a_queue_is_worked_by_priority_and_target() {
    let world = World::new().await;
    some_cases(&world).await;
    let document = "query($after: String) { cases(filter: { queue: { eq: \"CustomerAffairs\" } }, first: 3, after: $after) { nodes { subject } pageInfo { hasNextPage endCursor } } }";
    let clerk = staff("clerk");
    let first = world.get(&clerk, document, json!({})).await["cases"].take();
    assert_eq!(subjects(&first), ["b", "d", "a"]);
    assert_eq!(first["pageInfo"]["hasNextPage"], true);
    let rest = world
        .get(
            &clerk,
            document,
            json!({ "after": first["pageInfo"]["endCursor"] }),
        )
        .await["cases"]
        .take();
    assert_eq!(subjects(&rest), ["c"]);
    assert_eq!(rest["pageInfo"]["hasNextPage"], false);

    let document =
        "{ queues(first: 20) { nodes { code openCount cases(first: 2) { nodes { subject } } } } }";
    let before = world.database.statement_count();
    let queues = world.get(&clerk, document, json!({})).await;
    assert_eq!(
        world.database.statement_count() - before,
        3,
        "queues, counts, pages"
    );
    let queues = queues["queues"]["nodes"].as_array().unwrap();
    assert_eq!(queues.len(), 14);
    let affairs = queues
        .iter()
        .find(|queue| queue["code"] == "CustomerAffairs")
        .unwrap();
    assert_eq!(affairs["openCount"], 4);
    assert_eq!(subjects(&affairs["cases"]), ["b", "d"]);
}

#[tokio::test]
async fn filters_narrow_and_sorts_sort() {
    let world = World::new().await;
    some_cases(&world).await;
    let clerk = staff("clerk");
    for (arguments, expected) in [
        ("sort: OPENED_AT", vec!["e", "d", "c", "b", "a"]),
        ("filter: { priority: { eq: P2 } }", vec!["b", "d"]),
        ("filter: { type: { in: [REFUND, PRIVACY] } }", vec!["e"]),
        ("filter: { status: { eq: CLOSED } }", vec![]),
        ("filter: { queue: { in: [] } }", vec![]),
        ("filter: { isOpen: false }", vec![]),
        ("filter: { assignee: { isNull: false } }", vec![]),
        (
            "filter: { assignee: { isNull: true }, status: { in: [NEW] } }, sort: OPENED_AT",
            vec!["e", "d", "c", "b", "a"],
        ),
        (
            "filter: { openedBetween: { from: \"2026-11-20T00:01:00Z\", to: \"2026-11-20T00:03:00Z\" } }, sort: OPENED_AT",
            vec!["c", "b"],
        ),
    ] {
        let document = format!("{{ cases({arguments}, first: 10) {{ nodes {{ subject }} }} }}");
        let found = world.get(&clerk, &document, json!({})).await;
        assert_eq!(subjects(&found["cases"]), expected, "{arguments}");
    }
    let document = format!(
        "{{ cases(filter: {{ customerId: \"{}\" }}, last: 1, sort: OPENED_AT) {{ nodes {{ subject }} }} }}",
        customer_id(1)
    );
    let last = world.get(&clerk, &document, json!({})).await;
    assert_eq!(subjects(&last["cases"]), ["a"]);
}

#[tokio::test]
async fn a_list_is_asked_for_with_a_size_and_a_cursor_of_its_own() {
    let world = World::new().await;
    some_cases(&world).await;
    let clerk = staff("clerk");
    let code = async |document: &str| {
        world.ask(&clerk, document, json!({})).await["errors"][0]["extensions"]["code"].clone()
    };
    assert_eq!(code("{ cases { nodes { id } } }").await, "BAD_USER_INPUT");
    assert_eq!(
        code("{ cases(first: 101) { nodes { id } } }").await,
        "BAD_USER_INPUT"
    );
    let page = world
        .get(
            &clerk,
            "{ cases(first: 1, sort: OPENED_AT) { pageInfo { endCursor } } }",
            json!({}),
        )
        .await;
    let cursor = page["cases"]["pageInfo"]["endCursor"].as_str().unwrap();
    assert_eq!(
        code(&format!(
            "{{ cases(first: 1, after: \"{cursor}\") {{ nodes {{ id }} }} }}"
        ))
        .await,
        "BAD_USER_INPUT"
    );
    assert_eq!(
        code("{ case(id: \"nonsense\") { id } }").await,
        "BAD_USER_INPUT"
    );
}

#[tokio::test]
async fn a_customer_sees_their_own_alone() {
    let world = World::new().await;
    some_cases(&world).await;
    let other = world.opened(2, json!({})).await;
    let own = world
        .get(
            &customer(1),
            "{ cases(first: 10, sort: OPENED_AT) { nodes { subject } } }",
            json!({}),
        )
        .await;
    assert_eq!(subjects(&own["cases"]), ["d", "c", "b", "a"]);
    let hidden = world
        .get(
            &customer(1),
            "query($id: ID!) { case(id: $id) { id } }",
            json!({ "id": other["id"] }),
        )
        .await;
    assert!(hidden["case"].is_null());
    let denied = world
        .ask(
            &customer(1),
            "{ cases(first: 1) { nodes { id queue { code } } } }",
            json!({}),
        )
        .await;
    assert_eq!(denied["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert!(
        denied["data"]["cases"]["nodes"][0]["id"].is_string(),
        "the rest is there: {denied}"
    );
}

#[tokio::test]
async fn edges_of_many_records_are_one_statement_each() {
    let world = World::new().await;
    let order = Uuid::from_u128(40);
    for number in 1..=3 {
        for subject in ["first", "second", "third"] {
            world
                .opened(number, json!({ "subject": subject, "orderId": order }))
                .await;
            world.wait(Duration::seconds(1));
        }
    }
    let representations: Vec<Value> = (1..=3)
        .map(|number| json!({ "__typename": "Customer", "id": customer_id(number).to_string() }))
        .chain([
            json!({ "__typename": "Order", "id": order }),
            json!({ "__typename": "Customer", "id": "nonsense" }),
        ])
        .collect();
    let document = "query($of: [_Any!]!) { _entities(representations: $of) {
        ... on Customer { id cases(first: 2) { nodes { subject } pageInfo { hasNextPage } } }
        ... on Order { cases(first: 1) { nodes { subject customer { id } comments { nodes { id } } } } } } }";
    let before = world.database.statement_count();
    let answer = world
        .ask(&staff("clerk"), document, json!({ "of": representations }))
        .await;
    assert_eq!(
        world.database.statement_count() - before,
        3,
        "cases of customers, cases of orders, comments"
    );
    let entities = &answer["data"]["_entities"];
    for index in 0..3 {
        assert_eq!(subjects(&entities[index]["cases"]), ["third", "second"]);
        assert_eq!(entities[index]["cases"]["pageInfo"]["hasNextPage"], true);
    }
    assert_eq!(
        entities[3]["cases"]["nodes"][0]["customer"]["id"],
        customer_id(3).to_string()
    );
    assert!(
        entities[4].is_null(),
        "one wrong key leaves the others alone"
    );
    assert_eq!(answer["errors"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn agents_are_found_by_queue() {
    let world = World::new().await;
    world.agent(1, &["Baggage", "Refunds"], true).await;
    world.agent(2, &["Refunds"], false).await;
    let document = "query($filter: AgentFilter) { agents(filter: $filter, first: 10) { nodes { name skills languages isActive queues { code } } } }";
    let clerk = staff("clerk");
    let found = world
        .get(
            &clerk,
            document,
            json!({ "filter": { "queue": "Refunds", "isActive": true } }),
        )
        .await;
    let expected = json!([{ "name": "Agent 1", "skills": ["EU261"], "languages": ["en"], "isActive": true, "queues": [{ "code": "Baggage" }, { "code": "Refunds" }] }]);
    assert_eq!(found["agents"]["nodes"], expected);
    let all = world.get(&clerk, document, json!({})).await;
    assert_eq!(all["agents"]["nodes"].as_array().unwrap().len(), 2);
}
