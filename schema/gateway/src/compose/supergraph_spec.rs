//! What the composed document still lacks to be a supergraph by the join specification.

use std::collections::BTreeSet;

use apollo_compiler::{
    Name, Node, Schema,
    ast::{Argument, Directive, Value},
    name,
    schema::{Component, ComponentName, ExtendedType, FieldDefinition, SchemaBuilder},
    validation::DiagnosticList,
};

use super::{CompositionError, cost::Costs, reading_order::ReadingOrder, scalar::mark_scalars};

/// The definitions of the join and link specifications, which composition writes in part and not repeatable.
const SPECIFICATION: &str = "
directive @link(url: String!, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE
directive @join__field(graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, override: String, usedOverridden: Boolean, overrideLabel: String) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE
directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION
scalar join__FieldSet
scalar link__Import
enum link__Purpose { SECURITY EXECUTION }
";

/// The version whose definitions these are: the first with `overrideLabel`.
const JOIN_URL: &str = "https://specs.apollo.dev/join/v0.4";

/// A feature that is linked and defined only where some element uses its directive.
struct Feature {
    directive: &'static str,
    url: &'static str,
    is_security: bool,
    definitions: &'static str,
}

const FEATURES: [Feature; 2] = [
    Feature {
        directive: "requiresScopes",
        url: "https://specs.apollo.dev/requiresScopes/v0.1",
        is_security: true,
        definitions: "
directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
scalar requiresScopes__Scope
",
    },
    Feature {
        directive: "tag",
        url: "https://specs.apollo.dev/tag/v0.3",
        is_security: false,
        definitions: "
directive @tag(name: String!) repeatable on FIELD_DEFINITION | INTERFACE | OBJECT | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | SCHEMA
",
    },
];

/// Reads the composed document, adds what is missing, puts everything in its order and writes it.
pub(super) fn complete(
    composed: &str,
    order: &ReadingOrder,
    costs: &Costs,
) -> Result<String, CompositionError> {
    let mut schema = build(composed)?;
    define(&mut schema, build(SPECIFICATION)?);
    for directive in &mut schema.schema_definition.make_mut().directives.0 {
        relink_join(directive);
    }
    for feature in &FEATURES {
        if composed.contains(&format!("@{}(", feature.directive)) {
            let purpose = feature.is_security.then(|| {
                let purpose = Value::Enum(name!("SECURITY"));
                argument(name!("for"), purpose)
            });
            define_feature(&mut schema, feature.url, feature.definitions, purpose)?;
        }
    }
    costs.apply(&mut schema)?;
    // A relic of an older version of the specification; nothing uses it.
    schema.directive_definitions.shift_remove("join__owner");
    mark_root_types(&mut schema, order);
    mark_unions(&mut schema);
    mark_scalars(&mut schema, order);
    sort(&mut schema, order);

    let valid = schema
        .validate()
        .map_err(|errors| malformed(&errors.errors))?;
    Ok(valid.to_string())
}

fn build(text: &str) -> Result<Schema, CompositionError> {
    SchemaBuilder::new()
        .adopt_orphan_extensions()
        .parse(text, "supergraph.graphql")
        .build()
        .map_err(|errors| malformed(&errors.errors))
}

fn malformed(errors: &DiagnosticList) -> CompositionError {
    CompositionError::Malformed(errors.to_string())
}

/// Takes over definitions. What a specification defines is as the specification says.
fn define(schema: &mut Schema, specification: Schema) {
    for (name, definition) in specification.directive_definitions {
        if !definition.is_built_in() {
            schema.directive_definitions.insert(name, definition);
        }
    }
    for (name, definition) in specification.types {
        if !definition.is_built_in() {
            schema.types.insert(name, definition);
        }
    }
}

fn relink_join(directive: &mut Component<Directive>) {
    let url = directive
        .specified_argument_by_name("url")
        .and_then(|url| url.as_str());
    if url.is_some_and(|url| url.starts_with("https://specs.apollo.dev/join/"))
        && let Some(url) = directive.make_mut().specified_argument_by_name_mut("url")
    {
        *url = Node::new(Value::String(JOIN_URL.to_owned()));
    }
}

/// Defines the directives of a feature and links it, with what else its link says.
pub(super) fn define_feature(
    schema: &mut Schema,
    url: &str,
    definitions: &str,
    link_argument: Option<Node<Argument>>,
) -> Result<(), CompositionError> {
    define(schema, build(definitions)?);
    let mut arguments = vec![argument(name!("url"), Value::String(url.to_owned()))];
    arguments.extend(link_argument);
    let directive = Directive {
        name: name!("link"),
        arguments,
    };
    schema
        .schema_definition
        .make_mut()
        .directives
        .push(directive);
    Ok(())
}

/// The planner starts at the root type's `@join__type`, which composition leaves out: without it no path is found.
/// Every subgraph has a `Query` (of entities, if of nothing else); other roots belong to those who define a field.
fn mark_root_types(schema: &mut Schema, order: &ReadingOrder) {
    let definition = &schema.schema_definition;
    let query = definition.query.as_ref().map(|root| root.name.clone());
    let others = [&definition.mutation, &definition.subscription]
        .into_iter()
        .flatten()
        .map(|root| root.name.clone())
        .collect::<Vec<_>>();
    let every_graph = graphs(schema);

    for name in query.into_iter().chain(others) {
        let is_query = schema
            .schema_definition
            .query
            .as_ref()
            .is_some_and(|root| root.name == name);
        let Some(ExtendedType::Object(root)) = schema.types.get_mut(&name) else {
            continue;
        };
        let root = root.make_mut();
        if root.description.is_none() {
            root.description = order.description(&name).map(Node::new_str);
        }
        let owners = if is_query {
            every_graph.clone()
        } else {
            root.fields
                .values()
                .flat_map(|field| owners(field))
                .collect()
        };
        root.directives.0.extend(owners.into_iter().map(join_type));
    }
}

/// A union is of every subgraph that names a member of it.
fn mark_unions(schema: &mut Schema) {
    for definition in schema.types.values_mut() {
        let ExtendedType::Union(union) = definition else {
            continue;
        };
        let owners = union
            .directives
            .get_all("join__unionMember")
            .filter_map(|directive| graph_of(directive))
            .collect::<BTreeSet<_>>();
        let union = union.make_mut();
        if !union.directives.has("join__type") {
            union
                .directives
                .0
                .splice(0..0, owners.into_iter().map(join_type));
        }
    }
}

pub(super) fn join_type(graph: Name) -> Component<Directive> {
    Component::new(Directive {
        name: name!("join__type"),
        arguments: vec![argument(name!("graph"), Value::Enum(graph))],
    })
}

fn graph_of(directive: &Directive) -> Option<Name> {
    directive
        .specified_argument_by_name("graph")?
        .as_enum()
        .cloned()
}

fn graphs(schema: &Schema) -> BTreeSet<Name> {
    match schema.types.get("join__Graph") {
        Some(ExtendedType::Enum(graphs)) => graphs.values.keys().cloned().collect(),
        _ => BTreeSet::new(),
    }
}

fn owners(field: &FieldDefinition) -> Vec<Name> {
    field
        .directives
        .get_all("join__field")
        .filter_map(|directive| graph_of(directive))
        .collect()
}

fn sort(schema: &mut Schema, order: &ReadingOrder) {
    schema.directive_definitions.sort_keys();
    schema.types.sort_keys();
    for (name, definition) in &mut schema.types {
        match definition {
            ExtendedType::Object(object) => {
                let object = object.make_mut();
                sort_members(&mut object.fields, name, order);
                object.fields.values_mut().for_each(sort_join_directives);
            }
            ExtendedType::Interface(interface) => {
                let interface = interface.make_mut();
                sort_members(&mut interface.fields, name, order);
                interface.fields.values_mut().for_each(sort_join_directives);
            }
            ExtendedType::InputObject(input) => {
                sort_members(&mut input.make_mut().fields, name, order);
            }
            ExtendedType::Enum(enumeration) => {
                sort_members(&mut enumeration.make_mut().values, name, order);
            }
            ExtendedType::Union(union) => {
                let position = |member: &ComponentName| order.position(name, &member.name);
                union.make_mut().members.sort_by_key(position);
            }
            ExtendedType::Scalar(_) => {}
        }
    }
}

fn sort_members<T>(
    members: &mut apollo_compiler::collections::IndexMap<Name, T>,
    parent: &str,
    order: &ReadingOrder,
) {
    members.sort_by(|left, _, right, _| {
        order
            .position(parent, left)
            .cmp(&order.position(parent, right))
            .then_with(|| left.cmp(right))
    });
}

/// What a reader looks for (`@deprecated`, `@requiresScopes`) stands before the plumbing.
fn sort_join_directives(field: &mut Component<FieldDefinition>) {
    field
        .make_mut()
        .directives
        .0
        .sort_by_key(|directive| directive.name.starts_with("join__"));
}

pub(super) fn argument(name: Name, value: Value) -> Node<Argument> {
    Node::new(Argument {
        name,
        value: Node::new(value),
    })
}
