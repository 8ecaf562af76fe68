//! How large a document may be: counted before anything takes more time or memory than the text itself has.
//!
//! Validators, planners and executors all follow every spread of a fragment, so a document of a few hundred bytes can
//! cost minutes and gigabytes. Here each fragment is counted once, however often it is spread.

use std::collections::HashMap;

use apollo_compiler::{
    Name, ast,
    ast::{Definition, Selection},
    parser::Parser,
};

use super::report;
use crate::{error::ErrorCode, response::GraphQlError};

/// The parser's own guard against nesting that would exhaust the stack.
const MAX_RECURSION: usize = 64;
/// Tokens of a document, with white space between them counted: well over what people and generators write.
const MAX_TOKENS: usize = 5_000;
/// Fields of a document when every fragment stands where it is spread.
const MAX_FIELDS: usize = 2_000;

/// Refuses a document that is not GraphQL, or too large to look at any further. For servers of one schema alone; the
/// gateway does this itself.
///
/// # Errors
/// With the code `GRAPHQL_PARSE_FAILED` or `GRAPHQL_VALIDATION_FAILED`, and the limit.
pub fn refuse_excess(text: &str) -> Result<(), Vec<GraphQlError>> {
    parse(text).map(drop)
}

/// The syntax tree of a document of a bearable size.
pub(super) fn parse(text: &str) -> Result<ast::Document, Vec<GraphQlError>> {
    let mut parser = Parser::new()
        .recursion_limit(MAX_RECURSION)
        .token_limit(MAX_TOKENS);
    let parsed = parser.parse_ast(text, "request.graphql");
    if parser.tokens_reached() > MAX_TOKENS {
        let message = format!("the document has more than {MAX_TOKENS} tokens");
        return Err(vec![GraphQlError::new(ErrorCode::ParseFailed, message)]);
    }
    let document = parsed.map_err(|errors| report(ErrorCode::ParseFailed, &errors.errors))?;
    check(&document).map_err(|error| vec![error])?;
    Ok(document)
}

fn check(document: &ast::Document) -> Result<(), GraphQlError> {
    let mut count = Count {
        fragments: HashMap::new(),
        sizes: HashMap::new(),
    };
    for definition in &document.definitions {
        if let Definition::FragmentDefinition(fragment) = definition {
            count
                .fragments
                .insert(&fragment.name, &fragment.selection_set);
        }
    }
    let mut fields = 0_usize;
    for definition in &document.definitions {
        let size = match definition {
            Definition::OperationDefinition(operation) => count.fields(&operation.selection_set)?,
            // Fragments that no operation spreads cost their own size.
            Definition::FragmentDefinition(fragment) => {
                count.fragment(&fragment.name)?;
                0
            }
            _ => 0,
        };
        fields = fields.saturating_add(size);
    }
    if fields > MAX_FIELDS {
        return Err(GraphQlError::new(
            ErrorCode::ValidationFailed,
            format!(
                "the document asks for more than {MAX_FIELDS} fields, counted where fragments are spread"
            ),
        ));
    }
    Ok(())
}

struct Count<'a> {
    fragments: HashMap<&'a Name, &'a [Selection]>,
    /// `None` while the fragment is being counted.
    sizes: HashMap<&'a Name, Option<usize>>,
}

impl<'a> Count<'a> {
    fn fields(&mut self, selections: &'a [Selection]) -> Result<usize, GraphQlError> {
        selections.iter().try_fold(0_usize, |sum, selection| {
            let size = match selection {
                Selection::Field(field) => self.fields(&field.selection_set)?.saturating_add(1),
                Selection::InlineFragment(fragment) => self.fields(&fragment.selection_set)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name)?,
            };
            Ok(sum.saturating_add(size))
        })
    }

    fn fragment(&mut self, name: &'a Name) -> Result<usize, GraphQlError> {
        match self.sizes.get(name) {
            Some(Some(size)) => return Ok(*size),
            Some(None) => {
                return Err(GraphQlError::new(
                    ErrorCode::ValidationFailed,
                    "a fragment cannot include itself, not by way of others either",
                ));
            }
            None => {}
        }
        // A fragment that is not there is the validator's to refuse.
        let Some(selections) = self.fragments.get(name).copied() else {
            return Ok(0);
        };
        self.sizes.insert(name, None);
        // A spread of nothing still costs a look.
        let size = self.fields(selections)?.max(1);
        self.sizes.insert(name, Some(size));
        Ok(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<(String, String)> {
        let error = parse(text).err()?.remove(0);
        Some((error.code().unwrap().to_owned(), error.message))
    }

    fn doubling(levels: usize) -> String {
        let fragments = (0..levels).map(|level| {
            let next = level + 1;
            format!("fragment f{level} on Query {{ ...f{next} ...f{next} }} ")
        });
        format!(
            "{{ ...f0 }} {} fragment f{levels} on Query {{ __typename }}",
            fragments.collect::<String>()
        )
    }

    #[test]
    fn ordinary_documents_pass() {
        assert_eq!(refusal(&doubling(5)), None);
        let fields = "a { b(c: [1, 2]) { d ... on E { f } } } ".repeat(100);
        assert_eq!(refusal(&format!("{{ {fields} }}")), None);
    }

    #[test]
    fn fragments_that_double_are_counted_and_not_followed() {
        for levels in [14, 25, 200] {
            let (code, message) = refusal(&doubling(levels)).unwrap();
            assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
            assert!(message.contains("fields"), "{message}");
        }
    }

    #[test]
    fn circles_are_refused() {
        for text in [
            "{ ...a } fragment a on Q { ...a }",
            "{ x } fragment a on Q { b { ...b } } fragment b on Q { ... { ...a } }",
        ] {
            let (code, message) = refusal(text).unwrap();
            assert_eq!(code, "GRAPHQL_VALIDATION_FAILED");
            assert!(message.contains("itself"), "{message}");
        }
    }

    #[test]
    fn reading_stops_at_the_limits() {
        let aliases = (0..20_000).map(|index| format!("a{index}: a "));
        for text in [
            format!("{{ {} }}", aliases.collect::<String>()),
            "{".repeat(100_000),
            format!("{{ a {} }}", "@b ".repeat(20_000)),
            format!("{{ a(x: {}) }}", "[".repeat(100_000)),
            format!("{}{}", "{ a".repeat(5_000), "}".repeat(5_000)),
            doubling(4_000),
        ] {
            let (code, message) = refusal(&text).unwrap();
            assert_eq!(code, "GRAPHQL_PARSE_FAILED");
            assert!(
                message.contains("token") || message.contains("recursion"),
                "{message}"
            );
        }
    }
}
