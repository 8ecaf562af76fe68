use serde_json::json;
use server::auth::Role;
use tests::{App, build::Trip, on_both};

on_both!(
    exposure_is_what_may_still_have_to_be_paid,
    async |app: App| {
        let trip = Trip::new(&app).await;
        let exposure = "exposure { claimCount openAmounts { currency amountMinor } }";
        assert_eq!(
            trip.flight.read(&app, exposure).await["exposure"],
            json!({ "claimCount": 0, "openAmounts": [] })
        );
        trip.flight.delay(&app, 245, "41").await;
        assert_eq!(
            trip.flight.read(&app, exposure).await["exposure"],
            json!({ "claimCount": 2, "openAmounts": [{ "currency": "EUR", "amountMinor": 120_000 }] })
        );
        trip.flight.restore(&app).await;
        assert_eq!(
            trip.flight.read(&app, exposure).await["exposure"]["openAmounts"],
            json!([])
        );
    }
);

on_both!(exposure_is_for_those_who_answer_for_it, async |app: App| {
    let trip = Trip::new(&app).await;
    trip.flight.delay(&app, 245, "41").await;
    let query = "query($id: ID!) { flight(id: $id) { exposure { claimCount } } }";
    for (role, codes) in [
        (Role::Analyst, vec![]),
        (Role::Operations, vec![]),
        (Role::CmpManager, vec![]),
        (Role::ContactCentreAgent, vec!["FORBIDDEN"]),
        (Role::CustomerAffairs, vec!["FORBIDDEN"]),
    ] {
        assert_eq!(
            app.actor(role)
                .ask_with(query, json!({ "id": trip.flight.id }))
                .await
                .codes(),
            codes,
            "{role:?}"
        );
    }
    assert_eq!(
        app.customer(&trip.customer.id)
            .ask_with(query, json!({ "id": trip.flight.id }))
            .await
            .codes(),
        ["FORBIDDEN"]
    );
});
