//! Reading inputs: every field that cannot be right is reported at once.

use async_graphql::ID;
use entities::id::TypedId;
use schema_kernel::{
    id,
    problem::{FieldProblem, InvalidInput},
    scalar::{EmailAddress, LanguageTag},
    text::{READABLE, is_readable},
};

/// The longest address that mail is brought to (RFC 5321, 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;
/// The longest name of a user, a program or a device.
const LONGEST_NAME: usize = 100;

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldProblem>);

impl Fields {
    /// An id, which has to be one.
    pub(crate) fn id<Id: TypedId>(&mut self, path: &str, text: &ID) -> Option<Id> {
        let read = id::try_read(text);
        if read.is_none() {
            let problem = format!(
                "This is not the id of a {}; ids are taken as they were given.",
                Id::KIND
            );
            self.problem(path, problem);
        }
        read
    }

    /// An address to sign in with, in lower case: people do not remember how they wrote it.
    pub(crate) fn email(&mut self, path: &str, text: &str) -> Option<String> {
        match email(text) {
            Ok(email) => Some(email),
            Err(problem) => {
                self.problem(path, problem);
                None
            }
        }
    }

    /// A name to show: one line.
    pub(crate) fn name(&mut self, path: &str, text: &str) -> Option<String> {
        let name = text.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            self.problem(path, format!("A name has 1 to {LONGEST_NAME} characters."));
            return None;
        }
        if !is_readable(name) || name.contains(['\n', '\r', '\t']) {
            self.0
                .push(FieldProblem::at(path, "A name is one line of text.").by(READABLE));
            return None;
        }
        Some(name.to_owned())
    }

    /// A language, by its tag.
    pub(crate) fn language(&mut self, path: &str, text: &str) -> Option<String> {
        if let Ok(tag) = LanguageTag::parse(text) {
            return Some(tag.as_str().to_owned());
        }
        self.problem(path, "A language is a BCP 47 tag, like \"en\" or \"ar\".");
        None
    }

    /// Notes a problem.
    pub(crate) fn problem(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(FieldProblem::at(path, message));
    }

    /// What has to be there, when everything can be right; where it is missing, the reason is among the problems.
    pub(crate) fn finish_with<T>(self, value: Option<T>) -> Result<T, InvalidInput> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            Some(_) | None => Err(InvalidInput::of(self.0)),
        }
    }
}

/// An address to sign in with, in lower case.
pub(crate) fn email(text: &str) -> Result<String, String> {
    match EmailAddress::parse(text) {
        Ok(email) if email.as_str().len() <= LONGEST_EMAIL => Ok(email.as_str().to_lowercase()),
        Ok(_) => Err(format!(
            "An e-mail address has at most {LONGEST_EMAIL} characters."
        )),
        Err(_) => Err("An e-mail address looks like \"name@example.com\".".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case() {
        assert_eq!(email(" Amal@Example.COM ").unwrap(), "amal@example.com");
        assert!(email("amal").is_err());
        assert!(email(&format!("{}@example.com", "a".repeat(64))).is_ok());
    }

    #[test]
    fn names_are_one_line() {
        for text in ["", "  ", "a\nb", "a\u{202e}b", &"a".repeat(101)] {
            let mut fields = Fields::default();
            assert_eq!(fields.name("input.name", text), None, "{text:?}");
            assert!(fields.finish_with(Some(())).is_err());
        }
        let mut fields = Fields::default();
        let name = fields.name("input.name", " أمل حداد ");
        assert_eq!(fields.finish_with(name).unwrap(), "أمل حداد");
    }
}
