use chrono::TimeDelta;
use serde_json::json;
use tests::{App, build::claim::owed, on_both};

/// The types of event about last days that compensation has told, oldest first.
async fn told(app: &App) -> Vec<String> {
    let picture = app.picture().await;
    picture.texts(
        "compensation_outbox",
        &[
            "compensation.claim.due_soon.v1",
            "compensation.claim.overdue.v1",
        ],
    )
}

on_both!(last_days_are_told_of_once_each, async |app: App| {
    let (_, claim) = owed(&app, 200).await;
    let query =
        "query($day: Date!) { claims(filter: { dueBefore: $day }, first: 10) { nodes { id } } }";
    let day = claim["dueBy"]
        .as_str()
        .unwrap()
        .parse::<chrono::NaiveDate>()
        .unwrap();
    let left = day - app.now().date_naive();
    app.pay().await;
    let early = told(&app).await.len();
    app.later(left - TimeDelta::days(1));
    for _ in 0..2 {
        app.pay().await;
    }
    let near = told(&app).await.len();
    app.later(TimeDelta::days(2));
    for _ in 0..2 {
        app.pay().await;
    }
    assert_eq!(
        (early, near, told(&app).await.len()),
        (0, 2, 4),
        "two claims, each told of twice"
    );
    let overdue = app
        .agent()
        .ask_with(query, json!({ "day": app.now().date_naive() }))
        .await;
    assert_eq!(overdue.list("/claims/nodes").len(), 2);
});
