//! Every event that a test causes is held against the committed schema of its type.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::OnceLock,
};

use jsonschema::Validator;
use schema_kernel::{Database, Event, outbox::Domain};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;

/// The folders of the domains, each with a folder `events`.
const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema");

static VALIDATORS: OnceLock<BTreeMap<String, Validator>> = OnceLock::new();

/// The committed schemas, by the type of event.
pub fn schemas() -> BTreeMap<String, Value> {
    let mut schemas = BTreeMap::new();
    for domain in entries(Path::new(SCHEMAS)) {
        for file in entries(&domain.join("events")) {
            let text = std::fs::read_to_string(&file).expect("a schema");
            let schema = serde_json::from_str(&text).expect("a schema is JSON");
            let kind = file.file_stem().and_then(|stem| stem.to_str());
            schemas.insert(kind.expect("a name").to_owned(), schema);
        }
    }
    schemas
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).map(|entries| {
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths.collect()
    });
    entries.unwrap_or_default()
}

fn validators() -> &'static BTreeMap<String, Validator> {
    VALIDATORS.get_or_init(|| {
        let compiled = schemas().into_iter().map(|(kind, mut schema)| {
            close(&mut schema);
            let validator = jsonschema::draft202012::options()
                .should_validate_formats(true)
                .build(&schema);
            let validator = validator.unwrap_or_else(|error| panic!("{kind}: {error}"));
            (kind, validator)
        });
        compiled.collect()
    })
}

/// Lets objects have no other values than the schema names. Others may read our events with the open schema, as we may add
/// to them; we ourselves decide of every value before it is told.
fn close(schema: &mut Value) {
    let Value::Object(keywords) = schema else {
        return;
    };
    if keywords.contains_key("properties") {
        keywords.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    for keyword in keywords.values_mut() {
        close(keyword);
    }
}

/// Fails when the event is not what the schema of its type says, or there is none.
#[track_caller]
pub fn assert_valid(event: &Event) {
    let kind = &event.kind;
    let Some(validator) = validators().get(kind) else {
        panic!(
            "{kind} has no schema; write schema/{}/events/{kind}.json, and a line of docs/events.md",
            event.source
        );
    };
    let written = serde_json::to_value(event.cloud_event()).expect("an event is JSON");
    let problems: Vec<String> = validator
        .iter_errors(&written)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(
        problems.is_empty(),
        "{kind} is not as schema/{}/events/{kind}.json says: {problems:#?}\n{written:#}",
        event.source
    );
}

/// How far the outboxes were looked at.
#[derive(Debug, Default)]
pub struct Seen(HashMap<&'static str, i64>);

impl Seen {
    /// Holds every event that came since against its schema, and says how many there were.
    pub async fn check(&mut self, database: &Database, domain: Domain) -> usize {
        let last = self.0.entry(domain.0).or_default();
        let events = Statement::from_string(
            database.backend(),
            format!(
                "SELECT sequence, id, kind, subject, customer_id, time, correlation_id, data FROM {}_outbox WHERE sequence > {last} ORDER BY sequence",
                domain.0
            ),
        );
        let rows = database.reader().query_all_raw(events).await;
        let rows = rows.expect("the database answers");
        for row in &rows {
            *last = row.try_get("", "sequence").expect("a number");
            assert_valid(&Event {
                id: row.try_get("", "id").expect("an id"),
                source: domain.0.to_owned(),
                kind: row.try_get("", "kind").expect("a type"),
                subject: row.try_get("", "subject").expect("a subject"),
                time: row.try_get("", "time").expect("an instant"),
                customer_id: row.try_get("", "customer_id").expect("an id or none"),
                correlation_id: row.try_get("", "correlation_id").expect("a request"),
                data: row.try_get("", "data").expect("facts"),
            });
        }
        rows.len()
    }
}
