//! Reading inputs: every field that cannot be right is reported at once.

use async_graphql::ID;
use entities::id::TypedId;
use schema_kernel::{
    id,
    problem::{FieldProblem, InvalidInput},
    redact::redact,
    text::{READABLE, is_readable},
};

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldProblem>);

impl Fields {
    /// An id, which has to be one.
    pub(crate) fn id<Id: TypedId>(&mut self, path: &str, text: &ID) -> Option<Id> {
        let read = id::try_read(text);
        if read.is_none() {
            self.0.push(FieldProblem::at(
                path,
                format!(
                    "This is not the id of a {}; ids are taken as they were given.",
                    Id::KIND
                ),
            ));
        }
        read
    }

    /// An id that may be left out.
    pub(crate) fn optional_id<Id: TypedId>(&mut self, path: &str, text: Option<&ID>) -> Option<Id> {
        text.and_then(|text| self.id(path, text))
    }

    /// Text for people: trimmed, without card numbers, neither empty nor longer than `limit` characters.
    pub(crate) fn text(&mut self, path: &str, text: &str, limit: usize) -> String {
        let text = redact(text.trim()).into_owned();
        if text.is_empty() {
            self.0
                .push(FieldProblem::at(path, "Some text is needed here."));
        } else if text.chars().count() > limit {
            self.0.push(FieldProblem::at(
                path,
                format!("At most {limit} characters fit here."),
            ));
        } else if !is_readable(&text) {
            self.0.push(FieldProblem::at(path, READABLE));
        }
        text
    }

    /// Text that may be left out.
    pub(crate) fn optional_text(
        &mut self,
        path: &str,
        text: Option<&str>,
        limit: usize,
    ) -> Option<String> {
        text.map(|text| self.text(path, text, limit))
    }

    /// Notes problems that were found elsewhere.
    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = FieldProblem>) {
        self.0.extend(problems);
    }

    /// Nothing when everything can be right.
    pub(crate) fn finish(self) -> Result<(), InvalidInput> {
        self.finish_with(Some(()))
    }

    /// What has to be there, when everything can be right; where it is missing, the reason is among the problems.
    pub(crate) fn finish_with<T>(self, value: Option<T>) -> Result<T, InvalidInput> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            Some(_) | None => Err(InvalidInput::of(self.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use entities::id::CaseId;

    use super::*;

    #[test]
    fn all_problems_are_reported_at_once() {
        let mut fields = Fields::default();
        assert_eq!(fields.text("input.subject", "  Late \n", 10), "Late");
        fields.text("input.description", "   ", 10);
        fields.text("input.reason", "far too long", 5);
        assert!(
            fields
                .id::<CaseId>("input.caseId", &ID::from("x"))
                .is_none()
        );
        let problems = fields.finish().unwrap_err().fields;
        let paths: Vec<String> = problems
            .iter()
            .map(|problem| problem.path.join("."))
            .collect();
        assert_eq!(paths, ["input.description", "input.reason", "input.caseId"]);
    }

    #[test]
    fn text_commands_no_terminal() {
        for unreadable in ["\0", "a\u{1b}[2J", "a\u{202e}b"] {
            let mut fields = Fields::default();
            fields.text("input.text", unreadable, 100);
            assert!(fields.finish().is_err(), "{unreadable:?}");
        }
        assert_eq!(Fields::default().text("input.text", "a\nb", 100), "a\nb");
    }

    #[test]
    fn card_numbers_do_not_come_in() {
        let text = Fields::default().text("input.text", "My card is 4111 1111 1111 1111.", 100);
        assert!(!text.contains("1111"), "{text}");
    }
}
