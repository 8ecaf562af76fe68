//! Whatever comes back, the rest is answered, and nobody learns what it was.

use std::{io::Write, time::Duration};

use flate2::{Compression, write::GzEncoder};
use schema_gateway::HttpOptions;
use serde_json::{Value as Json, json};

use super::{
    wire::{Reply, Wire},
    world::{QUESTION, World},
};
use crate::toy::error_paths;

const PLANTED: &str = "planted-secret";

/// Asks about the weather where it is told like this, with the safe parts checked: the airports themselves are there,
/// and neither the address nor the body of the subgraph is.
async fn told(reply: Reply) -> Json {
    told_with(reply, HttpOptions::default(), QUESTION).await
}

async fn told_with(reply: Reply, options: HttpOptions, question: &str) -> Json {
    let wire = Wire::always(reply).await;
    let answer = World::at(&wire.url, options).ask(question).await;
    assert_eq!(answer["data"]["airports"][2]["city"], "London", "{answer}");
    let errors = answer["errors"].to_string();
    let port = wire.url.rsplit([':', '/']).nth(1).unwrap();
    assert!(
        !errors.contains(PLANTED) && !errors.contains(port),
        "{errors}"
    );
    answer
}

/// The weather is nowhere, and each of its fields says why.
fn assert_nothing(answer: &Json, code: &str) {
    for airport in answer["data"]["airports"].as_array().unwrap() {
        assert!(airport["temperature"].is_null() && airport["sky"].is_null());
    }
    let paths = error_paths(answer);
    assert_eq!(paths.len(), 6, "{answer}");
    assert!(
        paths
            .iter()
            .all(|path| path.ends_with(&format!(": {code}"))),
        "{answer}"
    );
}

fn entities(entities: &Json) -> Reply {
    Reply::json(&json!({"data": {"_entities": entities}}))
}

#[tokio::test]
async fn what_is_no_answer_is_none() {
    let html = format!("<html>{PLANTED}</html>");
    for reply in [
        Reply::Whole(200, "content-type: text/html\r\n", html.clone().into()),
        Reply::status(200, ""),
        Reply::status(
            200,
            &format!("{{\"data\":{{\"_entities\":[{{\"sky\":\"{PLANTED}"),
        ),
        Reply::status(200, &format!("[\"{PLANTED}\"]")),
        Reply::status(200, "{\"data\":null}"),
        Reply::status(200, "{\"data\":{}}"),
        Reply::status(200, &format!("{{\"data\":\"{PLANTED}\"}}")),
        Reply::status(
            200,
            &format!("{{\"data\":{{\"_entities\":\"{PLANTED}\"}}}}"),
        ),
        Reply::status(200, &format!("{{\"errors\":\"{PLANTED}\"}}")),
        Reply::status(200, &format!("{{\"errors\":[\"{PLANTED}\"]}}")),
        Reply::status(404, &html),
        Reply::status(
            400,
            &format!("{{\"errors\":[{{\"message\":\"{PLANTED}\"}}]}}"),
        ),
    ] {
        assert_nothing(&told(reply).await, "INTERNAL_SERVER_ERROR");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_none() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    for bytes in [
        String::new(),
        "HTTP/1.1 200".to_owned(),
        format!("{PLANTED}\r\n\r\n"),
        format!("{head}content-length: 900\r\n\r\n{{\"data\":{{"),
        format!("{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"dat\r\n"),
        format!("{head}content-encoding: gzip\r\ncontent-length: 5\r\n\r\n{{\"da\""),
    ] {
        let answer = told(Reply::Bytes(bytes.into_bytes())).await;
        assert_nothing(&answer, "INTERNAL_SERVER_ERROR");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let other = super::world::well().await;
    let location = format!("location: {}\r\n", other.url);
    let reply = Reply::Whole(307, Box::leak(location.into_boxed_str()), Vec::new());
    assert_nothing(&told(reply).await, "INTERNAL_SERVER_ERROR");
    assert!(other.seen().is_empty());
}

#[tokio::test]
async fn a_refusal_at_its_door_is_told_by_its_status() {
    for (status, code) in [
        (401, "UNAUTHENTICATED"),
        (403, "FORBIDDEN"),
        (429, "RATE_LIMITED"),
        (500, "INTERNAL_SERVER_ERROR"),
        (504, "TIMEOUT"),
    ] {
        let body = format!("{{\"type\":\"about:blank\",\"detail\":\"{PLANTED}\"}}");
        assert_nothing(&told(Reply::status(status, &body)).await, code);
    }
}

#[tokio::test]
async fn a_refusal_in_graphql_is_passed_on() {
    let refusal = json!({"errors": [{"message": "no such rights", "extensions": {"code": "FORBIDDEN", "stacktrace": [PLANTED]}}]});
    for reply in [
        Reply::json(&refusal),
        Reply::status(500, &refusal.to_string()),
        Reply::status(200, &refusal.to_string()),
    ] {
        let answer = told(reply).await;
        assert_nothing(&answer, "FORBIDDEN");
        assert_eq!(answer["errors"][0]["message"], "no such rights");
    }
}

#[tokio::test]
async fn what_it_says_about_itself_stays_here() {
    for code in [
        json!("INTERNAL_SERVER_ERROR"),
        json!("GRAPHQL_VALIDATION_FAILED"),
        json!(7),
    ] {
        let reply = json!({"data": null, "errors": [{"message": PLANTED, "extensions": {"code": code, "exception": PLANTED}}]});
        let answer = told(Reply::json(&reply)).await;
        assert_nothing(&answer, "INTERNAL_SERVER_ERROR");
    }
}

#[tokio::test]
async fn entities_that_cannot_be_told_apart_are_not_taken() {
    let weather = json!({"temperature": 1.0, "sky": "CLEAR"});
    for answer in [
        json!([]),
        json!([weather]),
        json!([weather, weather, weather, weather]),
    ] {
        assert_nothing(&told(entities(&answer)).await, "INTERNAL_SERVER_ERROR");
    }
}

#[tokio::test]
async fn a_value_of_another_type_is_null_with_an_error() {
    let wrong = json!([
        {"temperature": "warm", "sky": "CLEAR"},
        {"temperature": 1, "sky": "PURPLE"},
        [],
    ]);
    let answer = told(entities(&wrong)).await;
    assert_eq!(
        answer["data"]["airports"],
        json!([
            {"code": "DXB", "city": "Dubai", "temperature": null, "sky": "CLEAR"},
            {"code": "FRA", "city": "Frankfurt", "temperature": 1, "sky": null},
            {"code": "LHR", "city": "London", "temperature": null, "sky": null},
        ])
    );
    assert_eq!(
        error_paths(&answer)[..2],
        [
            "airports.0.temperature: INTERNAL_SERVER_ERROR",
            "airports.1.sky: INTERNAL_SERVER_ERROR"
        ]
    );
}

#[tokio::test]
async fn a_shape_of_another_kind_is_null_with_an_error() {
    let wrong = json!([
        {"wind": {"knots": 2_147_483_648_u64, "gusts": null}},
        {"wind": [{"knots": 1}]},
        {"wind": {"knots": 3, "gusts": [4, null]}},
    ]);
    let question = "{ airports { city wind { knots gusts } } }";
    let answer = told_with(entities(&wrong), HttpOptions::default(), question).await;
    assert_eq!(answer["data"]["airports"][0]["wind"], Json::Null);
    assert_eq!(answer["data"]["airports"][1]["wind"], Json::Null);
    assert_eq!(
        answer["data"]["airports"][2]["wind"],
        json!({"knots": 3, "gusts": null})
    );
    assert_eq!(answer["errors"].as_array().unwrap().len(), 3, "{answer}");
}

#[tokio::test]
async fn nobody_can_put_more_into_the_answer_than_was_asked_for() {
    let more = json!({"code": PLANTED, "city": PLANTED, "temperature": 1, "sky": "CLEAR", "other": PLANTED});
    let answer = told(entities(&json!([more, more, more]))).await;
    assert_eq!(
        answer["data"]["airports"][0],
        json!({"code": "DXB", "city": "Dubai", "temperature": 1, "sky": "CLEAR"})
    );
}

/// An answer with nothing wrong about it, but for so many bytes that nobody asked for.
fn padded(bytes: usize) -> String {
    let weather = json!({"temperature": 1, "sky": "CLEAR"});
    let extensions = json!({"padding": "0".repeat(bytes)});
    json!({"data": {"_entities": [weather, weather, weather]}, "extensions": extensions})
        .to_string()
}

#[tokio::test]
async fn a_long_answer_within_the_limit_is_taken() {
    let answer = told(Reply::status(200, &padded(4 << 20))).await;
    assert_eq!(answer["data"]["airports"][2]["sky"], "CLEAR");
    assert_eq!(answer.get("errors"), None);
}

#[tokio::test]
async fn an_answer_has_an_end() {
    let options = HttpOptions {
        response_limit: 100_000,
        ..HttpOptions::default()
    };
    let long = Reply::status(200, &padded(100_000));
    for reply in [long, Reply::Endless] {
        let answer = told_with(reply, options.clone(), QUESTION).await;
        assert_nothing(&answer, "INTERNAL_SERVER_ERROR");
    }
}

#[tokio::test]
async fn a_packed_answer_is_measured_unpacked() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(padded(20 << 20).as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 100_000);
    let reply = Reply::Whole(200, "content-encoding: gzip\r\n", packed);
    assert_nothing(&told(reply).await, "INTERNAL_SERVER_ERROR");
}

#[tokio::test]
async fn what_takes_too_long_is_left_out() {
    let options = HttpOptions {
        timeout: Duration::from_millis(100),
        ..HttpOptions::default()
    };
    let trickle = b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".to_vec();
    let slow = Wire::start(move |_, _| {
        let reply = Reply::Bytes(trickle.clone());
        Box::pin(async move {
            tokio::time::sleep(Duration::from_mins(1)).await;
            reply
        })
    })
    .await;
    let answer = World::at(&slow.url, options).ask(QUESTION).await;
    assert_nothing(&answer, "TIMEOUT");
}
