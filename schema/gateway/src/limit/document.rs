//! How large a document is: counted before anything follows its fragments.
//!
//! Validators, planners and executors all follow every spread of a fragment, so a document of a few hundred bytes can
//! cost minutes and gigabytes. Here each fragment is counted once, however often it is spread.

use std::collections::HashMap;

use apollo_compiler::{
    Name, ast,
    ast::{Definition, FragmentDefinition, OperationDefinition, Selection},
    parser::Parser,
};
use apollo_parser::{Lexer, TokenKind};

use super::{Limits, Refusal, RefusalReason};
use crate::{document::report, error::ErrorCode};

/// How many times as many tokens may stand in a document when white space, commas and comments are counted.
const IGNORED: usize = 4;

/// Refuses a document that is not GraphQL, or too large to look at any further. For servers of one schema alone; the
/// gateway does this itself.
///
/// # Errors
/// With the code `GRAPHQL_PARSE_FAILED` or `GRAPHQL_VALIDATION_FAILED`, and the limit.
pub fn refuse_excess(text: &str, limits: &Limits) -> Result<(), Refusal> {
    parse(text, limits).map(drop)
}

/// The syntax tree of a document of a bearable size.
pub(crate) fn parse(text: &str, limits: &Limits) -> Result<ast::Document, Refusal> {
    count_tokens(text, limits.tokens)?;
    let mut parser = Parser::new()
        .recursion_limit(limits.recursion)
        .token_limit(limits.tokens.saturating_mul(IGNORED).saturating_add(1));
    let parsed = parser.parse_ast(text, "request.graphql");
    if parser.recursion_reached() > limits.recursion {
        return Err(too_nested(ErrorCode::ParseFailed, limits));
    }
    let document = parsed.map_err(|errors| report(ErrorCode::ParseFailed, &errors.errors))?;
    check(&document, limits)?;
    Ok(document)
}

/// The longest name, in characters. Names are hashed, compared and told again and again.
const LONGEST_NAME: usize = 255;

fn count_tokens(text: &str, limit: usize) -> Result<(), Refusal> {
    let mut left = limit;
    for (index, token) in Lexer::new(text).enumerate() {
        let is_long = |token: &apollo_parser::Token<'_>| {
            token.kind() == TokenKind::Name && token.data().len() > LONGEST_NAME
        };
        if token.as_ref().is_ok_and(is_long) {
            return Err(Refusal::new(
                RefusalReason::Tokens,
                ErrorCode::ParseFailed,
                format!("a name in the document has more than {LONGEST_NAME} characters"),
            ));
        }
        let is_ignored = token.as_ref().is_ok_and(|token| {
            matches!(
                token.kind(),
                TokenKind::Whitespace | TokenKind::Comment | TokenKind::Comma | TokenKind::Eof
            )
        });
        let too_many = if is_ignored {
            index >= limit.saturating_mul(IGNORED)
        } else {
            left == 0
        };
        if too_many {
            let message = format!(
                "the document has more than {limit} tokens, or {IGNORED} times as many with white space, commas and comments"
            );
            return Err(Refusal::new(
                RefusalReason::Tokens,
                ErrorCode::ParseFailed,
                message,
            ));
        }
        left -= usize::from(!is_ignored);
    }
    Ok(())
}

fn too_nested(code: ErrorCode, limits: &Limits) -> Refusal {
    let message = format!(
        "the document nests selections or values more than {} levels deep, its fragments included (recursion)",
        limits.recursion
    );
    Refusal::new(RefusalReason::Recursion, code, message)
}

fn check(document: &ast::Document, limits: &Limits) -> Result<(), Refusal> {
    let mut count = Count {
        limits,
        fragments: HashMap::new(),
        known: HashMap::new(),
    };
    for definition in &document.definitions {
        if let Definition::FragmentDefinition(fragment) = definition {
            count.fragments.insert(&fragment.name, fragment);
        }
    }
    let mut fields = 0_usize;
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                let measure = count.operation(operation)?;
                fields = fields.saturating_add(measure.fields);
                measure.check(limits)?;
                hold(
                    RefusalReason::RootFields,
                    measure.width,
                    limits.root_fields,
                    "fields at its root",
                )?;
            }
            // A fragment that no operation spreads is looked at all the same, by the validator.
            Definition::FragmentDefinition(fragment) => {
                let mut measure = count.fragment(&fragment.name, 0)?;
                // Fragments on the types of introspection stand inside `__schema` and `__type` alone.
                if fragment.type_condition.starts_with("__") {
                    measure.depth = 0;
                }
                measure.check(limits)?;
            }
            _ => {}
        }
    }
    hold(RefusalReason::Fields, fields, limits.fields, "fields")
}

fn hold(reason: RefusalReason, found: usize, limit: usize, what: &str) -> Result<(), Refusal> {
    if found <= limit {
        return Ok(());
    }
    let message = format!(
        "the document has {found} {what}, counted where fragments are spread, and at most {limit} are allowed"
    );
    Err(Refusal::new(reason, ErrorCode::ValidationFailed, message))
}

/// The size of a selection set when every fragment stands where it is spread.
#[derive(Debug, Clone, Copy, Default)]
struct Measure {
    fields: usize,
    aliases: usize,
    directives: usize,
    /// Fields inside one another.
    depth: usize,
    /// Selection sets inside one another, those of fragments too.
    nesting: usize,
    /// Fields at the top.
    width: usize,
}

impl Measure {
    fn beside(self, other: Self) -> Self {
        Self {
            fields: self.fields.saturating_add(other.fields),
            aliases: self.aliases.saturating_add(other.aliases),
            directives: self.directives.saturating_add(other.directives),
            depth: self.depth.max(other.depth),
            nesting: self.nesting.max(other.nesting),
            width: self.width.saturating_add(other.width),
        }
    }

    /// The same selections inside a fragment with so many directives.
    fn inside_fragment(self, directives: usize) -> Self {
        Self {
            directives: self.directives.saturating_add(directives),
            nesting: self.nesting.saturating_add(1),
            ..self
        }
    }

    /// A field with these selections.
    fn of_field(self, field: &ast::Field) -> Self {
        let introspects = matches!(field.name.as_str(), "__schema" | "__type");
        Self {
            fields: self.fields.saturating_add(1),
            aliases: self
                .aliases
                .saturating_add(usize::from(field.alias.is_some())),
            directives: self.directives.saturating_add(field.directives.len()),
            depth: if introspects { 1 } else { self.depth + 1 },
            nesting: self.nesting.saturating_add(1),
            width: 1,
        }
    }

    fn check(&self, limits: &Limits) -> Result<(), Refusal> {
        if self.nesting > limits.recursion {
            return Err(too_nested(ErrorCode::ValidationFailed, limits));
        }
        hold(RefusalReason::Fields, self.fields, limits.fields, "fields")?;
        hold(
            RefusalReason::Depth,
            self.depth,
            limits.depth,
            "levels of fields",
        )?;
        hold(
            RefusalReason::Aliases,
            self.aliases,
            limits.aliases,
            "aliases",
        )?;
        hold(
            RefusalReason::Directives,
            self.directives,
            limits.directives,
            "directives",
        )
    }
}

struct Count<'a> {
    limits: &'a Limits,
    fragments: HashMap<&'a Name, &'a FragmentDefinition>,
    /// `None` while the fragment is being counted.
    known: HashMap<&'a Name, Option<Measure>>,
}

impl<'a> Count<'a> {
    fn operation(&mut self, operation: &'a OperationDefinition) -> Result<Measure, Refusal> {
        let mut measure = self.selections(&operation.selection_set, 0)?;
        let of_variables = operation
            .variables
            .iter()
            .map(|variable| variable.directives.len());
        measure.directives = of_variables
            .chain([operation.directives.len()])
            .fold(measure.directives, usize::saturating_add);
        Ok(measure)
    }

    fn selections(
        &mut self,
        selections: &'a [Selection],
        level: usize,
    ) -> Result<Measure, Refusal> {
        // Fragments nest without end where the parser sees them side by side.
        if level > self.limits.recursion {
            return Err(too_nested(ErrorCode::ValidationFailed, self.limits));
        }
        selections
            .iter()
            .try_fold(Measure::default(), |sum, selection| {
                let measure = match selection {
                    Selection::Field(field) => self
                        .selections(&field.selection_set, level + 1)?
                        .of_field(field),
                    Selection::InlineFragment(fragment) => self
                        .selections(&fragment.selection_set, level + 1)?
                        .inside_fragment(fragment.directives.len()),
                    Selection::FragmentSpread(spread) => self
                        .fragment(&spread.fragment_name, level + 1)?
                        .inside_fragment(spread.directives.len()),
                };
                Ok(sum.beside(measure))
            })
    }

    fn fragment(&mut self, name: &'a Name, level: usize) -> Result<Measure, Refusal> {
        match self.known.get(name) {
            Some(Some(measure)) => return Ok(*measure),
            Some(None) => {
                return Err(Refusal::new(
                    RefusalReason::FragmentCycle,
                    ErrorCode::ValidationFailed,
                    "a fragment cannot include itself, not by way of others either",
                ));
            }
            None => {}
        }
        // A fragment that is not there is the validator's to refuse.
        let Some(fragment) = self.fragments.get(name).copied() else {
            return Ok(Measure::default());
        };
        self.known.insert(name, None);
        let mut measure = self.selections(&fragment.selection_set, level)?;
        measure.directives = measure.directives.saturating_add(fragment.directives.len());
        // A spread of nothing still costs a look.
        measure.fields = measure.fields.max(1);
        self.known.insert(name, Some(measure));
        Ok(measure)
    }
}

#[cfg(test)]
mod tests;
