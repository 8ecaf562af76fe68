//! Rules beside those of the validator: one it leaves out, and two for what the planner could not tell apart or hold.

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Name, Node,
    executable::{Field, Operation, Selection, SelectionSet, Value},
};

use crate::{
    error::ErrorCode,
    response::{GraphQlError, Location},
};

pub(super) fn check(
    document: &ExecutableDocument,
    operation: &Operation,
) -> Result<(), Vec<GraphQlError>> {
    let mut check = Check {
        document,
        seen_fragments: HashSet::new(),
        errors: Vec::new(),
    };
    for variable in &operation.variables {
        if let Some(value) = &variable.default_value {
            check.value(value);
        }
    }
    check.visit(&operation.selection_set);
    if check.errors.is_empty() {
        Ok(())
    } else {
        Err(check.errors)
    }
}

struct Check<'a> {
    document: &'a ExecutableDocument,
    seen_fragments: HashSet<&'a Name>,
    errors: Vec<GraphQlError>,
}

impl<'a> Check<'a> {
    fn visit(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    self.field(field);
                    self.visit(&field.selection_set);
                }
                Selection::InlineFragment(fragment) => self.visit(&fragment.selection_set),
                Selection::FragmentSpread(spread) => {
                    if self.seen_fragments.insert(&spread.fragment_name)
                        && let Some(fragment) = self.document.fragments.get(&spread.fragment_name)
                    {
                        self.visit(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn field(&mut self, field: &'a Node<Field>) {
        if field.name != "__typename"
            && let Some(alias) = &field.alias
            && alias.starts_with("__")
        {
            self.refuse(
                ErrorCode::ValidationFailed,
                format!("the alias `{alias}` begins with two underscores, which are kept for the type system"),
                alias.line_column_range(&self.document.sources).map(|range| range.start),
            );
        }
        for argument in &field.arguments {
            self.value(&argument.value);
        }
    }

    /// The specification sets no bound for numbers in custom scalars and `Float`; 64 bits are ours.
    fn value(&mut self, value: &'a Node<Value>) {
        let problem = match value.as_ref() {
            Value::Int(number) => number.as_str().parse::<i64>().is_err(),
            Value::Float(number) => !number.as_str().parse::<f64>().is_ok_and(f64::is_finite),
            Value::List(items) => {
                for item in items {
                    self.value(item);
                }
                false
            }
            Value::Object(fields) => {
                self.object(fields, value);
                false
            }
            _ => false,
        };
        if problem {
            self.refuse(
                ErrorCode::BadUserInput,
                format!("the number {value} does not fit into 64 bits"),
                value
                    .line_column_range(&self.document.sources)
                    .map(|range| range.start),
            );
        }
    }

    /// *Input Object Field Uniqueness*, which the validator leaves out.
    fn object(&mut self, fields: &'a [(Name, Node<Value>)], object: &'a Node<Value>) {
        for (index, (name, value)) in fields.iter().enumerate() {
            if fields[..index].iter().any(|(earlier, _)| earlier == name) {
                self.refuse(
                    ErrorCode::ValidationFailed,
                    format!("the input field `{name}` is given more than once"),
                    object
                        .line_column_range(&self.document.sources)
                        .map(|range| range.start),
                );
            }
            self.value(value);
        }
    }

    fn refuse(
        &mut self,
        code: ErrorCode,
        message: String,
        location: Option<apollo_compiler::parser::LineColumn>,
    ) {
        let mut error = GraphQlError::new(code, message);
        error.locations = location
            .map(|at| Location {
                line: at.line,
                column: at.column,
            })
            .into_iter()
            .collect();
        self.errors.push(error);
    }
}
