//! The schema can be read by those who may.

use schema_gateway::{GraphQlRequest, Limits, RequestContext};
use serde_json::json;

use crate::toy::{Toy, error_paths, to_json};

/// What GraphiQL asks first.
const FULL: &str = "query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
  types { ...FullType } directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description fields(includeDeprecated: true) { name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";

#[tokio::test]
async fn the_full_query_of_tools_is_answered_without_asking_anybody() {
    let toy = Toy::within(Limits::default());
    let response = toy.ask(FULL).await;
    assert!(response.get("errors").is_none());
    let schema = &response["data"]["__schema"];
    assert_eq!(schema["queryType"]["name"], "Query");
    assert_eq!(schema["subscriptionType"]["name"], "Subscription");
    let types = schema["types"].as_array().unwrap();
    let user = types.iter().find(|one| one["name"] == "User").unwrap();
    assert_eq!(user["description"], "A person with an account.");
    let fields = user["fields"].as_array().unwrap();
    let nickname = fields.iter().find(|one| one["name"] == "nickname").unwrap();
    assert_eq!(nickname["isDeprecated"], true);
    assert!(fields.iter().all(|field| field["name"] != "secret"));
    let product = types.iter().find(|one| one["name"] == "Product").unwrap();
    assert_eq!(product["possibleTypes"].as_array().unwrap().len(), 2);
    assert!(toy.seen().is_empty());
}

#[tokio::test]
async fn plumbing_is_not_shown() {
    let response = Toy::new()
        .ask("{ __schema { types { name } directives { name } } }")
        .await;
    let text = response.to_string();
    for hidden in [
        "join__",
        "link__",
        "\"link\"",
        "inaccessible",
        "requiresScopes",
        "_Any",
        "_Entity",
        "_Service",
    ] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn the_schema_and_data_may_be_asked_for_together() {
    let query = "query($name: String!) { user(id: 1) { name } t: __type(name: $name) { kind } me: __typename name: __type(name: \"Nope\") { kind } }";
    let response = Toy::new().ask_with(query, json!({"name": "Book"})).await;
    let expected =
        json!({"user": {"name": "User 1"}, "t": {"kind": "OBJECT"}, "me": "Query", "name": null});
    assert_eq!(response, json!({"data": expected}));
}

#[tokio::test]
async fn it_is_open_only_where_the_host_says_so() {
    let toy = Toy::new();
    for query in [
        "{ __schema { types { name } } }",
        "{ ...F } fragment F on Query { t: __type(name: \"User\") { name } }",
    ] {
        let response = toy
            .gateway
            .execute(GraphQlRequest::new(query), RequestContext::new("request-2"))
            .await;
        assert!(response.is_request_error());
        assert_eq!(error_paths(&to_json(&response)), [": FORBIDDEN"]);
    }
    let response = toy
        .gateway
        .execute(
            GraphQlRequest::new("{ __typename }"),
            RequestContext::new("request-3"),
        )
        .await;
    assert_eq!(to_json(&response), json!({"data": {"__typename": "Query"}}));
}

#[tokio::test]
async fn type_names_of_concrete_types_cost_no_fetch() {
    let toy = Toy::new();
    let response = toy
        .ask("{ reviews { a: __typename author { b: __typename } } }")
        .await;
    assert_eq!(
        response["data"]["reviews"][0],
        json!({"a": "Review", "author": {"b": "User"}})
    );
    assert_eq!(toy.seen().len(), 1);
}

#[tokio::test]
async fn nesting_without_end_is_refused() {
    let query = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";
    let response = Toy::new().ask(query).await;
    assert!(response.get("data").is_none());
    assert_eq!(error_paths(&response), [": GRAPHQL_VALIDATION_FAILED"]);
}
