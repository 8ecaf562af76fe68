//! From the supergraph to what clients may see of it.

use std::collections::HashSet;

use apollo_compiler::{
    Name, Node, Schema,
    ast::{self, FieldDefinition, InputValueDefinition},
    schema::{self, ExtendedType},
};

/// Directives of the GraphQL specification: the only ones whose applications clients see.
const SPECIFIED: [&str; 5] = ["skip", "include", "deprecated", "specifiedBy", "oneOf"];

/// Removes federation's plumbing, the applications of all directives that are not GraphQL's own, and everything
/// `@inaccessible` together with what refers to it.
pub(super) fn strip(mut schema: Schema) -> Schema {
    let hidden = schema
        .types
        .iter()
        .filter(|(name, definition)| {
            is_plumbing(name) || definition.directives().has("inaccessible")
        })
        .map(|(name, _)| name.clone())
        .collect::<HashSet<_>>();
    schema.types.retain(|name, _| !hidden.contains(name));
    schema
        .directive_definitions
        .retain(|name, definition| is_visible_directive(name, definition));
    schema.schema_definition.make_mut().directives.0.clear();
    for definition in schema.types.values_mut() {
        strip_type(definition, &hidden);
    }
    schema
}

/// Names that federation's specifications put into a supergraph (`join__Graph`, `link__Import`, ...). Introspection's
/// own names begin with the two underscores.
fn is_plumbing(name: &str) -> bool {
    name.find("__").is_some_and(|position| position > 0)
}

/// Directives a client can write in a query, and GraphQL's own.
fn is_visible_directive(name: &str, definition: &ast::DirectiveDefinition) -> bool {
    SPECIFIED.contains(&name)
        || (!is_plumbing(name)
            && definition.locations.iter().any(|location| {
                use ast::DirectiveLocation as At;
                matches!(
                    location,
                    At::Query
                        | At::Mutation
                        | At::Subscription
                        | At::Field
                        | At::FragmentDefinition
                        | At::FragmentSpread
                        | At::InlineFragment
                        | At::VariableDefinition
                )
            }))
}

fn strip_type(definition: &mut ExtendedType, hidden: &HashSet<Name>) {
    match definition {
        ExtendedType::Scalar(scalar) => keep_specified(&mut scalar.make_mut().directives),
        ExtendedType::Object(object) => {
            let object = object.make_mut();
            keep_specified(&mut object.directives);
            object
                .implements_interfaces
                .retain(|name| !hidden.contains(&name.name));
            strip_fields(&mut object.fields, hidden);
        }
        ExtendedType::Interface(interface) => {
            let interface = interface.make_mut();
            keep_specified(&mut interface.directives);
            interface
                .implements_interfaces
                .retain(|name| !hidden.contains(&name.name));
            strip_fields(&mut interface.fields, hidden);
        }
        ExtendedType::Union(union) => {
            let union = union.make_mut();
            keep_specified(&mut union.directives);
            union.members.retain(|name| !hidden.contains(&name.name));
        }
        ExtendedType::Enum(enumeration) => strip_enum(enumeration.make_mut()),
        ExtendedType::InputObject(input) => {
            let input = input.make_mut();
            keep_specified(&mut input.directives);
            input
                .fields
                .retain(|_, field| is_visible_input(field, hidden));
            for field in input.fields.values_mut() {
                keep_specified_node(&mut field.make_mut().directives);
            }
        }
    }
}

fn strip_enum(enumeration: &mut schema::EnumType) {
    keep_specified(&mut enumeration.directives);
    enumeration
        .values
        .retain(|_, value| !value.directives.has("inaccessible"));
    for value in enumeration.values.values_mut() {
        keep_specified_node(&mut value.make_mut().directives);
    }
}

fn strip_fields(
    fields: &mut apollo_compiler::collections::IndexMap<Name, schema::Component<FieldDefinition>>,
    hidden: &HashSet<Name>,
) {
    fields.retain(|_, field| {
        !field.directives.has("inaccessible") && !hidden.contains(field.ty.inner_named_type())
    });
    for field in fields.values_mut() {
        let field = field.make_mut();
        keep_specified_node(&mut field.directives);
        field
            .arguments
            .retain(|argument| is_visible_input(argument, hidden));
        for argument in &mut field.arguments {
            keep_specified_node(&mut argument.make_mut().directives);
        }
    }
}

fn is_visible_input(input: &Node<InputValueDefinition>, hidden: &HashSet<Name>) -> bool {
    !input.directives.has("inaccessible") && !hidden.contains(input.ty.inner_named_type())
}

fn keep_specified(directives: &mut schema::DirectiveList) {
    directives
        .0
        .retain(|directive| SPECIFIED.contains(&directive.name.as_str()));
}

fn keep_specified_node(directives: &mut ast::DirectiveList) {
    directives
        .0
        .retain(|directive| SPECIFIED.contains(&directive.name.as_str()));
}
