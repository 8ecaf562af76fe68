//! A supergraph, read once: what clients see, what the planner sees, and which types may stand where.

mod api_schema;
mod types;

use apollo_compiler::{
    Name, Schema, collections::HashMap, schema::Implementers, schema::SchemaBuilder,
    validation::Valid,
};
use hive_router_query_planner::{
    planner::{Planner, QueryPlannerOptions},
    utils::parsing::safe_parse_schema,
};

pub(crate) use self::types::Types;

/// Why supergraph SDL cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SupergraphError {
    /// The text is not a schema document; the report shows line and column.
    #[error("the supergraph does not parse: {0}")]
    Parse(String),
    /// What clients would see is not a valid schema.
    #[error("the schema that clients would see is not valid: {0}")]
    Invalid(String),
    /// There is no `join__Graph` with at least one subgraph: this is some other schema.
    #[error("the schema names no subgraphs in `enum join__Graph`: is it a supergraph?")]
    NoSubgraphs,
    /// The planner refuses it.
    #[error("the planner cannot use the supergraph: {0}")]
    Planner(String),
}

/// A supergraph ready to be served. Reading one takes milliseconds; keep it.
pub struct Supergraph {
    pub(crate) planner: Planner,
    pub(crate) api: Valid<Schema>,
    pub(crate) implementers: HashMap<Name, Implementers>,
    pub(crate) types: Types,
    subgraphs: Vec<String>,
}

impl Supergraph {
    /// Reads supergraph SDL, made by [`compose()`](crate::compose()) or by any other composition of Federation v2.
    pub fn parse(sdl: &str) -> Result<Self, SupergraphError> {
        let schema = SchemaBuilder::new()
            .adopt_orphan_extensions()
            .ignore_builtin_redefinitions()
            .parse(sdl, "supergraph.graphql")
            .build()
            .map_err(|errors| SupergraphError::Parse(errors.errors.to_string()))?;
        let document =
            safe_parse_schema(sdl).map_err(|error| SupergraphError::Parse(error.to_string()))?;
        if !schema.types.contains_key("join__Graph") {
            return Err(SupergraphError::NoSubgraphs);
        }

        let types = Types::of(&schema);
        let api = api_schema::strip(schema)
            .validate()
            .map_err(|errors| SupergraphError::Invalid(errors.errors.to_string()))?;
        let planner = Planner::new_from_supergraph(&document, QueryPlannerOptions::default())
            .map_err(|error| SupergraphError::Planner(error.to_string()))?;

        let mut subgraphs = planner
            .supergraph
            .known_subgraphs
            .values()
            .cloned()
            .collect::<Vec<_>>();
        subgraphs.sort();
        if subgraphs.is_empty() {
            return Err(SupergraphError::NoSubgraphs);
        }
        Ok(Self {
            implementers: api.implementers_map(),
            planner,
            api,
            types,
            subgraphs,
        })
    }

    /// The schema that clients see: without federation's plumbing and without `@inaccessible` elements.
    pub fn api_schema_sdl(&self) -> String {
        self.api.to_string()
    }

    /// Names of the subgraphs, sorted. A gateway needs one [`crate::Subgraph`] for each.
    pub fn subgraphs(&self) -> &[String] {
        &self.subgraphs
    }
}

impl std::fmt::Debug for Supergraph {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Supergraph")
            .field("subgraphs", &self.subgraphs)
            .finish_non_exhaustive()
    }
}
