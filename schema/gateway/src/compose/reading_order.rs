//! The order in which people wrote things, which composition forgets.

use std::collections::HashMap;

use apollo_compiler::{
    Schema,
    schema::{ExtendedType, SchemaBuilder},
};

use super::SubgraphSdl;

/// Position of every member of every type, and the description of every type, by first mention; and who wrote of it.
#[derive(Debug, Default)]
pub(super) struct ReadingOrder {
    members: HashMap<String, HashMap<String, usize>>,
    descriptions: HashMap<String, String>,
    subgraphs: HashMap<String, Vec<String>>,
}

impl ReadingOrder {
    pub(super) fn of(subgraphs: &[SubgraphSdl]) -> Self {
        let mut order = Self::default();
        for subgraph in subgraphs {
            for (name, definition) in &read(&subgraph.sdl).types {
                order.note(name, definition);
                let subgraphs = order.subgraphs.entry(name.to_string()).or_default();
                subgraphs.push(subgraph.name.clone());
            }
        }
        order
    }

    /// Where `member` stands in `parent`; members nobody wrote come last.
    pub(super) fn position(&self, parent: &str, member: &str) -> usize {
        self.members
            .get(parent)
            .and_then(|members| members.get(member))
            .copied()
            .unwrap_or(usize::MAX)
    }

    /// The first description any subgraph gave the type.
    pub(super) fn description(&self, name: &str) -> Option<&str> {
        self.descriptions.get(name).map(String::as_str)
    }

    /// The subgraphs that define the type, in the order in which they were given.
    pub(super) fn subgraphs(&self, name: &str) -> &[String] {
        self.subgraphs.get(name).map_or(&[], Vec::as_slice)
    }

    fn note(&mut self, name: &str, definition: &ExtendedType) {
        if let Some(description) = definition.description() {
            self.descriptions
                .entry(name.to_owned())
                .or_insert_with(|| description.to_string());
        }
        let positions = self.members.entry(name.to_owned()).or_default();
        for member in member_names(definition) {
            let next = positions.len();
            positions.entry(member).or_insert(next);
        }
    }
}

/// Composition has parsed the same text before, so what cannot be built here is only not ordered.
pub(super) fn read(sdl: &str) -> Schema {
    SchemaBuilder::new()
        .adopt_orphan_extensions()
        .ignore_builtin_redefinitions()
        .parse(sdl, "subgraph.graphql")
        .build()
        .unwrap_or_else(|errors| errors.partial)
}

fn member_names(definition: &ExtendedType) -> Vec<String> {
    match definition {
        ExtendedType::Object(object) => names(object.fields.keys()),
        ExtendedType::Interface(interface) => names(interface.fields.keys()),
        ExtendedType::InputObject(input) => names(input.fields.keys()),
        ExtendedType::Enum(enumeration) => names(enumeration.values.keys()),
        ExtendedType::Union(union) => names(union.members.iter().map(|member| &member.name)),
        ExtendedType::Scalar(_) => Vec::new(),
    }
}

fn names<'a>(keys: impl Iterator<Item = &'a apollo_compiler::Name>) -> Vec<String> {
    keys.map(ToString::to_string).collect()
}
