//! No field is reached without a decision, by whatever path.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use async_graphql::{
    EmptyMutation, EmptySubscription, Executor, ID, Interface, Object, Request, Schema,
    SimpleObject, value,
};
use schema_kernel::{
    Actor, ActorKind, Clock, IdSource, Session,
    guard::{Decision, Guarded, Rights, guard},
};

struct Query;

#[derive(SimpleObject)]
#[graphql(requires_scopes = "thing:read")]
struct Thing {
    name: &'static str,
    #[graphql(requires_scopes = "thing:secret")]
    secret: &'static str,
    #[graphql(requires_scopes = "thing:secret")]
    hint: Option<&'static str>,
}

#[derive(SimpleObject)]
struct Forgotten {
    name: &'static str,
}

#[derive(Interface)]
#[graphql(requires_scopes = "public", field(name = "name", ty = "&&'static str"))]
enum Named {
    Thing(Thing),
}

struct Entity(ID);

#[Object]
impl Entity {
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> &ID {
        &self.0
    }

    #[graphql(requires_scopes = "thing:secret")]
    async fn secret(&self) -> &'static str {
        "hidden"
    }
}

const THING: Thing = Thing {
    name: "chart",
    secret: "hidden",
    hint: Some("hidden, too"),
};

#[Object]
impl Query {
    #[graphql(requires_scopes = "public")]
    async fn thing(&self) -> Option<Thing> {
        Some(THING)
    }

    #[graphql(requires_scopes = "public")]
    async fn named(&self) -> Option<Named> {
        Some(Named::Thing(THING))
    }

    #[graphql(requires_scopes = "public")]
    async fn forgotten(&self) -> Option<Forgotten> {
        Some(Forgotten {
            name: "nobody decided",
        })
    }

    #[graphql(entity)]
    async fn entity(&self, id: ID) -> Option<Entity> {
        Some(Entity(id))
    }
}

fn schema() -> Guarded<Schema<Query, EmptyMutation, EmptySubscription>> {
    guard(Schema::build(Query, EmptyMutation, EmptySubscription)).unwrap()
}

async fn ask(scopes: &[&str], query: &str) -> async_graphql::Response {
    let actor = Actor::new(
        "someone",
        ActorKind::Staff,
        "role",
        scopes.iter().map(|&scope| scope.to_owned()),
    );
    let session = Session::new(actor, "request", Clock::system(), IdSource::random());
    schema().execute(Request::new(query).data(session)).await
}

fn code(response: &async_graphql::Response) -> Option<async_graphql::Value> {
    response
        .errors
        .first()?
        .extensions
        .as_ref()?
        .get("code")
        .cloned()
}

#[tokio::test]
async fn a_denied_field_nulls_its_place_and_says_so() {
    let response = ask(&["thing:read"], "{ thing { name secret } }").await;
    assert_eq!(response.data, value!({ "thing": null }));
    assert_eq!(code(&response), Some("FORBIDDEN".into()));
    let path = serde_json::to_value(&response.errors[0].path).unwrap();
    assert_eq!(path, serde_json::json!(["thing", "secret"]));
}

#[tokio::test]
async fn a_denied_field_that_may_be_null_leaves_the_rest() {
    let response = ask(&["thing:read"], "{ thing { name hint } }").await;
    assert_eq!(
        response.data,
        value!({ "thing": { "name": "chart", "hint": null } })
    );
    assert_eq!(code(&response), Some("FORBIDDEN".into()));
    let path = serde_json::to_value(&response.errors[0].path).unwrap();
    assert_eq!(path, serde_json::json!(["thing", "hint"]));
}

#[tokio::test]
async fn an_allowed_field_is_answered() {
    let response = ask(&["thing:read", "thing:secret"], "{ thing { name secret } }").await;
    assert_eq!(
        response.data,
        value!({ "thing": { "name": "chart", "secret": "hidden" } })
    );
}

#[tokio::test]
async fn nobody_in_particular_is_asked_to_sign_in() {
    let response = schema().execute(Request::new("{ thing { name } }")).await;
    assert_eq!(code(&response), Some("UNAUTHENTICATED".into()));
}

#[tokio::test]
async fn there_is_no_way_round() {
    let ways = [
        "{ thing { alias: secret } }",
        "{ thing { ... { secret } } }",
        "{ thing { ...F } } fragment F on Thing { secret }",
        "{ named { ... on Thing { secret } } }",
        "{ thing { secret @include(if: true) } }",
        r#"{ _entities(representations: [{__typename: "Entity", id: "1"}]) { ... on Entity { secret } } }"#,
        r#"{ _entities(representations: [{__typename: "Entity", id: "1"}]) { ...E } } fragment E on Entity { id secret }"#,
    ];
    for way in ways {
        let response = ask(&["thing:read"], way).await;
        assert_eq!(code(&response), Some("FORBIDDEN".into()), "{way}");
        assert!(
            !serde_json::to_string(&response.data)
                .unwrap()
                .contains("hidden"),
            "{way}"
        );
    }
}

#[tokio::test]
async fn an_interface_is_no_wider_than_its_types() {
    assert_eq!(
        code(&ask(&[], "{ named { name } }").await),
        Some("FORBIDDEN".into())
    );
    assert_eq!(
        ask(&["thing:read"], "{ named { name } }").await.data,
        value!({ "named": { "name": "chart" } })
    );
}

#[tokio::test]
async fn a_field_nobody_decided_about_is_denied() {
    let response = ask(&["thing:read", "thing:secret"], "{ forgotten { name } }").await;
    assert_eq!(code(&response), Some("FORBIDDEN".into()));
    let everything = Arc::new(schema());
    assert_eq!(
        everything
            .rights()
            .decide("Forgotten", "name", &Actor::service("test")),
        Decision::Undeclared
    );
}

#[tokio::test]
async fn the_marker_is_not_part_of_the_published_schema() {
    assert!(!schema().sdl().contains("denied"));
    for (key, query) in [
        ("_service", "{ _service { sdl } }"),
        ("own", "{ own: _service { sdl } }"),
    ] {
        let answer = ask(&[], query).await.data.into_json().unwrap();
        assert_eq!(answer[key]["sdl"], schema().sdl());
    }
    assert!(
        schema()
            .sdl()
            .contains(r#"@requiresScopes(scopes: [["thing:secret"]])"#)
    );
}

/// Routers were found that pass by rights which a schema declares under another name (`@link` with `as`). Here a field
/// whose declaration is not understood is nobody's.
#[test]
fn a_right_under_another_name_opens_nothing() {
    let sdl = r#"
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [{ name: "@requiresScopes", as: "@needs" }])
        type Query { open: String @needs(scopes: [["public"]]) named: String @requiresScopes(scopes: [["public"]]) }
    "#;
    let rights = Rights::from_sdl(sdl).unwrap();
    let decide = |field| rights.decide("Query", field, &Actor::anonymous());
    assert_eq!(
        (decide("open"), decide("named")),
        (Decision::Undeclared, Decision::Allowed)
    );
}
