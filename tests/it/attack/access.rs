//! Ways around a right: what may not be read is null with an error, whichever way it is asked for.

use reqwest::header;
use serde_json::{Value, json};
use server::auth::Role;
use tests::{App, build::Trip, on_both};

use super::{app, post, refused};

// GHSA-mx7m-j9xf-62hw: a right on one of a type and its interface was passed by asking for the other. And aliases,
// fragments, and every way through the graph.
on_both!(
    a_field_is_guarded_whichever_way_leads_to_it,
    async |app: App| {
        let trip = Trip::new(&app).await;
        trip.flight.delay(&app, 245, "72").await;
        app.deliver().await;
        let customer = app.customer(&trip.customer.id);
        for way in [
            "isEscalated",
            "x: isEscalated",
            "... on Case { x: isEscalated }",
            "...f",
            "... @include(if: true) { ...f }",
            "customer { cases(first: 1) { nodes { x: isEscalated } } }",
            "claims(first: 1) { nodes { case { ...f } } }",
        ] {
            let fragment = if way.contains("...f") {
                "fragment f on Case { x: isEscalated }"
            } else {
                ""
            };
            let query = format!(
                "{{ customer(id: \"{}\") {{ cases(first: 1) {{ nodes {{ reference {way} }} }} }} }} {fragment}",
                trip.customer.id
            );
            let answer = customer.ask(&query).await;
            assert!(
                answer.codes().contains(&"FORBIDDEN"),
                "{way}: {:#}",
                answer.body
            );
            let said = answer.body["data"].to_string();
            assert!(
                said.contains("\"reference\":\"")
                    && !said.contains("true")
                    && !said.contains("false"),
                "{way}: {said}"
            );
        }
    }
);

/// A right that is declared under another name is still one: here a field without a declaration is nobody's, and no
/// directive of a document is believed.
#[tokio::test]
async fn directives_of_a_document_give_no_rights() {
    let app = app().await;
    let client = app.actor(Role::Analyst);
    for directive in [
        "@requiresScopes(scopes: [[\"public\"]])",
        "@denied(isNullable: true)",
        "@link(url: \"https://specs.apollo.dev/requiresScopes/v0.1\", as: \"free\")",
        "@cost(weight: 0)",
        "@listSize(assumedSize: 0)",
        "@inaccessible",
        "@join__field(graph: PROFILE)",
    ] {
        let body = json!({ "query": format!("{{ customers(first: 1) {{ nodes {{ displayName {directive} }} }} }}") });
        let request = || {
            let request = post(&client).header(header::ACCEPT, "application/graphql-response+json");
            request.body(body.to_string())
        };
        let (_, answer) = refused(&app, request).await;
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED",
            "{directive}"
        );
    }
}

/// What federation uses between gateway and subgraphs is not there for clients.
#[tokio::test]
async fn the_plumbing_of_federation_is_behind_the_door() {
    let app = app().await;
    let client = app.administrator();
    for query in [
        "{ _service { sdl } }",
        "{ _entities(representations: [{__typename: \"Customer\", id: \"1\"}]) { __typename } }",
        "{ __type(name: \"join__Graph\") { name } }",
    ] {
        let answer = client.ask(query).await;
        let found = answer.body["data"]["__type"].is_null();
        assert!(
            found && (query.contains("__type(") || answer.body.get("data").is_none()),
            "{query}: {:#}",
            answer.body
        );
    }
}

/// What was planned for one caller and one operation is not given to another.
#[tokio::test]
async fn a_kept_plan_gives_nobody_anothers_rights() {
    let app = app().await;
    tests::build::NewCustomer::named("Haddad")
        .create(&app)
        .await;
    let query = "query A { customers(first: 1) { nodes { displayName } } } query B { __typename }";
    let ask = async |client: &tests::Client, operation: &str| -> Value {
        let body = json!({ "query": query, "operationName": operation });
        client.post(&body).await.json().await.unwrap()
    };
    let agent = ask(&app.agent(), "A").await;
    assert_eq!(
        agent["data"]["customers"]["nodes"][0]["displayName"],
        "Amara Haddad"
    );
    let nobody = ask(&app.nobody(), "A").await;
    assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert!(!nobody.to_string().contains("Haddad"));
    assert_eq!(
        ask(&app.nobody(), "B").await["data"],
        json!({ "__typename": "Query" })
    );
}

/// What tools ask to show the schema fits into the limits.
#[tokio::test]
async fn the_stock_introspection_query_is_answered() {
    let app = app().await;
    let answer = app.administrator().ask(INTROSPECTION).await;
    assert!(answer.list("/__schema/types").len() > 100);
    assert_eq!(answer.body["extensions"]["cost"]["requested"], 0);
}

const INTROSPECTION: &str = "query IntrospectionQuery { __schema { description queryType { name kind } mutationType { name kind } subscriptionType { name kind } types { ...FullType } directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } } } }
fragment FullType on __Type { kind name description specifiedByURL fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";
