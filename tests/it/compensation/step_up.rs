//! What moves money, or says what is owed, asks for a fresh proof of who one is.

use chrono::TimeDelta;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{
    App, Browser, Login,
    build::claim::{about, owed, request, requested},
    on_both,
};

async fn signed_in(app: &App, role: Role) -> (Browser, Login) {
    let (login, browser) = (app.user(role).await, app.browser());
    browser.sign_in(&login).await;
    (browser, login)
}

async fn step_up(browser: &Browser, login: &Login) {
    let body = json!({ "method": "PASSWORD", "code": login.password });
    assert_eq!(browser.post("/auth/step-up", &body).await.status(), 200);
}

on_both!(a_payout_is_approved_with_a_fresh_proof, async |app: App| {
    let (_, claim) = owed(&app, 245).await;
    let payout = requested(&app.agent(), request(&app, &claim)).await;
    let (browser, login) = signed_in(&app, Role::Finance).await;
    app.later(TimeDelta::minutes(11));
    let mut approval = about(&payout);
    approval["idempotencyKey"] = json!(app.key());
    let before = app.picture().await;
    let refused = browser.run("approvePayout", approval.clone(), "").await;
    assert_eq!(
        (&refused["__typename"], &refused["code"]),
        (&json!("StepUpRequired"), &json!("STEP_UP_REQUIRED"))
    );
    assert_eq!(
        app.picture().await.text("compensation_payout"),
        before.text("compensation_payout")
    );
    step_up(&browser, &login).await;
    // The refusal was kept under no key: the same request is now heard.
    let approved = browser
        .run(
            "approvePayout",
            approval,
            "... on PayoutApproved { payout { id version status } }",
        )
        .await;
    assert_eq!(approved["__typename"], "PayoutApproved", "{approved:#}");

    app.pay().await;
    app.later(TimeDelta::minutes(11));
    let query = format!("{{ payout(id: {}) {{ id version status }} }}", payout["id"]);
    let sent: Value = app.administrator().ask(&query).await.at("/payout").clone();
    let mut received = about(&sent);
    received["confirmation"] = "RECEIVED".into();
    let refused = browser.run("confirmPayout", received.clone(), "").await;
    assert_eq!(refused["code"], "STEP_UP_REQUIRED", "{refused:#}");
    step_up(&browser, &login).await;
    let confirmed = browser.run("confirmPayout", received, "").await;
    assert_eq!(confirmed["__typename"], "PayoutConfirmed", "{confirmed:#}");
});

on_both!(calling_a_payout_off_moves_nothing, async |app: App| {
    let (_, claim) = owed(&app, 245).await;
    let payout = requested(&app.agent(), request(&app, &claim)).await;
    let (browser, _) = signed_in(&app, Role::Finance).await;
    app.later(TimeDelta::minutes(11));
    let mut input = about(&payout);
    input["reason"] = "asked for by mistake".into();
    let cancelled = browser.run("cancelPayout", input, "").await;
    assert_eq!(cancelled["__typename"], "PayoutCancelled", "{cancelled:#}");
});

on_both!(
    rules_come_into_force_with_a_fresh_proof,
    async |app: App| {
        let (browser, login) = signed_in(&app, Role::CmpManager).await;
        app.later(TimeDelta::minutes(11));
        let id = app.key();
        let step = json!({ "id": id, "expectedVersion": 1 });
        let mut active = step.clone();
        active["activeFrom"] = "2027-01-01".into();
        for (mutation, kind, input) in [
            ("approveRulePack", "AdvanceRulePackInput", &step),
            ("activateRulePack", "ActivateRulePackInput", &active),
            ("rollBackRulePack", "AdvanceRulePackInput", &step),
        ] {
            let query = format!(
                "mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename }} }}"
            );
            let run = async || {
                let answer = browser.ask_with(&query, json!({ "input": input })).await;
                answer.at(&format!("/{mutation}/__typename")).clone()
            };
            assert_eq!(run().await, "StepUpRequired", "{mutation}");
            step_up(&browser, &login).await;
            assert_eq!(run().await, "NotFound", "{mutation}");
            app.later(TimeDelta::minutes(11));
        }
        // What gives nobody money yet asks for nothing.
        let query = "mutation($input: AdvanceRulePackInput!) { submitRulePack(input: $input) { __typename } }";
        let answer = browser.ask_with(query, json!({ "input": step })).await;
        assert_eq!(answer.at("/submitRulePack/__typename"), "NotFound");
    }
);
