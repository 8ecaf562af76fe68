//! Who reaches what: nobody, somebody with an old token, and a customer with another customer's ids, at every door that
//! takes an id. A new door without a case here fails.

pub(crate) mod doors;
mod pairs;
mod rows;

use std::collections::BTreeSet;

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};
use chrono::TimeDelta;
use serde_json::Value;
use server::auth::Role;
use tests::{App, on_both};

use self::doors::{Door, Known, Seen, doors};

/// The root fields of the supergraph that take an id, in their arguments or anywhere inside an input.
fn root_fields_with_ids() -> BTreeSet<String> {
    let document = parse_schema(include_str!("../../schema/supergraph.graphql")).unwrap();
    let types: Vec<TypeDefinition> = document
        .definitions
        .into_iter()
        .filter_map(type_definition)
        .collect();
    let mut found = BTreeSet::new();
    for root in types
        .iter()
        .filter(|definition| ["Query", "Mutation"].contains(&definition.name.node.as_str()))
    {
        let TypeKind::Object(object) = &root.kind else {
            continue;
        };
        for field in &object.fields {
            if field
                .node
                .arguments
                .iter()
                .any(|argument| holds_id(&argument.node, &types, 0))
            {
                found.insert(field.node.name.node.to_string());
            }
        }
    }
    found
}

fn type_definition(definition: TypeSystemDefinition) -> Option<TypeDefinition> {
    match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
    }
}

fn holds_id(value: &InputValueDefinition, types: &[TypeDefinition], depth: u8) -> bool {
    fn name(wrapped: &Type) -> &str {
        match &wrapped.base {
            BaseType::Named(name) => name,
            BaseType::List(inner) => name(inner),
        }
    }
    let name = name(&value.ty.node);
    let inside = types.iter().find(|definition| definition.name.node == name);
    name == "ID"
        || inside.is_some_and(|definition| match &definition.kind {
            TypeKind::InputObject(input) => {
                depth < 5
                    && input
                        .fields
                        .iter()
                        .any(|field| holds_id(&field.node, types, depth + 1))
            }
            _ => false,
        })
}

#[test]
fn every_door_that_takes_an_id_has_its_case() {
    let covered: BTreeSet<String> = doors(&Known::at(""))
        .iter()
        .map(|door: &Door| door.field.to_owned())
        .collect();
    assert_eq!(covered, root_fields_with_ids());
}

on_both!(nobody_enters, async |app: App| {
    let known = Known::new(&app).await;
    let before = app.picture().await;
    for door in doors(&known) {
        let answer = app
            .nobody()
            .ask_with(&door.document, door.variables.clone())
            .await;
        assert!(
            !answer.codes().is_empty()
                && answer.codes().iter().all(|code| *code == "UNAUTHENTICATED"),
            "{}: {:#}",
            door.field,
            answer.body
        );
        assert!(
            is_empty(&answer.body["data"]),
            "{}: {:#}",
            door.field,
            answer.body
        );
    }
    before.assert_same(&app.picture().await, "nobody");
});

on_both!(an_old_token_opens_nothing, async |app: App| {
    let known = Known::new(&app).await;
    let (agent, before) = (app.agent(), app.picture().await);
    app.later(TimeDelta::hours(13));
    for door in doors(&known) {
        let response = agent
            .post(&serde_json::json!({ "query": door.document, "variables": door.variables }))
            .await;
        assert_eq!(response.status(), 401, "{}", door.field);
        assert!(
            response.headers()["www-authenticate"]
                .to_str()
                .unwrap()
                .contains("invalid_token")
        );
        assert_eq!(
            response.json::<Value>().await.unwrap()["code"],
            "UNAUTHENTICATED"
        );
    }
    before.assert_same(&app.picture().await, "an old token");
});

on_both!(
    what_is_another_customers_does_not_exist,
    async |app: App| {
        let known = Known::new(&app).await;
        let stranger = app.customer(&known.stranger);
        let before = app.picture().await;
        for door in doors(&known) {
            let answer = stranger
                .ask_with(&door.document, door.variables.clone())
                .await;
            let found = &answer.body["data"][door.field];
            let as_expected = match door.seen {
                Seen::Nothing => answer.codes().is_empty() && found.is_null(),
                Seen::EmptyList => {
                    answer.codes().is_empty() && found["nodes"] == serde_json::json!([])
                }
                Seen::NotFound => found["code"] == "NOT_FOUND",
                Seen::Forbidden => {
                    answer.codes().contains(&"FORBIDDEN") && is_empty(&answer.body["data"])
                }
                Seen::Everything => answer.codes().is_empty() && !found.is_null(),
            };
            assert!(as_expected, "{}: {:#}", door.field, answer.body);
        }
        before.assert_same(&app.picture().await, "a stranger");
    }
);

on_both!(what_is_a_customers_own_opens, async |app: App| {
    let known = Known::new(&app).await;
    let owner = app.customer(&known.customer);
    for door in doors(&known)
        .into_iter()
        .filter(|door| matches!(door.seen, Seen::Nothing | Seen::EmptyList))
    {
        let answer = owner.ask_with(&door.document, door.variables.clone()).await;
        let found = &answer.body["data"][door.field];
        assert!(
            answer.codes().is_empty()
                && !found.is_null()
                && found["nodes"] != serde_json::json!([]),
            "{}: {:#}",
            door.field,
            answer.body
        );
    }
});

on_both!(
    who_holds_no_personal_scope_reaches_no_person,
    async |app: App| {
        let known = Known::new(&app).await;
        let before = app.picture().await;
        for role in [Role::Partner, Role::Kiosk, Role::Analyst] {
            for door in doors(&known)
                .into_iter()
                .filter(|door| door.seen != Seen::Everything)
                // Counts and sums, of nobody in particular.
                .filter(|door| door.field != "simulateRulePack")
                // Who works here has sessions too, and reaches no other.
                .filter(|door| role != Role::Analyst || !OWN.contains(&door.field))
            {
                let answer = app
                    .actor(role)
                    .ask_with(&door.document, door.variables.clone())
                    .await;
                assert!(
                    answer.codes().contains(&"FORBIDDEN") && is_empty(&answer.body["data"]),
                    "{role:?} at {}: {:#}",
                    door.field,
                    answer.body
                );
            }
        }
        before.assert_same(&app.picture().await, "somebody without rights");
    }
);

/// What everybody does with their own account.
const OWN: [&str; 3] = ["sessions", "revokeSession", "revokeSessions"];

/// Whether there is no value but null in it.
fn is_empty(data: &Value) -> bool {
    match data {
        Value::Null => true,
        Value::Object(fields) => fields.values().all(is_empty),
        _ => false,
    }
}
