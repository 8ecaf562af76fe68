use serde_json::{Value, json};

use crate::kit::{World, agent, customer, texts};

const ADDED: &str = "... on ContactPointAdded { contactPoint { id value label isPrimary } customer { contactPoints { value isPrimary } } }";

async fn points(world: &World, id: &str) -> Vec<(String, bool)> {
    let document = "query($id: ID!) { customer(id: $id) { contactPoints { value isPrimary } } }";
    let data = world.data(agent(), document, json!({ "id": id })).await;
    let points = data["customer"]["contactPoints"]
        .as_array()
        .unwrap()
        .clone();
    points
        .iter()
        .map(|point| {
            (
                point["value"].as_str().unwrap().to_owned(),
                point["isPrimary"] == true,
            )
        })
        .collect()
}

async fn add(world: &World, id: &str, kind: &str, value: &str, is_primary: bool) -> Value {
    let input = json!({ "customerId": id, "kind": kind, "value": value, "label": " work ", "isPrimary": is_primary });
    world.mutate(agent(), "addContactPoint", input, ADDED).await
}

#[tokio::test]
async fn one_of_each_kind_is_primary() {
    let world = World::new().await;
    let id = world.customer(json!({ "familyName": "Haddad" })).await;
    let first = add(&world, &id, "EMAIL", "first@example.com", false).await;
    assert_eq!(
        (
            &first["contactPoint"]["isPrimary"],
            &first["contactPoint"]["label"]
        ),
        (&json!(true), &json!("work"))
    );
    add(&world, &id, "EMAIL", "second@example.com", false).await;
    let third = add(&world, &id, "EMAIL", "third@example.com", true).await;
    add(&world, &id, "PHONE", "+971501234567", false).await;
    let expected = [
        ("third@example.com", true),
        ("+971501234567", true),
        ("first@example.com", false),
        ("second@example.com", false),
    ];
    assert_eq!(
        points(&world, &id).await,
        expected.map(|(value, primary)| (value.to_owned(), primary))
    );

    let which = json!({ "customerId": id, "contactPointId": third["contactPoint"]["id"] });
    let removed = world
        .mutate(
            agent(),
            "removeContactPoint",
            which.clone(),
            "... on ContactPointRemoved { customer { id } }",
        )
        .await;
    assert_eq!(removed["outcome"], "ContactPointRemoved");
    assert_eq!(
        points(&world, &id).await[0],
        ("first@example.com".to_owned(), true)
    );
    assert_eq!(
        world.mutate(agent(), "removeContactPoint", which, "").await["outcome"],
        "NotFound"
    );
}

#[tokio::test]
async fn another_becomes_primary_on_request() {
    let world = World::new().await;
    let id = world.amal().await;
    let added = add(&world, &id, "EMAIL", "second@example.com", false).await;
    let which = json!({ "customerId": id, "contactPointId": added["contactPoint"]["id"] });
    let set = world
        .mutate(
            agent(),
            "setPrimaryContactPoint",
            which,
            "... on PrimaryContactPointSet { customer { id } }",
        )
        .await;
    assert_eq!(set["outcome"], "PrimaryContactPointSet");
    assert!(
        points(&world, &id)
            .await
            .contains(&("second@example.com".to_owned(), true))
    );
    assert!(
        points(&world, &id)
            .await
            .contains(&("Amal.Haddad@example.com".to_owned(), false))
    );
}

#[tokio::test]
async fn what_reaches_nobody_or_is_there_already_is_refused() {
    let world = World::new().await;
    let id = world.amal().await;
    assert_eq!(
        add(&world, &id, "EMAIL", "nobody", false).await["fields"][0]["path"],
        json!(["input", "value"])
    );
    assert_eq!(
        add(&world, &id, "PHONE", "amal@example.com", false).await["outcome"],
        "InvalidInput"
    );
    assert_eq!(
        add(&world, &id, "EMAIL", "AMAL.HADDAD@example.com", false).await["outcome"],
        "Conflict"
    );
    for number in 0..18 {
        add(
            &world,
            &id,
            "EMAIL",
            &format!("a{number}@example.com"),
            false,
        )
        .await;
    }
    assert_eq!(
        add(&world, &id, "EMAIL", "last@example.com", false).await["outcome"],
        "LimitExceeded"
    );
    assert_eq!(world.count("contact_point").await, 20);
}

#[tokio::test]
async fn the_contact_points_of_others_do_not_exist() {
    let world = World::new().await;
    let own = world.amal().await;
    let other = world
        .customer(json!({ "familyName": "Else", "email": "else@example.com" }))
        .await;
    let document = "query($id: ID!) { customer(id: $id) { contactPoints { id } } }";
    let data = world.data(agent(), document, json!({ "id": other })).await;
    let point = texts(&data["customer"]["contactPoints"], "id").remove(0);
    for customer_id in [&own, &other] {
        let which = json!({ "customerId": customer_id, "contactPointId": point });
        for verb in ["removeContactPoint", "setPrimaryContactPoint"] {
            assert_eq!(
                world.mutate(customer(&own), verb, which.clone(), "").await["outcome"],
                "NotFound"
            );
        }
    }
    assert_eq!(
        points(&world, &other).await,
        [("else@example.com".to_owned(), true)]
    );
}
