//! `@skip` and `@include`, decided before planning: a plan never asks for what the request does not want.

use std::collections::HashSet;

use apollo_compiler::{
    ExecutableDocument, Name,
    executable::{DirectiveList, Operation, Selection, SelectionSet, Value},
};

use super::Document;

/// Variables in `if` arguments of the operation and of the fragments it uses, each once.
pub(super) fn variables(document: &ExecutableDocument, operation: &Operation) -> Vec<Name> {
    let mut search = Search {
        document,
        seen_fragments: HashSet::new(),
        found: Vec::new(),
    };
    search.visit(&operation.selection_set);
    search.found
}

struct Search<'a> {
    document: &'a ExecutableDocument,
    seen_fragments: HashSet<&'a Name>,
    found: Vec<Name>,
}

impl<'a> Search<'a> {
    fn visit(&mut self, set: &'a SelectionSet) {
        for selection in &set.selections {
            self.note(selection.directives());
            match selection {
                Selection::Field(field) => self.visit(&field.selection_set),
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

    fn note(&mut self, directives: &DirectiveList) {
        for name in ["skip", "include"] {
            let argument = directives
                .get(name)
                .and_then(|directive| directive.specified_argument_by_name("if"));
            if let Some(variable) = argument.and_then(|value| value.as_variable())
                && !self.found.contains(variable)
            {
                self.found.push(variable.clone());
            }
        }
    }
}

/// What the condition variables of a document are in one request.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Conditions(Box<[bool]>);

impl Conditions {
    /// Reads the variables; the first that is not a Boolean is the error.
    pub(crate) fn of(
        document: &Document,
        variables: &async_graphql::Variables,
    ) -> Result<Self, Name> {
        document
            .condition_variables
            .iter()
            .map(|name| match variables.get(name.as_str()) {
                Some(async_graphql::Value::Boolean(value)) => Ok(*value),
                _ => Err(name.clone()),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The value of the condition variable at a position of [`Document::condition_variables`].
    pub(crate) fn at(&self, position: usize) -> bool {
        self.0.get(position).copied().unwrap_or_default()
    }

    /// Whether a selection with these directives is part of the request.
    pub(crate) fn include(&self, document: &Document, directives: &DirectiveList) -> bool {
        self.holds(document, directives, "include").unwrap_or(true)
            && !self.holds(document, directives, "skip").unwrap_or(false)
    }

    fn holds(
        &self,
        document: &Document,
        directives: &DirectiveList,
        directive: &str,
    ) -> Option<bool> {
        match directives
            .get(directive)?
            .specified_argument_by_name("if")?
            .as_ref()
        {
            Value::Boolean(value) => Some(*value),
            Value::Variable(name) => {
                let names = &document.condition_variables;
                let position = names.iter().position(|known| known == name)?;
                self.0.get(position).copied()
            }
            _ => None,
        }
    }
}
