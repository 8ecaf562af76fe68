//! From a valid operation to the fetches that answer it.

mod alias;
mod cache;
mod compile;
mod describe;
mod groups;
mod operation_text;
mod planner;
mod requires;
mod shape;

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::Name;

use self::groups::{Operation, Unplanned};
pub(crate) use self::{
    alias::step_for_client,
    cache::PlanCache,
    requires::{RequiredField, RequiredItem, Requires, ValueRewrite},
    shape::{Kind, Leaf, Shape, ShapeField, TypeShape},
};
use crate::{
    document::{Conditions, Document},
    subgraph::{OperationKind, SubgraphOperation},
    supergraph::Supergraph,
};

/// Why a valid operation has no plan. All of these are ours to mend, none the client's.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    #[error("the operation for the planner does not parse: {0}")]
    Text(String),
    #[error("the planner failed: {0}")]
    Planner(String),
    #[error("the planner panicked")]
    Panic,
    #[error("the planner did not come to an end")]
    Endless,
    #[error("the planner is held by operations that it never ends")]
    Held,
    #[error("the planner has no thread: {0}")]
    Thread(std::io::Error),
    #[error("the plan holds a node the executor does not know: {0}")]
    UnknownNode(&'static str),
    #[error("the plan speaks of subgraph `{0}`, which the supergraph does not name")]
    UnknownSubgraph(String),
    #[error("an operation of the plan does not parse: {0}")]
    Operation(String),
    #[error("there is no plan by groups: {0}")]
    Groups(#[from] Unplanned),
}

/// Everything about an operation that does not change from request to request.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Fetches of one wave run side by side; a wave begins when the one before it has been merged.
    pub(crate) waves: Vec<Vec<FetchStep>>,
    /// What the response looks like.
    pub(crate) root: Arc<Shape>,
}

/// One request to one subgraph.
#[derive(Debug)]
pub(crate) struct FetchStep {
    /// Position of the subgraph in [`Supergraph::subgraphs`].
    pub(crate) subgraph: usize,
    pub(crate) operation: SubgraphOperation,
    /// Variables of the client's operation that it uses.
    pub(crate) variables: Vec<Name>,
    /// Lists of representations to send; empty for a fetch from the root.
    pub(crate) inputs: Vec<EntityInput>,
    /// Where in the answer to find what; one for a fetch from the root.
    pub(crate) outputs: Vec<FetchOutput>,
}

/// One list of representations, gathered from the response so far.
#[derive(Debug)]
pub(crate) struct EntityInput {
    pub(crate) variable: Name,
    pub(crate) paths: Vec<Vec<PathStep>>,
    pub(crate) requires: Requires,
    pub(crate) rewrites: Vec<ValueRewrite>,
}

/// One part of an answer and how it goes into the response.
#[derive(Debug)]
pub(crate) struct FetchOutput {
    /// Response key of the list of entities, and the input it answers; none for the root of the answer itself.
    pub(crate) entities: Option<(Name, usize)>,
    /// Keys that had to be renamed to avoid a conflict inside the subgraph.
    pub(crate) renames: Vec<KeyRename>,
    /// Keys it brings, as the client or a later fetch will look for them.
    pub(crate) keys: BTreeSet<String>,
}

/// One step towards the objects that a fetch of entities extends. Lists are entered without being named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PathStep {
    Field(String),
    OnType(BTreeSet<String>),
}

/// A key of an answer that goes into the response under another name.
#[derive(Debug)]
pub(crate) struct KeyRename {
    /// Path to the key, the key included.
    pub(crate) path: Vec<PathStep>,
    pub(crate) to: Name,
}

impl KeyRename {
    /// Whether it renames this key of the outermost object.
    fn is_of(&self, key: &str) -> bool {
        let mut fields = self.path.iter().filter_map(PathStep::field);
        fields.next() == Some(key) && fields.next().is_none()
    }
}

impl PathStep {
    /// The key, for steps into a field.
    pub(crate) fn field(&self) -> Option<&str> {
        match self {
            Self::Field(name) => Some(name),
            Self::OnType(_) => None,
        }
    }
}

impl Plan {
    /// The fetch that begins a subscription, and the waves of each of its events. Nothing where all of it was skipped.
    pub(crate) fn of_events(&self) -> Option<(&FetchStep, &[Vec<FetchStep>])> {
        let (first, rest) = self.waves.split_first()?;
        Some((first.first()?, rest))
    }

    /// Plans `document` for one outcome of its conditions.
    pub(crate) fn make(
        supergraph: &Arc<Supergraph>,
        document: &Arc<Document>,
        conditions: &Conditions,
    ) -> Result<Self, PlanError> {
        let waves = match operation_text::write(supergraph, document, conditions) {
            Some(text) => waves(supergraph, document.kind, &text)?,
            None => Vec::new(),
        };
        Ok(Self {
            waves,
            root: Shape::root(supergraph, document, conditions),
        })
    }
}

/// The library's plan, or one by groups: where a field requires others the library is not to be trusted, and where it
/// refuses an operation there may be a plan nevertheless. See `docs/decisions/0012-plans-by-groups.md`.
fn waves(
    supergraph: &Arc<Supergraph>,
    kind: OperationKind,
    text: &str,
) -> Result<Vec<Vec<FetchStep>>, PlanError> {
    let operation = Operation::read(supergraph, kind, text)?;
    let by_library =
        || planner::ask(supergraph, text).and_then(|plan| compile::waves(supergraph, plan));
    if operation.is_ours(supergraph) {
        return match operation.plan(supergraph) {
            Ok(waves) => Ok(waves),
            // Requirements in a circle take the library's stack, and the process with it.
            Err(error @ Unplanned::TooLarge) => Err(error.into()),
            Err(error) => {
                tracing::debug!(%error, "no plan by groups");
                by_library()
            }
        };
    }
    by_library().or_else(|error| {
        let planned = operation.plan(supergraph);
        planned.map_err(|second| {
            tracing::debug!(%second, "no plan by groups");
            error
        })
    })
}
