//! Cases.

use async_graphql::{ID, Object};
use entities::case::case;
use schema_case::kind::{CasePriority, CaseStatus, CaseType};
use schema_kernel::{id, scalar::DateTime};

/// Something a customer needs the airline to deal with.
pub(crate) struct Case(Box<case::Model>);

impl From<case::Model> for Case {
    fn from(row: case::Model) -> Self {
        Self(Box::new(row))
    }
}

#[Object]
impl Case {
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    async fn reference(&self) -> &str {
        &self.0.reference
    }

    #[graphql(name = "type")]
    async fn case_type(&self) -> CaseType {
        self.0.case_type.into()
    }

    async fn subject(&self) -> &str {
        &self.0.subject
    }

    async fn status(&self) -> CaseStatus {
        self.0.status.into()
    }

    async fn priority(&self) -> CasePriority {
        self.0.priority.into()
    }

    async fn opened_at(&self) -> DateTime {
        self.0.opened_at
    }
}
