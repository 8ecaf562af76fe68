//! Plans by groups of fields: for operations that the planner library plans wrongly or not at all.
//!
//! Goes from field to field. What the subgraph at hand resolves joins the group of fields that is asked of it; for what it
//! does not resolve a group is begun elsewhere, after whatever finds the entity there and whatever the field requires.

mod ask;
mod entity;
mod federation;
mod root;
mod selection;
mod steps;
mod walk;

use std::collections::{BTreeSet, HashMap, HashSet};

use async_graphql::{
    Positioned,
    parser::{
        parse_query,
        types::{DocumentOperations, VariableDefinition},
    },
};

use self::{
    ask::{Ask, Item, items},
    federation::Federation,
    selection::Selections,
};
use super::{FetchStep, PathStep, RequiredItem};
use crate::{subgraph::OperationKind, supergraph::Supergraph};

/// Why an operation has no plan by groups.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unplanned {
    #[error("the operation does not parse: {0}")]
    Text(String),
    #[error("no subgraph that can be reached resolves `{field}` of `{ty}`")]
    Unreachable { ty: String, field: String },
    #[error("two fields share the key `{0}`")]
    Conflict(String),
    #[error("root types below the root are not known here")]
    NestedRoot,
    #[error("progressive overrides are not known here")]
    ProgressiveOverride,
    #[error("there are too many ways to try")]
    TooLarge,
}

/// An operation as the planner library would get it.
pub(super) struct Operation<'a> {
    kind: OperationKind,
    variables: Vec<Positioned<VariableDefinition>>,
    subgraphs: &'a [String],
    items: Vec<Item>,
}

/// Fields that one subgraph is asked for at one place.
#[derive(Debug, Clone)]
struct Group {
    graph: usize,
    /// Where the objects are that it extends; empty at the root.
    path: Vec<PathStep>,
    /// None at the root.
    entity: Option<Entity>,
    selections: Selections,
    variables: BTreeSet<String>,
    /// When it can be asked: after all groups of earlier waves.
    wave: usize,
}

/// How the subgraph finds the entities of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entity {
    /// The name under which the subgraph knows them.
    ty: String,
    requires: Vec<RequiredItem>,
    /// Whether that name is not the one in the response.
    is_renamed: bool,
}

/// The groups that have been begun, and what is known about names.
struct Planning<'a> {
    federation: Federation<'a>,
    groups: Vec<Group>,
    /// All that made the groups what they are, so that a way that leads nowhere can be gone back.
    changes: Vec<Change>,
    /// Keys under which the client asks for objects.
    objects: HashSet<String>,
    /// Keys that the client has for fields of other names.
    aliases: HashSet<String>,
    /// Keys of required fields that must not be taken for the client's or for one another, by what they ask for.
    required: HashMap<String, String>,
    /// Subgraphs on the way to which the planning is, and where.
    reaching: Vec<(Vec<PathStep>, usize)>,
    steps: usize,
    depth: usize,
}

/// One step of planning.
enum Change {
    Begin(Group),
    Select {
        group: usize,
        inside: Vec<PathStep>,
        ask: Ask,
        ty: String,
        is_object: bool,
    },
    SelectTypeName {
        group: usize,
        inside: Vec<PathStep>,
    },
}

impl<'a> Operation<'a> {
    /// Reads the only operation of `text`, which holds no named fragments and no conditions.
    pub(super) fn read(
        supergraph: &'a Supergraph,
        kind: OperationKind,
        text: &str,
    ) -> Result<Self, Unplanned> {
        let document = parse_query(text).map_err(|error| Unplanned::Text(error.to_string()))?;
        let operation = match document.operations {
            DocumentOperations::Single(operation) => Some(operation),
            DocumentOperations::Multiple(operations) => operations.into_values().next(),
        };
        let operation = operation.ok_or_else(|| Unplanned::Text("no operation".to_owned()))?;
        Ok(Self {
            kind,
            items: items(&operation.node.selection_set.node),
            variables: operation.node.variable_definitions,
            subgraphs: supergraph.subgraphs(),
        })
    }

    /// Whether it asks for what the library cannot be trusted with, as far as names tell: a field that requires others, or
    /// one of an interface object for values of one type only.
    pub(super) fn is_ours(&self, supergraph: &Supergraph) -> bool {
        fn any(items: &[Item], is_on: bool, is_ours: &impl Fn(&str, bool) -> bool) -> bool {
            items.iter().any(|item| match item {
                Item::Field(ask) => is_ours(&ask.name, is_on) || any(&ask.inner, false, is_ours),
                Item::On(_, inner) => any(inner, true, is_ours),
            })
        }
        let types = &supergraph.types;
        any(&self.items, false, &|name, is_on| {
            types.is_requiring_others(name) || is_on && types.is_of_interface_object(name)
        })
    }

    /// The waves of its fetches.
    pub(super) fn plan(&self, supergraph: &Supergraph) -> Result<Vec<Vec<FetchStep>>, Unplanned> {
        let federation = Federation::new(supergraph);
        if federation.has_progressive_overrides() {
            return Err(Unplanned::ProgressiveOverride);
        }
        let mut planning = Planning {
            federation,
            groups: Vec::new(),
            changes: Vec::new(),
            objects: ask::objects(&self.items),
            aliases: ask::aliases(&self.items),
            required: HashMap::new(),
            reaching: Vec::new(),
            steps: 0,
            depth: 0,
        };
        planning.root(self)?;
        steps::waves(self, planning.groups)
    }
}

impl Planning<'_> {
    fn change(&mut self, change: Change) -> Result<(), Unplanned> {
        match &change {
            Change::Begin(group) => self.groups.push(group.clone()),
            Change::Select {
                group,
                inside,
                ask,
                ty,
                is_object,
            } => {
                let group = &mut self.groups[*group];
                group.selections.add(inside, ask, ty, *is_object)?;
                group.variables.extend(ask.variables.iter().cloned());
            }
            Change::SelectTypeName { group, inside } => {
                if let Some(selections) = self.groups[*group].selections.at(inside) {
                    selections.add_type_name();
                }
            }
        }
        self.changes.push(change);
        Ok(())
    }

    /// Tries a way, and leaves nothing behind where it leads nowhere.
    fn attempt<T>(
        &mut self,
        way: impl FnOnce(&mut Self) -> Result<T, Unplanned>,
    ) -> Result<Option<T>, Unplanned> {
        let (changes, reaching) = (self.changes.len(), self.reaching.len());
        match way(self) {
            Ok(found) => Ok(Some(found)),
            Err(Unplanned::TooLarge) => Err(Unplanned::TooLarge),
            Err(_) => {
                self.reaching.truncate(reaching);
                self.groups.clear();
                for change in std::mem::take(&mut self.changes).into_iter().take(changes) {
                    self.change(change)?;
                }
                Ok(None)
            }
        }
    }
}
