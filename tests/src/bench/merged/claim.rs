//! Claims.

use async_graphql::{ID, Object};
use entities::compensation::claim;
use schema_compensation::{
    assessment::{EntitlementKind, Regime},
    claim::ClaimStatus,
};
use schema_kernel::{
    Error, Money, Result, id,
    scalar::{Date, DateTime},
};

/// What a customer is owed for a disruption.
pub(crate) struct Claim(pub(super) claim::Model);

#[Object]
impl Claim {
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    async fn amount(&self) -> Result<Money> {
        Money::new(self.0.amount_minor, &self.0.currency).ok_or_else(|| {
            Error::internal(anyhow::anyhow!("a stored currency is none of ISO 4217"))
        })
    }

    async fn regime(&self) -> Option<Regime> {
        self.0.regime.map(Into::into)
    }

    async fn kind(&self) -> EntitlementKind {
        self.0.entitlement_kind.into()
    }

    async fn basis(&self) -> &str {
        &self.0.basis
    }

    async fn status(&self) -> ClaimStatus {
        self.0.status.into()
    }

    async fn due_by(&self) -> Date {
        Date(self.0.due_by)
    }

    async fn opened_at(&self) -> DateTime {
        self.0.opened_at
    }
}
