//! The committed definition is the one the code makes.

use schema_kernel::{
    Actor, ActorKind,
    guard::{Decision, guard},
};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");

#[test]
fn the_committed_schema_is_current() {
    let sdl = schema_compensation::sdl().unwrap();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(COMMITTED, &sdl).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
    assert!(
        committed == sdl,
        "schema.graphql is not what the code makes; run this test with UPDATE_SCHEMA=1"
    );
}

#[test]
fn every_field_declares_who_may_read_it() {
    let guarded = guard(schema_compensation::builder()).unwrap();
    let nobody = Actor::new("nobody", ActorKind::Staff, "none", []);
    for (type_name, field) in guarded.rights().fields() {
        let decision = guarded.rights().decide(type_name, field, &nobody);
        assert_ne!(decision, Decision::Undeclared, "{type_name}.{field}");
    }
}

#[test]
fn everything_is_described() {
    let sdl = schema_compensation::sdl().unwrap();
    let mut is_described = false;
    for line in sdl.lines().map(str::trim) {
        let is_definition = [
            "type ",
            "enum ",
            "input ",
            "union ",
            "interface ",
            "scalar ",
        ]
        .iter()
        .any(|word| line.starts_with(word));
        let is_root = line.starts_with("type Query") || line.starts_with("type Subscription");
        if is_definition && !line.contains("Connection") && !line.contains("Edge") {
            assert!(
                is_described || is_root || line.starts_with("scalar"),
                "{line}"
            );
        }
        if !line.is_empty() {
            is_described = line.ends_with("\"\"\"");
        }
    }
}
