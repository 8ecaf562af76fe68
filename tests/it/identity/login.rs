//! Signing in with a password, and what a cookie is good for.

use chrono::TimeDelta;
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Login, build::NewCustomer, on_both};

const ME: &str = "{ currentUser { displayName role } }";

on_both!(a_password_opens_a_session, async |app: App| {
    let (login, browser) = (app.user(Role::ContactCentreAgent).await, app.browser());
    assert_eq!(browser.session().await, Value::Null);
    let said = browser.sign_in(&login).await;
    assert_eq!(said["state"], "SIGNED_IN");
    let session = &said["session"];
    assert_eq!(session["user"]["role"], "contact-centre-agent");
    assert_eq!(session["user"]["email"], "c•••@e•••.com");
    assert_eq!(session["user"]["customerId"], Value::Null);
    assert_eq!(session["secondFactor"], false);
    let permissions = session["permissions"].as_array().unwrap();
    assert!(
        permissions.contains(&json!("customer:read")) && !permissions.contains(&json!("user:read"))
    );
    assert_eq!(&browser.session().await, session);
    let me = browser.ask(ME).await;
    assert_eq!(me.text("/currentUser/role"), "contact-centre-agent");
    assert!(
        browser
            .ask("{ customers(first: 1) { nodes { id } } }")
            .await
            .codes()
            .is_empty()
    );
    let forbidden = browser.ask("{ users(first: 1) { nodes { id } } }").await;
    assert_eq!(forbidden.code(), "FORBIDDEN");
});

on_both!(a_customer_reaches_their_own_rows, async |app: App| {
    let own = NewCustomer::named("Haddad").create(&app).await;
    let other = NewCustomer::named("Khoury").create(&app).await;
    let login = app.user_with(Role::Customer, Some(&own.id)).await;
    let browser = app.browser();
    let said = browser.sign_in(&login).await;
    assert_eq!(said["session"]["user"]["customerId"], own.id);
    let query = "query($own: ID!, $other: ID!) { own: customer(id: $own) { id } other: customer(id: $other) { id } currentUser { customer { displayName } } }";
    let answer = browser
        .ask_with(query, json!({ "own": own.id, "other": other.id }))
        .await;
    assert_eq!(answer.text("/own/id"), own.id);
    assert_eq!(answer.at("/other"), &Value::Null);
    assert_eq!(
        answer.text("/currentUser/customer/displayName"),
        "Amara Haddad"
    );
});

on_both!(
    nobody_hears_whether_there_is_such_an_account,
    async |app: App| {
        let right = app.user(Role::Finance).await;
        let disabled = app.user(Role::Finance).await;
        let wrong = Login {
            password: "some other password".to_owned(),
            ..right.clone()
        };
        let unknown = Login {
            email: "nobody@example.com".to_owned(),
            ..right.clone()
        };
        let administrator = app.signed_in(Role::Administrator).await;
        disable(&administrator, &disabled.email).await;
        let mut heard = Vec::new();
        for login in [wrong, unknown, disabled] {
            let browser = app.browser();
            let response = browser.try_to_sign_in(&login).await;
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
            assert!(!response.headers().contains_key(header::SET_COOKIE));
            heard.push(response.text().await.unwrap());
        }
        assert!(heard.iter().all(|text| *text == heard[0]), "{heard:#?}");
        assert!(
            app.browser()
                .try_to_sign_in(&right)
                .await
                .status()
                .is_success()
        );
    }
);

async fn disable(administrator: &tests::Browser, email: &str) {
    let found = administrator
        .ask_with(
            "query($email: String) { users(filter: { email: $email }, first: 1) { nodes { id version } } }",
            json!({ "email": email }),
        )
        .await;
    let user = found.at("/users/nodes/0");
    let input = json!({ "userId": user["id"], "expectedVersion": user["version"] });
    let disabled = administrator.run("disableUser", input, "").await;
    assert_eq!(disabled["__typename"], "UserDisabled", "{disabled:#}");
}

/// The cookie that a browser had before a sign-in is worth nothing after it, whoever put it there.
#[tokio::test]
async fn nobody_fixes_a_session() {
    let app = App::start(tests::Storage::sqlite()).await;
    let attacker = app.signed_in(Role::Analyst).await;
    let planted = attacker.cookie().unwrap();
    let victim = app.browser();
    victim.keep(Some(&planted));
    victim.sign_in(&app.user(Role::Administrator).await).await;
    assert_ne!(victim.cookie().unwrap(), planted);
    assert_eq!(attacker.session().await, Value::Null);
    assert_eq!(attacker.ask(ME).await.status, 401);
    // One that was never given out is worth nothing either.
    let made_up = app.browser();
    made_up.keep(Some(&"A".repeat(43)));
    assert_eq!(made_up.session().await, Value::Null);
    assert_eq!(made_up.ask(ME).await.status, 401);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach() {
    let app = App::start(tests::Storage::sqlite()).await;
    let login = app.user(Role::Analyst).await;
    let response = app.browser().try_to_sign_in(&login).await;
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-jetbridge-session="), "{cookie}");
    for attribute in [
        "; Path=/",
        "; HttpOnly",
        "; Secure",
        "; SameSite=Lax",
        "; Max-Age=43200",
    ] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Domain"));
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    // What is stored is not what the browser holds.
    let value = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    assert!(!app.storage_text("identity_session").await.contains(&value));
}

#[tokio::test]
async fn signing_out_ends_it_at_once() {
    let app = App::start(tests::Storage::sqlite()).await;
    let browser = app.signed_in(Role::Analyst).await;
    let kept = browser.cookie().unwrap();
    let response = browser.post("/auth/logout", &json!({})).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(browser.cookie(), None);
    browser.keep(Some(&kept));
    assert_eq!(browser.session().await, Value::Null);
    let answer = browser.ask(ME).await;
    assert_eq!(
        (answer.status, &answer.body["code"]),
        (401, &json!("UNAUTHENTICATED"))
    );
    // It can be repeated.
    let again = browser.post("/auth/logout", &json!({})).await;
    assert_eq!(again.status(), StatusCode::NO_CONTENT);
}

on_both!(a_session_ends_by_itself, async |app: App| {
    let (idle, busy) = (
        app.signed_in(Role::Analyst).await,
        app.signed_in(Role::Analyst).await,
    );
    for _ in 0..26 {
        app.later(TimeDelta::minutes(27));
        assert!(busy.ask(ME).await.codes().is_empty());
    }
    assert_eq!(idle.ask(ME).await.status, 401, "an hour without a request");
    app.later(TimeDelta::minutes(27));
    assert_eq!(busy.ask(ME).await.status, 401, "twelve hours at most");
});

/// Pages of other origins, forms, links and images send the cookie too, and get nothing for it.
#[tokio::test]
async fn other_origins_do_nothing() {
    let app = App::start(tests::Storage::sqlite()).await;
    let browser = app.signed_in(Role::Administrator).await;
    let body = json!({ "query": ME }).to_string();
    let host = browser.url().trim_start_matches("http://").to_owned();
    let graph = |content_type: &str, origin: &str| {
        browser
            .request(Method::POST, "/graphql")
            .header(header::CONTENT_TYPE, content_type)
            .header(header::ORIGIN, origin)
            .body(body.clone())
    };
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let response = graph("application/json", origin).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{origin}");
    }
    let own = graph("application/json", &format!("http://{host}"));
    assert_eq!(own.send().await.unwrap().status(), StatusCode::OK);
    let form = graph("text/plain", &format!("http://{host}")).send().await;
    assert_eq!(form.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let query = format!("/graphql?query={}", ME.replace(' ', "%20"));
    let link = browser.request(Method::GET, &query).send().await.unwrap();
    let said: Value = link.json().await.unwrap();
    assert_eq!(said["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");

    for path in [
        "/auth/login",
        "/auth/logout",
        "/auth/register",
        "/auth/forgot",
        "/auth/reset",
        "/auth/verify",
    ] {
        let simple = browser
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "text/plain");
        let simple = simple.body("{}").send().await.unwrap();
        assert_eq!(simple.status(), StatusCode::BAD_REQUEST, "{path}");
        let bare = browser.request(Method::POST, path).json(&json!({}));
        assert_eq!(
            bare.send().await.unwrap().status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
        let foreign = browser
            .request(Method::POST, path)
            .header("x-requested-with", "jetbridge")
            .header(header::ORIGIN, "https://evil.example")
            .json(&json!({}));
        assert_eq!(
            foreign.send().await.unwrap().status(),
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    assert_ne!(browser.session().await, Value::Null, "nothing ended");
}

#[tokio::test]
async fn bodies_are_read_strictly_and_never_repeated() {
    let app = App::start(tests::Storage::sqlite()).await;
    for body in [
        json!({}),
        json!([]),
        json!({ "email": "a@b.cc" }),
        json!({ "email": "a@b.cc", "password": ["planted-secret"] }),
        json!({ "email": "a@b.cc", "password": "planted-secret", "role": "administrator" }),
    ] {
        let response = app.browser().post("/auth/login", &body).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{body}");
        let text = response.text().await.unwrap();
        assert!(!text.contains("planted"), "{text}");
    }
    let get = app
        .browser()
        .request(Method::GET, "/auth/login")
        .send()
        .await;
    assert_eq!(get.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
}
