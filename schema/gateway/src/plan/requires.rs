//! What a fetch of entities needs to know of each entity.

use std::collections::{BTreeSet, HashSet};

use async_graphql::Name;
use hive_router_query_planner::{
    ast::{selection_item::SelectionItem, selection_set::SelectionSet},
    planner::plan_nodes::{FetchNodePathSegment, FetchRewrite},
    state::supergraph_state::SupergraphState,
};

use super::{KeyRename, PathStep};

/// Selections of a representation, compiled from the plan.
#[derive(Debug, Default)]
pub(crate) struct Requires {
    pub(crate) items: Vec<RequiredItem>,
}

/// One selection of a representation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RequiredItem {
    Field(RequiredField),
    OnType(String, Vec<Self>),
}

/// One field of a representation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequiredField {
    /// The key under which the response so far holds it.
    pub(crate) read: String,
    /// The name under which the subgraph wants it.
    pub(crate) write: Name,
    /// Part of the key: without it there is no entity to ask for.
    pub(crate) is_key: bool,
    pub(crate) items: Vec<RequiredItem>,
}

/// A value to put into a representation, for subgraphs that know the entity under its interface's name only.
#[derive(Debug)]
pub(crate) struct ValueRewrite {
    pub(crate) path: Vec<PathStep>,
    pub(crate) value: String,
}

impl Requires {
    pub(super) fn of(selections: &SelectionSet, supergraph: &SupergraphState, graph: &str) -> Self {
        let compiler = Compiler { supergraph, graph };
        Self {
            items: compiler.items(selections, &HashSet::new(), false),
        }
    }
}

struct Compiler<'a> {
    supergraph: &'a SupergraphState,
    graph: &'a str,
}

impl Compiler<'_> {
    /// `keys` are the names of key fields at this level; inside a key field everything is part of the key.
    fn items(
        &self,
        selections: &SelectionSet,
        keys: &HashSet<String>,
        is_inside_key: bool,
    ) -> Vec<RequiredItem> {
        let mut items = Vec::with_capacity(selections.items.len());
        for item in &selections.items {
            match item {
                SelectionItem::Field(field) if field.name == "__typename" => {}
                SelectionItem::Field(field) => {
                    let write = field.selection_identifier();
                    let is_key = is_inside_key || keys.contains(write);
                    items.push(RequiredItem::Field(RequiredField {
                        read: field.name.clone(),
                        write: Name::new(write),
                        is_key,
                        items: self.items(&field.selections, &HashSet::new(), is_key),
                    }));
                }
                SelectionItem::InlineFragment(fragment) => {
                    let condition = fragment.type_condition.clone();
                    let keys = self.keys_of(&condition);
                    let inner = self.items(&fragment.selections, &keys, is_inside_key);
                    items.push(RequiredItem::OnType(condition, inner));
                }
                // Only operations are written with named fragments, never what an entity requires.
                SelectionItem::FragmentSpread(_) => {}
            }
        }
        items
    }

    /// Top-level names in the `@key`s of a type in the subgraph that is asked.
    fn keys_of(&self, type_name: &str) -> HashSet<String> {
        let Some(definition) = self.supergraph.definitions.get(type_name) else {
            return HashSet::new();
        };
        definition
            .join_types()
            .iter()
            .filter(|join| join.graph_id == self.graph)
            .filter_map(|join| join.key.as_deref())
            .flat_map(top_level_names)
            .collect()
    }
}

pub(super) fn top_level_names(field_set: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut names = Vec::new();
    let spaced = field_set.replace('{', " { ").replace('}', " } ");
    for word in spaced.split_whitespace() {
        match word {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            name if depth == 0 => names.push(name.to_owned()),
            _ => {}
        }
    }
    names
}

pub(super) fn value_rewrites(rewrites: Option<&[FetchRewrite]>) -> Vec<ValueRewrite> {
    let setters = rewrites.unwrap_or_default().iter();
    setters
        .filter_map(|rewrite| match rewrite {
            FetchRewrite::ValueSetter(setter) => Some(ValueRewrite {
                path: steps(&setter.path),
                value: setter.set_value_to.clone(),
            }),
            FetchRewrite::KeyRenamer(_) => None,
        })
        .collect()
}

pub(super) fn key_renames(rewrites: Option<&[FetchRewrite]>) -> Vec<KeyRename> {
    let renamers = rewrites.unwrap_or_default().iter();
    renamers
        .filter_map(|rewrite| match rewrite {
            FetchRewrite::KeyRenamer(renamer) => Some(KeyRename {
                path: steps(&renamer.path),
                to: Name::new(&renamer.rename_key_to),
            }),
            FetchRewrite::ValueSetter(_) => None,
        })
        .collect()
}

fn steps(path: &[FetchNodePathSegment]) -> Vec<PathStep> {
    path.iter()
        .map(|segment| match segment {
            FetchNodePathSegment::Key(key) => PathStep::Field(key.clone()),
            FetchNodePathSegment::TypenameEquals(names) => {
                PathStep::OnType(names.iter().cloned().collect::<BTreeSet<_>>())
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::top_level_names;

    #[test]
    fn a_compound_key_names_its_outermost_fields() {
        assert_eq!(
            top_level_names("id organization { id owner { id } } number"),
            ["id", "organization", "number"]
        );
        assert_eq!(top_level_names("a{b}c"), ["a", "c"]);
    }
}
