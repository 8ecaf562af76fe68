//! Bringing an answer into the response: values move, they are not copied.

use async_graphql::{Name, Value};

use super::path::{Object, type_name};
use crate::{plan::PathStep, supergraph::Types};

/// Adds the fields of `source` to `target`. Where both hold a value the composite ones are merged and of the others
/// the first stays: shared fields are equal by contract.
pub(super) fn merge_object(types: &Types, target: &mut Object, source: Object) {
    if target.is_empty() {
        *target = source;
        return;
    }
    for (name, value) in source {
        match target.get_mut(&name) {
            Some(present) if name == "__typename" => {
                // A subgraph that knows only the interface says less than one that knows the type.
                let is_final = matches!(present, Value::String(known) if types.is_object(known));
                if !is_final {
                    *present = value;
                }
            }
            Some(present) => merge_value(types, present, value),
            None => {
                target.insert(name, value);
            }
        }
    }
}

fn merge_value(types: &Types, target: &mut Value, source: Value) {
    match (target, source) {
        (Value::Object(target), Value::Object(source)) => merge_object(types, target, source),
        (Value::List(target), Value::List(source)) if target.len() == source.len() => {
            for (target, source) in target.iter_mut().zip(source) {
                merge_value(types, target, source);
            }
        }
        (target @ Value::Null, source) => *target = source,
        _ => {}
    }
}

/// Gives a key of the answer the name under which the client asked for it.
pub(super) fn rename(types: &Types, value: &mut Value, path: &[PathStep], to: &Name) {
    match value {
        Value::List(items) => {
            for item in items {
                rename(types, item, path, to);
            }
        }
        Value::Object(object) => match path.split_first() {
            Some((PathStep::OnType(names), rest)) => {
                let applies = type_name(object).is_none_or(|concrete| {
                    names.iter().any(|name| types.satisfies(concrete, name))
                });
                if applies {
                    rename(types, value, rest, to);
                }
            }
            Some((PathStep::Field(name), [])) => {
                let Some(value) = object.shift_remove(name.as_str()) else {
                    return;
                };
                match object.get_mut(to) {
                    Some(present) => merge_value(types, present, value),
                    None => drop(object.insert(to.clone(), value)),
                }
            }
            Some((PathStep::Field(name), rest)) => {
                if let Some(inner) = object.get_mut(name.as_str()) {
                    rename(types, inner, rest, to);
                }
            }
            None => {}
        },
        _ => {}
    }
}
