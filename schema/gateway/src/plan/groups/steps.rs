//! From groups to waves of fetches.

use std::collections::BTreeSet;

use async_graphql::{
    Name,
    parser::{parse_query, types::VariableDefinition},
};

use super::{Group, Operation, Unplanned, ask::literal};
use crate::{
    plan::{EntityInput, FetchOutput, FetchStep, PathStep, Requires, ValueRewrite},
    subgraph::{OperationKind, SubgraphOperation},
};

/// One wave after another. Groups of one wave about entities of one subgraph are one fetch.
pub(super) fn waves(
    operation: &Operation<'_>,
    groups: Vec<Group>,
) -> Result<Vec<Vec<FetchStep>>, Unplanned> {
    let mut waves = Vec::<Vec<Vec<Group>>>::new();
    for group in groups {
        if waves.len() <= group.wave {
            waves.resize_with(group.wave + 1, Vec::new);
        }
        let wave = &mut waves[group.wave];
        let together = wave.iter_mut().find(|fetch| {
            let first = &fetch[0];
            group.entity.is_some() && first.entity.is_some() && first.graph == group.graph
        });
        match together {
            Some(fetch) => fetch.push(group),
            None => wave.push(vec![group]),
        }
    }
    let waves = waves.into_iter().filter(|wave| !wave.is_empty());
    waves
        .map(|wave| {
            let fetches = wave.into_iter().map(|groups| fetch(operation, groups));
            fetches.collect()
        })
        .collect()
}

fn fetch(operation: &Operation<'_>, groups: Vec<Group>) -> Result<FetchStep, Unplanned> {
    let graph = groups[0].graph;
    let kind = match groups[0].entity {
        None => operation.kind,
        Some(_) => OperationKind::Query,
    };
    let mut parts = Parts {
        is_alone: groups.len() == 1,
        ..Parts::default()
    };
    for group in groups {
        parts.add(group);
    }
    let definitions = definitions(operation, &parts.variables, &parts.inputs);
    let (word, body) = (kind.as_str(), parts.body());
    let text = format!("{word}{definitions} {body}");
    let document = parse_query(&text).map_err(|error| Unplanned::Text(error.to_string()))?;
    Ok(FetchStep {
        subgraph: graph,
        operation: SubgraphOperation {
            subgraph: operation.subgraphs[graph].clone(),
            kind,
            text,
            document,
        },
        variables: parts.variables.into_iter().map(Name::new).collect(),
        inputs: parts.inputs,
        outputs: parts.outputs,
    })
}

/// The parts of one fetch.
#[derive(Default)]
struct Parts {
    /// Whether there is one part only.
    is_alone: bool,
    /// What is selected at the root, or the fields `_entities`.
    texts: Vec<String>,
    variables: BTreeSet<String>,
    inputs: Vec<EntityInput>,
    outputs: Vec<FetchOutput>,
}

impl Parts {
    fn add(&mut self, group: Group) {
        self.variables.extend(group.variables);
        let mut text = String::new();
        group.selections.write(&mut text);
        let entities = group.entity.map(|entity| {
            let number = self.inputs.len();
            let (alias, key, variable) = if self.is_alone {
                (
                    String::new(),
                    "_entities".to_owned(),
                    "representations".to_owned(),
                )
            } else {
                let key = format!("_e{number}");
                (
                    format!("{key}: "),
                    key,
                    format!("__representations{number}"),
                )
            };
            let ty = &entity.ty;
            text = format!("{alias}_entities(representations: ${variable}){{...on {ty}{text}}}");
            self.inputs.push(EntityInput {
                variable: Name::new(variable),
                paths: vec![group.path],
                requires: Requires {
                    items: entity.requires,
                },
                rewrites: rewrites(entity.is_renamed, entity.ty),
            });
            (Name::new(key), number)
        });
        self.texts.push(text);
        self.outputs.push(FetchOutput {
            entities,
            keys: group.selections.keys(),
            renames: group.selections.renames(),
        });
    }

    fn body(&self) -> String {
        let body = self.texts.join(" ");
        if self.inputs.is_empty() {
            body
        } else {
            format!("{{{body}}}")
        }
    }
}

/// Subgraphs that know the entity by its interface only must not hear of its type.
fn rewrites(is_renamed: bool, ty: String) -> Vec<ValueRewrite> {
    let rewrite = is_renamed.then(|| ValueRewrite {
        path: vec![PathStep::Field("__typename".to_owned())],
        value: ty,
    });
    rewrite.into_iter().collect()
}

fn definitions(
    operation: &Operation<'_>,
    used: &BTreeSet<String>,
    inputs: &[EntityInput],
) -> String {
    let known = operation.variables.iter().map(|one| &one.node);
    let own = known.filter(|one| used.contains(one.name.node.as_str()));
    let own = own.map(definition);
    let lists = inputs
        .iter()
        .map(|input| format!("${}: [_Any!]!", input.variable));
    let all = own.chain(lists).collect::<Vec<_>>();
    if all.is_empty() {
        String::new()
    } else {
        format!("({})", all.join(", "))
    }
}

fn definition(variable: &VariableDefinition) -> String {
    let mut text = format!("${}: {}", variable.name.node, variable.var_type.node);
    if let Some(default) = &variable.default_value {
        text = format!("{text} = {}", literal(&default.node));
    }
    text
}
