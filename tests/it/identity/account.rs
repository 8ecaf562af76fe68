//! Accounts, from the first letter to another password.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Browser, Login, on_both};

fn registration(email: &str) -> Value {
    json!({ "email": email, "password": "a quiet morning flight", "givenName": "Amara", "familyName": "Haddad", "language": "en" })
}

fn login(email: &str, password: &str) -> Login {
    Login {
        email: email.to_owned(),
        password: password.to_owned(),
    }
}

async fn post(browser: &Browser, path: &str, body: Value) -> StatusCode {
    browser.post(path, &body).await.status()
}

on_both!(
    who_registers_is_a_customer_once_they_have_opened_the_letter,
    async |app: App| {
        let (browser, email) = (app.browser(), "amara@example.com");
        let account = login(email, "a quiet morning flight");
        assert_eq!(
            post(
                &browser,
                "/auth/register",
                registration("Amara@Example.com")
            )
            .await,
            202
        );
        assert_eq!(browser.try_to_sign_in(&account).await.status(), 401);
        let token = app.letter_token(email).await;
        assert!(!app.storage_text("identity_ticket").await.contains(&token));
        assert_eq!(
            post(&browser, "/auth/verify", json!({ "token": token })).await,
            204
        );
        assert_eq!(
            post(&browser, "/auth/verify", json!({ "token": token })).await,
            400,
            "once"
        );
        let said = browser.sign_in(&account).await;
        let customer = said["session"]["user"]["customerId"]
            .as_str()
            .unwrap()
            .to_owned();
        let query = "query($id: ID!) { customer(id: $id) { displayName contactPoints { value } } }";
        let own = browser.ask_with(query, json!({ "id": customer })).await;
        assert_eq!(own.text("/customer/displayName"), "Amara Haddad");
        assert_eq!(own.text("/customer/contactPoints/0/value"), email);
    }
);

on_both!(
    registering_does_not_tell_whether_there_is_an_account,
    async |app: App| {
        let known = app.user(Role::Finance).await;
        let mut heard = Vec::new();
        for email in [known.email.as_str(), "new@example.com"] {
            for (path, body) in [
                ("/auth/register", registration(email)),
                ("/auth/forgot", json!({ "email": email })),
            ] {
                let response = app.browser().post(path, &body).await;
                heard.push((path, response.status(), response.text().await.unwrap()));
            }
        }
        assert_eq!(heard[0], heard[2]);
        assert_eq!(heard[1], heard[3]);
        assert_eq!(heard[0].1, StatusCode::ACCEPTED);
        // Only who reads the mail of the address learns it.
        let letter = app.letter("new@example.com").await;
        assert!(letter.contains("/account/verify#"), "{letter}");
        for _ in 0..500 {
            if app.letters(&known.email).len() == 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        let letters = app.letters(&known.email).join("\n");
        assert!(
            letters.contains("there is one") && letters.contains("/account/reset#"),
            "{letters}"
        );
        assert!(!letters.contains("/account/verify#"));
        assert_eq!(
            app.letters("new@example.com").len(),
            1,
            "nobody there forgot anything"
        );
    }
);

#[tokio::test]
async fn what_cannot_be_is_named_field_by_field() {
    let app = App::start(tests::Storage::sqlite()).await;
    let body = json!({ "email": "nobody", "password": "short", "familyName": "حداد", "language": "xx-yy-zz-1" });
    let response = app.browser().post("/auth/register", &body).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["code"], "BAD_USER_INPUT");
    let paths: Vec<&str> = problem["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["path"].as_str().unwrap())
        .collect();
    for path in ["email", "password", "travelDocumentFamilyName"] {
        assert!(paths.contains(&path), "{problem:#}");
    }
}

on_both!(another_password_ends_every_session, async |app: App| {
    let known = app.user(Role::Analyst).await;
    let (here, there) = (app.browser(), app.browser());
    here.sign_in(&known).await;
    there.sign_in(&known).await;
    let nobody = app.browser();
    assert_eq!(
        post(&nobody, "/auth/forgot", json!({ "email": known.email })).await,
        202
    );
    let token = app.letter_token(&known.email).await;
    let reset = |password: &str| json!({ "token": token, "password": password });
    assert_eq!(post(&nobody, "/auth/reset", reset("short")).await, 400);
    assert_eq!(
        post(&nobody, "/auth/reset", reset("an evening in Amman")).await,
        204
    );
    assert_eq!(
        post(&nobody, "/auth/reset", reset("another evening")).await,
        400,
        "once"
    );
    for browser in [&here, &there] {
        assert_eq!(browser.session().await, Value::Null);
    }
    assert_eq!(nobody.try_to_sign_in(&known).await.status(), 401);
    nobody
        .sign_in(&login(&known.email, "an evening in Amman"))
        .await;
});

#[tokio::test]
async fn letters_grow_old() {
    let app = App::start(tests::Storage::sqlite()).await;
    let known = app.user(Role::Analyst).await;
    let browser = app.browser();
    post(&browser, "/auth/forgot", json!({ "email": known.email })).await;
    let token = app.letter_token(&known.email).await;
    app.later(TimeDelta::minutes(61));
    let reset = json!({ "token": token, "password": "an evening in Amman" });
    assert_eq!(post(&browser, "/auth/reset", reset).await, 400);
    // A ticket for one thing is none for another.
    post(&browser, "/auth/register", registration("new@example.com")).await;
    let token = app.letter_token("new@example.com").await;
    let reset = json!({ "token": token, "password": "an evening in Amman" });
    assert_eq!(post(&browser, "/auth/reset", reset).await, 400);
}

on_both!(one_changes_ones_own_password, async |app: App| {
    let known = app.user(Role::Analyst).await;
    let (here, there) = (app.browser(), app.browser());
    here.sign_in(&known).await;
    there.sign_in(&known).await;
    let change =
        |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let wrong = here
        .run(
            "changePassword",
            change("not this one at all", "an evening in Amman"),
            "",
        )
        .await;
    assert_eq!(wrong["code"], "INVALID_INPUT");
    let changed = here
        .run(
            "changePassword",
            change(&known.password, "an evening in Amman"),
            "",
        )
        .await;
    assert_eq!(changed["__typename"], "PasswordChanged", "{changed:#}");
    assert_ne!(here.session().await, Value::Null, "this one stays");
    assert_eq!(there.session().await, Value::Null);
    app.browser()
        .sign_in(&login(&known.email, "an evening in Amman"))
        .await;
    let letter = app.letter(&known.email).await;
    assert!(letter.contains("was changed"), "{letter}");
    // Who comes with a token has no password here.
    let elsewhere = app.actor(Role::Analyst);
    let input = change(&known.password, "an evening in Amman");
    let outcome = elsewhere.run("changePassword", input, "").await;
    assert_eq!(outcome["code"], "NOT_FOUND");
});
