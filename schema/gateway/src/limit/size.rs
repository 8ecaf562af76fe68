//! How many items a list may have in one request.

use apollo_compiler::{
    Name, Schema,
    ast::{InputValueDefinition, Value as Literal},
    executable::Field,
};
use async_graphql::{Value, Variables};

use super::weights::ListSize;

/// How many values a field has for each object it is asked of.
#[derive(Debug, Clone)]
pub(super) enum Size {
    /// Known from the document alone.
    Fixed(u64),
    /// The largest of what these say, times a factor for lists inside the list.
    Open { bounds: Vec<Bound>, factor: u64 },
}

/// What one declaration says about a size.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    slicing: Vec<String>,
    given: Vec<Given>,
    assumed: u64,
    one_required: bool,
}

/// An argument that holds a size.
#[derive(Debug, Clone)]
enum Given {
    Literal(u64),
    Variable {
        name: Name,
        /// Fields of an input object to go through.
        path: Vec<String>,
        /// Where the variable is absent.
        default: Option<u64>,
    },
}

/// Exactly one of these arguments was needed.
#[derive(Debug)]
pub(super) struct NotOne(pub(super) Vec<String>);

impl Size {
    pub(super) fn resolve(&self, variables: &Variables) -> Result<u64, NotOne> {
        match self {
            Self::Fixed(size) => Ok(*size),
            Self::Open { bounds, factor } => {
                let largest = bounds.iter().try_fold(0, |largest: u64, bound| {
                    Ok(largest.max(bound.resolve(variables)?))
                })?;
                Ok(largest.saturating_mul(*factor))
            }
        }
    }

    /// So many times as much.
    pub(super) fn times(self, by: u64) -> Self {
        match self {
            Self::Fixed(size) => Self::Fixed(size.saturating_mul(by)),
            Self::Open { bounds, factor } => Self::Open {
                bounds,
                factor: factor.saturating_mul(by),
            },
        }
    }

    /// What these say at most, fixed where no variable has a say.
    pub(super) fn settled(bounds: Vec<Bound>, factor: u64) -> Self {
        let is_known = bounds.iter().all(Bound::is_known);
        let open = Self::Open { bounds, factor };
        match open.resolve(&Variables::default()) {
            Ok(size) if is_known => Self::Fixed(size),
            _ => open,
        }
    }
}

impl Bound {
    /// What a declaration says about a field as it is written in a document.
    pub(super) fn of(schema: &Schema, field: &Field, declared: &ListSize, usual: u64) -> Self {
        Self {
            given: declared
                .slicing
                .iter()
                .filter_map(|path| given(schema, field, path))
                .collect(),
            slicing: declared.slicing.clone(),
            assumed: declared.assumed.unwrap_or(usual),
            one_required: declared.one_required && !declared.slicing.is_empty(),
        }
    }

    fn is_known(&self) -> bool {
        self.given
            .iter()
            .all(|given| matches!(given, Given::Literal(_)))
    }

    fn resolve(&self, variables: &Variables) -> Result<u64, NotOne> {
        let mut sizes = self
            .given
            .iter()
            .filter_map(|given| given.resolve(variables));
        let first = sizes.next();
        let second = sizes.next();
        if self.one_required && (first.is_none() || second.is_some()) {
            return Err(NotOne(self.slicing.clone()));
        }
        Ok(sizes
            .chain(first)
            .chain(second)
            .max()
            .unwrap_or(self.assumed))
    }
}

impl Given {
    fn resolve(&self, variables: &Variables) -> Option<u64> {
        match self {
            Self::Literal(size) => Some(*size),
            Self::Variable {
                name,
                path,
                default,
            } => match variables.get(name.as_str()) {
                None => *default,
                Some(value) => path
                    .iter()
                    .try_fold(value, |value, step| match value {
                        Value::Object(fields) => fields.get(step.as_str()),
                        _ => None,
                    })
                    .and_then(size_of),
            },
        }
    }
}

/// Less than nothing is nothing: whoever asks for that is refused by the resolver.
fn size_of(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number
            .as_u64()
            .or_else(|| number.as_i64().map(|_| 0))
            .or(Some(u64::MAX)),
        _ => None,
    }
}

fn given(schema: &Schema, field: &Field, path: &str) -> Option<Given> {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let steps = rest.split('.').filter(|step| !step.is_empty());
    let steps = steps.collect::<Vec<_>>();
    let definition = field.definition.argument_by_name(first)?;
    let written = field.specified_argument_by_name(first);
    match written {
        Some(value) => walk(schema, definition, value, &steps),
        None => walk(
            schema,
            definition,
            definition.default_value.as_ref()?,
            &steps,
        ),
    }
}

fn walk(
    schema: &Schema,
    definition: &InputValueDefinition,
    value: &Literal,
    steps: &[&str],
) -> Option<Given> {
    match (value, steps) {
        (Literal::Variable(name), _) => {
            let default = definition.default_value.as_ref();
            let default = default.and_then(|value| walk(schema, definition, value, steps));
            Some(Given::Variable {
                name: name.clone(),
                path: steps.iter().map(ToString::to_string).collect(),
                default: default.and_then(|given| given.resolve(&Variables::default())),
            })
        }
        (Literal::Int(number), []) => {
            let number = number.as_str().parse::<i128>().ok()?.max(0);
            Some(Given::Literal(u64::try_from(number).unwrap_or(u64::MAX)))
        }
        (Literal::Object(fields), [step, rest @ ..]) => {
            let input = schema.get_input_object(definition.ty.inner_named_type())?;
            let inner = input.fields.get(*step)?;
            let written = fields.iter().find(|(name, _)| name == step);
            let value = written.map(|(_, value)| value);
            walk(schema, inner, value.or(inner.default_value.as_ref())?, rest)
        }
        _ => None,
    }
}
