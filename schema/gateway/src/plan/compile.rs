//! From the planner's tree of nodes to waves of fetches with everything parsed.

use std::collections::BTreeSet;

use async_graphql::{Name, parser::parse_query};
use hive_router_query_planner::{
    ast::{
        fragment::FragmentDefinition,
        operation::SubgraphFetchOperation,
        selection_item::SelectionItem,
        selection_set::{FieldSelection, SelectionSet},
    },
    planner::plan_nodes::{
        BatchFetchNode, FetchNode, FetchRewrite, FlattenNodePath, FlattenNodePathSegment, PlanNode,
        QueryPlan,
    },
    state::supergraph_state::OperationKind as PlannerKind,
};

use super::{
    EntityInput, FetchOutput, FetchStep, KeyRename, PathStep, PlanError, Requires,
    requires::{key_renames, value_rewrites},
};
use crate::{
    subgraph::{OperationKind, SubgraphOperation},
    supergraph::Supergraph,
};

type Waves = Vec<Vec<FetchStep>>;

pub(super) fn waves(supergraph: &Supergraph, plan: QueryPlan) -> Result<Waves, PlanError> {
    match &plan.node {
        Some(node) => Compiler { supergraph }.node(node),
        None => Ok(Vec::new()),
    }
}

struct Compiler<'a> {
    supergraph: &'a Supergraph,
}

impl Compiler<'_> {
    fn node(&self, node: &PlanNode) -> Result<Waves, PlanError> {
        match node {
            PlanNode::Fetch(fetch) => Ok(vec![vec![self.fetch(fetch, None)?]]),
            PlanNode::Flatten(flatten) => {
                let PlanNode::Fetch(fetch) = flatten.node.as_ref() else {
                    return Err(PlanError::UnknownNode("flatten without a fetch"));
                };
                Ok(vec![vec![self.fetch(fetch, Some(&flatten.path))?]])
            }
            PlanNode::BatchFetch(batch) => Ok(vec![vec![self.batch(batch)?]]),
            PlanNode::Sequence(sequence) => {
                let mut waves = Vec::with_capacity(sequence.nodes.len());
                for node in &sequence.nodes {
                    waves.extend(self.node(node)?);
                }
                Ok(waves)
            }
            PlanNode::Parallel(parallel) => self.side_by_side(&parallel.nodes),
            // Conditions are decided before planning, so that a plan asks for nothing in vain.
            PlanNode::Condition(_) => Err(PlanError::UnknownNode("condition")),
            PlanNode::Subscription(subscription) => {
                Ok(vec![vec![self.fetch(&subscription.primary, None)?]])
            }
            PlanNode::Defer(_) => Err(PlanError::UnknownNode("defer")),
        }
    }

    /// Branches go in step: the first waves of all of them together, then the second, and so on.
    fn side_by_side(&self, nodes: &[PlanNode]) -> Result<Waves, PlanError> {
        let mut waves = Waves::new();
        for node in nodes {
            for (index, wave) in self.node(node)?.into_iter().enumerate() {
                match waves.get_mut(index) {
                    Some(existing) => existing.extend(wave),
                    None => waves.push(wave),
                }
            }
        }
        Ok(waves)
    }

    fn fetch(
        &self,
        fetch: &FetchNode,
        path: Option<&FlattenNodePath>,
    ) -> Result<FetchStep, PlanError> {
        let selections = &fetch.operation.document.operation.selection_set;
        let request = Request {
            subgraph: &fetch.service_name,
            kind: fetch.operation_kind.as_ref(),
            operation: &fetch.operation,
            variables: fetch.variable_usages.as_ref(),
        };
        let (Some(requires), Some(field)) = (&fetch.requires, selections.entities_field()) else {
            let renames = key_renames(fetch.output_rewrites.as_deref());
            let output = FetchOutput {
                entities: None,
                keys: keys(&fetch.operation.document.fragments, selections, &renames),
                renames,
            };
            return self.step(&request, Vec::new(), vec![output]);
        };
        let part = EntityPart {
            key: field.selection_identifier(),
            variable: field
                .representations_variable_name()
                .unwrap_or("representations"),
            paths: path.map(std::slice::from_ref).unwrap_or_default(),
            requires,
            input_rewrites: fetch.input_rewrites.as_deref(),
            output_rewrites: fetch.output_rewrites.as_deref(),
        };
        self.entities(&request, &[part])
    }

    fn batch(&self, batch: &BatchFetchNode) -> Result<FetchStep, PlanError> {
        let request = Request {
            subgraph: &batch.service_name,
            kind: batch.operation_kind.as_ref(),
            operation: &batch.operation,
            variables: batch.variable_usages.as_ref(),
        };
        let parts = batch.entity_batch.aliases.iter().map(|alias| EntityPart {
            key: &alias.alias,
            variable: &alias.representations_variable_name,
            paths: &alias.merge_paths,
            requires: &alias.requires,
            input_rewrites: alias.input_rewrites.as_deref(),
            output_rewrites: alias.output_rewrites.as_deref(),
        });
        self.entities(&request, &parts.collect::<Vec<_>>())
    }

    fn entities(
        &self,
        request: &Request<'_>,
        parts: &[EntityPart<'_>],
    ) -> Result<FetchStep, PlanError> {
        let document = &request.operation.document;
        let mut inputs = Vec::<EntityInput>::new();
        let mut outputs = Vec::with_capacity(parts.len());
        for part in parts {
            // Parts that ask about the same entities share one list of representations.
            let known = inputs
                .iter()
                .position(|input| input.variable == *part.variable);
            let input = known.unwrap_or(inputs.len());
            if known.is_none() {
                inputs.push(self.input(request.subgraph, part));
            }
            let renames = key_renames(part.output_rewrites);
            let selected = document.operation.selection_set.items.iter();
            let field = selected
                .filter_map(as_field)
                .find(|field| field.selection_identifier() == part.key);
            outputs.push(FetchOutput {
                entities: Some((Name::new(part.key), input)),
                keys: field
                    .map(|field| keys(&document.fragments, &field.selections, &renames))
                    .unwrap_or_default(),
                renames,
            });
        }
        self.step(request, inputs, outputs)
    }

    fn step(
        &self,
        request: &Request<'_>,
        inputs: Vec<EntityInput>,
        outputs: Vec<FetchOutput>,
    ) -> Result<FetchStep, PlanError> {
        let text = &request.operation.document_str;
        let subgraphs = self.supergraph.subgraphs();
        Ok(FetchStep {
            subgraph: subgraphs
                .iter()
                .position(|known| known == request.subgraph)
                .ok_or_else(|| PlanError::UnknownSubgraph(request.subgraph.to_owned()))?,
            operation: SubgraphOperation {
                subgraph: request.subgraph.to_owned(),
                kind: match request.kind {
                    Some(PlannerKind::Mutation) => OperationKind::Mutation,
                    Some(PlannerKind::Subscription) => OperationKind::Subscription,
                    Some(PlannerKind::Query) | None => OperationKind::Query,
                },
                text: text.clone(),
                document: parse_query(text)
                    .map_err(|error| PlanError::Operation(error.to_string()))?,
            },
            variables: request
                .variables
                .into_iter()
                .flatten()
                .map(Name::new)
                .collect(),
            inputs,
            outputs,
        })
    }

    fn input(&self, subgraph: &str, part: &EntityPart<'_>) -> EntityInput {
        let state = &self.supergraph.planner.supergraph;
        let graph = state
            .known_subgraphs
            .iter()
            .find(|(_, name)| *name == subgraph)
            .map_or("", |(graph, _)| graph);
        EntityInput {
            variable: Name::new(part.variable),
            paths: part.paths.iter().map(steps).collect(),
            requires: Requires::of(part.requires, state, graph),
            rewrites: value_rewrites(part.input_rewrites),
        }
    }
}

/// What fetches and batches of fetches have in common.
struct Request<'a> {
    subgraph: &'a str,
    kind: Option<&'a PlannerKind>,
    operation: &'a SubgraphFetchOperation,
    variables: Option<&'a BTreeSet<String>>,
}

/// One field `_entities` of a request.
struct EntityPart<'a> {
    key: &'a str,
    variable: &'a str,
    paths: &'a [FlattenNodePath],
    requires: &'a SelectionSet,
    input_rewrites: Option<&'a [FetchRewrite]>,
    output_rewrites: Option<&'a [FetchRewrite]>,
}

/// Keys of the objects that a selection set extends, after renaming.
fn keys(
    fragments: &[FragmentDefinition],
    selections: &SelectionSet,
    renames: &[KeyRename],
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for item in &selections.items {
        match item {
            SelectionItem::Field(field) => {
                let key = field.selection_identifier();
                let rename = renames.iter().find(|rename| rename.is_of(key));
                found.insert(rename.map_or(key, |rename| rename.to.as_str()).to_owned());
            }
            SelectionItem::InlineFragment(fragment) => {
                found.extend(keys(fragments, &fragment.selections, renames));
            }
            SelectionItem::FragmentSpread(name) => {
                if let Some(fragment) = fragments.iter().find(|one| one.name == *name) {
                    found.extend(keys(fragments, &fragment.selection_set, renames));
                }
            }
        }
    }
    found
}

fn as_field(item: &SelectionItem) -> Option<&FieldSelection> {
    match item {
        SelectionItem::Field(field) => Some(field),
        _ => None,
    }
}

fn steps(path: &FlattenNodePath) -> Vec<PathStep> {
    path.as_slice()
        .iter()
        .filter_map(|segment| match segment {
            FlattenNodePathSegment::Field(name) => Some(PathStep::Field(name.clone())),
            FlattenNodePathSegment::TypeCondition(names) => Some(PathStep::OnType(names.clone())),
            FlattenNodePathSegment::List => None,
        })
        .collect()
}
