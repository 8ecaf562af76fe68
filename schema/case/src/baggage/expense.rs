use async_graphql::{ID, Object};
use entities::case::baggage_expense::Model;
use schema_kernel::guard::Personal;
use schema_kernel::{
    Error, Money, Result, id,
    scalar::{Date, DateTime},
};

use super::kind::BaggageExpenseKind;

/// What somebody had to buy, or lost, because of a bag.
pub struct BaggageExpense(pub(super) Model);

/// What somebody had to buy, or lost, because of a bag. Proven damage is paid up to the limit of the law, and an allowance a day
/// does not cap it.
#[Object(requires_scopes = "case:read", directive = Personal::apply("CASE"))]
impl BaggageExpense {
    /// Unique for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What the money went for.
    async fn kind(&self) -> BaggageExpenseKind {
        self.0.kind.into()
    }

    /// How much it was.
    async fn amount(&self) -> Option<Result<Money>> {
        Some(money(self.0.amount_minor, &self.0.currency))
    }

    /// The day on which it was spent; of things that are gone, the day of the loss.
    async fn spent_on(&self) -> Date {
        Date(self.0.spent_on)
    }

    /// What it was. Card numbers were taken out before it was stored.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// What the receipt is called; `null` when there is none. Example: `"receipt 4711"`.
    async fn receipt(&self) -> Option<&str> {
        self.0.receipt.as_deref()
    }

    /// When it was noted.
    async fn added_at(&self) -> DateTime {
        self.0.added_at
    }
}

/// An amount as the graph shows it.
pub(super) fn money(amount_minor: i64, currency: &str) -> Result<Money> {
    Money::new(amount_minor, currency)
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a stored currency is none of ISO 4217")))
}
