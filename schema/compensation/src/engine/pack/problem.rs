use std::fmt;
use std::ops::Range;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What is wrong with a rule pack, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackProblem {
    /// The pack.
    pub pack: String,
    /// The rule, where the problem lies in one.
    pub rule: Option<String>,
    /// Line in the file, counted from 1; 0 when it concerns the whole file.
    pub line: u32,
    /// Column in characters, counted from 1; 0 when it concerns the whole line.
    pub column: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

impl PackProblem {
    pub(crate) fn of(pack: &str, rule: Option<&str>, message: impl Into<String>) -> Self {
        Self {
            pack: pack.to_owned(),
            rule: rule.map(str::to_owned),
            line: 0,
            column: 0,
            message: message.into(),
        }
    }

    /// The same, at a byte of the file.
    #[must_use]
    pub(crate) fn at(self, text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            line: number(before.matches('\n').count() + 1),
            column: number(before[line_start..].chars().count() + 1),
            ..self
        }
    }
}

impl fmt::Display for PackProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.pack)?;
        if self.line > 0 {
            write!(formatter, ":{}:{}", self.line, self.column)?;
        }
        if let Some(rule) = &self.rule {
            write!(formatter, " ({rule})")?;
        }
        write!(formatter, ": {}", self.message)
    }
}

impl std::error::Error for PackProblem {}

/// Reads a file of the form that is asked for.
pub(crate) fn read_toml<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, PackProblem> {
    toml::from_str(text).map_err(|error| {
        let problem = PackProblem::of(name, None, error.message().trim_end());
        match error.span() {
            Some(span) => problem.at(text, span.start),
            None => problem,
        }
    })
}

/// The byte of the file at which a character of a quoted text stands; the start of the text when it is written with
/// escapes.
pub(super) fn byte_in(text: &str, span: &Range<usize>, value: &str, offset: usize) -> usize {
    let Some(written) = text.get(span.clone()) else {
        return span.start;
    };
    let quote = if written.starts_with("'''") || written.starts_with("\"\"\"") {
        3
    } else {
        1
    };
    let Some(start) = written[quote..].find(value) else {
        return span.start;
    };
    let within = value
        .char_indices()
        .nth(offset)
        .map_or(value.len(), |(byte, _)| byte);
    span.start + quote + start + within
}
