//! Variables: from the JSON of a request to values of the types that the operation declares.

use apollo_compiler::{
    Schema,
    ast::{Type, Value as Literal},
    executable::Operation,
    schema::{ExtendedType, InputObjectType},
};
use async_graphql::{Name, Value, Variables};
use indexmap::IndexMap;
use serde_json::{Map, Value as Json};

use crate::{error::ErrorCode, response::GraphQlError};

/// Coerces every declared variable by the specification's algorithm `CoerceVariableValues`. Variables that are neither given
/// nor defaulted stay absent, which is not the same as null. Undeclared ones are dropped.
pub(crate) fn variables(
    schema: &Schema,
    operation: &Operation,
    mut given: Map<String, Json>,
) -> Result<Variables, Vec<GraphQlError>> {
    let mut coerced = Variables::default();
    let mut errors = Vec::new();
    for definition in &operation.variables {
        let name = definition.name.as_str();
        let mut place = Place::root(name);
        let value = match (given.remove(name), &definition.default_value) {
            (Some(json), _) => coerce(schema, &definition.ty, json, &mut place).map(Some),
            (None, Some(default)) => Ok(Some(literal(default))),
            (None, None) if definition.ty.is_non_null() => {
                Err(place.problem(&format!("a value of type {} is required", definition.ty)))
            }
            (None, None) => Ok(None),
        };
        match value {
            Ok(Some(value)) => {
                coerced.insert(Name::new(name), value);
            }
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(coerced)
    } else {
        Err(errors)
    }
}

/// Where in the variables we are, for messages: `$input.passengers[2].age`.
struct Place(String);

impl Place {
    fn root(name: &str) -> Self {
        Self(format!("${name}"))
    }

    /// Runs `step` one level deeper.
    fn within<T>(&mut self, suffix: &str, step: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        self.0.push_str(suffix);
        let outcome = step(self);
        self.0.truncate(length);
        outcome
    }

    fn problem(&self, what: &str) -> GraphQlError {
        GraphQlError::new(
            ErrorCode::BadUserInput,
            format!("variable `{}`: {what}", self.0),
        )
    }
}

fn coerce(
    schema: &Schema,
    ty: &Type,
    json: Json,
    place: &mut Place,
) -> Result<Value, GraphQlError> {
    if json.is_null() {
        return if ty.is_non_null() {
            Err(place.problem(&format!("null is not a {ty}")))
        } else {
            Ok(Value::Null)
        };
    }
    match ty {
        Type::List(item) | Type::NonNullList(item) => list(schema, item, json, place),
        Type::Named(name) | Type::NonNullNamed(name) => match schema.types.get(name) {
            Some(ExtendedType::Scalar(_)) => scalar(name, json, place),
            Some(ExtendedType::Enum(definition)) => match json {
                Json::String(value) if definition.values.contains_key(value.as_str()) => {
                    Ok(Value::Enum(Name::new(value)))
                }
                other => Err(place.problem(&format!(
                    "{} is not one of the values of {name}",
                    show(&other)
                ))),
            },
            Some(ExtendedType::InputObject(definition)) => {
                input_object(schema, definition, json, place)
            }
            _ => Err(place.problem(&format!("{name} is not an input type"))),
        },
    }
}

fn list(
    schema: &Schema,
    item: &Type,
    json: Json,
    place: &mut Place,
) -> Result<Value, GraphQlError> {
    let Json::Array(items) = json else {
        // A single value stands for a list of one.
        return Ok(Value::List(vec![coerce(schema, item, json, place)?]));
    };
    items
        .into_iter()
        .enumerate()
        .map(|(index, json)| {
            place.within(&format!("[{index}]"), |place| {
                coerce(schema, item, json, place)
            })
        })
        .collect::<Result<_, _>>()
        .map(Value::List)
}

fn scalar(name: &str, json: Json, place: &Place) -> Result<Value, GraphQlError> {
    let fits = match name {
        "Int" => json
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        "Float" => json.as_f64().is_some_and(f64::is_finite),
        "String" => json.is_string(),
        "Boolean" => json.is_boolean(),
        "ID" => json.is_string() || json.is_i64() || json.is_u64(),
        // A custom scalar is parsed by the subgraph that knows it.
        _ => true,
    };
    if !fits {
        let bound = if name == "Int" && json.is_number() {
            " (a whole number of 32 bits)"
        } else {
            ""
        };
        return Err(place.problem(&format!(
            "{} is not a value of type {name}{bound}",
            show(&json)
        )));
    }
    Ok(match (name, json) {
        ("ID", Json::Number(number)) => Value::String(number.to_string()),
        (_, json) => from_json(json),
    })
}

fn input_object(
    schema: &Schema,
    definition: &InputObjectType,
    json: Json,
    place: &mut Place,
) -> Result<Value, GraphQlError> {
    let name = &definition.name;
    let Json::Object(mut given) = json else {
        return Err(place.problem(&format!("{} is not an object of type {name}", show(&json))));
    };
    if let Some(unknown) = given
        .keys()
        .find(|key| !definition.fields.contains_key(key.as_str()))
    {
        return Err(place.problem(&format!("{name} has no field `{unknown}`")));
    }
    if definition.directives.has("oneOf") && (given.len() != 1 || given.values().any(Json::is_null))
    {
        return Err(place.problem(&format!("{name} takes exactly one field, and not null")));
    }
    let mut coerced = IndexMap::with_capacity(given.len());
    for (field, definition) in &definition.fields {
        let value = match (given.remove(field.as_str()), &definition.default_value) {
            (Some(json), _) => Some(place.within(&format!(".{field}"), |place| {
                coerce(schema, &definition.ty, json, place)
            })?),
            (None, Some(default)) => Some(literal(default)),
            (None, None) if definition.ty.is_non_null() => {
                return Err(place.problem(&format!("the field `{field}` of {name} is required")));
            }
            (None, None) => None,
        };
        if let Some(value) = value {
            coerced.insert(Name::new(field), value);
        }
    }
    Ok(Value::Object(coerced))
}

/// A constant of a validated document.
fn literal(value: &Literal) -> Value {
    match value {
        Literal::Null | Literal::Variable(_) => Value::Null,
        Literal::Enum(name) => Value::Enum(Name::new(name)),
        Literal::String(text) => Value::from(text.as_str()),
        Literal::Boolean(value) => Value::from(*value),
        Literal::Int(number) => number
            .as_str()
            .parse::<i64>()
            .map_or(Value::Null, Value::from),
        Literal::Float(number) => number
            .as_str()
            .parse::<f64>()
            .map_or(Value::Null, Value::from),
        Literal::List(items) => Value::List(items.iter().map(|item| literal(item)).collect()),
        Literal::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, value)| (Name::new(name), literal(value)))
                .collect(),
        ),
    }
}

pub(crate) fn from_json(json: Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Boolean(value),
        Json::Number(number) => Value::Number(number),
        Json::String(text) => Value::String(text),
        Json::Array(items) => Value::List(items.into_iter().map(from_json).collect()),
        Json::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| (Name::new(name), from_json(value)))
                .collect(),
        ),
    }
}

/// Says what was found without repeating a caller's text, which may be personal.
fn show(json: &Json) -> String {
    match json {
        Json::Null => "null".to_owned(),
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(_) => "a string".to_owned(),
        Json::Array(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}
