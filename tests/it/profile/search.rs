use serde_json::{Value, json};
use tests::{App, build::NewCustomer, on_both, walk};

const SEARCH: &str = "query($filter: CustomerFilter) { customers(filter: $filter, first: 50) { nodes { displayName } } }";

async fn people(app: &App) {
    NewCustomer::named("Müller")
        .with("givenName", "Anna")
        .with("email", "anna@example.com")
        .with("phone", "+4915123456789")
        .create(app)
        .await;
    NewCustomer::named("O'Brien")
        .with("givenName", "Saoirse")
        .member("EK 123 456 789", "GOLD")
        .create(app)
        .await;
    NewCustomer::named("Đặng")
        .with("givenName", "Thị Hồng")
        .create(app)
        .await;
    NewCustomer::named("Muller")
        .with("givenName", "Björn")
        .create(app)
        .await;
}

async fn found(app: &App, filter: Value) -> Vec<String> {
    let mut found = app
        .agent()
        .ask_with(SEARCH, json!({ "filter": filter }))
        .await
        .texts("/customers/nodes", "displayName");
    found.sort();
    found
}

on_both!(
    a_name_is_found_whatever_its_case_and_accents,
    async |app: App| {
        people(&app).await;
        for (typed, expected) in [
            ("muller", vec!["Anna Müller", "Björn Muller"]),
            ("MÜLLER", vec!["Anna Müller", "Björn Muller"]),
            ("mueller", vec!["Anna Müller"]),
            ("mul an", vec!["Anna Müller"]),
            ("anna mul", vec!["Anna Müller"]),
            ("bjorn", vec!["Björn Muller"]),
            ("o'brien", vec!["Saoirse O'Brien"]),
            ("obrien", vec!["Saoirse O'Brien"]),
            ("dang", vec!["Thị Hồng Đặng"]),
            ("thi hong", vec!["Thị Hồng Đặng"]),
            ("nobody", vec![]),
        ] {
            assert_eq!(
                found(&app, json!({ "name": typed })).await,
                expected,
                "{typed}"
            );
        }
    }
);

on_both!(what_is_no_name_is_told_so, async |app: App| {
    people(&app).await;
    for typed in ["%", "_", "", "  "] {
        let answer = app
            .agent()
            .ask_with(SEARCH, json!({ "filter": { "name": typed } }))
            .await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{typed}");
        assert!(
            answer.message().contains("filter.name"),
            "{}",
            answer.message()
        );
    }
});

on_both!(an_address_is_found_whole, async |app: App| {
    people(&app).await;
    for (filter, expected) in [
        (json!({ "email": "ANNA@example.com" }), vec!["Anna Müller"]),
        (json!({ "email": "nna@example.com" }), vec![]),
        (json!({ "phone": "+49 1512 3456789" }), vec!["Anna Müller"]),
        (json!({ "phone": "+4915123456780" }), vec![]),
        (
            json!({ "loyaltyNumber": "ek-123 456 789" }),
            vec!["Saoirse O'Brien"],
        ),
        (json!({ "loyaltyNumber": "EK12345678" }), vec![]),
        (json!({ "tier": "GOLD" }), vec!["Saoirse O'Brien"]),
        (json!({ "tier": "GOLD", "name": "muller" }), vec![]),
    ] {
        assert_eq!(found(&app, filter.clone()).await, expected, "{filter}");
    }
});

on_both!(
    pages_have_no_gap_and_no_repetition_where_names_are_equal,
    async |app: App| {
        for number in 0..13 {
            NewCustomer::named(if number < 9 { "Kim" } else { "Lee" })
                .create(&app)
                .await;
        }
        for sort in ["FAMILY_NAME", "CREATED_AT"] {
            let list = format!("customers(sort: {sort}, PAGE)");
            let (forward, backward) = (
                walk::forward(&app.agent(), &list, 4).await,
                walk::backward(&app.agent(), &list, 4).await,
            );
            assert_eq!(forward.len(), 13);
            assert_eq!(forward, backward, "{sort}");
        }
    }
);

on_both!(a_customer_finds_only_themselves, async |app: App| {
    people(&app).await;
    let own = NewCustomer::named("Haddad").create(&app).await;
    let answer = app
        .customer(&own.id)
        .ask_with(SEARCH, json!({ "filter": null }))
        .await;
    assert_eq!(
        answer.texts("/customers/nodes", "displayName"),
        ["Amara Haddad"]
    );
    let others = app
        .customer(&own.id)
        .ask_with(SEARCH, json!({ "filter": { "name": "muller" } }))
        .await;
    assert_eq!(others.list("/customers/nodes"), &Vec::<Value>::new());
    assert_eq!(
        app.customer(&own.id)
            .ask("{ me { displayName } }")
            .await
            .text("/me/displayName"),
        "Amara Haddad"
    );
    assert_eq!(
        app.agent().ask("{ me { displayName } }").await.at("/me"),
        &Value::Null
    );
});
