//! Variables, arguments and conditions by the specification's algorithms.

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::{
        parse_query,
        types::{BaseType, Directive, Field as Node, OperationDefinition, Selection, Type as Ty},
    },
};
use indexmap::IndexMap;

use crate::world::Field;

/// Stands for a variable that has no value, until it is known what that means at its place.
const ABSENT: &str = "__ABSENT__";

/// Fields of the input object as the whole graph knows it.
const FILTER: &[(&str, &str, Option<&str>)] = &[
    ("n", "Int!", None),
    ("word", "String", Some("\"w\"")),
    ("mode", "Mode", None),
    ("size", "Size", None),
    ("nested", "Filter", None),
    ("tags", "[String!]", None),
];

/// What variables are in one request.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    variables: IndexMap<Name, Value>,
}

impl Inputs {
    /// `CoerceVariableValues` for values that are known to fit.
    pub(crate) fn new(operation: &OperationDefinition, given: &Variables) -> Self {
        let definitions = operation.variable_definitions.iter().map(|one| &one.node);
        let variables = definitions.filter_map(|definition| {
            let name = &definition.name.node;
            let value = given.get(name.as_str()).cloned();
            let value = value.or_else(|| {
                definition
                    .default_value
                    .as_ref()
                    .map(|one| one.node.clone())
            });
            Some((name.clone(), coerce(&definition.var_type.node, value?)))
        });
        Self {
            variables: variables.collect(),
        }
    }

    /// The value of an argument as it stands in the document; nothing where it is a variable without a value.
    pub(crate) fn given(&self, node: &Node, name: &str) -> Option<Value> {
        let literal = node.get_argument(name)?.node.clone();
        let known = literal.into_const_with(|name| Ok::<_, ()>(self.variable(&name)));
        resolve_absent(known.ok()?)
    }

    fn variable(&self, name: &Name) -> Value {
        let absent = || Value::Enum(Name::new(ABSENT));
        self.variables.get(name).cloned().unwrap_or_else(absent)
    }

    /// `CoerceArgumentValues`.
    pub(crate) fn arguments(&self, field: &Field, node: &Node) -> IndexMap<Name, Value> {
        let arguments = field.arguments.iter().filter_map(|argument| {
            let given = self.given(node, &argument.name);
            let value = given.or_else(|| argument.default.map(constant));
            Some((Name::new(&argument.name), coerce(&argument.ty, value?)))
        });
        arguments.collect()
    }

    /// Whether `@skip` and `@include` let a selection stand.
    pub(crate) fn is_included(&self, directives: &[Positioned<Directive>]) -> bool {
        directives.iter().all(|directive| {
            let directive = &directive.node;
            let condition = directive.get_argument("if").and_then(|condition| {
                let known = condition.node.clone();
                known
                    .into_const_with(|name| Ok::<_, ()>(self.variable(&name)))
                    .ok()
            });
            let holds = condition == Some(Value::Boolean(true));
            match directive.name.node.as_str() {
                "skip" => !holds,
                "include" => holds,
                _ => true,
            }
        })
    }
}

fn resolve_absent(value: Value) -> Option<Value> {
    match value {
        Value::Enum(name) if name == ABSENT => None,
        Value::List(items) => {
            let items = items.into_iter().map(resolve_absent);
            Some(Value::List(items.map(Option::unwrap_or_default).collect()))
        }
        Value::Object(fields) => {
            let fields = fields.into_iter();
            let present = fields.filter_map(|(name, value)| Some((name, resolve_absent(value)?)));
            Some(Value::Object(present.collect()))
        }
        other => Some(other),
    }
}

/// Puts single values into lists and fills in defaults.
fn coerce(ty: &Ty, value: Value) -> Value {
    match (&ty.base, value) {
        (_, Value::Null) => Value::Null,
        (BaseType::List(item), Value::List(items)) => {
            Value::List(items.into_iter().map(|one| coerce(item, one)).collect())
        }
        (BaseType::List(item), single) => Value::List(vec![coerce(item, single)]),
        (BaseType::Named(name), Value::Object(mut given)) if name == "Filter" => {
            let fields = FILTER.iter().filter_map(|(name, ty, default)| {
                let value = given.swap_remove(*name);
                let value = value.or_else(|| default.map(constant))?;
                Some((Name::new(name), coerce(&Ty::new(ty)?, value)))
            });
            Value::Object(fields.collect())
        }
        (_, other) => other,
    }
}

/// A constant as it is written in a schema.
fn constant(text: &str) -> Value {
    let document = parse_query(format!("{{ f(x: {text}) }}")).unwrap();
    let (_, operation) = document.operations.iter().next().unwrap();
    let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else {
        return Value::Null;
    };
    let literal = field.node.get_argument("x").unwrap().node.clone();
    literal.into_const().unwrap()
}
