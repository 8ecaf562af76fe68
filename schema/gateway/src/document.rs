//! From text to one operation that is known to be valid.

mod checks;
mod conditions;

use std::sync::Arc;

use apollo_compiler::{
    ExecutableDocument, Node,
    executable::{self, Operation},
    validation::{DiagnosticList, Valid},
};

pub(crate) use self::conditions::Conditions;
use crate::{
    error::ErrorCode,
    limit::{Estimate, Limits, Refusal, parse},
    response::GraphQlError,
    subgraph::OperationKind,
    supergraph::Supergraph,
};

/// How many problems of one document are worth telling.
const MAX_DIAGNOSTICS: usize = 20;

/// A valid document and the operation that was asked for.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) executable: Valid<ExecutableDocument>,
    pub(crate) operation: Node<Operation>,
    pub(crate) kind: OperationKind,
    /// Variables that decide `@skip` and `@include`, in order of appearance.
    pub(crate) condition_variables: Vec<executable::Name>,
    /// Whether the operation asks for `__schema` or `__type`.
    pub(crate) introspects: bool,
    /// What the operation may cost, as far as it is known without variables.
    pub(crate) estimate: Estimate,
}

impl Document {
    /// Counts, parses, validates by every rule of the specification, picks the operation and estimates its cost.
    pub(crate) fn read(
        supergraph: &Supergraph,
        limits: &Limits,
        text: &str,
        operation_name: Option<&str>,
    ) -> Result<Arc<Self>, Refusal> {
        let executable = parse(text, limits)?
            .to_executable_validate(&supergraph.api)
            .map_err(|errors| report(ErrorCode::ValidationFailed, &errors.errors))?;
        let operation = executable
            .operations
            .get(operation_name)
            .map_err(|error| {
                let diagnostic = error.to_graphql_error(&executable.sources);
                vec![GraphQlError::from_diagnostic(
                    ErrorCode::BadUserInput,
                    diagnostic,
                )]
            })?
            .clone();
        checks::check(&executable, &operation)?;

        let introspects = operation
            .root_fields(&executable)
            .any(|field| matches!(field.name.as_str(), "__schema" | "__type"));
        let mut document = Self {
            condition_variables: conditions::variables(&executable, &operation),
            kind: kind_of(&operation),
            introspects,
            operation,
            executable,
            estimate: Estimate::default(),
        };
        document.estimate = Estimate::of(supergraph, &document, limits);
        Ok(Arc::new(document))
    }
}

fn kind_of(operation: &Operation) -> OperationKind {
    match operation.operation_type {
        executable::OperationType::Query => OperationKind::Query,
        executable::OperationType::Mutation => OperationKind::Mutation,
        executable::OperationType::Subscription => OperationKind::Subscription,
    }
}

pub(crate) fn report(fallback: ErrorCode, diagnostics: &DiagnosticList) -> Vec<GraphQlError> {
    let names = || {
        diagnostics
            .iter()
            .filter_map(|one| one.error.unstable_error_name())
    };
    // A field that does not exist also leaves the selection around it empty, which is not worth telling.
    let is_consequence =
        |name| name == Some("MissingSubselection") && names().any(|name| name == "UndefinedField");
    diagnostics
        .iter()
        .filter(|diagnostic| !is_consequence(diagnostic.error.unstable_error_name()))
        .take(MAX_DIAGNOSTICS)
        .map(|diagnostic| {
            // A number that no `Int` or `Float` can hold is a bad value in a good document.
            let code = match diagnostic.error.unstable_error_name() {
                Some("IntCoercionError" | "FloatCoercionError") => ErrorCode::BadUserInput,
                _ => fallback,
            };
            GraphQlError::from_diagnostic(code, diagnostic.to_json())
        })
        .collect()
}
