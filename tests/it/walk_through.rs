//! The walk-through of the README, block by block as it is written there.

use serde_json::{Value, json};
use tests::{
    App, on_both,
    world::{import_week, populate},
};

const README: &str = include_str!("../../README.md");

/// The GraphQL blocks, in order.
fn blocks() -> Vec<&'static str> {
    README
        .split("```graphql\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

/// The id of Amal Haddad's flight to Dubai, where the README says to find it.
fn flight(page: &Value) -> Value {
    let journeys = page["journeys"]["nodes"].as_array().unwrap().iter();
    let segments = journeys.flat_map(|journey| journey["segments"].as_array().unwrap());
    segments
        .map(|segment| &segment["flight"])
        .find(|flight| flight["designator"] == "EK46")
        .unwrap()["id"]
        .clone()
}

on_both!(it_works_as_written, async |app: App| {
    let [page, delay, followed, queues, weighed] = blocks().try_into().unwrap();
    let administrator = app.administrator();
    populate(&app, 500).await;

    let opened = administrator.ask(page).await;
    let customer = opened.at("/customers/nodes/0");
    assert_eq!(
        (&customer["displayName"], &customer["tier"]),
        (&json!("Amal Haddad"), &json!("GOLD"))
    );

    let variables = json!({ "flight": flight(customer) });
    let recorded = administrator.ask_with(delay, variables.clone()).await;
    assert_eq!(
        recorded.text("/recordFlightEvent/__typename"),
        "FlightEventRecorded"
    );
    assert!(app.deliver().await > 0);

    let after = administrator.ask(followed).await;
    assert_eq!(
        after.text("/customers/nodes/0/claims/nodes/0/amount/formatted"),
        "EUR 600.00"
    );
    administrator.ask_with(delay, variables).await.data();
    assert_eq!(
        app.deliver().await,
        0,
        "the same delay again has nothing to tell"
    );
    assert_eq!(administrator.ask(followed).await.data(), after.data());

    let flight = json!({ "flight": flight(customer) });
    let options = administrator.ask_with(weighed, flight).await;
    assert_eq!(options.list("/flight/exposureOf").len(), 2);

    let totals = import_week(&app).await;
    assert_eq!(
        (totals.rows, totals.cancelled, totals.diverted),
        (6_701, 520, 50)
    );
    assert!(
        !administrator
            .ask(queues)
            .await
            .list("/cases/nodes")
            .is_empty()
    );
});
