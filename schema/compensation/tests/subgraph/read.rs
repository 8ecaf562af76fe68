//! Who sees which claims, and at what cost.

use serde_json::{Value, json};

use crate::kit::{
    AMAL, BORIS, FLIGHT, JOURNEY, OTHER_FLIGHT, World, agent, customer, id, paris_to_new_york,
    report,
};

#[tokio::test]
async fn a_customer_sees_their_own_claims_and_no_others() {
    let world = World::new().await;
    world.report(report(json!({}))).await;
    let claim = world.claim().await["id"].clone();
    let document = "query($id: ID!) { claim(id: $id) { status customer { id } } claims(first: 5) { nodes { id } } }";
    let seen = |actor| world.data(actor, document, json!({"id": claim}));

    let own = seen(customer(AMAL)).await;
    assert_eq!(own["claim"]["customer"]["id"], id(AMAL));
    assert_eq!(own["claims"]["nodes"], json!([{"id": claim}]));
    let others = seen(customer(BORIS)).await;
    assert_eq!(others, json!({"claim": null, "claims": {"nodes": []}}));
}

#[tokio::test]
async fn the_trace_says_why() {
    let world = World::new().await;
    world.report(report(json!({"cause_code": null}))).await;
    let document = "{ claims(first: 1) { nodes {
        trace { id ruleId ruleVersion applies isSettled distanceKm inputsHash why
            flags { code missingFacts } entitlements { kind basis isProvisional dueBy amount { amountMinor currency } } }
        disruption { kind incidentOn arrivalDelayMinutes causeCode assessments { nodes { regime answer applies } } }
    } } }";
    let data = world.data(customer(AMAL), document, json!({})).await;
    let claim = &data["claims"]["nodes"][0];
    let trace = &claim["trace"];
    assert_eq!(
        (&trace["ruleId"], &trace["ruleVersion"]),
        (&json!("EU261-DELAY"), &json!(1))
    );
    assert_eq!(
        trace["flags"],
        json!([{"code": "NEEDS_FACTS", "missingFacts": ["EXTRAORDINARY"]}])
    );
    assert_eq!(
        trace["entitlements"][0]["amount"],
        json!({"amountMinor": 25000, "currency": "EUR"})
    );
    assert_eq!(trace["entitlements"][0]["isProvisional"], true);
    assert_eq!(trace["inputsHash"].as_str().unwrap().len(), 64);
    let mut regimes = claim["disruption"]["assessments"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    regimes.sort_by_key(ToString::to_string);
    assert_eq!(
        regimes,
        [
            json!({"regime": "EU261", "answer": "assistance", "applies": true}),
            json!({"regime": "EU261", "answer": "compensation", "applies": true}),
            json!({"regime": "US_DOT", "answer": "refund", "applies": false})
        ]
    );
}

/// Five passengers of one order, on two flights.
async fn five_claims() -> World {
    let world = World::new().await;
    for number in 0..5_u128 {
        let flight = if number < 3 { FLIGHT } else { OTHER_FLIGHT };
        let changes = json!({
            "passenger_id": id(0x400 + number), "journey_id": id(JOURNEY + number), "flight_id": id(flight),
            "incident_on": format!("2026-03-0{}", 5 - number),
        });
        world.report(report(changes)).await;
    }
    world
}

#[tokio::test]
async fn pages_follow_each_other_in_either_order() {
    let world = five_claims().await;
    for sort in ["DUE_BY", "OPENED_AT"] {
        let document = "query($sort: ClaimSort!, $after: String) {
            claims(sort: $sort, first: 2, after: $after) { nodes { dueBy openedAt } pageInfo { endCursor hasNextPage } } }";
        let (mut all, mut after) = (Vec::new(), Value::Null);
        loop {
            let data = world
                .data(agent(), document, json!({"sort": sort, "after": after}))
                .await;
            all.extend(data["claims"]["nodes"].as_array().unwrap().clone());
            after = data["claims"]["pageInfo"]["endCursor"].clone();
            if data["claims"]["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(all.len(), 5);
        // The claim that was opened last is due first.
        assert!(
            all.is_sorted_by_key(|claim| claim["dueBy"].as_str().unwrap().to_owned()),
            "{sort}: {all:#?}"
        );
    }
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let world = five_claims().await;
    let count = async |filter: Value| {
        let document =
            "query($filter: ClaimFilter) { claims(first: 100, filter: $filter) { nodes { id } } }";
        let data = world
            .data(agent(), document, json!({"filter": filter}))
            .await;
        data["claims"]["nodes"].as_array().unwrap().len()
    };
    assert_eq!(count(json!({"status": "APPROVED"})).await, 5);
    assert_eq!(count(json!({"status": "REFUSED"})).await, 0);
    assert_eq!(count(json!({"regime": "US_DOT"})).await, 0);
    assert_eq!(count(json!({"customerId": id(AMAL)})).await, 5);
    assert_eq!(count(json!({"customerId": id(BORIS)})).await, 0);
    assert_eq!(count(json!({"dueBefore": "2026-03-17"})).await, 2);
}

#[tokio::test]
async fn a_list_without_a_size_is_refused() {
    let world = World::new().await;
    let answer = world
        .ask(agent(), "{ claims { nodes { id } } }", json!({}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test]
async fn exposure_adds_up_what_is_open_by_currency() {
    let world = five_claims().await;
    let refund = json!({
        "passenger_id": id(0x500), "kind": "CANCELLATION", "arrival_delay_minutes": null, "notice_minutes": 20_000_000,
        "currency": "USD", "fare_minor": 32_040, "ancillary_fees_minor": 0,
    });
    world.report(paris_to_new_york(refund)).await;
    let document =
        "query($flights: [_Any!]!) { _entities(representations: $flights) { ... on Flight {
        exposure { claimCount openAmounts { formatted } } } } }";
    let flights: Vec<_> = [FLIGHT, OTHER_FLIGHT, 0x22]
        .iter()
        .map(|flight| json!({"__typename": "Flight", "id": id(*flight)}))
        .collect();

    let before = world.database.statement_count();
    let data = world
        .data(agent(), document, json!({"flights": flights}))
        .await;
    assert_eq!(
        world.database.statement_count() - before,
        1,
        "one statement for all flights"
    );
    let amounts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| json!({"formatted": text}))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        data["_entities"],
        json!([
            {"exposure": {"claimCount": 4, "openAmounts": amounts(&["EUR 750.00", "USD 320.40"])}},
            {"exposure": {"claimCount": 2, "openAmounts": amounts(&["EUR 500.00"])}},
            {"exposure": {"claimCount": 0, "openAmounts": []}},
        ])
    );

    let answer = world
        .ask(customer(AMAL), document, json!({"flights": flights}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn claims_of_many_parents_are_one_statement_for_each_kind() {
    let world = five_claims().await;
    let document = "query($parents: [_Any!]!) { _entities(representations: $parents) {
        ... on Customer { claims { nodes { id } } }
        ... on Journey { claims { nodes { status trace { ruleId } history { nodes { version } } } } }
        ... on Order { claims(first: 2) { nodes { id } pageInfo { hasNextPage } } }
        ... on Case { claims { nodes { id } } }
    } }";
    let mut parents: Vec<_> = (0..5_u128)
        .map(|number| json!({"__typename": "Journey", "id": id(JOURNEY + number)}))
        .collect();
    for number in [AMAL, BORIS] {
        parents.push(json!({"__typename": "Customer", "id": id(number)}));
    }
    parents.push(json!({"__typename": "Order", "id": id(0x30)}));
    parents.push(json!({"__typename": "Case", "id": id(0x60)}));

    let before = world.database.statement_count();
    let data = world
        .data(agent(), document, json!({"parents": parents}))
        .await;
    // Lists of four kinds of parents, traces (assessments and entitlements) and histories.
    assert_eq!(world.database.statement_count() - before, 4 + 2 + 1);
    let found = data["_entities"].as_array().unwrap();
    let counts: Vec<_> = found
        .iter()
        .map(|parent| parent["claims"]["nodes"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts, [1, 1, 1, 1, 1, 5, 0, 2, 0]);
    assert_eq!(found[7]["claims"]["pageInfo"]["hasNextPage"], true);
    assert_eq!(
        found[0]["claims"]["nodes"][0]["trace"]["ruleId"],
        "EU261-DELAY"
    );
}

#[tokio::test]
async fn an_id_that_is_none_costs_only_its_own_entry() {
    let world = World::new().await;
    world.report(report(json!({}))).await;
    let claim = world.claim().await["id"].clone();
    let document = "query($claims: [_Any!]!) { _entities(representations: $claims) { ... on Claim { status } } }";
    let claims =
        json!([{"__typename": "Claim", "id": "nonsense"}, {"__typename": "Claim", "id": claim}]);
    let answer = world
        .ask(agent(), document, json!({"claims": claims}))
        .await;
    assert_eq!(
        answer["data"]["_entities"],
        json!([null, {"status": "APPROVED"}])
    );
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

const ASSESS: &str = "mutation($input: AssessDisruptionInput!) { assessDisruption(input: $input) {
    ... on DisruptionAssessed { assessments { id regime why isSettled entitlements { amount { formatted } } } }
    ... on InvalidInput { fields { path rule } }
} }";

fn question() -> Value {
    json!({
        "kind": "DELAY", "incidentOn": "2026-03-02", "operatingCarrier": "AF", "licenceCountry": "FR",
        "origin": {"iataCode": "CDG", "country": "FR", "latitude": 49.0128, "longitude": 2.55},
        "destination": {"iataCode": "JFK", "country": "US", "latitude": 40.6398, "longitude": -73.7789},
        "departureDelayMinutes": 100, "arrivalDelayMinutes": 240,
        "purchase": {"fareMinor": 90000, "currency": "EUR", "paymentMethod": "CARD"},
        "establishedFacts": {"isExtraordinary": false, "wasAtCheckIn": true, "hasAcceptedAlternative": true},
    })
}

#[tokio::test]
async fn what_would_be_due_is_answered_without_a_trace() {
    let world = World::new().await;
    let data = world
        .data(agent(), ASSESS, json!({"input": question()}))
        .await;
    let answers = data["assessDisruption"]["assessments"].as_array().unwrap();
    assert_eq!(answers.len(), 2);
    assert_eq!(
        (&answers[0]["regime"], &answers[0]["id"]),
        (&json!("EU261"), &Value::Null)
    );
    assert_eq!(
        answers[0]["entitlements"],
        json!([{"amount": {"formatted": "EUR 600.00"}}])
    );
    assert_eq!(answers[1]["entitlements"], json!([]));
    assert!(
        answers.iter().all(|answer| answer["isSettled"] == true),
        "{answers:#?}"
    );
    assert_eq!(world.count("assessment").await, 0);
}

#[tokio::test]
async fn an_impossible_question_is_refused_field_by_field() {
    let world = World::new().await;
    let mut input = question();
    input["origin"]["latitude"] = json!(91);
    input["purchase"]["currency"] = json!("EURO");
    input["purchase"]["fareMinor"] = json!(-1);
    input["arrivalDelayMinutes"] = json!(2_000_000);
    let data = world.data(agent(), ASSESS, json!({"input": input})).await;
    let fields = data["assessDisruption"]["fields"].as_array().unwrap();
    let mut paths: Vec<_> = fields
        .iter()
        .map(|field| {
            field["path"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(".")
        })
        .collect();
    paths.sort();
    assert_eq!(
        paths,
        [
            "input.arrivalDelayMinutes",
            "input.origin.latitude",
            "input.purchase.currency",
            "input.purchase.fareMinor"
        ]
    );
}
