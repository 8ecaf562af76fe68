//! What generated graphs leave out, with its reason. No operation may be without a plan.
//!
//! They do not require fields of other entities (`@requires(fields: "owner { name }")`), progressive overrides, keys of several
//! subgraphs together, or root types below the root: nobody has written generators for these.

/// Composition (`graphql-composition` 0.12.2) takes a string literal in a field set for a `String` only, and refuses
/// `@requires(fields: "f(id: \"1\")")` where the argument is an `ID`.
pub(crate) const ID_LITERALS_IN_FIELD_SETS: bool = false;
