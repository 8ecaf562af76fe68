//! Two answers: the same, or what is different.

use std::collections::BTreeSet;

use async_graphql::Value;
use schema_gateway::{GraphQlError, PathSegment};

use crate::toy::Answer;

/// How many errors the gateway shows.
const SHOWN: usize = 20;

/// What is different, in words; nothing where nothing is.
pub(crate) fn difference(ours: &Answer, theirs: &Answer) -> Option<String> {
    // As text: the order of fields is part of an answer.
    let texts = [ours, theirs].map(|one| serde_json::to_string(&one.data).unwrap());
    if texts[0] != texts[1] {
        return Some(format!(
            "data\n  gateway {}\n  schema  {}",
            texts[0], texts[1]
        ));
    }
    if let Some(error) = ours.errors.iter().find(|error| error.code().is_none()) {
        return Some(format!("an error without a code: {error:?}"));
    }
    let full = [ours, theirs].map(|one| one.errors.iter().map(path_text).collect::<BTreeSet<_>>());
    if let Some(invented) = full[0].difference(&full[1]).next() {
        return Some(format!(
            "an error at {invented}, where none is: {}",
            show(&ours.errors)
        ));
    }
    let data = theirs.data.as_ref().unwrap_or(&Value::Null);
    let nulls = [ours, theirs].map(|one| {
        let places = one.errors.iter().map(|error| explained(data, &error.path));
        places.collect::<BTreeSet<_>>()
    });
    let is_cut = theirs.errors.len() > SHOWN && ours.errors.len() == SHOWN;
    if !is_cut && nulls[0] != nulls[1] {
        let missing = nulls[1].difference(&nulls[0]).next();
        return Some(format!("no error for {missing:?}: {}", show(&ours.errors)));
    }
    None
}

fn show(errors: &[GraphQlError]) -> String {
    let shown = errors
        .iter()
        .map(|error| format!("{} {}", path_text(error), error.message));
    shown.collect::<Vec<_>>().join("; ")
}

fn path_text(error: &GraphQlError) -> String {
    serde_json::to_string(&error.path).unwrap()
}

/// The path as far as the data goes. Where null took several failed fields with it, an executor need not come to all of
/// them: the specification lets it stop at the first.
fn explained(data: &Value, path: &[PathSegment]) -> String {
    let mut value = data;
    let mut place = String::new();
    for segment in path {
        let next = match (value, segment) {
            (Value::Object(object), PathSegment::Key(key)) => object.get(key),
            (Value::List(items), PathSegment::Index(index)) => items.get(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        place = format!("{place}/{segment:?}");
        value = next;
    }
    place
}
