//! What each subgraph resolves, as the supergraph says it.

use hive_router_query_planner::state::supergraph_state::{
    SupergraphDefinition, SupergraphState, TypeNode,
};

use super::super::requires::top_level_names;
use crate::supergraph::{Supergraph, Types};

/// The supergraph, asked subgraph by subgraph. Subgraphs go by their position in [`Supergraph::subgraphs`].
pub(super) struct Federation<'a> {
    state: &'a SupergraphState,
    types: &'a Types,
    /// The value of `join__Graph` of each subgraph.
    ids: Vec<&'a str>,
}

/// How a subgraph resolves a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver<'a> {
    /// The field set of `@requires`.
    pub(super) requires: Option<&'a str>,
    /// The field set of `@provides`.
    pub(super) provides: Option<&'a str>,
    /// The type of the field in this subgraph.
    pub(super) ty: &'a TypeNode,
}

/// A subgraph that resolves a field of an entity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) graph: usize,
    /// The name under which the subgraph knows the entity: its type, or an interface.
    pub(super) ty: &'a str,
    pub(super) resolver: Resolver<'a>,
}

impl<'a> Federation<'a> {
    pub(super) fn new(supergraph: &'a Supergraph) -> Self {
        let state = &supergraph.planner.supergraph;
        let id = |name: &String| {
            let mut known = state.known_subgraphs.iter();
            known
                .find(|(_, known)| *known == name)
                .map_or("", |(id, _)| id)
        };
        Self {
            state,
            types: &supergraph.types,
            ids: supergraph.subgraphs().iter().map(id).collect(),
        }
    }

    /// Whether requests decide which subgraph resolves a field, which is not known here.
    pub(super) fn has_progressive_overrides(&self) -> bool {
        let overrides = &self.state.progressive_overrides;
        !overrides.flags.is_empty() || !overrides.percentages.is_empty()
    }

    pub(super) fn graphs(&self) -> std::ops::Range<usize> {
        0..self.ids.len()
    }

    /// The name of the root type that `kind` begins at.
    pub(super) fn root(&self, kind: &str) -> Option<&'a str> {
        match kind {
            "mutation" => self.state.mutation_type.as_deref(),
            "subscription" => self.state.subscription_type.as_deref(),
            _ => Some(&self.state.query_type),
        }
    }

    /// Whether `name` is one of the types at which operations begin.
    pub(super) fn is_root(&self, name: &str) -> bool {
        ["query", "mutation", "subscription"]
            .iter()
            .any(|kind| self.root(kind) == Some(name))
    }

    pub(super) fn satisfies(&self, concrete: &str, condition: &str) -> bool {
        self.types.satisfies(concrete, condition)
    }

    fn definition(&self, ty: &str) -> Option<(&'a str, &'a SupergraphDefinition)> {
        let (name, definition) = self.state.definitions.get_key_value(ty)?;
        Some((name, definition))
    }

    pub(super) fn is_interface(&self, ty: &str) -> bool {
        let definition = self.definition(ty);
        definition.is_some_and(|(_, one)| matches!(one, SupergraphDefinition::Interface(_)))
    }

    /// Whether the subgraph knows the interface by `@interfaceObject`, as one object.
    pub(super) fn is_interface_object(&self, graph: usize, ty: &str) -> bool {
        self.state
            .is_interface_object_in_subgraph(ty, self.ids[graph])
    }

    /// Whether values of this type have fields of their own in the subgraph, as objects have.
    pub(super) fn is_object(&self, graph: usize, ty: &str) -> bool {
        let definition = self.definition(ty);
        definition.is_some_and(|(_, one)| matches!(one, SupergraphDefinition::Object(_)))
            || self.is_interface_object(graph, ty)
    }

    /// Object types that a value of type `ty` may have in the subgraph, in a fixed order.
    pub(super) fn possible(&self, graph: usize, ty: &str) -> Vec<&'a str> {
        let id = self.ids[graph];
        match self.definition(ty) {
            Some((name, SupergraphDefinition::Object(_))) => vec![name],
            Some((name, SupergraphDefinition::Interface(_))) => {
                let members = self.state.interface_members(name).into_iter().flatten();
                let here = members.filter(|member| self.implements(id, member, name));
                here.map(String::as_str).collect()
            }
            Some((_, SupergraphDefinition::Union(union))) => {
                let members = union.union_members.iter();
                let here = members.filter(|member| member.graph == id);
                here.map(|member| member.member.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether every value of the interface satisfies the condition, in any subgraph.
    pub(super) fn covers(&self, condition: &str, interface: &str) -> bool {
        let mut members = self
            .state
            .interface_members(interface)
            .into_iter()
            .flatten();
        condition == interface || members.all(|member| self.satisfies(member, condition))
    }

    fn implements(&self, id: &str, member: &str, interface: &str) -> bool {
        let implemented = self
            .definition(member)
            .map(|(_, one)| one.join_implements());
        let mut implemented = implemented.into_iter().flatten();
        implemented.any(|one| one.graph_id == id && one.interface == interface)
    }

    /// How the subgraph resolves the field of the type by itself; nothing where it does not.
    pub(super) fn resolver(&self, graph: usize, ty: &str, field: &str) -> Option<Resolver<'a>> {
        let (resolver, is_external) = self.declared(graph, ty, field)?;
        (!is_external || self.is_part_of_key(graph, ty, field)).then_some(resolver)
    }

    /// What the subgraph says of the field, and whether that is that others resolve it.
    pub(super) fn declared(
        &self,
        graph: usize,
        ty: &str,
        field: &str,
    ) -> Option<(Resolver<'a>, bool)> {
        let id = self.ids[graph];
        let (_, definition) = self.definition(ty)?;
        if !definition.is_defined_in_subgraph(id) {
            return None;
        }
        let field = definition.fields().get(field)?;
        let mut joined = field.join_field.iter();
        let own = joined.find(|one| one.graph_id.as_deref() == Some(id));
        if own.is_none() && !field.join_field.is_empty() {
            return None;
        }
        let resolver = Resolver {
            requires: own.and_then(|one| one.requires.as_deref()),
            provides: own.and_then(|one| one.provides.as_deref()),
            ty: own
                .and_then(|one| one.type_in_graph.as_ref())
                .unwrap_or(&field.field_type),
        };
        let is_external = own.is_some_and(|one| one.external || one.used_overridden);
        Some((resolver, is_external))
    }

    fn is_part_of_key(&self, graph: usize, ty: &str, field: &str) -> bool {
        let keys = self.joined_keys(graph, ty).map(|(key, _)| key);
        keys.flat_map(top_level_names).any(|name| name == field)
    }

    fn joined_keys(&self, graph: usize, ty: &str) -> impl Iterator<Item = (&'a str, bool)> {
        let id = self.ids[graph];
        let joined = self.definition(ty).map(|(_, one)| one.join_types());
        let here = joined
            .into_iter()
            .flatten()
            .filter(move |one| one.graph_id == id);
        here.filter_map(|one| Some((one.key.as_deref()?, one.resolvable)))
    }

    /// The keys by which the subgraph finds entities of the type, those first of which no part may be null.
    pub(super) fn keys(&self, graph: usize, ty: &str) -> Vec<&'a str> {
        let keys = self.joined_keys(graph, ty);
        let mut keys = keys
            .filter(|(_, is_resolvable)| *is_resolvable)
            .map(|(key, _)| key)
            .collect::<Vec<_>>();
        keys.sort_by_key(|key| {
            let names = top_level_names(key);
            names
                .iter()
                .any(|name| !self.is_never_null(graph, ty, name))
        });
        keys
    }

    fn is_never_null(&self, graph: usize, ty: &str, field: &str) -> bool {
        let declared = self.declared(graph, ty, field);
        declared.is_some_and(|(resolver, _)| resolver.ty.is_non_null())
    }

    /// The subgraphs that resolve the field for entities of type `ty`, besides `here`: there it takes another visit
    /// where the field requires others.
    pub(super) fn targets(&self, here: usize, ty: &str, field: &str) -> Vec<Target<'a>> {
        let Some((name, definition)) = self.definition(ty) else {
            return Vec::new();
        };
        let interfaces = definition.join_implements().iter();
        let interfaces = interfaces.map(|one| one.interface.as_str());
        let names = std::iter::once(name).chain(interfaces).collect::<Vec<_>>();
        let mut targets = Vec::new();
        for graph in self.graphs() {
            let found = names.iter().find_map(|known| {
                let is_met = *known == name || self.is_interface_object(graph, known);
                let resolver = self.resolver(graph, known, field).filter(|_| is_met)?;
                let is_other = graph != here || resolver.requires.is_some();
                (is_other && !self.keys(graph, known).is_empty()).then_some(Target {
                    graph,
                    ty: known,
                    resolver,
                })
            });
            targets.extend(found);
        }
        targets
    }

    /// The subgraphs that know which type a value of the interface has.
    pub(super) fn knowing(&self, interface: &str) -> Vec<usize> {
        let graphs = self.graphs().filter(|graph| {
            !self.is_interface_object(*graph, interface) && !self.keys(*graph, interface).is_empty()
        });
        graphs.collect()
    }
}
