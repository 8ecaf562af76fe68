//! Who may depend on whom (docs/architecture.md), read from the manifests.

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

const SUBGRAPHS: [&str; 6] = [
    "schema-profile",
    "schema-order",
    "schema-case",
    "schema-compensation",
    "schema-engagement",
    "schema-identity",
];

/// Our crates, each with what it is built from (dependencies of tests left out).
fn crates() -> BTreeMap<String, Vec<String>> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--manifest-path",
            concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"),
        ])
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| {
            let used = package["dependencies"].as_array().unwrap().iter();
            (
                text(&package["name"]),
                used.filter(|dependency| dependency["kind"].is_null())
                    .map(|dependency| text(&dependency["name"]))
                    .collect(),
            )
        })
        .collect()
}

fn ours(used: &[String], all: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut ours: Vec<_> = used
        .iter()
        .filter(|name| all.contains_key(*name))
        .cloned()
        .collect();
    ours.sort();
    ours
}

#[test]
fn a_subgraph_stands_on_the_kernel_and_never_on_another_subgraph() {
    let crates = crates();
    for subgraph in SUBGRAPHS {
        assert_eq!(
            ours(&crates[subgraph], &crates),
            ["entities", "schema-kernel"],
            "{subgraph}"
        );
    }
}

#[test]
fn what_is_stored_and_how_it_changes_know_nothing_of_ours() {
    let crates = crates();
    for name in ["entities", "migrations", "schema-gateway"] {
        assert!(
            ours(&crates[name], &crates).is_empty(),
            "{name} uses {:?}",
            ours(&crates[name], &crates)
        );
    }
    assert_eq!(ours(&crates["schema-kernel"], &crates), ["entities"]);
}

#[test]
fn http_and_configuration_stay_in_the_server() {
    for (name, used) in crates() {
        // The kit starts the server, and asks it for its roles as its command line does.
        if !["server", "tests"].contains(&name.as_str()) {
            for banned in ["axum", "figment", "clap", "jsonwebtoken"] {
                // What a kiosk signs is believed by the key that identity holds of it.
                let is_allowed = name == "schema-identity" && banned == "jsonwebtoken";
                assert!(
                    is_allowed || !used.iter().any(|dependency| dependency == banned),
                    "{name} uses {banned}"
                );
            }
        }
    }
}

#[test]
fn the_graph_and_sql_meet_only_where_they_should() {
    let crates = crates();
    assert!(
        !crates["entities"]
            .iter()
            .any(|dependency| dependency.starts_with("async-graphql"))
    );
    assert!(
        !crates["schema-gateway"]
            .iter()
            .any(|dependency| dependency.starts_with("sea-orm"))
    );
}
