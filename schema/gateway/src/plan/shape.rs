//! What the client asked for, in the form in which answers are completed: fields in order, types, nullability.
//!
//! Shapes are worked out when the first value of their type arrives, so that a document costs what its answers use.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use apollo_compiler::{
    Name as SchemaName, Node,
    ast::Type,
    executable::{Field, Selection, SelectionSet},
    schema::ExtendedType,
};
use async_graphql::Name;
use indexmap::IndexMap;

use super::{
    alias::key_in_plan,
    operation_text::{depends_on_type, is_abstract},
};
use crate::{
    document::{Conditions, Document},
    supergraph::Supergraph,
};

/// The selections on one value of composite type.
#[derive(Debug)]
pub(crate) struct Shape {
    operation: Arc<OperationContext>,
    /// The declared type.
    pub(crate) parent: String,
    /// Selection sets of all fields that share the response key.
    sources: Vec<SelectionSet>,
    fields: ByType,
}

#[derive(Debug)]
enum ByType {
    /// The same for every type that can stand here.
    Same(OnceLock<Box<[ShapeField]>>),
    /// One entry for every possible type.
    Each(HashMap<String, OnceLock<Box<[ShapeField]>>>),
}

#[derive(Debug)]
struct OperationContext {
    supergraph: Arc<Supergraph>,
    document: Arc<Document>,
    conditions: Conditions,
}

/// One key of a response object.
#[derive(Debug)]
pub(crate) struct ShapeField {
    pub(crate) key: Name,
    /// The key under which the plan brings it.
    pub(crate) source: Name,
    pub(crate) ty: TypeShape,
}

/// The type of a value.
#[derive(Debug)]
pub(crate) struct TypeShape {
    pub(crate) is_nullable: bool,
    pub(crate) kind: Kind,
}

/// What kind of value stands here.
#[derive(Debug)]
pub(crate) enum Kind {
    List(Box<TypeShape>),
    Composite(Arc<Shape>),
    Leaf(Leaf),
    /// `__typename`.
    TypeName,
    /// `__schema` and `__type`, complete as they are.
    Introspection,
}

/// A leaf, as far as the gateway can check it.
#[derive(Debug)]
pub(crate) enum Leaf {
    Int,
    Float,
    String,
    Boolean,
    Id,
    Enum(HashSet<String>),
    Custom,
}

impl Shape {
    /// The shape of a whole response.
    pub(crate) fn root(
        supergraph: &Arc<Supergraph>,
        document: &Arc<Document>,
        conditions: &Conditions,
    ) -> Arc<Self> {
        let operation = Arc::new(OperationContext {
            supergraph: Arc::clone(supergraph),
            document: Arc::clone(document),
            conditions: conditions.clone(),
        });
        let root = document.operation.selection_set.clone();
        Arc::new(Self::new(&operation, root.ty.to_string(), vec![root]))
    }

    fn new(operation: &Arc<OperationContext>, parent: String, sources: Vec<SelectionSet>) -> Self {
        let api = &operation.supergraph.api;
        let is_open = is_abstract(api, &parent)
            && sources
                .iter()
                .any(|set| depends_on_type(api, &operation.document, &parent, &set.selections));
        let fields = if is_open {
            ByType::Each(operation.possible_types(&parent))
        } else {
            ByType::Same(OnceLock::new())
        };
        Self {
            operation: Arc::clone(operation),
            parent,
            sources,
            fields,
        }
    }

    /// The concrete type of every value that stands here, where there is only one.
    pub(crate) fn concrete_type(&self) -> Option<&str> {
        let is_abstract = is_abstract(&self.operation.supergraph.api, &self.parent);
        (!is_abstract).then_some(&self.parent)
    }

    /// Whether a value's type must be known to answer.
    pub(crate) fn depends_on_type(&self) -> bool {
        matches!(self.fields, ByType::Each(_))
    }

    /// The fields of a value of type `name`; none where no such value may stand here.
    pub(crate) fn fields(&self, name: &str) -> Option<&[ShapeField]> {
        match &self.fields {
            ByType::Same(fields) => Some(fields.get_or_init(|| self.collect(&self.parent))),
            ByType::Each(types) => Some(types.get(name)?.get_or_init(|| self.collect(name))),
        }
    }

    /// The fields under a response key, of every type that can stand here.
    pub(crate) fn under(&self, key: &Name) -> impl Iterator<Item = &ShapeField> {
        let types: Vec<&str> = match &self.fields {
            ByType::Same(_) => vec![&self.parent],
            ByType::Each(types) => types.keys().map(String::as_str).collect(),
        };
        let fields = types.into_iter().filter_map(|name| self.fields(name));
        fields.flatten().filter(move |field| field.key == *key)
    }

    /// The specification's algorithm `CollectFields`.
    fn collect(&self, type_name: &str) -> Box<[ShapeField]> {
        let mut groups = IndexMap::new();
        let mut seen_fragments = HashSet::new();
        for source in &self.sources {
            self.group(type_name, source, &mut groups, &mut seen_fragments);
        }
        groups
            .into_iter()
            .map(|(key, fields)| self.field(type_name, key, &fields))
            .collect()
    }

    fn group<'a>(
        &'a self,
        type_name: &str,
        set: &'a SelectionSet,
        groups: &mut IndexMap<&'a SchemaName, Vec<&'a Node<Field>>>,
        seen_fragments: &mut HashSet<&'a SchemaName>,
    ) {
        let OperationContext {
            supergraph,
            document,
            conditions,
        } = self.operation.as_ref();
        for selection in &set.selections {
            if !conditions.include(document, selection.directives()) {
                continue;
            }
            let (condition, inner) = match selection {
                Selection::Field(field) => {
                    groups.entry(field.response_key()).or_default().push(field);
                    continue;
                }
                Selection::InlineFragment(fragment) => {
                    (fragment.type_condition.as_ref(), &fragment.selection_set)
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = spread.fragment_def(&document.executable);
                    match fragment {
                        Some(fragment) if seen_fragments.insert(&spread.fragment_name) => {
                            (Some(fragment.type_condition()), &fragment.selection_set)
                        }
                        _ => continue,
                    }
                }
            };
            let applies =
                condition.is_none_or(|condition| supergraph.types.satisfies(type_name, condition));
            if applies {
                self.group(type_name, inner, groups, seen_fragments);
            }
        }
    }

    fn field(&self, type_name: &str, key: &SchemaName, fields: &[&Node<Field>]) -> ShapeField {
        let first = fields[0];
        let own = self
            .operation
            .supergraph
            .api
            .type_field(type_name, &first.name);
        let ty = own.map_or(&first.definition.ty, |definition| &definition.ty);
        let (key, source) = (
            Name::new(key),
            key_in_plan(&self.operation.supergraph.types, first),
        );
        ShapeField {
            source: if *source == *key {
                key.clone()
            } else {
                Name::new(source)
            },
            key,
            ty: match first.name.as_str() {
                "__typename" => TypeShape {
                    is_nullable: false,
                    kind: Kind::TypeName,
                },
                "__schema" | "__type" => TypeShape {
                    is_nullable: true,
                    kind: Kind::Introspection,
                },
                _ => self.ty(ty, fields),
            },
        }
    }

    fn ty(&self, ty: &Type, fields: &[&Node<Field>]) -> TypeShape {
        let kind = match ty {
            Type::List(item) | Type::NonNullList(item) => {
                Kind::List(Box::new(self.ty(item, fields)))
            }
            Type::Named(name) | Type::NonNullNamed(name) => self.named(name, fields),
        };
        TypeShape {
            is_nullable: !ty.is_non_null(),
            kind,
        }
    }

    fn named(&self, name: &str, fields: &[&Node<Field>]) -> Kind {
        match self.operation.supergraph.api.types.get(name) {
            Some(ExtendedType::Enum(definition)) => Kind::Leaf(Leaf::Enum(
                definition.values.keys().map(ToString::to_string).collect(),
            )),
            Some(ExtendedType::Object(_) | ExtendedType::Interface(_) | ExtendedType::Union(_)) => {
                let sources = fields
                    .iter()
                    .map(|field| field.selection_set.clone())
                    .collect();
                Kind::Composite(Arc::new(Self::new(
                    &self.operation,
                    name.to_owned(),
                    sources,
                )))
            }
            _ => Kind::Leaf(match name {
                "Int" => Leaf::Int,
                "Float" => Leaf::Float,
                "String" => Leaf::String,
                "Boolean" => Leaf::Boolean,
                "ID" => Leaf::Id,
                _ => Leaf::Custom,
            }),
        }
    }
}

impl OperationContext {
    fn possible_types(&self, name: &str) -> HashMap<String, OnceLock<Box<[ShapeField]>>> {
        let names: Vec<&SchemaName> = match self.supergraph.api.types.get(name) {
            Some(ExtendedType::Union(union)) => union.members.iter().map(|one| &one.name).collect(),
            Some(ExtendedType::Interface(_)) => self
                .supergraph
                .implementers
                .get(name)
                .map(|implementers| implementers.objects.iter().collect())
                .unwrap_or_default(),
            _ => Vec::new(),
        };
        names
            .into_iter()
            .map(|name| (name.to_string(), OnceLock::new()))
            .collect()
    }
}
