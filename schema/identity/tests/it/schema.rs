//! The published schema is the one in the repository.

use schema_kernel::{
    Actor,
    guard::{Decision, Rights},
};

#[test]
fn the_committed_schema_is_the_schema() {
    let committed = include_str!("../../schema.graphql");
    assert!(
        committed == schema_identity::sdl().unwrap(),
        "schema.graphql has drifted: run `jetbridge schema`"
    );
}

#[test]
fn every_field_declares_its_scopes() {
    let rights = Rights::from_sdl(&schema_identity::sdl().unwrap()).unwrap();
    for (type_name, field) in rights.fields() {
        let decision = rights.decide(type_name, field, &Actor::anonymous());
        assert_ne!(decision, Decision::Undeclared, "{type_name}.{field}");
    }
}

#[test]
fn everything_is_described() {
    let schema = schema_identity::sdl().unwrap();
    let lines: Vec<&str> = schema.lines().collect();
    for pair in lines.windows(2) {
        let declares = ["type ", "enum ", "input ", "union "]
            .iter()
            .any(|word| pair[1].starts_with(word));
        let federation = [
            "_Service",
            "_Any",
            "_Entity",
            "Query",
            "Mutation",
            "Subscription",
            "Connection",
            "Edge",
            "PageInfo",
        ]
        .iter()
        .any(|name| pair[1].contains(name));
        assert!(
            !declares || federation || pair[0] == "\"\"\"",
            "{} has no description",
            pair[1]
        );
    }
}
