//! From objects of the response to the representations a subgraph finds its entities by.

use std::hash::{Hash, Hasher};

use async_graphql::{Name, Value};
use indexmap::IndexMap;

use super::path::{Object, type_name};
use crate::{
    plan::{PathStep, RequiredField, RequiredItem, Requires, ValueRewrite},
    supergraph::Types,
};

/// A representation that can be looked up, so that each entity is asked for once however often it occurs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Representation(pub(super) Value);

impl Hash for Representation {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

/// Agrees with equality of values, for which an enum value equals the string of its name, and to which the order of
/// an object's fields does not matter: these come in the order of the plan, and only equal ones are hashed equal.
fn hash<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Null => 0_u8.hash(state),
        Value::Boolean(value) => value.hash(state),
        Value::Number(number) => number.hash(state),
        Value::String(text) => text.hash(state),
        Value::Enum(name) => name.as_str().hash(state),
        Value::Binary(bytes) => bytes.hash(state),
        Value::List(items) => items.iter().for_each(|item| hash(item, state)),
        Value::Object(fields) => {
            // Only the count, where order may differ; equality decides.
            fields.len().hash(state);
            if let Some(name) = fields.get("__typename") {
                hash(name, state);
            }
            let mut sum = 0_u64;
            for (name, value) in fields {
                let mut one = std::hash::DefaultHasher::new();
                name.hash(&mut one);
                hash(value, &mut one);
                sum = sum.wrapping_add(one.finish());
            }
            sum.hash(state);
        }
    }
}

/// Builds the representation of an object, or nothing where its key is not known or its type is not asked about.
pub(super) fn build(
    types: &Types,
    object: &Object,
    requires: &Requires,
    rewrites: &[ValueRewrite],
) -> Option<Representation> {
    let concrete = type_name(object)?;
    let mut fields = IndexMap::new();
    fields.insert(Name::new("__typename"), Value::from(concrete));
    let builder = Builder { types };
    builder.items(object, &requires.items, concrete, &mut fields)?;
    if !requires
        .items
        .iter()
        .any(|item| builder.applies(item, concrete))
    {
        return None;
    }

    let mut representation = Value::Object(fields);
    for rewrite in rewrites {
        set(types, &mut representation, &rewrite.path, &rewrite.value);
    }
    Some(Representation(representation))
}

struct Builder<'a> {
    types: &'a Types,
}

impl Builder<'_> {
    fn applies(&self, item: &RequiredItem, concrete: &str) -> bool {
        match item {
            RequiredItem::Field(_) => true,
            RequiredItem::OnType(condition, _) => self.types.satisfies(concrete, condition),
        }
    }

    /// Nothing where something required is missing.
    fn items(
        &self,
        object: &Object,
        items: &[RequiredItem],
        concrete: &str,
        fields: &mut Object,
    ) -> Option<()> {
        for item in items {
            match item {
                RequiredItem::Field(field) => {
                    let value = self.value(object.get(field.read.as_str())?, field)?;
                    fields.insert(field.write.clone(), value);
                }
                RequiredItem::OnType(_, inner) if self.applies(item, concrete) => {
                    self.items(object, inner, concrete, fields)?;
                }
                RequiredItem::OnType(..) => {}
            }
        }
        Some(())
    }

    fn value(&self, value: &Value, field: &RequiredField) -> Option<Value> {
        match value {
            Value::Null if field.is_key => None,
            Value::List(items) => items
                .iter()
                .map(|item| self.value(item, field))
                .collect::<Option<_>>()
                .map(Value::List),
            Value::Object(object) if !field.items.is_empty() => {
                let mut fields = IndexMap::new();
                let concrete = type_name(object).unwrap_or_default();
                if !concrete.is_empty() {
                    fields.insert(Name::new("__typename"), Value::from(concrete));
                }
                self.items(object, &field.items, concrete, &mut fields)?;
                Some(Value::Object(fields))
            }
            other => Some(other.clone()),
        }
    }
}

fn set(types: &Types, value: &mut Value, path: &[PathStep], replacement: &str) {
    match (value, path.split_first()) {
        (value, None) => *value = Value::from(replacement),
        (Value::List(items), Some(_)) => {
            for item in items {
                set(types, item, path, replacement);
            }
        }
        (Value::Object(object), Some((PathStep::Field(name), rest))) => {
            if let Some(inner) = object.get_mut(name.as_str()) {
                set(types, inner, rest, replacement);
            }
        }
        (value @ Value::Object(_), Some((PathStep::OnType(names), rest))) => {
            let applies = match &*value {
                Value::Object(object) => type_name(object).is_none_or(|concrete| {
                    names.iter().any(|name| types.satisfies(concrete, name))
                }),
                _ => false,
            };
            if applies {
                set(types, value, rest, replacement);
            }
        }
        _ => {}
    }
}
