//! From a valid document to the fields that cost something.

use apollo_compiler::{
    Name,
    executable::{DirectiveList, Field, Selection, SelectionSet},
};

use super::{
    estimate::{Condition, Node},
    input::of_literal,
    size::{Bound, Size},
    weights::{FieldWeight, ListSize},
};
use crate::{document::Document, subgraph::OperationKind, supergraph::Supergraph};

/// What a field at the root of a mutation costs.
const MUTATION: u64 = 10;
/// The arguments that hold the size of a page (Relay's *Cursor Connections*).
const PAGE_ARGUMENTS: [&str; 2] = ["first", "last"];
/// The lists of a page.
const PAGE_FIELDS: [&str; 2] = ["edges", "nodes"];

/// Collects the fields of one operation, fragments in line.
pub(super) struct Compiler<'a> {
    supergraph: &'a Supergraph,
    document: &'a Document,
    /// Items of a list that nothing is said of.
    usual: u64,
}

/// A size that a field hands to fields of its own type.
struct Handed {
    fields: Vec<String>,
    size: Size,
}

/// Where in the operation a selection set stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    handed: Option<&'a Handed>,
    conditions: &'a [Condition],
    is_mutation_root: bool,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(supergraph: &'a Supergraph, document: &'a Document, usual: u64) -> Self {
        Self {
            supergraph,
            document,
            usual,
        }
    }

    pub(super) fn operation(&self) -> Vec<Node> {
        let place = Place {
            handed: None,
            conditions: &[],
            is_mutation_root: self.document.kind == OperationKind::Mutation,
        };
        let mut nodes = Vec::new();
        self.selections(&self.document.operation.selection_set, place, &mut nodes);
        nodes
    }

    fn selections(&self, set: &SelectionSet, place: Place<'_>, nodes: &mut Vec<Node>) {
        for selection in &set.selections {
            let Some(conditions) = self.conditions(selection.directives(), place.conditions) else {
                continue;
            };
            let place = Place {
                conditions: &conditions,
                ..place
            };
            match selection {
                // Introspection is answered from memory.
                Selection::Field(field) if field.name.starts_with("__") => {}
                Selection::Field(field) => nodes.extend(self.field(&set.ty, field, place)),
                Selection::InlineFragment(fragment) => {
                    self.selections(&fragment.selection_set, place, nodes);
                }
                Selection::FragmentSpread(spread) => {
                    let fragments = &self.document.executable.fragments;
                    if let Some(fragment) = fragments.get(&spread.fragment_name) {
                        self.selections(&fragment.selection_set, place, nodes);
                    }
                }
            }
        }
    }

    fn field(&self, parent: &Name, field: &Field, place: Place<'_>) -> Option<Node> {
        let weights = &self.supergraph.weights;
        let declared = weights.of_field(parent, &field.name);
        let type_name = field.ty().inner_named_type();
        let is_composite = !field.selection_set.is_empty();
        let lists = list_depth(field);
        let of_type = weights.of_type(type_name, is_composite);
        let of_field = declared.and_then(|declared| declared.weight);

        let mut inputs = Vec::new();
        let of_arguments = self.arguments(field, declared, &mut inputs);
        let (base, weight) = if place.is_mutation_root {
            let single = if lists > 0 { of_type } else { 0 };
            (of_field.unwrap_or(MUTATION), single)
        } else {
            (0, of_field.unwrap_or(of_type))
        };
        let (size, handed) = self.sizes(field, declared, lists, place.handed);
        let mut node = Node {
            name: field.name.clone(),
            base: base.saturating_add(of_arguments),
            weight,
            size,
            inputs,
            conditions: place.conditions.to_vec(),
            children: Vec::new(),
            fixed: None,
        };
        let inside = Place {
            handed: handed.as_ref(),
            conditions: &[],
            is_mutation_root: false,
        };
        self.selections(&field.selection_set, inside, &mut node.children);
        node.settle();
        let is_free = node.base == 0
            && node.weight == 0
            && node.inputs.is_empty()
            && node.children.is_empty();
        (!is_free).then_some(node)
    }

    fn arguments(
        &self,
        field: &Field,
        declared: Option<&FieldWeight>,
        open: &mut Vec<super::input::OpenInput>,
    ) -> u64 {
        let weights = &self.supergraph.weights;
        let costs = field.arguments.iter().map(|argument| {
            let own = declared.and_then(|declared| declared.arguments.get(&argument.name));
            let definition = field.definition.argument_by_name(&argument.name);
            let inner = definition.map_or(0, |definition| {
                let type_name = definition.ty.inner_named_type();
                of_literal(weights, type_name, &argument.value, open)
            });
            inner.saturating_add(own.copied().unwrap_or_default())
        });
        costs.fold(0, u64::saturating_add)
    }

    /// How many values the field has, and the size it hands to the lists inside it.
    fn sizes(
        &self,
        field: &Field,
        declared: Option<&FieldWeight>,
        lists: u32,
        handed: Option<&Handed>,
    ) -> (Size, Option<Handed>) {
        let page = page(field, lists);
        let declared = match declared.map(|declared| declared.sizes.as_slice()) {
            None | Some([]) => Vec::from_iter((!page.slicing.is_empty()).then_some(page)),
            Some(sizes) => sizes.iter().map(|size| complete(size, &page)).collect(),
        };
        let (own, inner) = declared
            .iter()
            .partition::<Vec<_>, _>(|size| size.sized.is_empty());
        let bounds = |sizes: Vec<&ListSize>| {
            let schema = &self.supergraph.api;
            sizes
                .into_iter()
                .map(|size| Bound::of(schema, field, size, self.usual))
                .collect::<Vec<_>>()
        };
        let hands = (!inner.is_empty()).then(|| Handed {
            fields: inner.iter().flat_map(|size| size.sized.clone()).collect(),
            size: Size::settled(bounds(inner), 1),
        });
        (self.own_size(field, bounds(own), lists, handed), hands)
    }

    fn own_size(
        &self,
        field: &Field,
        bounds: Vec<Bound>,
        lists: u32,
        handed: Option<&Handed>,
    ) -> Size {
        let Some(inner_lists) = lists.checked_sub(1) else {
            return Size::Fixed(1);
        };
        let factor = self.usual.saturating_pow(inner_lists);
        match handed {
            Some(handed) if handed.fields.iter().any(|name| field.name == name.as_str()) => {
                handed.size.clone().times(factor)
            }
            _ if bounds.is_empty() => Size::Fixed(self.usual.saturating_mul(factor)),
            _ => Size::settled(bounds, factor),
        }
    }

    /// The conditions around with those of a selection; nothing where it never takes part.
    fn conditions(
        &self,
        directives: &DirectiveList,
        around: &[Condition],
    ) -> Option<Vec<Condition>> {
        let mut conditions = around.to_vec();
        for (directive, wanted) in [("include", true), ("skip", false)] {
            let Some(directive) = directives.get(directive) else {
                continue;
            };
            let value = directive.specified_argument_by_name("if")?;
            match (value.to_bool(), value.as_variable()) {
                (Some(value), _) if value != wanted => return None,
                (None, Some(variable)) => {
                    let names = &self.document.condition_variables;
                    let position = names.iter().position(|known| known == variable)?;
                    conditions.push(Condition { position, wanted });
                }
                _ => {}
            }
        }
        Some(conditions)
    }
}

/// What a list or a page is taken to declare, so that not every connection has to be annotated.
fn page(field: &Field, lists: u32) -> ListSize {
    let is_argument = |name: &&str| field.definition.argument_by_name(name).is_some();
    let sized: &[&str] = if lists > 0 { &[] } else { &PAGE_FIELDS };
    ListSize {
        assumed: None,
        slicing: PAGE_ARGUMENTS
            .into_iter()
            .filter(is_argument)
            .map(str::to_owned)
            .collect(),
        sized: sized.iter().map(ToString::to_string).collect(),
        one_required: false,
    }
}

/// A declaration with what a page is taken to declare where it is silent.
fn complete(declared: &ListSize, page: &ListSize) -> ListSize {
    let mut size = declared.clone();
    if size.slicing.is_empty() {
        size.slicing.clone_from(&page.slicing);
        size.one_required = false;
    }
    if size.sized.is_empty() {
        size.sized.clone_from(&page.sized);
    }
    size
}

/// How many lists are inside one another.
fn list_depth(field: &Field) -> u32 {
    let mut depth = 0;
    let mut ty = field.ty();
    while ty.is_list() {
        depth += 1;
        ty = ty.item_type();
    }
    depth
}
