//! Who hears what.

use chrono::TimeDelta;
use serde_json::json;
use server::auth::Role;
use tests::{
    App, Storage,
    build::{NewCase, NewCustomer},
    on_both,
};

const CASE: &str = "subscription { caseChanged { id } }";

on_both!(another_customer_hears_nothing, async |app: App| {
    let (one, other) = (
        NewCustomer::named("Haddad").create(&app).await,
        NewCustomer::named("Okafor").create(&app).await,
    );
    let mut own = app.customer(&one.id).socket().await;
    let mut others = app.customer(&other.id).socket().await;
    for socket in [&mut own, &mut others] {
        socket.subscribe("1", CASE, json!({})).await;
    }
    app.until_listening(2).await;

    let first = NewCase::of("COMPLAINT", &one).open(&app).await;
    let second = NewCase::of("COMPLAINT", &other).open(&app).await;
    assert_eq!(own.next("1").await["caseChanged"]["id"], first.id);
    // Events come in order: had the other heard of the first case, it would be here.
    assert_eq!(others.next("1").await["caseChanged"]["id"], second.id);
});

on_both!(
    an_internal_comment_is_told_to_staff_alone,
    async |app: App| {
        let customer = NewCustomer::named("Haddad").create(&app).await;
        let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
        let mut own = app.customer(&customer.id).socket().await;
        let mut agents = app.agent().socket().await;
        for socket in [&mut own, &mut agents] {
            socket
                .subscribe("1", "subscription { caseChanged { status } }", json!({}))
                .await;
        }
        app.until_listening(2).await;

        let comment = json!({ "caseId": case.id, "text": "Be careful.", "visibility": "INTERNAL" });
        app.agent()
            .must("commentOnCase", "CaseCommented", comment, "case { id }")
            .await;
        assert_eq!(agents.next("1").await["caseChanged"]["status"], "NEW");
        case.bring(&app, &["TRIAGED"]).await;
        assert_eq!(own.next("1").await["caseChanged"]["status"], "TRIAGED");
    }
);

on_both!(what_may_not_be_seen_is_not_followed, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let stranger = NewCustomer::named("Okafor").create(&app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let of_case = format!(
        "subscription {{ caseChanged(caseId: \"{}\") {{ id }} }}",
        case.id
    );
    let of_nothing = "subscription { flightStatusChanged(flightId: \"01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f\") { id } }";
    for (client, query, code) in [
        (app.customer(&stranger.id), of_case.as_str(), "NOT_FOUND"),
        (app.agent(), of_nothing, "NOT_FOUND"),
        (
            app.agent(),
            "subscription { claimChanged(claimId: \"x\") { id } }",
            "BAD_USER_INPUT",
        ),
        (app.nobody(), CASE, "UNAUTHENTICATED"),
        (app.actor(Role::Kiosk), CASE, "FORBIDDEN"),
        (
            app.actor(Role::Operations),
            "subscription { claimChanged { id } }",
            "FORBIDDEN",
        ),
    ] {
        let mut socket = client.socket().await;
        socket.subscribe("1", query, json!({})).await;
        let refusal = socket.message().await;
        assert_eq!(
            (&refusal["type"], &refusal["id"]),
            (&json!("error"), &json!("1")),
            "{refusal:#}"
        );
        assert_eq!(refusal["payload"][0]["extensions"]["code"], code, "{query}");
    }
    app.until_listening(0).await;
});

on_both!(a_field_without_a_right_is_null, async |app: App| {
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut socket = app.customer(&customer.id).socket().await;
    let query = "subscription { caseChanged { id assignee { id } } }";
    socket.subscribe("1", query, json!({})).await;
    app.until_listening(1).await;

    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    let told = socket.message().await;
    assert_eq!(
        told["payload"]["data"]["caseChanged"],
        json!({ "id": case.id, "assignee": null })
    );
    assert_eq!(
        told["payload"]["errors"][0]["extensions"]["code"],
        "FORBIDDEN"
    );
});

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_ends_what_it_began() {
    let app = App::start(Storage::sqlite()).await;
    let customer = NewCustomer::named("Haddad").create(&app).await;
    let mut socket = app.agent().socket().await;
    socket.subscribe("1", CASE, json!({})).await;
    let mut stream = app.customer(&customer.id).follow(CASE, json!({})).await;
    app.until_listening(2).await;

    app.later(TimeDelta::hours(13));
    assert_eq!(socket.close_code().await, Some(4403));
    let (event, response) = stream.event().await.unwrap();
    assert_eq!(
        (event.as_str(), &response["errors"][0]["extensions"]["code"]),
        ("next", &json!("UNAUTHENTICATED"))
    );
    assert_eq!(stream.event().await.unwrap().0, "complete");
    app.until_listening(0).await;
}
