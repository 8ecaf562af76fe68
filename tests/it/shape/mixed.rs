//! Our subgraphs in this process, and one of somebody else over HTTP.

use serde_json::{Value, json};
use tests::{
    App, Foreign, OneProcess, Storage,
    build::{Flight, NewFlight},
};

const QUESTION: &str = "{ weatherStations flights(first: 5) { nodes { designator destination { city } arrivalWeather { temperature sky } } } }";

/// The product with the weather in its graph, and a flight to Dubai.
async fn with_weather(weather: &Foreign) -> (App, Flight) {
    let storage = Storage::sqlite();
    let file = storage.folder().join("mixed.graphql");
    std::fs::write(&file, weather.supergraph()).unwrap();
    let settings = format!("graphql.supergraph = \"{}\"", file.display());
    let app = App::in_one_process(OneProcess::OtherShape, storage, &settings).await;
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    (app, flight)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_query_is_answered_by_both() {
    let weather = Foreign::start().await;
    let (app, _) = with_weather(&weather).await;
    let answer = app.administrator().ask(QUESTION).await;
    assert_eq!(answer.at("/weatherStations"), &json!(["DXB", "FRA"]));
    let flight = json!({ "designator": "EK46", "destination": { "city": "Dubai" },
        "arrivalWeather": { "temperature": 31, "sky": "SAND" } });
    assert_eq!(answer.list("/flights/nodes"), &[flight]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_gets_the_token_and_what_the_caller_may_read() {
    let weather = Foreign::start().await;
    let (app, _) = with_weather(&weather).await;
    let answer = app.nobody().ask(QUESTION).await;
    assert!(
        answer.codes().contains(&"UNAUTHENTICATED"),
        "{:#}",
        answer.body
    );
    assert_eq!(answer.body["data"].pointer("/flights/nodes/0"), None);
    assert!(
        weather
            .heads()
            .iter()
            .all(|head| !head.contains("authorization"))
    );

    app.administrator().ask(QUESTION).await.data();
    let head = weather.heads().pop().unwrap();
    assert!(head.contains("authorization: bearer ") && head.contains("x-request-id: "));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_it_the_rest_is_answered() {
    let weather = Foreign::start().await;
    let (app, _) = with_weather(&weather).await;
    drop(weather);
    let answer = app.administrator().ask(QUESTION).await;
    let flight = &answer.body["data"]["flights"]["nodes"][0];
    assert_eq!(
        (&flight["designator"], &flight["arrivalWeather"]),
        (&json!("EK46"), &Value::Null)
    );
    assert_eq!(answer.codes(), ["INTERNAL_SERVER_ERROR"; 2]);
}
