//! What administrators do about users.

use chrono::TimeDelta;
use reqwest::StatusCode;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, Browser, Login, build::NewCustomer, on_both};

async fn user(administrator: &Browser, email: &str) -> Value {
    let query = "query($email: String) { users(filter: { email: $email }, first: 2) { nodes { id version state role sessions { nodes { isActive } } } } }";
    let found = administrator
        .ask_with(query, json!({ "email": email }))
        .await;
    assert_eq!(found.list("/users/nodes").len(), 1);
    found.at("/users/nodes/0").clone()
}

async fn change(administrator: &Browser, mutation: &str, email: &str, more: Value) -> Value {
    let known = user(administrator, email).await;
    let mut input = json!({ "userId": known["id"], "expectedVersion": known["version"] });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    administrator.run(mutation, input, "").await
}

on_both!(who_is_invited_chooses_a_password, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let input = json!({ "email": "noor@example.com", "displayName": "Noor", "role": "finance", "language": "ar" });
    let invited = administrator
        .run(
            "inviteUser",
            input.clone(),
            "... on UserInvited { user { state language } }",
        )
        .await;
    assert_eq!(invited["user"]["state"], "INVITED", "{invited:#}");
    let first = app.letter_token("noor@example.com").await;
    app.later(TimeDelta::seconds(2));
    // A letter that was lost is sent again, and the one before is void.
    let again = administrator.run("inviteUser", input, "").await;
    assert_eq!(again["__typename"], "UserInvited");
    let mut token = first.clone();
    for _ in 0..500 {
        token = app.letter_token("noor@example.com").await;
        if token != first {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let browser = app.browser();
    let choose = |token: &str| json!({ "token": token, "password": "an evening in Amman" });
    assert_eq!(
        browser.post("/auth/reset", &choose(&first)).await.status(),
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        browser.post("/auth/reset", &choose(&token)).await.status(),
        StatusCode::NO_CONTENT
    );
    let login = Login {
        email: "noor@example.com".to_owned(),
        password: "an evening in Amman".to_owned(),
    };
    let said = browser.sign_in(&login).await;
    assert_eq!(said["session"]["user"]["role"], "finance");
    let taken = json!({ "email": "NOOR@example.com", "displayName": "Noor", "role": "finance" });
    assert_eq!(
        administrator.run("inviteUser", taken, "").await["code"],
        "CONFLICT"
    );
});

on_both!(invitations_are_checked, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let customer = NewCustomer::named("Haddad").create(&app).await;
    for (wrong, path) in [
        (
            json!({ "email": "nobody", "displayName": "Noor", "role": "finance" }),
            "email",
        ),
        (
            json!({ "email": "a@example.com", "displayName": "", "role": "finance" }),
            "displayName",
        ),
        (
            json!({ "email": "a@example.com", "displayName": "Noor", "role": "emperor" }),
            "role",
        ),
        (
            json!({ "email": "a@example.com", "displayName": "Noor", "role": "partner" }),
            "role",
        ),
        (
            json!({ "email": "a@example.com", "displayName": "Noor", "role": "customer" }),
            "customerId",
        ),
        (
            json!({ "email": "a@example.com", "displayName": "Noor", "role": "finance", "customerId": customer.id }),
            "customerId",
        ),
    ] {
        let outcome = administrator
            .run(
                "inviteUser",
                wrong.clone(),
                "... on InvalidInput { fields { path } }",
            )
            .await;
        assert_eq!(
            outcome["fields"][0]["path"],
            json!(["input", path]),
            "{wrong}: {outcome:#}"
        );
    }
    let own = json!({ "email": "a@example.com", "displayName": "Amara", "role": "customer", "customerId": customer.id });
    assert_eq!(
        administrator.run("inviteUser", own.clone(), "").await["__typename"],
        "UserInvited"
    );
    let mut other = own;
    other["email"] = "b@example.com".into();
    assert_eq!(
        administrator.run("inviteUser", other, "").await["code"],
        "CONFLICT"
    );
});

on_both!(who_is_disabled_is_out, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let login = app.user(Role::Analyst).await;
    let browser = app.browser();
    browser.sign_in(&login).await;
    let disabled = change(&administrator, "disableUser", &login.email, json!({})).await;
    assert_eq!(disabled["__typename"], "UserDisabled", "{disabled:#}");
    assert_eq!(browser.session().await, Value::Null);
    assert_eq!(browser.try_to_sign_in(&login).await.status(), 401);
    let again = change(&administrator, "disableUser", &login.email, json!({})).await;
    assert_eq!(again["code"], "TRANSITION_NOT_ALLOWED");
    // Nobody gets in by way of another password.
    browser
        .post("/auth/forgot", &json!({ "email": login.email }))
        .await;
    let enabled = change(&administrator, "enableUser", &login.email, json!({})).await;
    assert_eq!(enabled["__typename"], "UserEnabled");
    browser.sign_in(&login).await;
    assert!(app.letters(&login.email).is_empty());
});

on_both!(another_role_is_another_session, async |app: App| {
    let administrator = app.signed_in(Role::Administrator).await;
    let login = app.user(Role::Analyst).await;
    let browser = app.browser();
    browser.sign_in(&login).await;
    let role = json!({ "role": "finance" });
    let changed = change(&administrator, "changeUserRole", &login.email, role).await;
    assert_eq!(changed["__typename"], "UserRoleChanged", "{changed:#}");
    assert_eq!(browser.session().await, Value::Null);
    assert_eq!(
        browser.sign_in(&login).await["session"]["user"]["role"],
        "finance"
    );
    for role in ["customer", "partner", "emperor"] {
        let refused = change(
            &administrator,
            "changeUserRole",
            &login.email,
            json!({ "role": role }),
        )
        .await;
        assert_eq!(refused["code"], "INVALID_INPUT", "{role}");
    }
});

on_both!(somebody_can_always_administrate, async |app: App| {
    let login = app.user(Role::Administrator).await;
    let administrator = app.browser();
    administrator.sign_in(&login).await;
    // Nobody does it to themselves.
    for (mutation, more) in [
        ("disableUser", json!({})),
        ("changeUserRole", json!({ "role": "finance" })),
    ] {
        let refused = change(&administrator, mutation, &login.email, more).await;
        assert_eq!(refused["code"], "CONFLICT", "{mutation}");
    }
    // And a token from elsewhere does not take the last one away.
    let known = user(&administrator, &login.email).await;
    let input = json!({ "userId": known["id"], "expectedVersion": known["version"] });
    let refused = app.administrator().run("disableUser", input, "").await;
    assert_eq!(refused["code"], "CONFLICT");
});

on_both!(
    what_is_sensitive_asks_for_a_fresh_proof,
    async |app: App| {
        let administrator = app.signed_in(Role::Administrator).await;
        app.later(TimeDelta::minutes(11));
        let input =
            json!({ "email": "noor@example.com", "displayName": "Noor", "role": "finance" });
        let refused = administrator.run("inviteUser", input.clone(), "").await;
        assert_eq!(
            (&refused["__typename"], &refused["code"]),
            (&json!("StepUpRequired"), &json!("STEP_UP_REQUIRED"))
        );
        let role =
            json!({ "name": "analyst", "expectedVersion": 1, "isSecondFactorRequired": true });
        assert_eq!(
            administrator.run("updateRole", role, "").await["code"],
            "STEP_UP_REQUIRED"
        );
        assert!(
            app.storage_text("identity_user")
                .await
                .find("noor")
                .is_none()
        );
    }
);
