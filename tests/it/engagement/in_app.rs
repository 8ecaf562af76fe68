//! What customers find among their own.

use serde_json::{Value, json};
use tests::{
    App,
    build::{NewCase, NewCustomer},
    on_both,
};

use super::{person, reachable};

on_both!(what_was_read_is_not_unread, async |app: App| {
    let trip = reachable(&app).await;
    trip.flight.delay(&app, 245, "41").await;
    let client = app.customer(&trip.customer.id);
    let query = "query($id: ID!) { customer(id: $id) { unreadNotificationCount notifications(first: 5, unread: true) { nodes { id kind } } } }";
    let read = async || {
        let answer = client
            .ask_with(query, json!({ "id": trip.customer.id }))
            .await;
        answer.at("/customer").clone()
    };
    let before = read().await;
    assert_eq!(before["unreadNotificationCount"], 2);
    let first = before["notifications"]["nodes"][0].clone();

    let input = json!({ "notificationId": first["id"] });
    let selection = "notification { isUnread readAt }";
    for _ in 0..2 {
        let marked = client
            .must(
                "markNotificationRead",
                "NotificationMarkedRead",
                input.clone(),
                selection,
            )
            .await;
        assert_eq!(marked["notification"]["isUnread"], false);
    }
    let after = read().await;
    assert_eq!(after["unreadNotificationCount"], 1);
    assert_eq!(after["notifications"]["nodes"].as_array().unwrap().len(), 1);
});

on_both!(a_page_goes_on_where_the_last_one_ended, async |app: App| {
    let customer = person().create(&app).await;
    for _ in 0..5 {
        NewCase::of("COMPLAINT", &customer).open(&app).await;
    }
    app.deliver().await;
    let client = app.customer(&customer.id);
    let query = "query($after: String) { notifications(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { id } } }";
    let (mut ids, mut after) = (std::collections::HashSet::new(), Value::Null);
    loop {
        let answer = client.ask_with(query, json!({ "after": after })).await;
        let page = answer.at("/notifications").clone();
        ids.extend(
            page["nodes"]
                .as_array()
                .unwrap()
                .iter()
                .map(Value::to_string),
        );
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(ids.len(), 5);
});

on_both!(a_customer_hears_of_their_own_at_once, async |app: App| {
    let customer = person().create(&app).await;
    let other = NewCustomer::named("Khoury").create(&app).await;
    let client = app.customer(&customer.id);
    let mut stream = client
        .follow(
            "subscription { notificationArrived { kind words { title } } }",
            json!({}),
        )
        .await;
    app.until_listening(1).await;
    NewCase::of("COMPLAINT", &other).open(&app).await;
    let case = NewCase::of("COMPLAINT", &customer).open(&app).await;
    app.deliver().await;
    let heard = stream.next().await;
    let heard = &heard["notificationArrived"];
    assert_eq!(heard["kind"], "CASE_OPENED");
    assert!(
        heard["words"]["title"]
            .as_str()
            .unwrap()
            .contains(&case.reference)
    );
});

on_both!(templates_are_shown_to_administrators, async |app: App| {
    let query = "{ notificationTemplates { kind class version languages variables { name kind } preview(language: \"ar\") { title html } } }";
    let answer = app.administrator().ask(query).await;
    let templates = answer.list("/notificationTemplates");
    assert_eq!(templates.len(), 15);
    assert!(templates.iter().all(|template| {
        template["preview"]["html"]
            .as_str()
            .unwrap()
            .contains("rtl")
    }));
    assert_eq!(app.agent().ask(query).await.codes(), ["FORBIDDEN"]);
});
