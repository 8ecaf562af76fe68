//! What input costs, where the schema gives weights to the fields of input objects.

use apollo_compiler::{Name, ast::Value as Literal};
use async_graphql::{Value, Variables};

use super::weights::Weights;

/// A variable of an input type, to be looked into when its value is known.
#[derive(Debug)]
pub(super) struct OpenInput {
    variable: Name,
    type_name: Name,
}

impl OpenInput {
    pub(super) fn cost(&self, weights: &Weights, variables: &Variables) -> u64 {
        variables
            .get(self.variable.as_str())
            .map_or(0, |value| of_value(weights, &self.type_name, value))
    }
}

fn of_value(weights: &Weights, type_name: &Name, value: &Value) -> u64 {
    match value {
        Value::List(items) => items
            .iter()
            .map(|item| of_value(weights, type_name, item))
            .fold(0, u64::saturating_add),
        Value::Object(fields) => fields
            .iter()
            .filter_map(|(name, value)| {
                let (weight, inner) = weights.of_input(type_name, name)?;
                Some(weight.saturating_add(of_value(weights, inner, value)))
            })
            .fold(0, u64::saturating_add),
        _ => 0,
    }
}

/// The weight of a value as it is written in a document; variables in it are left open.
pub(super) fn of_literal(
    weights: &Weights,
    type_name: &Name,
    value: &Literal,
    open: &mut Vec<OpenInput>,
) -> u64 {
    match value {
        Literal::List(items) => items
            .iter()
            .map(|item| of_literal(weights, type_name, item, open))
            .fold(0, u64::saturating_add),
        Literal::Object(fields) => fields
            .iter()
            .filter_map(|(name, value)| {
                let (weight, inner) = weights.of_input(type_name, name)?;
                Some(weight.saturating_add(of_literal(weights, inner, value, open)))
            })
            .fold(0, u64::saturating_add),
        Literal::Variable(variable) if weights.is_input(type_name) => {
            open.push(OpenInput {
                variable: variable.clone(),
                type_name: type_name.clone(),
            });
            0
        }
        _ => 0,
    }
}
