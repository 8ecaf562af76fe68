use cel::common::ast::{IdedExpr, SourceInfo};
use cel::parser::Parser;
use thiserror::Error;

/// The longest text of an expression, in characters.
pub(crate) const MAX_LENGTH: usize = 2_000;
/// The deepest tree of an expression, in levels.
pub(crate) const MAX_DEPTH: usize = 40;

/// What is wrong with an expression, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub(crate) struct ExpressionError {
    /// Characters before the place that is wrong.
    pub(crate) offset: usize,
    pub(crate) message: String,
}

impl ExpressionError {
    pub(crate) fn at(offset: usize, message: impl Into<String>) -> Self {
        Self {
            offset,
            message: message.into(),
        }
    }
}

/// Reads CEL. What of it is allowed is decided by the check.
pub(super) fn parse(text: &str) -> Result<(IdedExpr, SourceInfo), ExpressionError> {
    let length = text.chars().count();
    if length > MAX_LENGTH {
        let message = format!(
            "The expression has {length} characters; at most {MAX_LENGTH} are allowed. Move a part of it to a definition."
        );
        return Err(ExpressionError::at(MAX_LENGTH, message));
    }
    if nesting(text) > MAX_DEPTH {
        let message = format!(
            "The brackets are nested deeper than {MAX_DEPTH} levels. Move a part of it to a definition."
        );
        return Err(ExpressionError::at(0, message));
    }
    Parser::new()
        .parse_with_source_info(text)
        .map_err(|errors| first(text, &errors))
}

/// The parser descends once for each bracket, and the depth of the tree is only known when it is done.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for character in text.chars() {
        match character {
            '(' | '[' | '{' | '!' | '-' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn first(text: &str, errors: &cel::ParseErrors) -> ExpressionError {
    let Some(error) = errors.errors.first() else {
        return ExpressionError::at(0, "This is no expression of CEL.");
    };
    let (line, column) = error.pos;
    let before: usize = text
        .split_inclusive('\n')
        .take(usize::try_from(line - 1).unwrap_or(0))
        .map(|line| line.chars().count())
        .sum();
    let offset = before + usize::try_from(column - 1).unwrap_or(0);
    ExpressionError::at(
        offset,
        format!("This is no expression of CEL: {}.", error.msg),
    )
}
