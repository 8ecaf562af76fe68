use serde_json::{Value, json};

use crate::kit::{World, agent, customer};

const ADDED: &str = "... on LoyaltyMembershipAdded { loyaltyMembership { programme number tier isActive validFromOn } customer { tier } }";

fn membership(id: &str, fields: Value) -> Value {
    let mut membership = json!({ "programme": "FLYING-BLUE", "number": "AF 1234 5678" });
    membership
        .as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    json!({ "customerId": id, "membership": membership })
}

#[tokio::test]
async fn the_best_tier_that_holds_today_is_the_customers() {
    let world = World::new().await;
    let id = world.amal().await;
    let platinum = membership(
        &id,
        json!({ "tier": "PLATINUM", "validFromOn": "2024-01-01", "validToOn": "2025-12-31" }),
    );
    let added = world
        .mutate(agent(), "addLoyaltyMembership", platinum, ADDED)
        .await;
    assert_eq!(added["loyaltyMembership"]["isActive"], false);
    assert_eq!(added["customer"]["tier"], "GOLD");
    let lasting = membership(&id, json!({ "programme": "ONEPASS", "tier": "PLATINUM" }));
    let added = world
        .mutate(agent(), "addLoyaltyMembership", lasting, ADDED)
        .await;
    assert_eq!(
        (
            &added["customer"]["tier"],
            &added["loyaltyMembership"]["validFromOn"]
        ),
        (&json!("PLATINUM"), &json!("2026-11-20"))
    );
}

#[tokio::test]
async fn a_number_belongs_to_one_customer() {
    let world = World::new().await;
    world.amal().await;
    let other = world.customer(json!({ "familyName": "Else" })).await;
    let taken = membership(
        &other,
        json!({ "programme": "skywards", "number": "ek123456789" }),
    );
    assert_eq!(
        world
            .mutate(agent(), "addLoyaltyMembership", taken, ADDED)
            .await["outcome"],
        "Conflict"
    );
    let elsewhere = membership(&other, json!({ "number": "ek123456789" }));
    assert_eq!(
        world
            .mutate(agent(), "addLoyaltyMembership", elsewhere, ADDED)
            .await["outcome"],
        "LoyaltyMembershipAdded"
    );
}

#[tokio::test]
async fn customers_link_a_number_but_give_themselves_no_tier() {
    let world = World::new().await;
    let id = world.customer(json!({ "familyName": "Else" })).await;
    let raised = membership(
        &id,
        json!({ "tier": "PLATINUM", "redeemableMiles": 1_000_000 }),
    );
    let refused = world
        .mutate(customer(&id), "addLoyaltyMembership", raised, ADDED)
        .await;
    assert_eq!(
        refused["fields"].as_array().unwrap().len(),
        2,
        "{refused:#}"
    );
    let linked = world
        .mutate(
            customer(&id),
            "addLoyaltyMembership",
            membership(&id, json!({})),
            ADDED,
        )
        .await;
    assert_eq!(linked["customer"]["tier"], "BASE");
}
