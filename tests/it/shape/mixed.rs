//! Our subgraphs in this process, and one of somebody else over HTTP.

use serde_json::{Value, json};
use server::{
    App as Product, Config,
    cli::{EX_CONFIG, exit_code},
    graph::assembly::examine,
};
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

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_says_of_ours_what_they_are_not_is_refused() {
    let weather = Foreign::start().await;
    let storage = Storage::sqlite();
    let file = storage.folder().join("mixed.graphql");
    let toml = format!(
        "data_folder = \"{}\"\ndatabase.url = \"{}\"\ngraphql.supergraph = \"{}\"",
        storage.folder().display(),
        storage.url(),
        file.display()
    );
    let config = Config::from_toml(&toml).unwrap();
    for (from, to, message) in [
        (
            "\n  gate: String @",
            "\n  gate: Int @",
            "`Flight.gate` is `String` there and `Int` here",
        ),
        (
            "\n  gate: String @",
            "\n  door: String @",
            "`Flight.door` is not there",
        ),
        (
            "\n  DEPARTED @join__",
            "\n  GONE @join__",
            "`FlightStatus` has no value `GONE`",
        ),
    ] {
        std::fs::write(&file, weather.supergraph().replacen(from, to, 1)).unwrap();
        let error = Product::start(config.clone()).await.unwrap_err();
        assert!(error.to_string().contains(message), "{error:#}");
        assert_eq!(exit_code(&error), EX_CONFIG.into());
        let checked = examine(file.clone(), &config.graphql).unwrap_err();
        assert_eq!(checked.to_string(), error.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_says_what_would_be_served() {
    let weather = Foreign::start().await;
    let storage = Storage::sqlite();
    let file = storage.folder().join("mixed.graphql");
    let text = weather.supergraph();
    // An older file, before there were gates.
    let end =
        "  gate: String @requiresScopes(scopes: [[\"flight:read\"]]) @join__field(graph: ORDER)\n";
    let (before, after) = text.split_once(end).unwrap();
    let (before, _) = before
        .trim_end()
        .trim_end_matches("\"\"\"")
        .rsplit_once("\"\"\"")
        .unwrap();
    std::fs::write(&file, format!("{before}{after}")).unwrap();
    let config = |settings: &str| Config::from_toml(settings).unwrap().graphql;
    let examined = examine(file.clone(), &config("")).unwrap();
    assert_eq!(
        examined.subgraphs,
        [
            "case",
            "compensation",
            "engagement",
            "identity",
            "order",
            "profile",
            "weather"
        ]
    );
    assert_eq!(examined.left_out, ["Flight.gate"]);
    let slip = config("graphql.remote.url.wether = \"http://127.0.0.1:1\"");
    let error = examine(file, &slip).unwrap_err();
    assert!(error.to_string().contains("\"wether\""), "{error}");
}
