//! Composition: subgraph schemas in, one supergraph schema out. Runs when the schema is generated, never at start.

mod cost;
mod reading_order;
mod scalar;
mod supergraph_spec;

use graphql_composition::Subgraphs;

use self::{cost::Costs, reading_order::ReadingOrder, supergraph_spec::complete};

/// One subgraph as composition sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubgraphSdl {
    /// Name under which the subgraph is registered with the gateway, for example `profile`.
    pub name: String,
    /// Where a stock federation router would reach it over HTTP; written into `join__Graph`.
    pub url: String,
    /// Federation SDL, as `schema.sdl_with_options(SDLExportOptions::new().federation())` prints it.
    pub sdl: String,
}

/// Why a set of subgraphs does not make a supergraph.
#[derive(Debug, thiserror::Error)]
pub enum CompositionError {
    /// The SDL of one subgraph cannot be parsed; the report shows line and column.
    #[error("the schema of subgraph `{subgraph}` does not parse: {report}")]
    Parse {
        /// The subgraph at fault.
        subgraph: String,
        /// The parser's report with the offending line.
        report: String,
    },
    /// The subgraphs contradict each other; one line for each contradiction.
    #[error("the subgraphs do not compose:\n{}", .0.join("\n"))]
    Conflict(Vec<String>),
    /// The composed document could not be written or read back: a defect of composition itself.
    #[error("the composed supergraph is not well formed: {0}")]
    Malformed(String),
}

/// Composes subgraphs into supergraph SDL, ready for [`crate::Supergraph::parse`] and for stock federation routers.
///
/// The same input gives the same bytes: types are sorted by name, fields stay in the order in which the first
/// subgraph that defines them wrote them. Descriptions, `@deprecated`, `@requiresScopes`, `@cost` and `@listSize` survive.
pub fn compose(subgraphs: &[SubgraphSdl]) -> Result<String, CompositionError> {
    let mut ingested = Subgraphs::default();
    for subgraph in subgraphs {
        ingested
            .ingest_str(&subgraph.sdl, &subgraph.name, Some(&subgraph.url))
            .map_err(|error| CompositionError::Parse {
                subgraph: subgraph.name.clone(),
                report: format!("{error:#}"),
            })?;
    }
    let graph = graphql_composition::compose(&mut ingested)
        .into_result()
        .map_err(|diagnostics| {
            CompositionError::Conflict(diagnostics.iter_errors().map(str::to_owned).collect())
        })?;
    let rendered = graphql_composition::render_federated_sdl(&graph)
        .map_err(|error| CompositionError::Malformed(error.to_string()))?;

    complete(
        &rendered,
        &ReadingOrder::of(subgraphs),
        &Costs::of(subgraphs),
    )
}
