//! `__schema` and `__type`, answered from the schema that clients see.

use apollo_compiler::{introspection, response::JsonMap, validation::Valid};
use async_graphql::{Name, Value, Variables};
use indexmap::IndexMap;

use crate::{
    coerce::from_json, document::Document, error::ErrorCode, response::GraphQlError,
    supergraph::Supergraph,
};

/// The introspection fields of an operation, by response key.
pub(crate) fn introspect(
    supergraph: &Supergraph,
    document: &Document,
    variables: &Variables,
) -> Result<IndexMap<Name, Value>, Vec<GraphQlError>> {
    let refuse = |error: apollo_compiler::request::RequestError| {
        let diagnostic = error.to_graphql_error(&document.executable.sources);
        vec![GraphQlError::from_diagnostic(
            ErrorCode::ValidationFailed,
            diagnostic,
        )]
    };
    introspection::check_max_depth(&document.executable, &document.operation).map_err(refuse)?;
    let response = introspection::partial_execute(
        &supergraph.api,
        &supergraph.implementers,
        &document.executable,
        &document.operation,
        &Valid::assume_valid(to_json(variables)),
    )
    .map_err(refuse)?;

    let fields = response.data.unwrap_or_default();
    Ok(fields
        .into_iter()
        .filter_map(|(key, value)| {
            let value = serde_json::to_value(value).ok()?;
            Some((Name::new(key.as_str()), from_json(value)))
        })
        .collect())
}

fn to_json(variables: &Variables) -> JsonMap {
    variables
        .iter()
        .filter_map(|(name, value)| {
            let json = value.clone().into_json().ok()?;
            Some((name.as_str().into(), json.into()))
        })
        .collect()
}
