//! Where an operation begins.

use std::{cmp::Reverse, collections::BTreeSet};

use super::{
    Ask, Change, Group, Operation, Planning, Selections, Unplanned,
    walk::{Place, unreachable},
};
use crate::subgraph::OperationKind;

/// When a root field runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    SideBySide,
    /// After everything before it; the group of the field before it, where that is one.
    After(Option<usize>),
}

impl Planning<'_> {
    /// Plans the whole operation.
    pub(super) fn root(&mut self, operation: &Operation<'_>) -> Result<(), Unplanned> {
        let root = self.federation.root(operation.kind.as_str());
        let root = root.unwrap_or_default().to_owned();
        let mut asked = Vec::new();
        self.collect(&root, &operation.items, &mut asked);
        let is_serial = operation.kind == OperationKind::Mutation;
        let mut last = None;
        for ask in &asked {
            let resolving = self.resolving(&root, ask, &asked);
            let order = if is_serial {
                Order::After(last)
            } else {
                Order::SideBySide
            };
            last = self.root_field(&root, ask, &resolving, order)?;
        }
        Ok(())
    }

    /// Plans a root field, in parts where no subgraph leads to all that is asked for; the group it is in, where that is one.
    fn root_field(
        &mut self,
        root: &str,
        ask: &Ask,
        resolving: &[usize],
        order: Order,
    ) -> Result<Option<usize>, Unplanned> {
        for graph in resolving {
            let found = self.attempt(|planning| {
                let place = Place {
                    group: planning.root_group(*graph, order)?,
                    inside: Vec::new(),
                    ty: root.to_owned(),
                    provided: Vec::new(),
                };
                let local = planning.local(&place, &ask.name);
                let local = local.ok_or_else(|| unreachable(root, &ask.name))?;
                planning.select(&place, ask, &local)?;
                Ok(place.group)
            })?;
            if found.is_some() {
                return Ok(found);
            }
        }
        let parts = ask.parts();
        // Asking twice would write twice.
        if order != Order::SideBySide || parts.len() < 2 {
            return Err(unreachable(root, &ask.name));
        }
        for part in parts {
            self.root_field(root, &part, resolving, order)?;
        }
        Ok(None)
    }

    /// The subgraphs that resolve a root field, those first that resolve the most of all that is asked.
    fn resolving(&self, root: &str, ask: &Ask, asked: &[Ask]) -> Vec<usize> {
        let resolves = |graph: usize, ask: &Ask| {
            let resolver = self.federation.resolver(graph, root, &ask.name);
            resolver.is_some()
        };
        let graphs = self.federation.graphs();
        let mut graphs = graphs
            .filter(|graph| resolves(*graph, ask))
            .collect::<Vec<_>>();
        graphs.sort_by_key(|graph| {
            Reverse(asked.iter().filter(|other| resolves(*graph, other)).count())
        });
        graphs
    }

    /// The group at the root of a subgraph. Mutations run one after another with all that belongs to them, so that one
    /// joins the group before it only where that is all there is.
    fn root_group(&mut self, graph: usize, order: Order) -> Result<usize, Unplanned> {
        let mut groups = self.groups.iter();
        let known = match order {
            Order::SideBySide => {
                groups.position(|group| group.entity.is_none() && group.graph == graph)
            }
            Order::After(last) => last
                .filter(|last| last + 1 == self.groups.len() && self.groups[*last].graph == graph),
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let next = self.groups.iter().map(|group| group.wave + 1).max();
        self.change(Change::Begin(Group {
            graph,
            path: Vec::new(),
            entity: None,
            selections: Selections::default(),
            variables: BTreeSet::new(),
            wave: next
                .filter(|_| order != Order::SideBySide)
                .unwrap_or_default(),
        }))?;
        Ok(self.groups.len() - 1)
    }
}
