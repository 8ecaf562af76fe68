//! Requests that are too much before there is a document.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use reqwest::{Method, header};
use serde_json::{Value, json};
use tests::{App, OneProcess, Storage};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{LONGEST, app, assert_counted, post, refused};

#[tokio::test]
async fn a_batch_is_not_answered() {
    let app = app().await;
    let client = app.administrator();
    let batch = json!(vec![
        json!({ "query": "{ customers(first: 1) { nodes { id } } }" });
        1_000
    ]);
    for body in [batch.to_string(), "[]".to_owned(), format!(" \n{batch}")] {
        let (status, answer) = refused(&app, || post(&client).body(body.clone())).await;
        assert_eq!(status, 400);
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
    assert_counted(&app, "batch").await;
}

fn bomb(bytes: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(br#"{"query":"{ __typename }","extensions":{"x":""#)
        .unwrap();
    let block = vec![b'a'; 1 << 20];
    for _ in 0..bytes >> 20 {
        encoder.write_all(&block).unwrap();
    }
    encoder.write_all(br#""}}"#).unwrap();
    encoder.finish().unwrap()
}

/// CVE-2024-28101: a limit that is looked at when everything has been unpacked.
#[tokio::test]
async fn a_body_is_limited_while_it_is_unpacked() {
    let app = app().await;
    let client = app.administrator();
    let small = bomb(0);
    let packed = |body: Vec<u8>| {
        post(&client)
            .header(header::CONTENT_ENCODING, "gzip")
            .body(body)
    };
    assert_eq!(packed(small).send().await.unwrap().status(), 200);
    let large = bomb(100 << 20);
    assert!(large.len() < 256 << 10, "it passes for a small body");
    let (status, _) = refused(&app, || packed(large.clone())).await;
    assert_eq!(status, 413);
    assert_counted(&app, "body").await;
}

/// A body in pieces says nothing of its length.
#[tokio::test]
async fn a_body_in_pieces_is_limited() {
    let app = app().await;
    let address = app.url().replace("http://", "");
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let piece = format!("400\r\n{}\r\n", " ".repeat(1_024));
    for _ in 0..257 {
        stream.write_all(piece.as_bytes()).await.unwrap();
    }
    // The body never ends, and is answered.
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

/// Packings that nobody here undoes, and two on top of each other.
#[tokio::test]
async fn other_packings_are_not_undone() {
    let app = app().await;
    let client = app.administrator();
    for encoding in ["br", "deflate", "zstd", "compress", "gzip, gzip", "x"] {
        let request = || {
            post(&client)
                .header(header::CONTENT_ENCODING, encoding)
                .body(bomb(0))
        };
        assert_eq!(refused(&app, request).await.0, 415, "{encoding}");
    }
}

/// CVE-2026-23897, and what a browser sends without asking first.
#[tokio::test]
async fn bodies_in_other_types_and_character_sets_are_not_read() {
    let app = app().await;
    let client = app.administrator();
    let body = r#"{"query":"{ customers(first: 1) { nodes { id } } }"}"#;
    for content_type in [
        "application/json; charset=utf-7",
        "application/json; charset=utf-16le",
        "application/json; charset=ibm037",
        "application/json; charset=shift_jis",
        "application/json;charset=\"utf-8\";charset=utf-7",
        "text/plain; application/json",
        "text/plain, application/json",
        "application/jsonp",
        "message/http",
        "application/x-www-form-urlencoded;application/json",
        "multipart/form-data; boundary=application/json",
        "application/",
        "json",
        ";",
        "",
    ] {
        let request = || {
            let mut request = client.request(reqwest::Method::POST, "/graphql").body(body);
            if !content_type.is_empty() {
                request = request.header(header::CONTENT_TYPE, content_type);
            }
            request
        };
        assert_eq!(refused(&app, request).await.0, 415, "{content_type:?}");
    }
}

#[tokio::test]
async fn bodies_that_two_readers_may_understand_differently_are_refused() {
    let app = app().await;
    let client = app.administrator();
    let deep = format!(
        r#"{{"query":"{{ a }}","variables":{{"a":{}{}}}}}"#,
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    for body in [
        br#"{"query":"{ __typename }","query":"mutation { a }"}"#.to_vec(),
        br#"{"query":"{ __typename }","\u0071uery":"mutation { a }"}"#.to_vec(),
        br#"{"query":"{ __typename }","variables":{"a":1,"a":2}}"#.to_vec(),
        br#"{"query":"{ __typename }","variables":{"a":[{"b":1,"\u0062":2}]}}"#.to_vec(),
        b"{\"query\":\"{ a(x: \\\"\xff\\\") }\"}".to_vec(),
        b"{\"query\":\"{ a(x: \\\"\xc0\x80\\\") }\"}".to_vec(),
        b"{\"query\":\"\xed\xa0\x80\"}".to_vec(),
        br#"{"query":"{ __typename }"} {"query":"{ __typename }"}"#.to_vec(),
        deep.into_bytes(),
    ] {
        let (status, answer) = refused(&app, || post(&client).body(body.clone())).await;
        assert_eq!(status, 400);
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{answer}"
        );
    }
    assert_counted(&app, "protocol").await;
}

#[tokio::test]
async fn a_head_has_an_end() {
    let app = app().await;
    let ask = async |size: usize| {
        let request = app
            .administrator()
            .request(reqwest::Method::GET, "/graphql?query=%7B__typename%7D");
        let response = request
            .header("x-padding", "x".repeat(size))
            .send()
            .await
            .unwrap();
        (
            response.status().as_u16(),
            response.bytes().await.unwrap().len(),
        )
    };
    assert_eq!(ask(20 << 10).await.0, 200);
    let (status, length) = ask(40 << 10).await;
    assert!(
        status == 431 && length < LONGEST,
        "{status}, {length} bytes"
    );
}

#[tokio::test]
async fn what_is_too_much_is_too_much_by_get() {
    let app = app().await;
    let client = app.administrator();
    let query = format!("/graphql?query=%7B{}%7D", "__typename+".repeat(11));
    let request = || {
        client
            .request(reqwest::Method::GET, &query)
            .header(header::ACCEPT, "application/json")
    };
    assert_eq!(refused(&app, request).await.0, 400);
    assert_counted(&app, "root_fields").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_request_more_than_there_may_be_is_answered_at_once() {
    let app = App::in_one_process(
        OneProcess::DoorSettings,
        Storage::sqlite(),
        "graphql.in_flight = 1",
    )
    .await;
    let client = app.administrator();
    let ask = json!({ "query": "{ customers(first: 100) { nodes { id cases { nodes { id } } orders { nodes { id } } } } }" });
    let asked = (0..40).map(|_| client.request(Method::POST, "/graphql").json(&ask).send());
    let answers = futures_util::future::join_all(asked).await;

    let statuses: Vec<u16> = answers
        .iter()
        .map(|answer| answer.as_ref().unwrap().status().as_u16())
        .collect();
    assert!(
        statuses.contains(&200) && statuses.contains(&503),
        "{statuses:?}"
    );
    for answer in answers.into_iter().map(Result::unwrap) {
        if answer.status() == 503 {
            assert_eq!(answer.headers()["retry-after"], "1");
            let body: Value = answer.json().await.unwrap();
            assert_eq!(body["errors"][0]["extensions"]["code"], "RATE_LIMITED");
        }
    }
}
