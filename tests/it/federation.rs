//! Every extension across domains, both ways; and what is left when a domain's database is gone.

use serde_json::{Value, json};
use server::{
    App as Product, Config, Running, StartOptions, auth::Role, graph::subgraph::SubgraphName,
};
use tests::{App, OneProcess, Storage, build::Trip, on_both};

/// A trip that was disrupted for a cause that a person has to look at, and something bought.
async fn disrupted(app: &App) -> Trip {
    let trip = Trip::new(app).await;
    trip.flight.delay(app, 245, "72").await;
    let purchase = json!({
        "idempotencyKey": app.key(), "customerId": trip.customer.id, "channel": "WEB", "currency": "EUR",
        "items": [{ "category": "MERCHANDISE", "productCode": "MUG-1", "quantity": 1, "unitPriceMinor": 1200 }],
    });
    app.administrator()
        .must(
            "recordPurchase",
            "PurchaseRecorded",
            purchase,
            "purchase { id }",
        )
        .await;
    app.deliver().await;
    trip
}

on_both!(a_customer_is_extended_by_every_domain, async |app: App| {
    let trip = disrupted(&app).await;
    let customer = trip.customer.read(&app, "displayName
        orders { nodes { id recordLocator } } journeys { nodes { id } } purchases { nodes { total { formatted } } }
        cases { nodes { status } } claims { nodes { status } } timeline { nodes { kind } }").await;

    assert_eq!(
        customer["orders"]["nodes"],
        json!([{ "id": trip.order.id, "recordLocator": trip.order.locator }])
    );
    assert_eq!(
        customer["journeys"]["nodes"],
        json!([{ "id": trip.order.journeys[0] }])
    );
    assert_eq!(
        customer["purchases"]["nodes"],
        json!([{ "total": { "formatted": "EUR 12.00" } }])
    );
    assert_eq!(customer["cases"]["nodes"], json!([{ "status": "NEW" }]));
    assert_eq!(customer["claims"]["nodes"].as_array().unwrap().len(), 2);
});

on_both!(
    an_order_leads_to_its_customer_cases_claims_and_journeys,
    async |app: App| {
        let trip = disrupted(&app).await;
        let order = trip.order.read(&app, "customer { displayName } cases { nodes { order { recordLocator } customer { displayName } } }
        claims { nodes { order { recordLocator } journey { destination { iataCode } } } } journeys { claims { nodes { id } } order { id } }").await;

        assert_eq!(order["customer"]["displayName"], "Amara Okafor");
        assert_eq!(
            order["cases"]["nodes"],
            json!([{ "order": { "recordLocator": trip.order.locator }, "customer": { "displayName": "Amara Okafor" } }])
        );
        let claim = json!({ "order": { "recordLocator": trip.order.locator }, "journey": { "destination": { "iataCode": "DXB" } } });
        assert_eq!(order["claims"]["nodes"], json!([claim, claim]));
        assert_eq!(
            order["journeys"][0]["claims"]["nodes"]
                .as_array()
                .unwrap()
                .len(),
            2
        );
    }
);

on_both!(
    a_flight_knows_its_incident_and_what_it_may_cost,
    async |app: App| {
        let trip = disrupted(&app).await;
        let flight = trip.flight.read(&app, "designator incident { kind delayMinutes flight { designator } cases { nodes { flight { designator } } } }
        exposure { claimCount openAmounts { formatted } }").await;

        assert_eq!(
            flight["incident"]["flight"]["designator"],
            flight["designator"]
        );
        assert_eq!(
            (
                &flight["incident"]["kind"],
                &flight["incident"]["delayMinutes"]
            ),
            (&json!("DELAY"), &json!(245))
        );
        assert_eq!(
            flight["incident"]["cases"]["nodes"],
            json!([{ "flight": { "designator": flight["designator"] } }])
        );
        assert_eq!(
            flight["exposure"],
            json!({ "claimCount": 2, "openAmounts": [{ "formatted": "EUR 1,200.00" }] })
        );
    }
);

on_both!(a_case_leads_everywhere_and_back, async |app: App| {
    let trip = disrupted(&app).await;
    let answer = app.administrator().ask("{ cases(first: 10) { nodes { customer { displayName } order { recordLocator }
        flight { designator } incident { title } claims { nodes { case { status } flight { designator } customer { familyName } } } } } }").await;

    let case = answer.at("/cases/nodes/0");
    assert_eq!(
        (
            &case["customer"]["displayName"],
            &case["order"]["recordLocator"]
        ),
        (&json!("Amara Okafor"), &json!(trip.order.locator))
    );
    assert_eq!(case["flight"]["designator"], "EK46");
    let claim = json!({ "case": { "status": "NEW" }, "flight": { "designator": "EK46" }, "customer": { "familyName": "Okafor" } });
    assert_eq!(case["claims"]["nodes"], json!([claim, claim]));
});

on_both!(a_claim_leads_everywhere_and_back, async |app: App| {
    let trip = disrupted(&app).await;
    let answer = app.administrator().ask("{ claims(first: 10) { nodes { customer { displayName claims { nodes { id } } } order { status }
        journey { status origin { iataCode } } flight { status origin { city } } case { type claims { nodes { id } } } } } }").await;

    let claim = answer.at("/claims/nodes/0");
    assert_eq!(
        (
            &claim["order"]["status"],
            &claim["journey"]["origin"]["iataCode"]
        ),
        (&json!("OPEN"), &json!("FRA"))
    );
    assert_eq!(
        (&claim["flight"]["status"], &claim["case"]["type"]),
        (&json!("DELAYED"), &json!("COMPENSATION"))
    );
    assert_eq!(
        claim["customer"]["claims"]["nodes"]
            .as_array()
            .unwrap()
            .len(),
        trip.claims(&app).await.len()
    );
    assert_eq!(
        claim["case"]["claims"]["nodes"].as_array().unwrap().len(),
        2
    );
});

on_both!(
    a_timeline_leads_to_what_its_entries_are_about,
    async |app: App| {
        let trip = disrupted(&app).await;
        let timeline = trip.customer.read(&app, "timeline(first: 100) { nodes { kind order { recordLocator } flight { designator } case { status } claim { status } } }").await;

        let entries = timeline["timeline"]["nodes"].as_array().unwrap();
        let of = |kind: &str| {
            entries
                .iter()
                .find(|entry| entry["kind"] == kind)
                .unwrap_or_else(|| panic!("no {kind} in {entries:#?}"))
        };
        assert_eq!(
            of("order.order.placed.v1")["order"]["recordLocator"],
            trip.order.locator
        );
        assert_eq!(
            of("order.journey.disrupted.v1")["flight"]["designator"],
            "EK46"
        );
        assert_eq!(of("case.case.opened.v1")["case"]["status"], "NEW");
        assert_eq!(
            of("compensation.claim.opened.v1")["claim"]["status"],
            "NEEDS_REVIEW"
        );
    }
);

on_both!(
    an_interaction_leads_to_what_it_was_about,
    async |app: App| {
        let trip = disrupted(&app).await;
        let case = &trip.cases(&app).await[0]["id"];
        let input = json!({
            "customerId": trip.customer.id, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND", "summary": "Asked about the delay.",
            "flightId": trip.flight.id, "orderId": trip.order.id, "caseId": case,
        });
        let selection = "interaction { flight { designator } order { recordLocator } case { status } } customer { displayName }";
        let outcome = app
            .agent()
            .must("recordInteraction", "InteractionRecorded", input, selection)
            .await;
        assert_eq!(
            outcome["interaction"],
            json!({
                "flight": { "designator": "EK46" }, "order": { "recordLocator": trip.order.locator }, "case": { "status": "NEW" },
            })
        );
    }
);

on_both!(a_mutation_answers_from_every_domain, async |app: App| {
    let trip = disrupted(&app).await;
    let input =
        json!({ "caseId": trip.cases(&app).await[0]["id"], "text": "We are looking into it." });
    let selection = "case { customer { displayName tier } order { total { formatted } } claims { nodes { amount { formatted } } } }";
    let outcome = app
        .agent()
        .must("commentOnCase", "CaseCommented", input, selection)
        .await;
    assert_eq!(outcome["case"]["customer"]["displayName"], "Amara Okafor");
    assert_eq!(outcome["case"]["order"]["total"]["formatted"], "EUR 900.00");
    assert_eq!(
        outcome["case"]["claims"]["nodes"][0]["amount"]["formatted"],
        "EUR 600.00"
    );
});

on_both!(
    aliases_fragments_and_conditions_pass_between_subgraphs,
    async |app: App| {
        let trip = disrupted(&app).await;
        let query = "query($id: ID!, $with: Boolean!) { one: customer(id: $id) { ...Name open: cases(first: 1) { nodes { state: status } }
        ... on Customer @include(if: $with) { claims(first: 1) { nodes { worth: amount { formatted } } } } orders @skip(if: $with) { nodes { id } } }
        two: customer(id: $id) { ...Name } } fragment Name on Customer { __typename called: displayName }";
        let answer = app
            .agent()
            .ask_with(query, json!({ "id": trip.customer.id, "with": true }))
            .await;
        let name = json!({ "__typename": "Customer", "called": "Amara Okafor" });
        assert_eq!(answer.at("/two"), &name);
        assert_eq!(answer.at("/one/open/nodes/0/state"), "NEW");
        assert_eq!(
            answer.at("/one/claims/nodes/0/worth/formatted"),
            "EUR 600.00"
        );
        assert!(answer.at("/one").get("orders").is_none());
    }
);

/// Asks for a page over all domains, and gives back what the compensation domain could not answer.
async fn page_without_claims(app: &App, trip: &Trip) -> Value {
    let query = "query($id: ID!) { customer(id: $id) { displayName orders { nodes { id } } cases { nodes { id } } claims { nodes { id } } } }";
    let answer = app
        .agent()
        .ask_with(query, json!({ "id": trip.customer.id }))
        .await;
    let customer = &answer.body["data"]["customer"];
    assert_eq!(customer["displayName"], "Amara Okafor", "{:#}", answer.body);
    assert_eq!(customer["orders"]["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(customer["cases"]["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(customer["claims"], Value::Null);
    answer.body["errors"].clone()
}

fn assert_says_where(errors: &Value) {
    assert_eq!(errors.as_array().map(Vec::len), Some(1), "{errors:#}");
    assert_eq!(errors[0]["path"], json!(["customer", "claims"]));
    assert_eq!(errors[0]["extensions"]["code"], "INTERNAL_SERVER_ERROR");
    let text = errors.to_string();
    assert!(
        !text.contains("compensation_") && !text.contains("sqlx") && !text.contains("postgres"),
        "{text}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_others_answer_when_a_table_is_gone() {
    let app = App::start(Storage::sqlite()).await;
    let trip = disrupted(&app).await;
    app.storage().execute("DROP TABLE compensation_claim").await;
    assert_says_where(&page_without_claims(&app, &trip).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_others_answer_when_a_database_is_gone_and_readiness_says_so() {
    let elsewhere = Storage::postgres().await;
    let settings = format!("database.compensation = \"{}\"", elsewhere.url());
    let app = App::in_one_process(OneProcess::Databases, Storage::sqlite(), &settings).await;
    let trip = disrupted(&app).await;
    assert_eq!(app.nobody().get("/health/ready").await.status(), 200);
    drop(elsewhere);

    assert_says_where(&page_without_claims(&app, &trip).await);
    let ready = app.nobody().get("/health/ready").await;
    assert_eq!(ready.status(), 503);
    let reasons: Value = ready.json().await.unwrap();
    let failed: Vec<&Value> = reasons["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["status"] == "failed")
        .collect();
    assert_eq!(
        (failed.len(), &failed[0]["name"]),
        (1, &json!("database compensation")),
        "{reasons:#}"
    );
    assert_eq!(
        app.nobody().get("/health/live").await.status(),
        200,
        "restarting would not help"
    );
}

/// A subgraph alone, on the database of a product that runs.
pub(crate) async fn alone(app: &App, name: SubgraphName) -> (Running, String) {
    let toml = format!(
        "data_folder = \"{}\"\nhttp.listen = \"127.0.0.1:0\"\ndatabase.url = \"{}\"",
        app.storage().folder().display(),
        app.storage().url()
    );
    let options = StartOptions {
        subgraph: Some(name),
        clock: app.product().clock().clone(),
        ..StartOptions::default()
    };
    let product = Product::start_with(Config::from_toml(&toml).unwrap(), options)
        .await
        .unwrap();
    let token = product
        .development_token(Role::Administrator, None)
        .unwrap();
    (Running::start(product).await.unwrap(), token)
}

on_both!(a_subgraph_alone_answers_a_stock_router, async |app: App| {
    let trip = disrupted(&app).await;
    let (running, token) = alone(&app, SubgraphName::Compensation).await;
    let query = "query($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Customer { claims { nodes { status } } } ... on Claim { status } } }";
    let of = json!([
        { "__typename": "Customer", "id": trip.customer.id }, { "__typename": "Claim", "id": trip.claims(&app).await[0]["id"] },
        { "__typename": "Claim", "id": "nonsense" },
    ]);
    let client = app.at(running.url(), token);
    let answer = client.ask_with(query, json!({ "of": of })).await;
    let entities = &answer.body["data"]["_entities"];
    assert_eq!(
        entities[0]["claims"]["nodes"].as_array().unwrap().len(),
        2,
        "{:#}",
        answer.body
    );
    assert_eq!(
        (&entities[1]["status"], &entities[2]),
        (&json!("NEEDS_REVIEW"), &Value::Null)
    );
    assert_eq!(
        answer.codes(),
        ["BAD_USER_INPUT"],
        "one key that cannot be read does not fail the others"
    );
    assert!(
        client
            .ask("{ _service { sdl } }")
            .await
            .text("/_service/sdl")
            .contains("@key")
    );
    running.stop().await;
});

on_both!(a_subgraph_alone_guards_its_entities, async |app: App| {
    let trip = disrupted(&app).await;
    let (running, _) = alone(&app, SubgraphName::Compensation).await;
    let query = "query($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { id claims { nodes { status } } } } }";
    let of = json!({ "of": [{ "__typename": "Customer", "id": trip.customer.id }] });
    let answer = app
        .at(running.url(), String::new())
        .ask_with(query, of)
        .await;
    assert_eq!(
        answer.body["data"]["_entities"][0]["claims"],
        Value::Null,
        "{:#}",
        answer.body
    );
    assert_eq!(answer.codes(), ["UNAUTHENTICATED"]);
    running.stop().await;
});
