//! Finding the objects that a fetch extends, and finding them again.

use async_graphql::{Name, Value};
use indexmap::IndexMap;

use crate::{
    plan::{PathStep, step_for_client},
    response::PathSegment,
    supergraph::Types,
};

pub(super) type Object = IndexMap<Name, Value>;

/// One object of the response: which path of the plan leads to it, and which item to take of each list on the way.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) path: usize,
    pub(super) indices: Vec<usize>,
}

/// Calls `found` for every object at `path`, with the positions in lists that lead there.
pub(super) fn visit<'v>(
    types: &Types,
    value: &'v Value,
    path: &[PathStep],
    indices: &mut Vec<usize>,
    found: &mut impl FnMut(&'v Object, &[usize]),
) {
    match value {
        Value::List(items) => {
            for (index, item) in items.iter().enumerate() {
                indices.push(index);
                visit(types, item, path, indices, found);
                indices.pop();
            }
        }
        Value::Object(object) => match path.split_first() {
            None => found(object, indices),
            Some((PathStep::Field(name), rest)) => {
                if let Some(value) = object.get(name.as_str()) {
                    visit(types, value, rest, indices, found);
                }
            }
            Some((PathStep::OnType(names), rest)) => {
                let applies = type_name(object).is_none_or(|concrete| {
                    names.iter().any(|name| types.satisfies(concrete, name))
                });
                if applies {
                    visit(types, value, rest, indices, found);
                }
            }
        },
        _ => {}
    }
}

/// The object that [`visit`] found with these indices.
pub(super) fn locate<'v>(
    mut value: &'v mut Value,
    path: &[PathStep],
    indices: &[usize],
) -> Option<&'v mut Object> {
    let mut indices = indices.iter();
    let mut steps = path.iter();
    loop {
        match value {
            Value::List(items) => value = items.get_mut(*indices.next()?)?,
            Value::Object(object) => {
                let next = steps.find_map(PathStep::field);
                match next {
                    Some(name) => value = object.get_mut(name)?,
                    None => return Some(object),
                }
            }
            _ => return None,
        }
    }
}

/// The same place as the client knows it. Walks the response, because only it tells where the lists are.
pub(super) fn client_path(
    mut value: &Value,
    path: &[PathStep],
    indices: &[usize],
) -> Vec<PathSegment> {
    let mut segments = Vec::with_capacity(path.len() + indices.len());
    let mut indices = indices.iter();
    let mut steps = path.iter();
    loop {
        match value {
            Value::List(items) => {
                let Some(&index) = indices.next() else { break };
                segments.push(PathSegment::Index(index));
                let Some(item) = items.get(index) else { break };
                value = item;
            }
            Value::Object(object) => {
                let next = steps.find_map(PathStep::field);
                let Some(name) = next else { break };
                segments.push(step_for_client(PathSegment::Key(Name::new(name))));
                let Some(inner) = object.get(name) else {
                    break;
                };
                value = inner;
            }
            _ => break,
        }
    }
    segments
}

/// What `__typename` says.
pub(super) fn type_name(object: &Object) -> Option<&str> {
    match object.get("__typename") {
        Some(Value::String(name)) => Some(name),
        Some(Value::Enum(name)) => Some(name),
        _ => None,
    }
}
