//! Sentences with values in them: `Arrived {clock: net_delay} late.`

use crate::engine::expression::{Checker, ExpressionError, Frame, NodeId};

/// A sentence that is filled in for each case.
#[derive(Debug, Clone)]
pub(crate) struct Text(Vec<Part>);

#[derive(Debug, Clone)]
enum Part {
    Fixed(String),
    Clock(NodeId),
    Kilometres(NodeId),
    Number(NodeId),
}

impl Text {
    /// Reads a sentence and checks the expressions in its braces.
    pub(super) fn read(checker: &mut Checker<'_>, text: &str) -> Result<Self, ExpressionError> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let at = text.chars().count() - rest[open..].chars().count();
            let close = rest[open..].find('}').ok_or_else(|| {
                ExpressionError::at(
                    at,
                    "A brace is opened and not closed; write `{clock: event.notice}`.",
                )
            })?;
            let inside = &rest[open + 1..open + close];
            if !rest[..open].is_empty() {
                parts.push(Part::Fixed(rest[..open].to_owned()));
            }
            parts.push(part(checker, inside).map_err(|error| {
                let offset = at + 1 + error.offset;
                ExpressionError { offset, ..error }
            })?);
            rest = &rest[open + close + 1..];
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(Part::Fixed(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// The sentence for one case. A value that is not known is shown as "unknown".
    pub(super) fn fill(&self, frame: &Frame<'_>) -> String {
        if let [Part::Fixed(text)] = self.0.as_slice() {
            return text.clone();
        }
        let mut filled = String::with_capacity(128);
        for part in &self.0 {
            part.write(frame, &mut filled);
        }
        filled
    }
}

fn part(checker: &mut Checker<'_>, inside: &str) -> Result<Part, ExpressionError> {
    let (form, expression) = inside.split_once(':').unwrap_or(("", inside));
    let place = form.chars().count() + 1;
    let mut number = || {
        checker.number(expression).map_err(|error| {
            let offset = place + error.offset;
            ExpressionError { offset, ..error }
        })
    };
    match form.trim() {
        "clock" => Ok(Part::Clock(number()?)),
        "km" => Ok(Part::Kilometres(number()?)),
        "number" => Ok(Part::Number(number()?)),
        other => {
            let message = format!(
                "There is no form `{other}`; write `{{clock: minutes}}`, `{{km: metres}}` or `{{number: value}}`."
            );
            Err(ExpressionError::at(0, message))
        }
    }
}

impl Part {
    fn write(&self, frame: &Frame<'_>, filled: &mut String) {
        let (Self::Clock(node) | Self::Kilometres(node) | Self::Number(node)) = self else {
            if let Self::Fixed(text) = self {
                filled.push_str(text);
            }
            return;
        };
        let value = frame.value(*node);
        if !value.is_known() {
            filled.push_str("unknown");
            return;
        }
        let number = value.low;
        match self {
            Self::Clock(_) => {
                let minutes = number.max(0);
                push(filled, minutes / 60);
                filled.push('h');
                if minutes % 60 < 10 {
                    filled.push('0');
                }
                push(filled, minutes % 60);
            }
            Self::Kilometres(_) => {
                push(filled, number / 1_000);
                filled.push('.');
                push(filled, number % 1_000 / 100);
                filled.push_str(" km");
            }
            Self::Number(_) | Self::Fixed(_) => push(filled, number),
        }
    }
}

/// Digits without the machinery of formatting, which costs more than the rest of the sentence.
fn push(filled: &mut String, number: i64) {
    if number < 0 {
        filled.push('-');
    }
    let mut digits = [0_u8; 20];
    let (mut rest, mut start) = (number.unsigned_abs(), digits.len());
    loop {
        start -= 1;
        digits[start] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    for digit in &digits[start..] {
        filled.push(char::from(*digit));
    }
}
