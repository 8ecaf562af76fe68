//! What is asked for, whoever asks: the client, a key, or a field that requires others.

use std::{
    collections::{BTreeSet, HashSet},
    convert::Infallible,
};

use async_graphql::{
    Name, Value,
    parser::{
        parse_query,
        types::{DocumentOperations, Field, Selection, SelectionSet},
    },
};

use crate::plan::alias::key_for_client;

/// One selection.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Field(Ask),
    /// Selections for values of one type.
    On(String, Vec<Self>),
}

/// One field that is asked for.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    /// The key under which the response is to hold it.
    pub(super) key: String,
    pub(super) name: String,
    /// As in a document, parentheses included; empty where there are none.
    pub(super) arguments: String,
    pub(super) variables: BTreeSet<String>,
    pub(super) inner: Vec<Item>,
}

/// The selections of a document that holds no named fragments and no conditions.
pub(super) fn items(set: &SelectionSet) -> Vec<Item> {
    let mut items = Vec::with_capacity(set.items.len());
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => items.push(Item::Field(ask(&field.node))),
            Selection::InlineFragment(fragment) => {
                let inner = self::items(&fragment.node.selection_set.node);
                match &fragment.node.type_condition {
                    Some(condition) => {
                        items.push(Item::On(condition.node.on.node.to_string(), inner));
                    }
                    None => items.extend(inner),
                }
            }
            Selection::FragmentSpread(_) => {}
        }
    }
    items
}

fn ask(field: &Field) -> Ask {
    let mut variables = BTreeSet::new();
    let mut arguments = Vec::with_capacity(field.arguments.len());
    for (name, value) in &field.arguments {
        // A variable becomes a name that begins with its dollar, so that the value can be written as a constant.
        let constant = value.node.clone().into_const_with(|variable| {
            variables.insert(variable.to_string());
            Ok::<_, Infallible>(Value::Enum(Name::new(format!("${variable}"))))
        });
        let Ok(constant) = constant;
        arguments.push(format!("{}: {}", name.node, literal(&constant)));
    }
    Ask {
        key: field.response_key().node.to_string(),
        name: field.name.node.to_string(),
        arguments: if arguments.is_empty() {
            String::new()
        } else {
            format!("({})", arguments.join(", "))
        },
        variables,
        inner: items(&field.selection_set.node),
    }
}

/// A field set, as `@key`, `@requires` and `@provides` hold one; nothing where it does not parse.
pub(super) fn field_set(text: &str) -> Vec<Item> {
    let document = parse_query(format!("{{{text}}}")).map(|document| document.operations);
    match document {
        Ok(DocumentOperations::Single(operation)) => items(&operation.node.selection_set.node),
        _ => Vec::new(),
    }
}

/// The keys under which objects are asked for, at whatever depth.
pub(super) fn objects(items: &[Item]) -> HashSet<String> {
    let mut found = HashSet::new();
    for item in items {
        match item {
            Item::Field(ask) if ask.inner.is_empty() => {}
            Item::Field(ask) => {
                found.insert(ask.key.clone());
                found.extend(objects(&ask.inner));
            }
            Item::On(_, inner) => found.extend(objects(inner)),
        }
    }
    found
}

/// The keys that the client has for fields of other names, at whatever depth: they go to the subgraphs under another key.
pub(super) fn aliases(items: &[Item]) -> HashSet<String> {
    let mut found = HashSet::new();
    for item in items {
        match item {
            Item::Field(ask) => {
                found.extend(key_for_client(&ask.key).map(str::to_owned));
                found.extend(aliases(&ask.inner));
            }
            Item::On(_, inner) => found.extend(aliases(inner)),
        }
    }
    found
}

impl Ask {
    /// The same field several times, each time with one selection of those inside it.
    pub(super) fn parts(&self) -> Vec<Self> {
        let part = |item: Item| Self {
            inner: vec![item],
            ..self.clone()
        };
        let parts = self.inner.iter().flat_map(|item| match item {
            Item::On(condition, inner) if inner.len() > 1 => inner
                .iter()
                .map(|one| Item::On(condition.clone(), vec![one.clone()]))
                .collect(),
            other => vec![other.clone()],
        });
        parts.map(part).collect()
    }
}

/// A value as documents write it.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::List(items) => {
            let items = items.iter().map(literal).collect::<Vec<_>>();
            format!("[{}]", items.join(", "))
        }
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("{name}: {}", literal(value)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        // The escapes of JSON are those of GraphQL.
        Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{parse_query, types::DocumentOperations};

    use super::{Item, items};

    fn first(text: &str) -> Item {
        let document = parse_query(text).unwrap();
        let DocumentOperations::Single(operation) = document.operations else {
            panic!("one operation")
        };
        items(&operation.node.selection_set.node).remove(0)
    }

    #[test]
    fn arguments_are_written_as_they_were_meant() {
        let text =
            r#"{ a: f(x: [$v, 1.5, null], y: {text: "\"\u0007\n", mode: ON, inner: {w: $w}}) }"#;
        let Item::Field(ask) = first(text) else {
            panic!("a field")
        };
        assert_eq!(
            ask.arguments,
            r#"(x: [$v, 1.5, null], y: {text: "\"\u0007\n", mode: ON, inner: {w: $w}})"#
        );
        assert!(ask.variables.iter().eq(["v", "w"]));
        assert_eq!((ask.key.as_str(), ask.name.as_str()), ("a", "f"));
    }

    #[test]
    fn a_fragment_without_a_type_is_what_it_holds() {
        assert!(matches!(first("{ ... { f } }"), Item::Field(_)));
        assert!(matches!(first("{ ... on T { f } }"), Item::On(name, _) if name == "T"));
    }
}
