//! Kiosks: a code that works once, a key that never leaves them, and one journey at hand.

use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App, Browser, Client, OneProcess, Storage,
    build::{NewFlight, Trip},
    on_both,
};

/// The head of an Ed25519 key in PKCS #8 (RFC 8410), before its 32 bytes.
const HEAD: [u8; 16] = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
/// The key of RFC 8037, appendix A.
const SEED: [u8; 32] = [
    0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4,
    0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
];
const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const ISSUER: &str = "https://jetbridge.invalid";

fn public_key() -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": PUBLIC })
}

fn sign_with(seed: [u8; 32], claims: &Value) -> String {
    let key = EncodingKey::from_ed_der(&[HEAD.as_slice(), &seed].concat());
    jsonwebtoken::encode(&Header::new(Algorithm::EdDSA), claims, &key).unwrap()
}

fn sign(claims: &Value) -> String {
    sign_with(SEED, claims)
}

fn in_a_minute(app: &App) -> i64 {
    app.now().timestamp() + 60
}

/// A device that waits for its key: its id and its code.
async fn waiting(administrator: &Browser) -> (String, String) {
    let input = json!({ "name": "DXB T3 12", "station": "DXB" });
    let selection = "... on DeviceCodeCreated { enrolmentCode expiresAt device { id name station role enrolledAt revokedAt } }";
    let made = administrator
        .run("createDeviceCode", input, selection)
        .await;
    assert_eq!(made["__typename"], "DeviceCodeCreated", "{made:#}");
    assert_eq!(made["device"]["enrolledAt"], Value::Null);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&made["device"]["id"]), text(&made["enrolmentCode"]))
}

async fn enrol(app: &App, code: &str) -> (StatusCode, Value) {
    let proof = sign(&json!({ "nonce": code, "exp": in_a_minute(app) }));
    enrol_with(app, code, public_key(), &proof).await
}

async fn enrol_with(app: &App, code: &str, key: Value, proof: &str) -> (StatusCode, Value) {
    let body = json!({ "code": code, "publicKey": key, "proof": proof });
    let response = app.browser().post("/auth/device/enrol", &body).await;
    (response.status(), response.json().await.unwrap())
}

/// A device that is enrolled, by id.
async fn enrolled(app: &App) -> String {
    let administrator = app.signed_in(Role::Administrator).await;
    let (id, code) = waiting(&administrator).await;
    let (status, said) = enrol(app, &code).await;
    assert_eq!(status, 200, "{said}");
    assert_eq!(
        (&said["deviceId"], &said["audience"]),
        (&json!(id), &json!(ISSUER))
    );
    id
}

fn assertion(app: &App, device: &str) -> Value {
    json!({ "iss": device, "sub": device, "aud": ISSUER, "exp": in_a_minute(app), "jti": app.key() })
}

async fn token(app: &App, signed: &str) -> (u16, Value) {
    let kind = "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";
    let form = format!(
        "grant_type=client_credentials&client_assertion_type={kind}&client_assertion={signed}"
    );
    let request = app
        .browser()
        .request(Method::POST, "/auth/token")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

/// A device with the token that it got for its key.
async fn device(app: &App, id: &str) -> Client {
    let (status, body) = token(app, &sign(&assertion(app, id))).await;
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["scope"], "flight:read journey:lookup journey:read");
    app.bearer(body["access_token"].as_str().unwrap())
}

async fn look_up(device: &Client, body: Value) -> (u16, Value) {
    let request = device
        .request(Method::POST, "/auth/device/journey")
        .header("x-requested-with", "jetbridge")
        .json(&body);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

const AT_HAND: &str =
    "{ kioskJourney { id origin { iataCode } segments { seat cabin flight { designator } } } }";

on_both!(a_code_works_once_and_not_for_long, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let (id, code) = waiting(&administrator).await;
    assert!(!app.storage_text("identity_ticket").await.contains(&code));
    // People type it as they like.
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(enrol(&app, &typed).await.0, 200);
    assert_eq!(enrol(&app, &code).await.0, 401, "it was used");
    let (_, late) = waiting(&administrator).await;
    app.later(TimeDelta::minutes(61));
    assert_eq!(enrol(&app, &late).await.0, 401, "it is too old");
    let query = format!(
        "{{ device(id: \"{id}\") {{ name enrolledAt lastUsedAt createdBy {{ id }} }} devices(first: 5) {{ nodes {{ id }} }} }}"
    );
    let again = app.administrator().ask(&query).await;
    assert!(
        again.at("/device/enrolledAt").is_string(),
        "{:#}",
        again.body
    );
    assert_eq!(again.list("/devices/nodes").len(), 2);
});

on_both!(a_key_is_shown_by_who_holds_it, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let (_, code) = waiting(&administrator).await;
    let exp = in_a_minute(&app);
    let proof = sign(&json!({ "nonce": code, "exp": exp }));
    let mut private = public_key();
    private["d"] = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A".into();
    for (key, proof, why) in [
        (
            public_key(),
            sign_with([7; 32], &json!({ "nonce": code, "exp": exp })),
            "another key",
        ),
        (
            public_key(),
            sign(&json!({ "nonce": "AAAA-AAAA-AAAA", "exp": exp })),
            "another code",
        ),
        (
            public_key(),
            sign(&json!({ "nonce": code, "exp": exp + 3600 })),
            "for ever",
        ),
        (
            public_key(),
            sign(&json!({ "nonce": code, "exp": exp - 120 })),
            "long ago",
        ),
        (public_key(), "a.b.c".to_owned(), "no signature"),
        (private, proof.clone(), "a private key"),
        (
            json!({ "kty": "oct", "k": "c2VjcmV0" }),
            proof.clone(),
            "a shared secret",
        ),
        (json!(null), proof.clone(), "no key"),
    ] {
        assert_eq!(enrol_with(&app, &code, key, &proof).await.0, 400, "{why}");
    }
    // None of it used the code up.
    assert_eq!(enrol(&app, &code).await.0, 200);
});

on_both!(codes_are_not_guessed, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let (_, code) = waiting(&administrator).await;
    for _ in 0..10 {
        assert_eq!(enrol(&app, "AAAA-AAAA-AAAA").await.0, 401);
    }
    assert_eq!(enrol(&app, "AAAA-AAAA-AAAA").await.0, 429);
    assert_eq!(enrol(&app, &code).await.0, 429, "the right one neither");
    app.later(TimeDelta::minutes(16));
    assert_eq!(enrol(&app, &code).await.0, 200);
});

on_both!(a_device_gets_short_tokens_by_its_key, async |app: App| {
    let id = enrolled(&app).await;
    let good = assertion(&app, &id);
    let signed = sign(&good);
    let (status, body) = token(&app, &signed).await;
    assert_eq!((status, &body["expires_in"]), (200, &json!(300)), "{body}");
    let known = app.bearer(body["access_token"].as_str().unwrap());
    assert!(
        known
            .ask("{ airport(iataCode: \"DXB\") { city } }")
            .await
            .codes()
            .is_empty()
    );
    assert_eq!(
        known
            .ask("{ customers(first: 1) { nodes { id } } }")
            .await
            .code(),
        "FORBIDDEN"
    );
    assert_eq!(token(&app, &signed).await.0, 401, "it was used before");
    let with = |name: &str, value: Value| {
        let mut changed = assertion(&app, &id);
        changed[name] = value;
        changed
    };
    for (claims, why) in [
        (
            with("aud", json!("https://elsewhere.example")),
            "for somebody else",
        ),
        (with("iss", json!("somebody")), "by somebody else"),
        (with("sub", json!(app.key())), "of another device"),
        (with("exp", json!(in_a_minute(&app) + 3600)), "for ever"),
        (with("exp", json!(in_a_minute(&app) - 61)), "too old"),
        (with("jti", json!("1")), "no name"),
    ] {
        assert_eq!(token(&app, &sign(&claims)).await.0, 401, "{why}");
    }
    let other = sign_with([7; 32], &assertion(&app, &id));
    assert_eq!(token(&app, &other).await.0, 401, "by another key");
});

on_both!(a_device_that_is_revoked_is_out, async |app: App| {
    let id = enrolled(&app).await;
    let kiosk = device(&app, &id).await;
    let flights = "{ airport(iataCode: \"DXB\") { city } }";
    assert!(kiosk.ask(flights).await.codes().is_empty());
    let administrator = app.signed_in(Role::Administrator).await;
    app.later(TimeDelta::minutes(11));
    let input = json!({ "deviceId": id });
    let stale = administrator.run("revokeDevice", input.clone(), "").await;
    assert_eq!(stale["code"], "STEP_UP_REQUIRED");
    let kiosk = device(&app, &id).await;
    let selection = "... on DeviceRevoked { device { revokedAt } }";
    let revoked = app
        .administrator()
        .run("revokeDevice", input, selection)
        .await;
    assert!(revoked["device"]["revokedAt"].is_string(), "{revoked:#}");
    let refused = kiosk.post(&json!({ "query": flights })).await;
    assert_eq!(refused.status(), 401);
    assert_eq!(token(&app, &sign(&assertion(&app, &id))).await.0, 401);
});

on_both!(one_journey_is_at_hand, async |app: App| {
    let trip = Trip::new(&app).await;
    let other = Trip::on(&app, NewFlight::of("EK", 48, "FRA", "DXB")).await;
    let id = enrolled(&app).await;
    let kiosk = device(&app, &id).await;
    assert_eq!(kiosk.ask(AT_HAND).await.at("/kioskJourney"), &Value::Null);
    let booking = json!({ "recordLocator": trip.order.locator, "familyName": "OKAFOR" });
    let (status, granted) = look_up(&kiosk, booking.clone()).await;
    assert_eq!(status, 200, "{granted}");
    assert_eq!(granted["journeyId"], json!(trip.order.journeys[0]));
    assert_eq!(granted["expires_in"], 300);
    let there = app.bearer(granted["access_token"].as_str().unwrap());
    let seen = there.ask(AT_HAND).await;
    assert!(seen.codes().is_empty(), "{:#}", seen.body);
    assert_eq!(seen.at("/kioskJourney/id"), &json!(trip.order.journeys[0]));
    assert!(!seen.list("/kioskJourney/segments").is_empty());
    // Nothing else of anybody, and no way on.
    for query in [
        format!("{{ order(id: \"{}\") {{ id }} }}", trip.order.id),
        format!("{{ order(id: \"{}\") {{ id }} }}", other.order.id),
        format!(
            "{{ customer(id: \"{}\") {{ displayName }} }}",
            trip.customer.id
        ),
        "{ orders(first: 1) { nodes { id } } }".to_owned(),
        "{ kioskJourney { segments { passenger { familyName } } } }".to_owned(),
    ] {
        let answer = there.ask(&query).await;
        assert!(!answer.codes().is_empty(), "{query}: {:#}", answer.body);
        assert!(
            !answer.body.to_string().contains("Okafor"),
            "{:#}",
            answer.body
        );
    }
    assert_eq!(
        look_up(&there, booking.clone()).await.0,
        403,
        "a grant leads to no other"
    );
    app.later(TimeDelta::minutes(6));
    let late = there.post(&json!({ "query": AT_HAND })).await;
    assert_eq!(late.status(), 401);
    // A boarding pass says the same.
    let kiosk = device(&app, &id).await;
    let pass = format!(
        "M1{:<20}E{:<7}FRADXBEK 0046 324Y021C0001 100",
        "OKAFOR/AMARA", trip.order.locator
    );
    let scanned = look_up(&kiosk, json!({ "boardingPass": pass })).await;
    assert_eq!(scanned.1["journeyId"], granted["journeyId"], "{scanned:?}");
});

on_both!(bookings_are_not_guessed, async |app: App| {
    let trip = Trip::new(&app).await;
    let id = enrolled(&app).await;
    let kiosk = device(&app, &id).await;
    let wrong_name = json!({ "recordLocator": trip.order.locator, "familyName": "Nobody" });
    let wrong_code = json!({ "recordLocator": "ZZZZZZ", "familyName": "Okafor" });
    let (one, other) = (
        look_up(&kiosk, wrong_name.clone()).await,
        look_up(&kiosk, wrong_code).await,
    );
    assert_eq!(
        (one.0, &one.1["detail"]),
        (404, &other.1["detail"]),
        "nobody hears which"
    );
    for (body, status) in [
        (json!({ "recordLocator": "x", "familyName": "Okafor" }), 400),
        (json!({ "boardingPass": "https://example.com" }), 400),
        (
            json!({ "recordLocator": trip.order.locator, "familyName": "" }),
            404,
        ),
    ] {
        assert_eq!(look_up(&kiosk, body.clone()).await.0, status, "{body}");
    }
    for client in [
        app.agent(),
        app.customer(&trip.customer.id),
        app.actor(Role::Partner),
    ] {
        assert_eq!(look_up(&client, wrong_name.clone()).await.0, 403);
    }
    assert_eq!(look_up(&app.nobody(), wrong_name.clone()).await.0, 401);
    let mut last = 0;
    for _ in 0..20 {
        last = look_up(&kiosk, wrong_name.clone()).await.0;
    }
    assert_eq!(last, 429);
    let right = json!({ "recordLocator": trip.order.locator, "familyName": "Okafor" });
    assert_eq!(
        look_up(&kiosk, right.clone()).await.0,
        429,
        "the right one neither"
    );
    app.later(TimeDelta::minutes(16));
    let kiosk = device(&app, &id).await;
    assert_eq!(look_up(&kiosk, right).await.0, 200);
});

on_both!(
    a_page_on_a_device_holds_no_token_itself,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let id = enrolled(&app).await;
        let body = json!({ "assertion": sign(&assertion(&app, &id)) });
        let send = async |path: &str, body: &Value, cookie: Option<&str>| {
            let request = app
                .browser()
                .request(Method::POST, path)
                .header("x-requested-with", "jetbridge")
                .json(body);
            let request = match cookie {
                Some(cookie) => request.header(header::COOKIE, cookie),
                None => request,
            };
            request.send().await.unwrap()
        };
        let response = send("/auth/device/session", &body, None).await;
        assert_eq!(response.status(), 200);
        let set = response.headers()[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(
            set.starts_with("__Host-jetbridge-device=") && set.contains("; HttpOnly; Secure;"),
            "{set}"
        );
        let cookie = set.split(';').next().unwrap().to_owned();
        assert!(
            !response
                .text()
                .await
                .unwrap()
                .contains(cookie.split('=').nth(1).unwrap())
        );
        let booking = json!({ "recordLocator": trip.order.locator, "familyName": "Okafor" });
        let found = send("/auth/device/journey", &booking, Some(&cookie)).await;
        let at_hand = found.headers()[header::SET_COOKIE]
            .to_str()
            .unwrap()
            .to_owned();
        let at_hand = at_hand.split(';').next().unwrap().to_owned();
        assert_eq!(
            found.json::<Value>().await.unwrap().get("access_token"),
            None
        );
        let seen = send("/graphql", &json!({ "query": AT_HAND }), Some(&at_hand)).await;
        let seen: Value = seen.json().await.unwrap();
        assert_eq!(
            seen["data"]["kioskJourney"]["id"],
            json!(trip.order.journeys[0]),
            "{seen}"
        );
        // A page of another origin acts for no device.
        let foreign = app
            .browser()
            .request(Method::POST, "/graphql")
            .header(header::COOKIE, &at_hand)
            .header(header::ORIGIN, "https://evil.example")
            .json(&json!({ "query": AT_HAND }));
        assert_eq!(foreign.send().await.unwrap().status(), 403);
        app.later(TimeDelta::minutes(6));
        let late = send("/graphql", &json!({ "query": AT_HAND }), Some(&at_hand)).await;
        assert_eq!(late.status(), 401);
        assert!(
            late.headers()[header::SET_COOKIE]
                .to_str()
                .unwrap()
                .contains("Max-Age=0")
        );
    }
);

/// Whatever its token says, a device sends documents of ours.
#[tokio::test]
async fn a_device_sends_nothing_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("manifest.json");
    let known = "query Known { airport(iataCode: \"DXB\") { city } }";
    std::fs::write(&manifest, json!({ "known": known }).to_string()).unwrap();
    let settings = format!("graphql.documents.manifest = \"{}\"", manifest.display());
    let app = App::in_one_process(OneProcess::DoorSettings, Storage::sqlite(), &settings).await;
    let kiosk = app.actor(Role::Kiosk);
    let named = kiosk.post(&json!({ "documentId": "known" })).await;
    let named: Value = named.json().await.unwrap();
    assert!(
        named["errors"].is_null() && named["data"]["airport"]["city"].is_string(),
        "{named}"
    );
    for own in [
        "{ __typename }",
        "query Known { airport(iataCode: \"FRA\") { city } }",
    ] {
        assert_eq!(kiosk.ask(own).await.code(), "FORBIDDEN", "{own}");
        assert!(app.agent().ask(own).await.codes().is_empty(), "{own}");
    }
}
