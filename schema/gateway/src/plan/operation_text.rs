//! The operation as the planner gets it: conditions decided, fragments in line, meta fields our own.

use std::fmt::Write;

use apollo_compiler::{
    Schema,
    executable::{Field, Selection, SelectionSet},
    schema::ExtendedType,
};

use super::alias::key_in_plan;
use crate::{
    document::{Conditions, Document},
    supergraph::{Supergraph, Types},
};

/// Writes the operation; `None` where nothing of it has to be fetched.
pub(super) fn write(
    supergraph: &Supergraph,
    document: &Document,
    conditions: &Conditions,
) -> Option<String> {
    let writer = Writer {
        schema: &supergraph.api,
        types: &supergraph.types,
        document,
        conditions,
    };
    let operation = &document.operation;
    let mut body = String::new();
    writer.selections(&mut body, &operation.selection_set);
    if body.is_empty() {
        return None;
    }

    let mut text = document.kind.as_str().to_owned();
    for (index, variable) in operation.variables.iter().enumerate() {
        text.push_str(if index == 0 { "(" } else { ", " });
        append(
            &mut text,
            format_args!("${}: {}", variable.name, variable.ty),
        );
        if let Some(default) = &variable.default_value {
            append(
                &mut text,
                format_args!(" = {}", default.serialize().no_indent()),
            );
        }
    }
    if !operation.variables.is_empty() {
        text.push(')');
    }
    append(&mut text, format_args!(" {{{body} }}"));
    Some(text)
}

/// Whether the concrete type of a value decides which of these selections apply to it, or what they may be.
pub(super) fn depends_on_type(
    schema: &Schema,
    document: &Document,
    parent: &str,
    selections: &[Selection],
) -> bool {
    selections.iter().any(|selection| match selection {
        Selection::Field(field) => field.name == "__typename" || is_refined(schema, parent, field),
        Selection::InlineFragment(fragment) => {
            fragment
                .type_condition
                .as_ref()
                .is_some_and(|condition| condition != parent)
                || depends_on_type(schema, document, parent, &fragment.selection_set.selections)
        }
        Selection::FragmentSpread(spread) => {
            spread
                .fragment_def(&document.executable)
                .is_some_and(|fragment| {
                    fragment.type_condition() != parent
                        || depends_on_type(
                            schema,
                            document,
                            parent,
                            &fragment.selection_set.selections,
                        )
                })
        }
    })
}

/// Whether some possible type narrows the field's type (`name: String` in the interface, `String!` in the object):
/// null stops at a different place then.
fn is_refined(schema: &Schema, interface: &str, field: &Field) -> bool {
    schema.types.values().any(|definition| match definition {
        ExtendedType::Object(object) => {
            object.implements_interfaces.contains(interface)
                && object
                    .fields
                    .get(&field.name)
                    .is_some_and(|own| own.ty != field.definition.ty)
        }
        _ => false,
    })
}

pub(super) fn is_abstract(schema: &Schema, name: &str) -> bool {
    matches!(
        schema.types.get(name),
        Some(ExtendedType::Interface(_) | ExtendedType::Union(_))
    )
}

struct Writer<'a> {
    schema: &'a Schema,
    types: &'a Types,
    document: &'a Document,
    conditions: &'a Conditions,
}

impl Writer<'_> {
    fn selections(&self, text: &mut String, set: &SelectionSet) {
        for selection in &set.selections {
            if !self
                .conditions
                .include(self.document, selection.directives())
            {
                continue;
            }
            match selection {
                Selection::Field(field) => self.field(text, field),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.type_condition.as_ref();
                    self.fragment(text, condition.map(AsRef::as_ref), &fragment.selection_set);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = spread.fragment_def(&self.document.executable) {
                        let condition = fragment.type_condition();
                        self.fragment(text, Some(condition), &fragment.selection_set);
                    }
                }
            }
        }
    }

    fn fragment(&self, text: &mut String, condition: Option<&str>, set: &SelectionSet) {
        let mut body = String::new();
        self.selections(&mut body, set);
        if body.is_empty() {
            return;
        }
        match condition {
            Some(condition) => append(text, format_args!(" ... on {condition} {{{body} }}")),
            None => text.push_str(&body),
        }
    }

    fn field(&self, text: &mut String, field: &Field) {
        // Meta fields are answered here; `__typename` is asked for below, where it is needed.
        if field.name.starts_with("__") {
            return;
        }
        let key = key_in_plan(self.types, field);
        if key == field.name.as_str() {
            append(text, format_args!(" {key}"));
        } else {
            append(text, format_args!(" {key}: {}", field.name));
        }
        for (index, argument) in field.arguments.iter().enumerate() {
            text.push_str(if index == 0 { "(" } else { ", " });
            let value = argument.value.serialize().no_indent();
            append(text, format_args!("{}: {value}", argument.name));
        }
        if !field.arguments.is_empty() {
            text.push(')');
        }
        if field.selection_set.is_empty() {
            return;
        }

        let parent = &field.selection_set.ty;
        let mut body = String::new();
        self.selections(&mut body, &field.selection_set);
        let needs_type = is_abstract(self.schema, parent)
            && depends_on_type(
                self.schema,
                self.document,
                parent,
                &field.selection_set.selections,
            );
        if needs_type || body.is_empty() {
            body.insert_str(0, " __typename");
        }
        append(text, format_args!(" {{{body} }}"));
    }
}

fn append(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(arguments);
}
