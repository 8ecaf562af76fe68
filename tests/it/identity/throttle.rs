//! What is tried too often.

use chrono::TimeDelta;
use reqwest::{StatusCode, header};
use serde_json::json;
use server::auth::Role;
use tests::{App, Login, on_both};

on_both!(guessing_a_password_is_slow, async |app: App| {
    let right = app.user(Role::Finance).await;
    let wrong = Login {
        password: "some other password".to_owned(),
        ..right.clone()
    };
    let browser = app.browser();
    for _ in 0..5 {
        assert_eq!(browser.try_to_sign_in(&wrong).await.status(), 401);
    }
    // From now on the right one is refused too, so that no answer tells which it was.
    for login in [&wrong, &right] {
        let response = browser.try_to_sign_in(login).await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        let wait: i64 = response.headers()[header::RETRY_AFTER]
            .to_str()
            .unwrap()
            .parse()
            .unwrap();
        assert!((1..=900).contains(&wait), "{wait}");
        let body: serde_json::Value = response.json().await.unwrap();
        assert_eq!(body["code"], "RATE_LIMITED");
    }
    app.later(TimeDelta::minutes(16));
    browser.sign_in(&right).await;
    // What succeeded is forgiven.
    for _ in 0..4 {
        assert_eq!(browser.try_to_sign_in(&wrong).await.status(), 401);
    }
    browser.sign_in(&right).await;
    assert_eq!(browser.try_to_sign_in(&wrong).await.status(), 401);
});

on_both!(
    an_unknown_account_is_counted_like_another,
    async |app: App| {
        let unknown = Login {
            email: "nobody@example.com".to_owned(),
            password: "some other password".to_owned(),
        };
        let mut heard = Vec::new();
        for _ in 0..6 {
            heard.push(
                app.browser()
                    .try_to_sign_in(&unknown)
                    .await
                    .status()
                    .as_u16(),
            );
        }
        assert_eq!(heard, [401, 401, 401, 401, 401, 429]);
    }
);

#[tokio::test]
async fn an_address_that_tries_everybody_is_stopped() {
    let app = App::start_with(tests::Storage::sqlite(), "auth.login_tries_per_address = 8").await;
    let mut statuses = Vec::new();
    for number in 0..10 {
        let login = Login {
            email: format!("somebody-{number}@example.com"),
            password: "some other password".to_owned(),
        };
        // Nobody in front of the process is trusted, so what a caller says of their address counts for nothing.
        let request = app
            .browser()
            .request(reqwest::Method::POST, "/auth/login")
            .header("x-requested-with", "jetbridge")
            .header("x-forwarded-for", format!("198.51.100.{number}"))
            .json(&json!({ "email": login.email, "password": login.password }));
        statuses.push(request.send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses[..8], [401; 8]);
    assert_eq!(statuses[8..], [429; 2]);
}

#[tokio::test]
async fn mails_are_not_asked_for_without_end() {
    let app = App::start_with(tests::Storage::sqlite(), "auth.mail_tries = 2").await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let body = json!({ "email": "nobody@example.com" });
        statuses.push(
            app.browser()
                .post("/auth/forgot", &body)
                .await
                .status()
                .as_u16(),
        );
    }
    assert_eq!(statuses, [202, 202, 429]);
}

/// Tries at the same moment are all counted.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_gets_no_more_tries() {
    for storage in [tests::Storage::sqlite(), tests::Storage::postgres().await] {
        let app = App::start(storage).await;
        let wrong = Login {
            password: "some other password".to_owned(),
            ..app.user(Role::Finance).await
        };
        let browser = app.browser();
        let tries = (0..20).map(|_| browser.try_to_sign_in(&wrong));
        let answers = futures_util::future::join_all(tries).await;
        let let_through = answers
            .iter()
            .filter(|answer| answer.status() == 401)
            .count();
        assert_eq!(let_through, 5);
    }
}
