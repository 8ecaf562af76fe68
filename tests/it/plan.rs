//! How a request was planned: shown to administrators who ask for it, and to nobody else.

use serde_json::{Value, json};
use tests::{App, Client, Storage};

const QUESTION: &str = "query Tiers { customers(first: 1) { nodes { tier cases { nodes { id } } orders { nodes { id } } } } }";

async fn planned(client: &Client) -> Value {
    let body = json!({ "query": QUESTION, "extensions": { "queryPlan": true } });
    let response = client
        .request(reqwest::Method::POST, "/graphql")
        .json(&body)
        .send()
        .await;
    response.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn an_administrator_sees_the_plan() {
    let app = App::start(Storage::sqlite()).await;
    let answer = planned(&app.administrator()).await;

    let waves = &answer["extensions"]["queryPlan"]["waves"];
    assert_eq!(waves[0][0]["subgraph"], "profile", "{answer:#}");
    let mut after: Vec<&str> = waves[1]
        .as_array()
        .unwrap()
        .iter()
        .map(|fetch| fetch["subgraph"].as_str().unwrap())
        .collect();
    after.sort_unstable();
    assert_eq!(after, ["case", "order"]);
    assert_eq!(waves[1][0]["entitiesAt"], json!(["customers.nodes"]));
    assert!(
        waves[1][0]["document"]
            .as_str()
            .unwrap()
            .contains("_entities")
    );
}

#[tokio::test]
async fn nobody_else_does() {
    let app = App::start(Storage::sqlite()).await;
    let answer = planned(&app.agent()).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(answer["extensions"]["queryPlan"], Value::Null);

    let without = app.administrator().ask(QUESTION).await;
    assert_eq!(without.body["extensions"]["queryPlan"], Value::Null);
}
