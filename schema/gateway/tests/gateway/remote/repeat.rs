//! When it is asked again, when not at all, and when once for many.

use std::time::Duration;

use futures_util::future::join_all;
use schema_gateway::{BreakerOptions, HttpOptions, RetryOptions};
use serde_json::json;

use super::{
    wire::{Reply, Wire},
    world::{QUESTION, World, weather, well},
};
use crate::toy::error_paths;

const MUTATION: &str = "mutation { report(storm: \"Aila\") }";

fn stubborn() -> HttpOptions {
    HttpOptions {
        retry: RetryOptions {
            pause: Duration::from_millis(1),
            ..RetryOptions::default()
        },
        ..HttpOptions::default()
    }
}

/// Fails like this at first, and tells the weather after that.
async fn failing_once(reply: Reply) -> Wire {
    Wire::start(move |turn, request| {
        let reply = match turn {
            0 => reply.clone(),
            _ => Reply::json(&weather(&request)),
        };
        Box::pin(async move { reply })
    })
    .await
}

#[tokio::test]
async fn a_query_that_met_a_bad_moment_is_asked_again() {
    for reply in [Reply::Bytes(Vec::new()), Reply::status(503, "busy")] {
        let wire = failing_once(reply).await;
        let answer = World::at(&wire.url, stubborn()).ask(QUESTION).await;
        assert_eq!(answer.get("errors"), None, "{answer}");
        assert_eq!(wire.seen().len(), 2);
    }
}

#[tokio::test]
async fn what_would_come_out_the_same_is_not_asked_again() {
    for reply in [
        Reply::status(400, "{}"),
        Reply::status(500, "{}"),
        Reply::status(200, "<html>"),
        Reply::Whole(503, "retry-after: 9\r\n", Vec::new()),
    ] {
        let wire = failing_once(reply).await;
        World::at(&wire.url, stubborn()).ask(QUESTION).await;
        assert_eq!(wire.seen().len(), 1);
    }
}

#[tokio::test]
async fn a_mutation_is_never_sent_again() {
    for reply in [Reply::Bytes(Vec::new()), Reply::status(503, "busy")] {
        let wire = failing_once(reply).await;
        let answer = World::at(&wire.url, stubborn()).ask(MUTATION).await;
        assert_eq!(error_paths(&answer), ["report: INTERNAL_SERVER_ERROR"]);
        assert_eq!(wire.seen().len(), 1);
    }
}

#[tokio::test]
async fn retries_end_with_their_budget() {
    let wire = Wire::always(Reply::status(503, "busy")).await;
    let mut options = stubborn();
    options.retry.burst = 4;
    options.breaker.least_requests = 1_000;
    let world = World::at(&wire.url, options);
    for _ in 0..20 {
        world.ask(QUESTION).await;
    }
    // Twenty requests, the four retries from the start, and one that the nineteen after the first paid for.
    assert_eq!(wire.seen().len(), 20 + 4 + 1);
}

#[tokio::test]
async fn where_all_fails_nobody_asks_until_one_may_try() {
    let wire = Wire::start(|turn, request| {
        let reply = match turn {
            0..5 => Reply::status(500, "{}"),
            _ => Reply::json(&weather(&request)),
        };
        Box::pin(async move { reply })
    })
    .await;
    let breaker = BreakerOptions {
        least_requests: 5,
        pause: Duration::from_millis(300),
        ..BreakerOptions::default()
    };
    let options = HttpOptions {
        breaker,
        ..HttpOptions::default()
    };
    let world = World::at(&wire.url, options);
    for _ in 0..9 {
        let answer = world.ask(QUESTION).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"],
            "INTERNAL_SERVER_ERROR"
        );
    }
    assert_eq!(wire.seen().len(), 5, "four were not asked");
    tokio::time::sleep(breaker.pause).await;
    let answer = world.ask(QUESTION).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
}

#[tokio::test]
async fn nobody_there_is_soon_known() {
    let gone = well().await.url.clone();
    let answer = World::at(&gone, stubborn()).ask(QUESTION).await;
    assert_eq!(answer["data"]["airports"][0]["city"], "Dubai");
    assert_eq!(error_paths(&answer).len(), 6);
}

/// Tells the weather once `count` requests wait for it, or after a while.
async fn slow() -> Wire {
    Wire::start(|_, request| {
        let reply = Reply::json(&weather(&request));
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(300)).await;
            reply
        })
    })
    .await
}

fn sharing() -> HttpOptions {
    HttpOptions {
        share_identical: true,
        ..HttpOptions::default()
    }
}

#[tokio::test]
async fn identical_queries_of_one_caller_are_asked_once_where_that_is_configured() {
    for (options, expected) in [(sharing(), 1), (HttpOptions::default(), 5)] {
        let wire = slow().await;
        let world = World::at(&wire.url, options).from("authorization", "Bearer a");
        let answers = join_all((0..5).map(|_| world.ask(QUESTION))).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(answers[0].get("errors"), None, "{}", answers[0]);
        assert_eq!(wire.seen().len(), expected);
    }
}

#[tokio::test]
async fn callers_never_share() {
    let wire = slow().await;
    let world = World::at(&wire.url, sharing());
    let worlds = ["Bearer a", "Bearer b"].map(|token| world.as_caller("authorization", token));
    join_all(worlds.iter().map(|world| world.ask(QUESTION))).await;
    let mut tokens = wire
        .seen()
        .into_iter()
        .map(|request| request.header("authorization").map(str::to_owned))
        .collect::<Vec<_>>();
    tokens.sort();
    assert_eq!(json!(tokens), json!(["bearer a", "bearer b"]));
}

#[tokio::test]
async fn mutations_are_never_shared() {
    let wire = Wire::always(Reply::json(&json!({"data": {"report": true}}))).await;
    let world = World::at(&wire.url, sharing());
    join_all((0..3).map(|_| world.ask(MUTATION))).await;
    assert_eq!(wire.seen().len(), 3);
}
