//! What cannot be consumed is set aside, in order, and replayed once what stood in its way is mended.

use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, build::Trip, on_both};

const LETTERS: &str = "{ caseDeadLetters(first: 10) { pageInfo { hasNextPage } nodes { eventId eventType source subject state reason attempts event } } }";

async fn letters(app: &App) -> Vec<Value> {
    let answer = app.administrator().ask(LETTERS).await;
    answer.list("/caseDeadLetters/nodes").to_vec()
}

/// Two delays of a flight while the case domain cannot keep incidents, and none of another flight.
async fn disturbed(app: &App) -> Trip {
    let trip = Trip::new(app).await;
    let break_it = "ALTER TABLE case_incident RENAME TO case_incident_away";
    app.storage().execute(break_it).await;
    trip.flight.delay(app, 245, "41").await;
    trip.flight.delay(app, 250, "41").await;
    app.storage()
        .execute("ALTER TABLE case_incident_away RENAME TO case_incident")
        .await;
    trip
}

async fn replay(app: &App, id: &Value) -> Value {
    let mutation =
        "mutation($input: ReplayDeadLetterInput!) { replayCaseDeadLetter(input: $input) {
        ... on DeadLetterReplayed { consumed failed { state } } ... on Problem { code } } }";
    let input = json!({ "input": { "eventId": id } });
    let answer = app.administrator().ask_with(mutation, input).await;
    answer.at("/replayCaseDeadLetter").clone()
}

on_both!(
    one_aggregate_waits_and_the_others_go_on,
    async |app: App| {
        let trip = disturbed(&app).await;
        let states: Vec<Value> = letters(&app)
            .await
            .iter()
            .map(|letter| letter["state"].clone())
            .collect();
        assert_eq!(states.len(), 2);
        assert!(
            states.contains(&json!("DEAD")) && states.contains(&json!("HELD")),
            "{states:?}"
        );
        assert_eq!(
            trip.claims(&app).await.len(),
            2,
            "other domains are not concerned"
        );

        let other = Trip::on(&app, tests::build::NewFlight::of("EK", 48, "FRA", "DXB")).await;
        other.flight.delay(&app, 245, "41").await;
        assert_eq!(other.incident(&app).await["status"], "OPEN");
    }
);

on_both!(what_is_mended_is_replayed_in_order, async |app: App| {
    let trip = disturbed(&app).await;
    let dead = letters(&app)
        .await
        .into_iter()
        .find(|letter| letter["state"] == "DEAD")
        .unwrap();
    assert_eq!(
        (&dead["eventType"], &dead["source"]),
        (&json!("order.flight.delayed.v1"), &json!("order"))
    );
    assert_eq!(
        (&dead["subject"], &dead["attempts"]),
        (&json!(trip.flight.id), &json!(4))
    );
    assert!(
        dead["event"]
            .as_str()
            .unwrap()
            .contains("\"specversion\":\"1.0\"")
    );

    let replayed = replay(&app, &dead["eventId"]).await;
    assert_eq!(
        replayed["consumed"].as_array().unwrap().len(),
        2,
        "{replayed}"
    );
    assert_eq!(replayed["failed"], Value::Null);
    assert_eq!(letters(&app).await, Vec::<Value>::new());
    assert_eq!(trip.incident(&app).await["status"], "OPEN");

    assert_eq!(replay(&app, &dead["eventId"]).await["code"], "NOT_FOUND");
});

on_both!(
    what_is_not_mended_stays_with_its_reason,
    async |app: App| {
        let trip = Trip::new(&app).await;
        app.storage()
            .execute("ALTER TABLE case_incident RENAME TO case_incident_away")
            .await;
        trip.flight.delay(&app, 245, "41").await;
        let id = letters(&app).await[0]["eventId"].clone();
        let replayed = replay(&app, &id).await;
        assert_eq!(
            (&replayed["consumed"], &replayed["failed"]["state"]),
            (&json!([]), &json!("DEAD"))
        );
        let letter = &letters(&app).await[0];
        assert_eq!(letter["attempts"], 5);
        assert!(
            letter["reason"].as_str().unwrap().contains("case_incident"),
            "{letter}"
        );
    }
);

on_both!(only_administrators_see_and_replay_them, async |app: App| {
    for role in [
        Role::ContactCentreAgent,
        Role::Operations,
        Role::CmpManager,
        Role::Partner,
    ] {
        let answer = app.actor(role).ask(LETTERS).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "{role:?}: {:#}", answer.body);
    }
    for list in ["profile", "order", "case", "compensation"] {
        let answer = app
            .administrator()
            .ask(&format!(
                "{{ {list}DeadLetters(first: 1) {{ nodes {{ eventId }} }} }}"
            ))
            .await;
        assert_eq!(answer.list(&format!("/{list}DeadLetters/nodes")).len(), 0);
    }
});
