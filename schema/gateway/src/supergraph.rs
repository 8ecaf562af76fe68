//! A supergraph, read once: what clients see, what the planner sees, and which types may stand where.

mod agreement;
mod api_schema;
mod error;
mod graphs;
mod types;

use std::panic::{AssertUnwindSafe, catch_unwind};

use apollo_compiler::{
    Name, Schema, collections::HashMap, parser::SourceMap, schema::Implementers,
    schema::SchemaBuilder, validation::Valid,
};
use hive_router_query_planner::{
    planner::{Planner, QueryPlannerOptions},
    utils::parsing::safe_parse_schema,
};

pub(crate) use self::types::Types;
pub use self::{
    agreement::check_agreement,
    error::{SupergraphError, SupergraphRule},
};
use self::{error::Reporter, graphs::Graph};
use crate::{limit::Weights, subgraph::check_url};

/// A supergraph ready to be served. Reading one takes milliseconds; keep it.
pub struct Supergraph {
    pub(crate) planner: Planner,
    pub(crate) api: Valid<Schema>,
    pub(crate) implementers: HashMap<Name, Implementers>,
    pub(crate) types: Types,
    pub(crate) weights: Weights,
    subgraphs: Vec<String>,
    graphs: Vec<Graph>,
    file: String,
    sources: SourceMap,
}

/// The name of the file in errors, where the caller does not say.
const FILE: &str = "supergraph.graphql";

impl Supergraph {
    /// Reads supergraph SDL, made by [`compose()`](crate::compose()) or by any other composition of Federation v2.
    ///
    /// # Errors
    /// When it breaks one of the rules of [`SupergraphRule`].
    pub fn parse(sdl: &str) -> Result<Self, SupergraphError> {
        Self::parse_file(sdl, FILE)
    }

    /// The same, with the name of the file that errors are to show.
    ///
    /// # Errors
    /// As [`Supergraph::parse`].
    pub fn parse_file(sdl: &str, file: &str) -> Result<Self, SupergraphError> {
        let (schema, reporter) = read(sdl, file)?;
        let graphs = graphs::graphs(&schema, &reporter)?;
        graphs::check(&schema, &reporter)?;
        let types = Types::of(&schema);
        let planner = plan(sdl, &reporter)?;
        let weights = Weights::of(&schema);

        let api = api_schema::strip(schema)
            .validate()
            .map_err(|with| reporter.first(SupergraphRule::ValidSchema, &with.errors))?;

        let mut subgraphs = graphs
            .iter()
            .map(|graph| graph.name.clone())
            .collect::<Vec<_>>();
        subgraphs.sort();
        Ok(Self {
            implementers: api.implementers_map(),
            planner,
            api,
            types,
            weights,
            subgraphs,
            graphs,
            file: file.to_owned(),
            sources: reporter.sources,
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

    /// Where the supergraph says that a subgraph answers over HTTP.
    ///
    /// # Errors
    /// When it names no such subgraph, or gives it no URL that can be asked.
    pub fn url(&self, subgraph: &str) -> Result<&str, SupergraphError> {
        let reporter = Reporter {
            file: &self.file,
            sources: self.sources.clone(),
        };
        let rule = SupergraphRule::SubgraphUrl;
        let Some(graph) = self.graphs.iter().find(|graph| graph.name == subgraph) else {
            let message = format!("there is no subgraph \"{subgraph}\"");
            return Err(reporter.whole(rule, message));
        };
        match check_url(&graph.url) {
            Ok(_) => Ok(&graph.url),
            Err(why) => {
                let message =
                    format!("the subgraph \"{subgraph}\" has no URL to be asked at: {why}");
                Err(reporter.at(graph.span, rule, message))
            }
        }
    }
}

/// The schema as it is written, and what makes errors of its file.
fn read<'f>(sdl: &str, file: &'f str) -> Result<(Schema, Reporter<'f>), SupergraphError> {
    let built = SchemaBuilder::new()
        .adopt_orphan_extensions()
        .ignore_builtin_redefinitions()
        .parse(sdl, file)
        .build();
    let (schema, errors) = match built {
        Ok(schema) => (schema, None),
        Err(with) => (with.partial, Some(with.errors)),
    };
    let sources = schema.sources.clone();
    let reporter = Reporter { file, sources };
    match errors {
        Some(errors) => Err(reporter.first(SupergraphRule::Syntax, &errors)),
        None => Ok((schema, reporter)),
    }
}

/// The planner for this text. It was written for supergraphs that are right, and may panic on others.
fn plan(sdl: &str, reporter: &Reporter<'_>) -> Result<Planner, SupergraphError> {
    let document = safe_parse_schema(sdl)
        .map_err(|error| reporter.whole(SupergraphRule::Syntax, error.to_string()))?;
    let planned = catch_unwind(AssertUnwindSafe(|| {
        Planner::new_from_supergraph(&document, QueryPlannerOptions::default())
            .map_err(|error| error.to_string())
    }));
    planned
        .unwrap_or_else(|_| Err("it made the planner panic".to_owned()))
        .map_err(|why| {
            let message = format!("the planner cannot use the supergraph: {why}");
            reporter.whole(SupergraphRule::Planner, message)
        })
}

impl std::fmt::Debug for Supergraph {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Supergraph")
            .field("subgraphs", &self.subgraphs)
            .finish_non_exhaustive()
    }
}
