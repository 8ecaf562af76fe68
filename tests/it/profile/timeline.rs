use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{App, build::Trip, on_both, walk};

on_both!(
    entries_come_newest_first_from_every_domain,
    async |app: App| {
        let trip = Trip::new(&app).await;
        app.later(TimeDelta::hours(1));
        trip.flight.delay(&app, 245, "72").await;
        let timeline = trip
            .customer
            .read(
                &app,
                "timeline(first: 100) { nodes { occurredAt category kind } }",
            )
            .await;
        let entries = timeline["timeline"]["nodes"].as_array().unwrap();
        let times: Vec<&str> = entries
            .iter()
            .map(|entry| entry["occurredAt"].as_str().unwrap())
            .collect();
        assert!(
            times.is_sorted_by(|later, earlier| later >= earlier),
            "{times:?}"
        );
        for (kind, category) in [
            ("profile.customer.created.v1", "PROFILE"),
            ("order.order.placed.v1", "TRAVEL"),
            ("order.journey.disrupted.v1", "TRAVEL"),
            ("compensation.claim.opened.v1", "MONEY"),
            ("case.case.opened.v1", "CONTACT"),
        ] {
            let entry = entries
                .iter()
                .find(|entry| entry["kind"] == kind)
                .unwrap_or_else(|| panic!("no {kind} in {entries:#?}"));
            assert_eq!(entry["category"], category);
        }
    }
);

on_both!(a_page_narrows_by_category_and_time, async |app: App| {
    let trip = Trip::new(&app).await;
    app.later(TimeDelta::hours(1));
    let noon = app.now().to_rfc3339();
    trip.flight.delay(&app, 245, "41").await;
    let count = async |filter: Value| {
        let query = "query($id: ID!, $filter: TimelineFilter) { customer(id: $id) { timeline(filter: $filter, first: 100) { nodes { kind } } } }";
        let answer = app
            .agent()
            .ask_with(query, json!({ "id": trip.customer.id, "filter": filter }))
            .await;
        answer.list("/customer/timeline/nodes").len()
    };
    let all = count(Value::Null).await;
    let (before, after) = (
        count(json!({ "to": noon })).await,
        count(json!({ "from": noon })).await,
    );
    assert_eq!(before + after, all);
    assert_eq!(count(json!({ "categories": ["MONEY"] })).await, 2);
    assert_eq!(
        count(json!({ "categories": ["MONEY", "TRAVEL"], "from": noon })).await,
        after
    );
    assert_eq!(count(json!({ "categories": [] })).await, all);
});

on_both!(
    pages_have_no_gap_where_everything_happened_at_once,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "72").await;
        let list = format!("customer(id: \"{}\") {{ timeline(PAGE)", trip.customer.id);
        let (forward, backward) = (
            walk::forward(&app.agent(), &list, 3).await,
            walk::backward(&app.agent(), &list, 3).await,
        );
        assert_eq!(forward.len(), trip.timeline(&app).await.len());
        assert_eq!(forward, backward);
    }
);

on_both!(
    titles_are_written_in_the_language_that_is_asked_for,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "41").await;
        let titles = trip.customer.read(&app, "timeline(first: 1) { nodes { english: title(locale: \"en\") arabic: title(locale: \"ar\") } }").await;
        let title = &titles["timeline"]["nodes"][0];
        assert!(
            title["english"].as_str().unwrap().is_ascii()
                && !title["arabic"].as_str().unwrap().is_ascii(),
            "{title}"
        );
    }
);
