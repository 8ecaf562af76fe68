use serde_json::{Value, json};
use tests::{App, on_both, walk};

on_both!(
    airports_are_known_by_code_with_place_and_zone,
    async |app: App| {
        let query = "query($code: IataAirport!) { airport(iataCode: $code) { iataCode name city country timeZone latitude longitude } }";
        let dubai = app.agent().ask_with(query, json!({ "code": "DXB" })).await;
        assert_eq!(
            (
                dubai.text("/airport/city"),
                dubai.text("/airport/country"),
                dubai.text("/airport/timeZone")
            ),
            ("Dubai", "AE", "Asia/Dubai")
        );
        assert_eq!(
            app.agent()
                .ask_with(query, json!({ "code": "LON" }))
                .await
                .at("/airport"),
            &Value::Null,
            "a city code is no airport"
        );
        assert_eq!(
            app.agent()
                .ask_with(query, json!({ "code": "D1B" }))
                .await
                .codes(),
            ["BAD_USER_INPUT"]
        );
    }
);

on_both!(
    airports_are_found_by_the_beginning_of_a_name,
    async |app: App| {
        let query =
            "query($search: String) { airports(search: $search, first: 5) { nodes { iataCode } } }";
        let found = async |search: &str| {
            app.agent()
                .ask_with(query, json!({ "search": search }))
                .await
                .texts("/airports/nodes", "iataCode")
        };
        assert!(found("frankf").await.contains(&"FRA".to_owned()));
        assert_eq!(found("DXB").await, ["DXB"]);
        assert_eq!(found("no such place").await, Vec::<String>::new());
    }
);

on_both!(every_airport_comes_once, async |app: App| {
    // Airports are their codes, so they are walked by another field than `id`.
    let mut seen = std::collections::BTreeSet::new();
    let mut cursor = Value::Null;
    let agent = app.agent();
    loop {
        let query = "query($after: String) { airports(first: 100, after: $after) { nodes { iataCode } pageInfo { hasNextPage endCursor } } }";
        let page = agent.ask_with(query, json!({ "after": cursor })).await;
        for code in page.texts("/airports/nodes", "iataCode") {
            assert!(seen.insert(code.clone()), "{code} comes twice");
        }
        if page.at("/airports/pageInfo/hasNextPage") == false {
            break;
        }
        cursor = page.at("/airports/pageInfo/endCursor").clone();
    }
    assert_eq!(seen.len(), 7_884);
    assert!(walk::forward(&agent, "flights(PAGE)", 5).await.is_empty());
});
