//! What a generated world consists of: the types as one schema has them, and where each part of them lives.

use std::collections::BTreeSet;

use async_graphql::parser::types::{BaseType, Type as Ty};
use indexmap::IndexMap;

/// How many entities there are of each type.
pub(crate) const INSTANCES: u64 = 5;

#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) subgraphs: usize,
    pub(crate) types: IndexMap<String, Type>,
    /// Values of the enum of outputs in each subgraph; the graph has all of them.
    pub(crate) colors: Vec<Vec<String>>,
    /// Values of the enum of inputs in each subgraph; the graph has those that all have.
    pub(crate) modes: Vec<Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Root,
    Entity,
    Value,
    Interface,
    Union,
}

#[derive(Debug, Clone)]
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Subgraphs that define it.
    pub(crate) homes: BTreeSet<usize>,
    /// Subgraphs that know an interface as an object only.
    pub(crate) interface_objects: BTreeSet<usize>,
    pub(crate) fields: IndexMap<String, Field>,
    /// Subgraph and field set, as in `@key`.
    pub(crate) keys: Vec<(usize, String)>,
    /// The only subgraph, if any, whose one key is null for some entities.
    pub(crate) null_keyed: Option<usize>,
    /// Subgraph and object type: members of a union, implementers of an interface.
    pub(crate) members: Vec<(usize, String)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) arguments: Vec<Argument>,
    /// Each subgraph that defines it, and how.
    pub(crate) places: IndexMap<usize, Place>,
    pub(crate) key: Option<KeyPart>,
    pub(crate) may_fail: bool,
    pub(crate) is_inaccessible: bool,
    /// The field set of `@requires` in the subgraph that resolves it.
    pub(crate) requires: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) default: Option<&'static str>,
}

#[expect(clippy::struct_excessive_bools, reason = "directives are there or not")]
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) is_external: bool,
    pub(crate) is_shareable: bool,
    pub(crate) overrides: Option<usize>,
    pub(crate) is_overridden: bool,
    pub(crate) provides: Option<String>,
    /// External, but provided somewhere in this subgraph.
    pub(crate) is_provided: bool,
}

/// What a part of a key says about its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyPart {
    Id,
    Code,
    High,
    Low,
    Number,
    Nested,
}

impl World {
    pub(crate) fn ty(&self, name: &str) -> Option<&Type> {
        self.types.get(name)
    }

    /// Whether a value of the object type `concrete` fits the type `condition`.
    pub(crate) fn is_a(&self, concrete: &str, condition: &str) -> bool {
        concrete == condition
            || self
                .ty(condition)
                .is_some_and(|ty| ty.members.iter().any(|(_, member)| member == concrete))
    }

    /// Object types that a value of type `name` may have, in one subgraph or in the whole graph.
    pub(crate) fn possible(&self, name: &str, subgraph: Option<usize>) -> Vec<String> {
        let Some(ty) = self.ty(name) else {
            return Vec::new();
        };
        let subgraph = subgraph.filter(|home| !ty.interface_objects.contains(home));
        match ty.kind {
            Kind::Interface | Kind::Union => {
                let members = ty.members.iter();
                let here = members.filter(|(home, _)| subgraph.is_none_or(|one| one == *home));
                let names: BTreeSet<_> = here.map(|(_, member)| member.clone()).collect();
                names.into_iter().collect()
            }
            _ => vec![name.to_owned()],
        }
    }

    /// Whether `subgraph` may hand out values of type `name` to be extended by others.
    pub(crate) fn may_return(&self, name: &str, subgraph: usize) -> bool {
        let Some(ty) = self.ty(name) else { return true };
        let is_known = ty.homes.contains(&subgraph) || ty.interface_objects.contains(&subgraph);
        let members = self.possible(name, Some(subgraph));
        let all_reachable = members.iter().all(|member| {
            let member = &self.types[member];
            member.null_keyed != Some(subgraph)
        });
        is_known && !members.is_empty() && all_reachable
    }
}

impl Type {
    pub(crate) fn new(name: &str, kind: Kind, homes: impl IntoIterator<Item = usize>) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            homes: homes.into_iter().collect(),
            interface_objects: BTreeSet::new(),
            fields: IndexMap::new(),
            keys: Vec::new(),
            null_keyed: None,
            members: Vec::new(),
        }
    }

    pub(crate) fn is_abstract(&self) -> bool {
        matches!(self.kind, Kind::Interface | Kind::Union)
    }

    pub(crate) fn add(&mut self, field: Field) {
        self.fields.insert(field.name.clone(), field);
    }
}

impl Field {
    pub(crate) fn new(name: &str, ty: &str, places: impl IntoIterator<Item = usize>) -> Self {
        let places: IndexMap<_, _> = places
            .into_iter()
            .map(|place| (place, Place::default()))
            .collect();
        let is_shared = places.len() > 1;
        Self {
            name: name.to_owned(),
            ty: Ty::new(ty).unwrap(),
            arguments: Vec::new(),
            places: places
                .into_iter()
                .map(|(home, place)| (home, place.shareable(is_shared)))
                .collect(),
            key: None,
            may_fail: false,
            is_inaccessible: false,
            requires: None,
        }
    }

    pub(crate) fn with_key(mut self, key: KeyPart) -> Self {
        self.key = Some(key);
        self
    }

    /// The subgraphs that resolve it.
    pub(crate) fn owners(&self) -> impl Iterator<Item = usize> {
        let places = self.places.iter();
        places
            .filter(|(_, place)| !place.is_external && !place.is_overridden)
            .map(|(home, _)| *home)
    }
}

impl Place {
    fn shareable(mut self, is_shareable: bool) -> Self {
        self.is_shareable = is_shareable;
        self
    }
}

/// The name inside all lists.
pub(crate) fn base(ty: &Ty) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(item) => base(item),
    }
}
