//! Aliases that would take the place of something a plan needs.
//!
//! A client may write `id: name`, while the plan needs the `id` of the same object as a key; or `price(currency: "EUR")`,
//! while another field requires the `price` with other arguments. Such keys get a prefix on the way to the subgraphs and
//! lose it on the way back.

use std::borrow::Cow;

use apollo_compiler::executable::Field;

use crate::{response::PathSegment, supergraph::Types};

const PREFIX: &str = "_as_";

/// The key under which a plan asks for a field.
pub(crate) fn key_in_plan<'f>(types: &Types, field: &'f Field) -> Cow<'f, str> {
    let key = field.response_key();
    // Meta fields are never part of a plan.
    if field.name.starts_with("__") {
        return Cow::Borrowed(key);
    }
    let is_taken = if *key == field.name {
        types.is_required_with_arguments(&field.name)
    } else {
        types.is_field_name(key)
    };
    if is_taken {
        Cow::Owned(format!("{PREFIX}{key}"))
    } else {
        Cow::Borrowed(key)
    }
}

/// The client's own key, where a plan asks under another one.
pub(super) fn key_for_client(key: &str) -> Option<&str> {
    key.strip_prefix(PREFIX)
}

/// The same step of a path as the client knows it.
pub(crate) fn step_for_client(segment: PathSegment) -> PathSegment {
    match segment {
        PathSegment::Key(key) => PathSegment::Key(
            key_for_client(&key).map_or_else(|| key.clone(), async_graphql::Name::new),
        ),
        index @ PathSegment::Index(_) => index,
    }
}
