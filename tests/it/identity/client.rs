//! Programs that sign in by themselves: OAuth 2.0 client credentials, refresh tokens, and what is revoked.

use chrono::TimeDelta;
use reqwest::{Method, header};
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Browser, on_both};

/// A program: its id and its secret.
async fn program(administrator: &Browser) -> (String, String) {
    let input = json!({ "name": "Harbour Hotels, vouchers" });
    let made = administrator
        .run(
            "createApiClient",
            input,
            "... on ApiClientCreated { secret apiClient { id role scopes } }",
        )
        .await;
    assert_eq!(made["apiClient"]["role"], "partner", "{made:#}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["apiClient"]["id"]), text(&made["secret"]))
}

async fn ask(app: &App, form: &str) -> (u16, Value) {
    let request = app
        .browser()
        .request(Method::POST, "/auth/token")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.to_owned());
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    (response.status().as_u16(), response.json().await.unwrap())
}

fn credentials((id, secret): &(String, String)) -> String {
    format!("client_id={id}&client_secret={secret}")
}

async fn granted(app: &App, program: &(String, String), more: &str) -> Value {
    let form = format!(
        "grant_type=client_credentials&{}{more}",
        credentials(program)
    );
    let (status, body) = ask(app, &form).await;
    assert_eq!(status, 200, "{body}");
    body
}

async fn refreshed(app: &App, program: &(String, String), token: &str) -> (u16, Value) {
    let form = format!(
        "grant_type=refresh_token&refresh_token={token}&{}",
        credentials(program)
    );
    ask(app, &form).await
}

const FLIGHTS: &str = "{ airport(iataCode: \"DXB\") { city } }";

on_both!(
    a_secret_gets_a_token_that_lives_briefly,
    async |app: App| {
        let administrator = app.signed_in(Role::Administrator).await;
        let program = program(&administrator).await;
        assert!(
            !app.storage_text("identity_api_client")
                .await
                .contains(&program.1)
        );
        let body = granted(&app, &program, "").await;
        assert_eq!(
            (&body["token_type"], &body["expires_in"], &body["scope"]),
            (&json!("Bearer"), &json!(300), &json!("flight:read"))
        );
        assert!(body.get("refresh_token").is_none());
        let token = body["access_token"].as_str().unwrap();
        let partner = app.bearer(token);
        assert!(partner.ask(FLIGHTS).await.codes().is_empty());
        assert_eq!(
            partner
                .ask("{ customers(first: 1) { nodes { id } } }")
                .await
                .code(),
            "FORBIDDEN"
        );
        app.later(TimeDelta::minutes(6));
        assert_eq!(
            partner.post(&json!({ "query": FLIGHTS })).await.status(),
            401
        );

        // The header is as good as the body, and both together are not.
        let basic = |form: &'static str| {
            let request =
                reqwest::Client::new().post(format!("{}/auth/token", app.browser().url()));
            let request = request.basic_auth(&program.0, Some(&program.1));
            let content_type = "application/x-www-form-urlencoded";
            request
                .header(header::CONTENT_TYPE, content_type)
                .body(form)
                .send()
        };
        assert_eq!(
            basic("grant_type=client_credentials")
                .await
                .unwrap()
                .status(),
            200
        );
        let both = basic("grant_type=client_credentials&client_secret=x")
            .await
            .unwrap();
        assert_eq!(both.status(), 401);
        assert!(both.headers().contains_key(header::WWW_AUTHENTICATE));
    }
);

on_both!(refusals_are_those_of_the_rfc, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let program = program(&administrator).await;
    let own = credentials(&program);
    for (form, status, code) in [
        (
            format!(
                "grant_type=client_credentials&client_id={}&client_secret=wrong",
                program.0
            ),
            401,
            "invalid_client",
        ),
        (
            format!(
                "grant_type=client_credentials&client_id=nobody&client_secret={}",
                program.1
            ),
            401,
            "invalid_client",
        ),
        (
            "grant_type=client_credentials".to_owned(),
            401,
            "invalid_client",
        ),
        (
            format!("grant_type=password&username=a&password=b&{own}"),
            400,
            "unsupported_grant_type",
        ),
        (
            format!("grant_type=client_credentials&scope=customer%3Aread&{own}"),
            400,
            "invalid_scope",
        ),
        (
            format!("grant_type=refresh_token&{own}"),
            400,
            "invalid_request",
        ),
        (
            format!("grant_type=refresh_token&refresh_token=x&{own}"),
            400,
            "invalid_grant",
        ),
        (
            format!("grant_type=client_credentials&grant_type=client_credentials&{own}"),
            400,
            "invalid_request",
        ),
    ] {
        let (heard, body) = ask(&app, &form).await;
        assert_eq!((heard, &body["error"]), (status, &json!(code)), "{form}");
    }
});

on_both!(
    a_refresh_token_that_comes_twice_ends_its_family,
    async |app: App| {
        let administrator = app.signed_in(Role::Administrator).await;
        let program = program(&administrator).await;
        let first = granted(&app, &program, "&scope=flight%3Aread%20offline_access").await;
        let one = first["refresh_token"].as_str().unwrap().to_owned();
        assert!(
            !app.storage_text("identity_refresh_token")
                .await
                .contains(&one)
        );
        let (status, second) = refreshed(&app, &program, &one).await;
        assert_eq!(status, 200, "{second}");
        let two = second["refresh_token"].as_str().unwrap().to_owned();
        assert_ne!(one, two);
        let access = app.bearer(second["access_token"].as_str().unwrap());
        assert!(access.ask(FLIGHTS).await.codes().is_empty());
        // Another program's secret does not go with it.
        let other = self::program(&administrator).await;
        assert_eq!(
            refreshed(&app, &other, &two).await.1["error"],
            "invalid_grant"
        );
        // Whoever comes with the first again has stolen it, or was stolen from.
        assert_eq!(
            refreshed(&app, &program, &one).await.1["error"],
            "invalid_grant"
        );
        assert_eq!(
            refreshed(&app, &program, &two).await.1["error"],
            "invalid_grant"
        );
        let response = access.post(&json!({ "query": FLIGHTS })).await;
        assert_eq!(response.status(), 401, "and its access tokens end with it");
        // A family of its own is not touched.
        let fresh = granted(&app, &program, "&scope=offline_access").await;
        let fresh = fresh["refresh_token"].as_str().unwrap().to_owned();
        assert_eq!(refreshed(&app, &program, &fresh).await.0, 200);
    }
);

on_both!(a_program_that_is_revoked_is_out, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let program = program(&administrator).await;
    let body = granted(&app, &program, "&scope=offline_access").await;
    let access = app.bearer(body["access_token"].as_str().unwrap());
    assert!(access.ask(FLIGHTS).await.codes().is_empty());
    let input = json!({ "apiClientId": program.0 });
    let revoked = administrator
        .run(
            "revokeApiClient",
            input,
            "... on ApiClientRevoked { apiClient { revokedAt } }",
        )
        .await;
    assert!(revoked["apiClient"]["revokedAt"].is_string(), "{revoked:#}");
    let response = access.post(&json!({ "query": FLIGHTS })).await;
    assert_eq!(response.status(), 401);
    let text = response.text().await.unwrap();
    assert!(text.contains("revoked"), "{text}");
    let form = format!("grant_type=client_credentials&{}", credentials(&program));
    assert_eq!(ask(&app, &form).await.1["error"], "invalid_client");
    let refresh = body["refresh_token"].as_str().unwrap();
    assert_eq!(
        refreshed(&app, &program, refresh).await.1["error"],
        "invalid_client"
    );
    let list = administrator
        .ask("{ apiClients(first: 5) { nodes { name lastUsedAt createdBy { displayName } } } }")
        .await;
    assert_eq!(
        list.text("/apiClients/nodes/0/createdBy/displayName"),
        "Somebody administrator"
    );
});

/// Anybody can check our tokens with what is published, and nobody can make one of it.
#[tokio::test]
async fn the_keys_are_published() {
    let app = App::start(tests::Storage::sqlite()).await;
    let response = app
        .browser()
        .request(Method::GET, "/.well-known/jwks.json")
        .send()
        .await
        .unwrap();
    let keys: Value = response.json().await.unwrap();
    let keys = keys["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(
        (&keys[0]["kty"], &keys[0]["crv"], &keys[0]["use"]),
        (&json!("OKP"), &json!("Ed25519"), &json!("sig"))
    );
    assert!(keys[0]["kid"].is_string() && keys[0].get("d").is_none());
}

#[tokio::test]
async fn guessing_secrets_is_slow() {
    let app = App::start(tests::Storage::sqlite()).await;
    let administrator = app.signed_in(Role::Administrator).await;
    let program = program(&administrator).await;
    let wrong = format!(
        "grant_type=client_credentials&client_id={}&client_secret=wrong",
        program.0
    );
    let mut statuses = Vec::new();
    for _ in 0..32 {
        let request = app
            .browser()
            .request(Method::POST, "/auth/token")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(wrong.clone());
        statuses.push(request.send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses[..30], [401; 30]);
    assert_eq!(statuses[30..], [429; 2]);
}
