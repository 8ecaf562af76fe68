//! The committed schema is the one the code makes. `UPDATE_SCHEMA=1 cargo test -p schema-order --test schema` writes it
//! anew.

use std::{fs, path::Path};

use schema_kernel::{
    Actor,
    guard::{Decision, guard},
};

#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let made = schema_order::sdl().unwrap();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "schema.graphql is not what the code makes; run the test with UPDATE_SCHEMA=1 and read the difference"
    );
}

#[test]
fn every_field_declares_who_may_read_it() {
    let guarded = guard(schema_order::builder()).unwrap();
    let service = Actor::service("test");
    let rights = guarded.rights();
    let undeclared: Vec<(&str, &str)> = rights
        .fields()
        .filter(|(noun, field)| rights.decide(noun, field, &service) != Decision::Allowed)
        .collect();
    assert_eq!(undeclared, Vec::<(&str, &str)>::new());
}
