//! The committed schema is the one the code makes. `UPDATE=1 cargo test -p schema-profile` writes it anew.

use std::{fs, path::Path};

#[test]
fn the_committed_schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema.graphql");
    let made = schema_profile::sdl().unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "schema.graphql is not what the code makes; run the test with UPDATE=1 and read the difference"
    );
}

#[test]
fn every_field_declares_who_may_read_it() {
    let guarded = schema_kernel::guard::guard(schema_profile::builder()).unwrap();
    let service = schema_kernel::Actor::service("test");
    let undeclared: Vec<(&str, &str)> = guarded
        .rights()
        .fields()
        .filter(|(type_name, field)| {
            guarded.rights().decide(type_name, field, &service)
                != schema_kernel::guard::Decision::Allowed
        })
        .collect();
    assert_eq!(undeclared, Vec::<(&str, &str)>::new());
}
