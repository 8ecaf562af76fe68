//! What we rely on in async-graphql, so that an upgrade cannot change it unseen (docs/decisions/0003).

use async_graphql::{
    EmptyMutation, EmptySubscription, Error, ID, InputObject, MaybeUndefined, Object, Request,
    Schema, SimpleObject, Variables, value,
};

struct Query;

struct Container;

#[Object]
impl Container {
    async fn ok(&self) -> i32 {
        1
    }

    async fn fails(&self) -> Result<i32, Error> {
        Err(Error::new("broken"))
    }

    async fn fails_alone(&self) -> Option<Result<i32, Error>> {
        Some(Err(Error::new("broken")))
    }
}

#[derive(InputObject)]
struct Patch {
    name: MaybeUndefined<String>,
}

#[derive(SimpleObject)]
struct Thing {
    id: ID,
}

#[Object]
impl Query {
    async fn container(&self) -> Option<Container> {
        Some(Container)
    }

    async fn state(&self, patch: Patch) -> &'static str {
        match patch.name {
            MaybeUndefined::Undefined => "undefined",
            MaybeUndefined::Null => "null",
            MaybeUndefined::Value(_) => "value",
        }
    }

    #[graphql(entity)]
    async fn thing(&self, id: ID) -> Option<Result<Thing, Error>> {
        (id.as_str() != "bad").then_some(Ok(Thing { id }))
    }
}

async fn run(request: impl Into<Request>) -> async_graphql::Response {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .enable_federation()
        .limit_depth(5)
        .limit_aliases(2)
        .finish()
        .execute(request.into())
        .await
}

#[tokio::test]
async fn a_failing_non_null_field_nulls_its_parent() {
    let response = run("{ container { ok fails } }").await;
    assert_eq!(response.data, value!({ "container": null }));
    assert_eq!(response.errors.len(), 1);
}

#[tokio::test]
async fn a_failing_nullable_field_nulls_only_itself() {
    let response = run("{ container { ok failsAlone } }").await;
    assert_eq!(
        response.data,
        value!({ "container": { "ok": 1, "failsAlone": null } })
    );
    assert_eq!(response.errors.len(), 1);
}

#[tokio::test]
async fn an_object_whose_fields_are_all_skipped_is_empty_and_not_null() {
    let response = run("{ container { ok @skip(if: true) } }").await;
    assert_eq!(response.data, value!({ "container": {} }));
}

#[tokio::test]
async fn an_omitted_nested_variable_is_undefined() {
    let query = "query($name: String) { state(patch: { name: $name }) }";
    let answer = async |variables: serde_json::Value| {
        run(Request::new(query).variables(Variables::from_json(variables)))
            .await
            .data
    };
    assert_eq!(
        answer(serde_json::json!({})).await,
        value!({ "state": "undefined" })
    );
    assert_eq!(
        answer(serde_json::json!({ "name": null })).await,
        value!({ "state": "null" })
    );
    assert_eq!(
        answer(serde_json::json!({ "name": "x" })).await,
        value!({ "state": "value" })
    );
}

#[tokio::test]
async fn one_bad_key_nulls_one_entity_and_keeps_its_batch() {
    let query = r#"{ _entities(representations: [{__typename: "Thing", id: "a"}, {__typename: "Thing", id: "bad"}, {__typename: "Thing", id: "b"}]) { ... on Thing { id } } }"#;
    let response = run(query).await;
    assert_eq!(
        response.data,
        value!({ "_entities": [{ "id": "a" }, null, { "id": "b" }] })
    );
}

#[tokio::test]
async fn limits_refuse_before_anything_runs() {
    let deep = run("{ container { __typename ...{ ...{ ok } } } a: container { ok } b: container { ok } c: container { ok } }").await;
    assert!(!deep.errors.is_empty());
    assert_eq!(deep.data, async_graphql::Value::Null);
}
