//! Why a supergraph is refused: file, line, rule, and what would be right.

use std::fmt;

use apollo_compiler::{parser::SourceMap, validation::DiagnosticList};

use crate::{error::MAX_MESSAGE, response::Location};

/// The rule that a supergraph breaks. Its name is for people to look up and for scripts to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupergraphRule {
    /// The text is GraphQL.
    Syntax,
    /// `enum join__Graph` names at least one subgraph, and each value has its own `@join__graph(name:, url:)`.
    Graphs,
    /// A subgraph that is asked over HTTP has a URL.
    SubgraphUrl,
    /// What `@join__…` says about a type or field agrees with what it says elsewhere.
    Ownership,
    /// Keys, `requires` and `provides` select fields that exist.
    FieldSet,
    /// What is said of a subgraph that answers in this process is what the subgraph is.
    Agreement,
    /// What clients would see is a valid schema.
    ValidSchema,
    /// The planner can work with it.
    Planner,
}

impl SupergraphRule {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Graphs => "graphs",
            Self::SubgraphUrl => "subgraph-url",
            Self::Ownership => "ownership",
            Self::FieldSet => "field-set",
            Self::Agreement => "agreement",
            Self::ValidSchema => "valid-schema",
            Self::Planner => "planner",
        }
    }
}

/// Why supergraph SDL cannot be served. Reads like a compiler's message: `supergraph.graphql:12:3: …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupergraphError {
    pub(super) file: String,
    pub(super) place: Option<Location>,
    pub(super) rule: SupergraphRule,
    pub(super) message: String,
}

impl SupergraphError {
    /// Where it is wrong, as far as that can be said.
    pub fn place(&self) -> Option<Location> {
        self.place
    }

    /// The rule that is broken.
    pub fn rule(&self) -> SupergraphRule {
        self.rule
    }
}

impl fmt::Display for SupergraphError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            place,
            rule,
            message,
        } = self;
        match place {
            Some(Location { line, column }) => write!(formatter, "{file}:{line}:{column}: ")?,
            None => write!(formatter, "{file}: ")?,
        }
        write!(formatter, "{message} (rule `{}`)", rule.as_str())
    }
}

impl std::error::Error for SupergraphError {}

/// Makes the errors of one file.
pub(super) struct Reporter<'a> {
    pub(super) file: &'a str,
    pub(super) sources: SourceMap,
}

impl Reporter<'_> {
    /// An error without a place.
    pub(super) fn whole(
        &self,
        rule: SupergraphRule,
        message: impl Into<String>,
    ) -> SupergraphError {
        self.at(None, rule, message)
    }

    /// An error at the place of something in the text.
    pub(super) fn at(
        &self,
        span: Option<apollo_compiler::parser::SourceSpan>,
        rule: SupergraphRule,
        message: impl Into<String>,
    ) -> SupergraphError {
        let range = span.and_then(|span| span.line_column_range(&self.sources));
        let mut message = message.into();
        message.truncate(message.floor_char_boundary(MAX_MESSAGE));
        SupergraphError {
            file: self.file.to_owned(),
            place: range.map(|range| Location {
                line: range.start.line,
                column: range.start.column,
            }),
            rule,
            message,
        }
    }

    /// The first of a list of errors: the others often follow from it.
    pub(super) fn first(&self, rule: SupergraphRule, errors: &DiagnosticList) -> SupergraphError {
        let Some(first) = errors.iter().next() else {
            return self.whole(rule, "it is not valid, and nothing says why");
        };
        let diagnostic = first.to_json();
        let mut error = self.whole(rule, diagnostic.message);
        error.place = diagnostic.locations.first().map(|place| Location {
            line: place.line,
            column: place.column,
        });
        error
    }
}
