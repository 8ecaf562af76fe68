use serde_json::{Value, json};

use crate::kit::{World, agent, texts};

async fn found(world: &World, filter: Value) -> Vec<String> {
    let before = world.database.statement_count();
    let data = world
        .data(
            agent(),
            "query($filter: CustomerFilter) { customers(filter: $filter, first: 100) { edges { node { displayName } } } }",
            json!({ "filter": filter }),
        )
        .await;
    assert_eq!(
        world.database.statement_count() - before,
        1,
        "a search is one statement"
    );
    texts(&data["customers"]["edges"], "node.displayName")
}

async fn people(world: &World) {
    world.amal().await;
    for (given, family) in [
        ("Anna", "Müller"),
        ("Amina", "van der Berg"),
        ("Müge", "Annan"),
        ("José", "Núñez"),
        ("Bjørn", "O'Brien-Smith"),
    ] {
        world
            .customer(json!({ "givenName": given, "familyName": family }))
            .await;
    }
    world.customer(json!({ "familyName": "حداد", "givenName": "أمل", "travelDocumentFamilyName": "HADDAD", "travelDocumentGivenName": "AMAL" })).await;
}

#[tokio::test]
async fn names_are_found_by_their_beginnings_in_any_spelling() {
    let world = World::new().await;
    people(&world).await;
    for (name, expected) in [
        ("mull", vec!["Anna Müller"]),
        ("MÜLLER", vec!["Anna Müller"]),
        ("mueller", vec!["Anna Müller"]),
        ("Anna Mül", vec!["Anna Müller"]),
        ("mü an", vec!["Müge Annan", "Anna Müller"]),
        ("van der", vec!["Amina van der Berg"]),
        ("amina van der b", vec!["Amina van der Berg"]),
        ("nunez", vec!["José Núñez"]),
        ("obrien smith", vec!["Bjørn O'Brien-Smith"]),
        ("bjorn", vec!["Bjørn O'Brien-Smith"]),
        ("haddad", vec!["Amal Haddad", "أمل حداد"]),
        ("امل", vec!["أمل حداد"]),
        ("uller", vec![]),
        ("%", vec![]),
    ] {
        if name == "%" {
            let answer = world
                .ask(
                    agent(),
                    "{ customers(filter: { name: \"%\" }, first: 1) { edges { cursor } } }",
                    json!({}),
                )
                .await;
            assert_eq!(
                texts(&answer["errors"], "extensions.code"),
                ["BAD_USER_INPUT"]
            );
        } else {
            assert_eq!(
                found(&world, json!({ "name": name })).await,
                expected,
                "{name}"
            );
        }
    }
}

#[tokio::test]
async fn each_key_finds_its_customer() {
    let world = World::new().await;
    people(&world).await;
    for filter in [
        json!({ "email": "AMAL.haddad@example.COM" }),
        json!({ "phone": "+971 50 123 4567" }),
        json!({ "loyaltyNumber": "ek-123-456-789" }),
        json!({ "tier": "GOLD" }),
        json!({ "tier": "GOLD", "name": "had", "email": "amal.haddad@example.com" }),
    ] {
        assert_eq!(
            found(&world, filter.clone()).await,
            ["Amal Haddad"],
            "{filter}"
        );
    }
    for filter in [
        json!({ "email": "other@example.com" }),
        json!({ "tier": "SILVER" }),
        json!({ "tier": "GOLD", "name": "mul" }),
        json!({ "loyaltyNumber": "EK12345" }),
    ] {
        assert_eq!(
            found(&world, filter.clone()).await,
            Vec::<String>::new(),
            "{filter}"
        );
    }
}

#[tokio::test]
async fn malformed_keys_are_refused_with_a_reason() {
    let world = World::new().await;
    for filter in [
        json!({ "email": "nobody" }),
        json!({ "phone": "12" }),
        json!({ "loyaltyNumber": "!" }),
        json!({ "name": " . " }),
    ] {
        let answer = world
            .ask(agent(), "query($filter: CustomerFilter) { customers(filter: $filter, first: 1) { edges { cursor } } }", json!({ "filter": filter }))
            .await;
        assert!(
            answer["errors"][0]["message"].as_str().is_some(),
            "{filter}: {answer}"
        );
    }
}

async fn page(world: &World, arguments: &str) -> (Vec<String>, Value) {
    let document = format!(
        "{{ customers({arguments}) {{ edges {{ node {{ familyName }} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
    );
    let data = world.data(agent(), &document, json!({})).await;
    (
        texts(&data["customers"]["edges"], "node.familyName"),
        data["customers"]["pageInfo"].clone(),
    )
}

#[tokio::test]
async fn pages_meet_without_gap_or_overlap_in_both_directions() {
    let world = World::new().await;
    for family in ["Berg", "Berg", "Adams", "Dahl", "Çelik"] {
        world.customer(json!({ "familyName": family })).await;
    }
    let (first, info) = page(&world, "first: 2").await;
    assert_eq!(first, ["Adams", "Berg"]);
    assert_eq!(
        (
            info["hasNextPage"].as_bool(),
            info["hasPreviousPage"].as_bool()
        ),
        (Some(true), Some(false))
    );
    let (second, info) = page(&world, &format!("first: 2, after: {}", info["endCursor"])).await;
    assert_eq!(second, ["Berg", "Çelik"]);
    let (back, _) = page(&world, &format!("last: 2, before: {}", info["startCursor"])).await;
    assert_eq!(back, ["Adams", "Berg"]);
    let (last, info) = page(&world, &format!("first: 2, after: {}", info["endCursor"])).await;
    assert_eq!(last, ["Dahl"]);
    assert_eq!(info["hasNextPage"], false);
    let (end, _) = page(&world, &format!("first: 2, after: {}", info["endCursor"])).await;
    assert_eq!(end, Vec::<String>::new());

    let (newest, _) = page(&world, "sort: CREATED_AT, first: 2").await;
    assert_eq!(newest, ["Çelik", "Dahl"]);
}

#[tokio::test]
async fn a_list_has_a_size_and_a_cursor_its_order() {
    let world = World::new().await;
    world.amal().await;
    let (_, info) = page(&world, "first: 1").await;
    let foreign = format!("sort: CREATED_AT, first: 1, after: {}", info["endCursor"]);
    for arguments in [
        "sort: FAMILY_NAME",
        "first: 0",
        "first: 101",
        "first: -1",
        "first: 1, last: 1",
        "first: 1, after: \"x\"",
        &foreign,
    ] {
        let answer = world
            .ask(
                agent(),
                &format!("{{ customers({arguments}) {{ edges {{ cursor }} }} }}"),
                json!({}),
            )
            .await;
        assert_eq!(
            texts(&answer["errors"], "extensions.code"),
            ["BAD_USER_INPUT"],
            "{arguments}"
        );
    }
}

#[tokio::test]
async fn a_list_of_customers_costs_no_statement_per_customer() {
    let world = World::new().await;
    for number in 0..20 {
        let input = json!({ "familyName": format!("Family {}", char::from(b'a' + number)), "email": format!("c{number}@example.com") });
        world.customer(input).await;
    }
    world.drain().await;
    let document = "query($first: Int) { customers(first: $first) { edges { node {
        tier contactPoints { maskedValue } loyaltyMemberships { tier } preferences { value } travelDocuments { maskedNumber }
        interactions(first: 3) { edges { node { summary } } } timeline(first: 3) { edges { node { title } } }
    } } } }";
    for first in [1, 20] {
        let before = world.database.statement_count();
        let data = world
            .data(agent(), document, json!({ "first": first }))
            .await;
        assert_eq!(data["customers"]["edges"].as_array().unwrap().len(), first);
        assert_eq!(
            data["customers"]["edges"][0]["node"]["timeline"]["edges"][0]["node"]["title"],
            "Customer record made"
        );
        assert_eq!(
            world.database.statement_count() - before,
            7,
            "{first} customers"
        );
    }
}
