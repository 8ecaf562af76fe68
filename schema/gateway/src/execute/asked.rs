//! Errors of what the client asked for, and of what only the plan asked for.

use async_graphql::Value;

use crate::{
    plan::{Kind, Shape},
    response::{GraphQlError, PathSegment},
};

/// The errors that belong to the response. Plans also ask for what other fields need: what fails there fails unseen, unless
/// null spread from it and nothing else says why; then it is told where the null is.
pub(super) fn shown(data: &Value, root: &Shape, errors: Vec<GraphQlError>) -> Vec<GraphQlError> {
    let (asked, unasked): (Vec<_>, Vec<_>) = errors
        .into_iter()
        .partition(|error| is_asked(root, &error.path));
    let mut shown = asked;
    shown.retain(|error| is_shown(data, &error.path));
    for mut error in unasked {
        let Some(length) = null_on_the_way(data, &error.path) else {
            continue;
        };
        error.path.truncate(length);
        if !shown.iter().any(|one| one.path.starts_with(&error.path)) {
            shown.push(error);
        }
    }
    shown
}

/// Whether the client asked for what a path leads to, whatever the types on the way.
pub(super) fn is_asked(shape: &Shape, path: &[PathSegment]) -> bool {
    match path {
        [] => true,
        [PathSegment::Key(key), rest @ ..] => {
            let mut fields = shape.under(key);
            fields.any(|field| is_inside(&field.ty.kind, rest))
        }
        [PathSegment::Index(_), ..] => false,
    }
}

fn is_inside(kind: &Kind, path: &[PathSegment]) -> bool {
    match (kind, path) {
        (Kind::List(item), [PathSegment::Index(_), rest @ ..]) => is_inside(&item.kind, rest),
        (Kind::List(item), [_, ..]) => is_inside(&item.kind, path),
        (Kind::Composite(shape), path) => is_asked(shape, path),
        _ => true,
    }
}

/// How many steps of a path lead to a null that stands before its end.
fn null_on_the_way(mut value: &Value, path: &[PathSegment]) -> Option<usize> {
    for (length, segment) in path.iter().enumerate() {
        value = match (value, segment) {
            (Value::Null, _) => return Some(length),
            (Value::Object(object), PathSegment::Key(key)) => object.get(key)?,
            (Value::List(items), PathSegment::Index(index)) => items.get(*index)?,
            _ => return None,
        };
    }
    None
}

/// Whether a path is one of the response. Plans also ask for more of an object than its own type was asked for.
fn is_shown(mut value: &Value, path: &[PathSegment]) -> bool {
    for segment in path {
        value = match (value, segment) {
            (Value::Object(object), PathSegment::Key(key)) => match object.get(key) {
                Some(inner) => inner,
                None => return false,
            },
            (Value::List(items), PathSegment::Index(index)) => match items.get(*index) {
                Some(inner) => inner,
                None => return true,
            },
            _ => return true,
        };
    }
    true
}
