//! What generated graphs leave out, and what the planner may refuse: each with its reason.

/// Composition (`graphql-composition` 0.12.2) takes a string literal in a field set for a `String` only, and refuses
/// `@requires(fields: "f(id: \"1\")")` where the argument is an `ID`.
pub(crate) const ID_LITERALS_IN_FIELD_SETS: bool = false;

/// The planner confuses the values where two fields require one field with different arguments.
pub(crate) const ONE_FIELD_REQUIRED_WITH_DIFFERENT_ARGUMENTS: bool = false;

/// Of several keys of a subgraph the planner chooses one, and the gateway cannot use another where that one is null. So
/// fields with `@requires` do not stand beside a key that may be null.
pub(crate) const REQUIRES_BESIDE_NULL_KEYS: bool = false;

/// The planner's merging of siblings (`merge_siblings.rs`) went on without end, past its time limit, for a mutation that
/// asks for one object field three times with different selections (world 194 query 8 of the generator without this).
/// That repetition is the cause is a guess: it is what stood out.
pub(crate) const REPEATED_OBJECTS_OF_MUTATIONS: bool = false;

/// Errors of the planner (`hive-router-query-planner` 2.10.11) for valid queries, without the names in them. A query that
/// meets one is answered with `INTERNAL_SERVER_ERROR` and without data.
pub(crate) const OF_THE_PLANNER: &[&str] = &[
    // It unwraps a field that the type has not got in the subgraph at hand (`mismatch_finder.rs`), with `@requires`.
    "the planner panicked",
    // `@requires` where the subgraph is reached by way of a second one that knows both keys.
    "the planner failed: failed to build fetch graph: Expected a single parent, but the FetchStep ",
    // `@requires` below several levels of lists or abstract types.
    "the planner failed: failed to build fetch graph: Path ",
    // A fragment on one type below an interface that the subgraph knows by `@interfaceObject`, and `@requires` of a field
    // that requires others through fragments.
    "the planner failed: walker failed to locate path: No paths found for selection item",
];

/// The most cases of a thousand that the planner may refuse before it is worth a look.
pub(crate) const REFUSED_OF_THOUSAND: u64 = 30;

/// Whether the planner is known to say this.
pub(crate) fn is_known(kind: &str) -> bool {
    OF_THE_PLANNER.contains(&kind)
}
