//! What generated graphs leave out, with its reason.

/// Composition (`graphql-composition` 0.12.2) takes a string literal in a field set for a `String` only, and refuses
/// `@requires(fields: "f(id: \"1\")")` where the argument is an `ID`.
pub(crate) const ID_LITERALS_IN_FIELD_SETS: bool = false;
