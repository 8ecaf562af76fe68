//! Every rule of GraphQL over HTTP, by the audit that belongs to its specification.

use std::process::Command;

use serde_json::{Value, json};
use tests::{App, Storage};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_audit_of_the_specification_is_passed() {
    let app = App::start(Storage::sqlite()).await;
    let mut audit = Command::new("node");
    audit
        .args(["audit.mjs", &format!("{}/graphql", app.url())])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/audit"));
    let output = tokio::task::spawn_blocking(move || audit.output())
        .await
        .unwrap();

    let output = output.unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        let said = String::from_utf8_lossy(&output.stderr);
        panic!("`npm ci --prefix tests/audit` installs the audit:\n{said}")
    });
    assert_eq!(found, json!({ "passed": 61, "failed": [] }), "{found:#}");
}
