//! `@cost` and `@listSize`, carried over from the subgraphs: composition knows them by their own names alone, and loses
//! those that are imported from the federation specification.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Node, Schema,
    ast::{self, Directive, Value},
    name,
    schema::{Component, ExtendedType},
};

use super::{
    SubgraphSdl,
    reading_order::read,
    supergraph_spec::{argument, define_feature},
};
use crate::limit::{ListSize, Names, list_size, weight};

/// What is linked and defined where a subgraph says something about cost.
const URL: &str = "https://specs.apollo.dev/cost/v0.1";
const DEFINITIONS: &str = "
directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
";

/// An element of a schema: a type, a field or an input field of it, an argument.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Place {
    type_name: Name,
    member: Option<Name>,
    argument: Option<Name>,
}

/// What the subgraphs say about one element: the highest weight, the longest list, every way to give its size.
#[derive(Debug, Default)]
struct Declared {
    weight: Option<u64>,
    size: Option<ListSize>,
}

/// What the subgraphs say about cost.
#[derive(Debug, Default)]
pub(super) struct Costs(HashMap<Place, Declared>);

impl Costs {
    pub(super) fn of(subgraphs: &[SubgraphSdl]) -> Self {
        let mut costs = Self::default();
        for subgraph in subgraphs {
            let schema = read(&subgraph.sdl);
            let names = Names::linked(&schema, |url| {
                url.starts_with("https://specs.apollo.dev/federation/v2")
                    || url.starts_with("https://specs.apollo.dev/cost/")
            });
            let mut schema = schema;
            visit(&mut schema, |place, directives| {
                costs.note(place, directives, &names);
            });
        }
        costs
    }

    /// Writes it into the composed schema, in place of what composition wrote.
    pub(super) fn apply(&self, schema: &mut Schema) -> Result<(), super::CompositionError> {
        visit(schema, |place, directives| {
            directives.retain(|directive| !matches!(directive.name.as_str(), "cost" | "listSize"));
            if let Some(declared) = self.0.get(&place) {
                directives.extend(declared.directives());
            }
        });
        if self.0.is_empty() {
            schema.directive_definitions.shift_remove("cost");
            schema.directive_definitions.shift_remove("listSize");
            return Ok(());
        }
        let imports = ["@cost", "@listSize"].map(|name| Node::new(Value::String(name.to_owned())));
        let imports = argument(name!("import"), Value::List(imports.into()));
        define_feature(schema, URL, DEFINITIONS, Some(imports))
    }

    fn note(&mut self, place: Place, directives: &[Node<Directive>], names: &Names) {
        for directive in directives {
            if directive.name == names.cost.as_str() {
                let declared = self.0.entry(place.clone()).or_default();
                declared.weight = declared.weight.max(weight(directive));
            }
            if directive.name == names.list_size.as_str() {
                let declared = self.0.entry(place.clone()).or_default();
                let size = list_size(directive);
                declared.size = Some(match declared.size.take() {
                    Some(other) => merge(other, size),
                    None => size,
                });
            }
        }
    }
}

fn merge(mut one: ListSize, other: ListSize) -> ListSize {
    let add = |to: &mut Vec<String>, from: Vec<String>| {
        for name in from {
            if !to.contains(&name) {
                to.push(name);
            }
        }
    };
    add(&mut one.slicing, other.slicing);
    add(&mut one.sized, other.sized);
    one.assumed = one.assumed.max(other.assumed);
    one.one_required |= other.one_required;
    one
}

impl Declared {
    fn directives(&self) -> impl Iterator<Item = Node<Directive>> {
        let cost = self.weight.map(|weight| {
            let arguments = vec![argument(name!("weight"), integer(weight))];
            Node::new(Directive {
                name: name!("cost"),
                arguments,
            })
        });
        cost.into_iter()
            .chain(self.size.as_ref().map(size_directive))
    }
}

fn size_directive(size: &ListSize) -> Node<Directive> {
    let mut arguments = Vec::new();
    if let Some(assumed) = size.assumed {
        arguments.push(argument(name!("assumedSize"), integer(assumed)));
    }
    for (name, texts) in [
        (name!("slicingArguments"), &size.slicing),
        (name!("sizedFields"), &size.sized),
    ] {
        if !texts.is_empty() {
            let texts = texts
                .iter()
                .map(|text| Node::new(Value::String(text.clone())));
            arguments.push(argument(name, Value::List(texts.collect())));
        }
    }
    if !size.one_required {
        arguments.push(argument(
            name!("requireOneSlicingArgument"),
            Value::Boolean(false),
        ));
    }
    Node::new(Directive {
        name: name!("listSize"),
        arguments,
    })
}

/// `Int` has 32 bits.
fn integer(number: u64) -> Value {
    Value::Int(i32::try_from(number).unwrap_or(i32::MAX).into())
}

/// Shows every element that may carry one of the directives, with its directives.
fn visit(schema: &mut Schema, mut show: impl FnMut(Place, &mut Vec<Node<Directive>>)) {
    for (name, definition) in &mut schema.types {
        let place = Place {
            type_name: name.clone(),
            member: None,
            argument: None,
        };
        match definition {
            ExtendedType::Object(object) => {
                let object = object.make_mut();
                on_type(&mut object.directives.0, &place, &mut show);
                on_fields(object.fields.values_mut(), &place, &mut show);
            }
            ExtendedType::Interface(interface) => {
                on_fields(interface.make_mut().fields.values_mut(), &place, &mut show);
            }
            ExtendedType::Scalar(scalar) => {
                on_type(&mut scalar.make_mut().directives.0, &place, &mut show);
            }
            ExtendedType::Enum(enumeration) => {
                on_type(&mut enumeration.make_mut().directives.0, &place, &mut show);
            }
            ExtendedType::InputObject(input) => {
                for field in input.make_mut().fields.values_mut() {
                    let field = field.make_mut();
                    let place = Place {
                        member: Some(field.name.clone()),
                        ..place.clone()
                    };
                    show(place, &mut field.directives.0);
                }
            }
            ExtendedType::Union(_) => {}
        }
    }
}

fn on_type(
    directives: &mut Vec<Component<Directive>>,
    place: &Place,
    show: &mut impl FnMut(Place, &mut Vec<Node<Directive>>),
) {
    let mut nodes = directives
        .iter()
        .map(|directive| directive.node.clone())
        .collect();
    show(place.clone(), &mut nodes);
    *directives = nodes
        .into_iter()
        .map(|node| Component {
            origin: apollo_compiler::schema::ComponentOrigin::Definition,
            node,
        })
        .collect();
}

fn on_fields<'a>(
    fields: impl Iterator<Item = &'a mut Component<ast::FieldDefinition>>,
    place: &Place,
    show: &mut impl FnMut(Place, &mut Vec<Node<Directive>>),
) {
    for field in fields {
        let field = field.make_mut();
        let place = Place {
            member: Some(field.name.clone()),
            ..place.clone()
        };
        for argument in &mut field.arguments {
            let argument = argument.make_mut();
            let place = Place {
                argument: Some(argument.name.clone()),
                ..place.clone()
            };
            show(place, &mut argument.directives.0);
        }
        show(place, &mut field.directives.0);
    }
}
