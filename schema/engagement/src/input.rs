//! Reading inputs: every field that cannot be right is reported at once.

use async_graphql::ID;
use entities::id::TypedId;
use schema_kernel::{
    id,
    problem::{FieldProblem, InvalidInput},
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

    /// Notes problems that were found elsewhere.
    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = FieldProblem>) {
        self.0.extend(problems);
    }

    /// What has to be there, when everything can be right; where it is missing, the reason is among the problems.
    pub(crate) fn finish_with<T>(self, value: Option<T>) -> Result<T, InvalidInput> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            Some(_) | None => Err(InvalidInput::of(self.0)),
        }
    }
}
