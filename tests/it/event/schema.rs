//! Every type of event has a schema, and every event is as its schema says.

use std::{collections::BTreeSet, path::Path};

use schema_kernel::{Event, id::EventId};
use serde_json::json;
use tests::{
    App,
    event_schema::{Seen, assert_valid, schemas},
    on_both,
    world::{import_week, populate},
};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The types that the code of the domains names.
fn types_in_code() -> BTreeSet<String> {
    let mut types = BTreeSet::new();
    let mut folders = vec![Path::new(ROOT).join("schema")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && path.components().any(|part| part.as_os_str() == "src")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                types.extend(
                    text.split('"')
                        .filter(|text| is_type(text))
                        .map(str::to_owned),
                );
            }
        }
    }
    types
}

fn is_type(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    matches!(parts.as_slice(), [domain, noun, verb, version]
        if *domain != "ops" && [domain, noun, verb].iter().all(|part| is_word(part))
            && version.strip_prefix('v').is_some_and(|number| number.parse::<u8>().is_ok()))
}

#[test]
fn every_type_has_a_schema_and_a_line_in_the_list() {
    let list = include_str!("../../../docs/events.md");
    let types = types_in_code();
    assert!(types.len() > 20, "{types:?}");
    assert_eq!(types, schemas().into_keys().collect());
    for kind in types {
        assert!(
            list.contains(&format!("`{kind}`")),
            "docs/events.md does not name {kind}"
        );
    }
}

#[test]
#[should_panic(expected = "is not as schema/case/events/case.claim.linked.v1.json says")]
fn what_a_schema_does_not_name_is_noticed() {
    let id = "01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f";
    assert_valid(&Event {
        id: EventId(id.parse().unwrap()),
        source: "case".to_owned(),
        kind: "case.claim.linked.v1".to_owned(),
        subject: id.to_owned(),
        time: "2026-11-20T08:00:00Z".parse().unwrap(),
        customer_id: None,
        correlation_id: "request".to_owned(),
        data: json!({ "case_id": id, "claim_id": id, "name": "Amara" }),
    });
}

on_both!(
    the_demo_world_and_a_real_week_tell_what_the_schemas_say,
    async |app: App| {
        populate(&app, 300).await;
        import_week(&app).await;
        let (mut seen, mut events) = (Seen::default(), 0);
        for (name, database) in app.product().databases().iter() {
            events += seen.check(database, name.domain()).await;
        }
        assert!(events > 1_000, "{events} events");
    }
);
