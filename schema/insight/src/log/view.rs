use async_graphql::{ID, Object};
use entities::insight::query::Model;
use schema_kernel::{id, scalar::DateTime};

/// A question about cohorts that was asked.
pub struct InsightQuery(pub(crate) Model);

/// A question about cohorts that somebody asked, as it was noted.
#[Object(requires_scopes = "insight:audit")]
impl InsightQuery {
    /// Unique for ever; the id of its receipt.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Who asked. Example: `"client-0193..."`.
    async fn partner(&self) -> &str {
        &self.0.partner
    }

    /// What they are to the airline: the name of a role. Example: `"partner"`.
    async fn role(&self) -> &str {
        &self.0.role
    }

    /// When.
    async fn asked_at(&self) -> DateTime {
        self.0.asked_at
    }

    /// The question in its canonical form, as JSON. Example: `"{\"cube\":\"TRAVEL\",\"dimensions\":[\"CABIN\"]}"`.
    async fn question(&self) -> String {
        self.0.question.to_string()
    }

    /// SHA-256 of the canonical form, in hexadecimal: the same for the same question.
    async fn question_hash(&self) -> &str {
        &self.0.question_hash
    }

    /// Why it was refused; null where it was answered. Example: `"NOT_IN_ONE_CUBE"`.
    async fn refusal(&self) -> Option<&str> {
        self.0.refusal.as_deref()
    }

    /// How many cohorts were told.
    async fn cohorts(&self) -> i32 {
        self.0.cohorts
    }

    /// What it cost of the year's privacy budget.
    async fn epsilon(&self) -> f64 {
        self.0.epsilon
    }

    /// The receipt that was given, a compact JSON Web Signature; null where it was refused.
    async fn receipt(&self) -> Option<&str> {
        self.0.receipt.as_deref()
    }
}
