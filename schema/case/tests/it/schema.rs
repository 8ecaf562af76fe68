//! The published schema is the one in the repository.

use std::{fs, path::Path};

use schema_kernel::guard::{Decision, Rights};

use crate::kit::{customer, staff};

#[test]
fn the_committed_schema_is_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let schema = schema_case::sdl().unwrap();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == schema,
        "schema.graphql has drifted: run the test again with UPDATE_SCHEMA=1"
    );
}

#[test]
fn every_field_declares_its_scopes() {
    let rights = Rights::from_sdl(&schema_case::sdl().unwrap()).unwrap();
    let everybody = [customer(1), staff("clerk")];
    for (type_name, field) in rights.fields() {
        for actor in &everybody {
            assert_ne!(
                rights.decide(type_name, field, actor),
                Decision::Undeclared,
                "{type_name}.{field}"
            );
        }
    }
}

#[test]
fn everything_is_described() {
    let schema = schema_case::sdl().unwrap();
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
