//! What is shown besides a password.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Browser, Login, on_both};
use totp_rs::{Builder, Secret};

/// The code of an application with this secret, at the time of the test.
fn code(app: &App, secret: &str) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("x")
        .build();
    let seconds = u64::try_from(app.now().timestamp()).unwrap();
    totp.unwrap().generate(seconds).to_string()
}

async fn json_of(browser: &Browser, path: &str, body: Value) -> (u16, Value) {
    let response = browser.post(path, &body).await;
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or_default())
}

/// Adds an application to the account of who is signed in: its secret, and the recovery codes.
async fn enrol(app: &App, browser: &Browser) -> (String, Vec<String>) {
    let (status, begun) = json_of(browser, "/auth/totp/enrol", json!({})).await;
    assert_eq!(status, 200, "{begun}");
    let secret = begun["secret"].as_str().unwrap().to_owned();
    assert!(
        begun["uri"]
            .as_str()
            .unwrap()
            .starts_with("otpauth://totp/Jetbridge")
    );
    let (status, wrong) = json_of(browser, "/auth/totp/confirm", json!({ "code": "000000" })).await;
    assert_eq!(status, 401, "{wrong}");
    let confirm = json!({ "code": code(app, &secret) });
    let (status, confirmed) = json_of(browser, "/auth/totp/confirm", confirm).await;
    assert_eq!(status, 200, "{confirmed}");
    let codes = confirmed["recoveryCodes"].as_array().unwrap();
    let codes: Vec<String> = codes
        .iter()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

async fn challenge(browser: &Browser, login: &Login) -> String {
    let said = browser.sign_in(login).await;
    assert_eq!(said["state"], "SECOND_FACTOR", "{said}");
    assert!(said["methods"].as_array().unwrap().contains(&json!("TOTP")));
    assert!(said.get("session").is_none());
    said["challenge"].as_str().unwrap().to_owned()
}

async fn finish(browser: &Browser, challenge: &str, method: &str, code: &str) -> (u16, Value) {
    let body = json!({ "challenge": challenge, "method": method, "code": code });
    json_of(browser, "/auth/login/second-factor", body).await
}

on_both!(a_code_is_asked_for_and_counts_once, async |app: App| {
    let (login, browser) = (app.user(Role::Finance).await, app.browser());
    browser.sign_in(&login).await;
    let (secret, codes) = enrol(&app, &browser).await;
    // Nothing that is stored makes codes, or is one.
    let stored = app.storage_text("identity_second_factor").await;
    assert!(!stored.contains(&secret));
    let stored = app.storage_text("identity_recovery_code").await;
    assert!(codes.iter().all(|code| !stored.contains(code.as_str())));

    let other = app.browser();
    let first = challenge(&other, &login).await;
    assert_eq!(other.cookie(), None);
    // The one that confirmed it was used then.
    assert_eq!(
        finish(&other, &first, "TOTP", &code(&app, &secret)).await.0,
        401
    );
    app.later(TimeDelta::seconds(31));
    let now = code(&app, &secret);
    let (status, said) = finish(&other, &first, "TOTP", &now).await;
    assert_eq!(
        (status, &said["session"]["secondFactor"]),
        (200, &json!(true)),
        "{said}"
    );
    assert_eq!(
        finish(&app.browser(), &first, "TOTP", &now).await.0,
        401,
        "a challenge works once"
    );
    let again = challenge(&other, &login).await;
    assert_eq!(
        finish(&other, &again, "TOTP", &now).await.0,
        401,
        "and so does a code"
    );
});

on_both!(recovery_codes_work_once_each, async |app: App| {
    let (login, browser) = (app.user(Role::Finance).await, app.browser());
    browser.sign_in(&login).await;
    let (_, codes) = enrol(&app, &browser).await;
    let other = app.browser();
    let first = challenge(&other, &login).await;
    let plain = codes[0].replace('-', "").to_uppercase();
    assert_eq!(finish(&other, &first, "RECOVERY_CODE", &plain).await.0, 200);
    let again = challenge(&other, &login).await;
    assert_eq!(
        finish(&other, &again, "RECOVERY_CODE", &codes[0]).await.0,
        401
    );
    assert_eq!(
        finish(&other, &again, "RECOVERY_CODE", &codes[1]).await.0,
        200
    );
    // One user's code is not another's.
    let stranger = app.user(Role::Finance).await;
    let theirs = app.browser();
    theirs.sign_in(&stranger).await;
    enrol(&app, &theirs).await;
    let challenge = challenge(&theirs, &stranger).await;
    assert_eq!(
        finish(&theirs, &challenge, "RECOVERY_CODE", &codes[2])
            .await
            .0,
        401
    );
});

on_both!(guessing_a_code_ends_soon, async |app: App| {
    let (login, browser) = (app.user(Role::Finance).await, app.browser());
    browser.sign_in(&login).await;
    let (secret, _) = enrol(&app, &browser).await;
    app.later(TimeDelta::seconds(31));
    let challenge = challenge(&app.browser(), &login).await;
    for _ in 0..5 {
        assert_eq!(finish(&browser, &challenge, "TOTP", "000000").await.0, 401);
    }
    let right = code(&app, &secret);
    assert_eq!(
        finish(&browser, &challenge, "TOTP", &right).await.0,
        401,
        "five tries a challenge"
    );
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let again = self::challenge(&app.browser(), &login).await;
        statuses.push(finish(&browser, &again, "TOTP", "000000").await.0);
    }
    assert!(statuses.contains(&429), "{statuses:?}");
});

#[tokio::test]
async fn a_role_that_asks_for_one_gets_one() {
    let settings = "auth.second_factor = \"roles\"";
    let app = App::start_with(tests::Storage::sqlite(), settings).await;
    let (login, browser) = (app.user(Role::Administrator).await, app.browser());
    let said = browser.sign_in(&login).await;
    assert_eq!(said["state"], "ENROL_SECOND_FACTOR");
    assert_eq!(said["session"]["permissions"], json!([]));
    let planted = browser.cookie();
    // Until then the session is good for nothing else.
    assert_eq!(
        browser.ask("{ currentUser { id } }").await.code(),
        "FORBIDDEN"
    );
    let stepped = json!({ "method": "PASSWORD", "code": login.password });
    assert_eq!(json_of(&browser, "/auth/step-up", stepped).await.0, 401);
    enrol(&app, &browser).await;
    assert_ne!(
        browser.cookie(),
        planted,
        "what was known before is worth nothing after it"
    );
    let session = browser.session().await;
    assert_eq!(session["secondFactor"], true);
    assert!(
        browser
            .ask("{ users(first: 1) { nodes { id } } }")
            .await
            .codes()
            .is_empty()
    );
    // An agent's role asks for none.
    let agent = app.signed_in(Role::ContactCentreAgent).await;
    assert!(agent.ask("{ currentUser { id } }").await.codes().is_empty());
}

on_both!(
    a_fresh_proof_is_given_with_what_one_has,
    async |app: App| {
        let (login, browser) = (app.user(Role::Administrator).await, app.browser());
        browser.sign_in(&login).await;
        let input =
            json!({ "email": "noor@example.com", "displayName": "Noor", "role": "finance" });
        app.later(TimeDelta::minutes(11));
        assert_eq!(
            browser.run("inviteUser", input.clone(), "").await["code"],
            "STEP_UP_REQUIRED"
        );
        // Another factor is what a stolen session would add.
        assert_eq!(
            json_of(&browser, "/auth/totp/enrol", json!({})).await.0,
            403
        );
        let wrong = json!({ "method": "PASSWORD", "code": "some other password" });
        assert_eq!(json_of(&browser, "/auth/step-up", wrong).await.0, 401);
        let password = json!({ "method": "PASSWORD", "code": login.password });
        let (status, session) = json_of(&browser, "/auth/step-up", password.clone()).await;
        assert_eq!(status, 200);
        assert!(session["steppedUpUntil"].is_string(), "{session}");
        assert_eq!(
            browser.run("inviteUser", input.clone(), "").await["__typename"],
            "UserInvited"
        );

        // With a second factor, a password is not enough.
        let (secret, _) = enrol(&app, &browser).await;
        app.later(TimeDelta::minutes(11));
        assert_eq!(json_of(&browser, "/auth/step-up", password).await.0, 401);
        let stepped = json!({ "method": "TOTP", "code": code(&app, &secret) });
        assert_eq!(
            json_of(&browser, "/auth/step-up", stepped.clone()).await.0,
            200
        );
        assert_eq!(
            json_of(&browser, "/auth/step-up", stepped).await.0,
            401,
            "a code counts once"
        );
        assert_eq!(
            browser.run("inviteUser", input, "").await["__typename"],
            "UserInvited"
        );
        assert_eq!(
            app.browser()
                .post("/auth/step-up", &json!({ "method": "TOTP", "code": "1" }))
                .await
                .status(),
            401
        );
    }
);

on_both!(who_lost_it_begins_anew, async |app: App| {
    let (login, browser) = (app.user(Role::Finance).await, app.browser());
    browser.sign_in(&login).await;
    enrol(&app, &browser).await;
    let administrator = app.signed_in(Role::Administrator).await;
    let user = browser.session().await["user"]["id"].clone();
    let reset = administrator
        .run(
            "resetSecondFactors",
            json!({ "userId": user }),
            "... on SecondFactorsReset { count }",
        )
        .await;
    assert_eq!(reset["count"], 1, "{reset}");
    assert_eq!(browser.session().await, Value::Null);
    assert_eq!(browser.sign_in(&login).await["state"], "SIGNED_IN");
});
