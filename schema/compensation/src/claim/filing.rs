//! What somebody said when they filed a claim.

pub(crate) mod store;

use async_graphql::{Context, Enum, Object};
use entities::compensation::{
    claim::{self, ClaimOrigin},
    filing,
};
use schema_kernel::{
    ContextExt, Money, Result,
    scalar::{Date, DateTime},
};

use crate::assessment::Regime;

/// What somebody said when they filed a claim. A record: nothing changes it.
pub struct Filing(filing::Model);

/// What can go wrong, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "ClaimIncident", remote = "filing::Incident")]
pub enum Incident {
    /// The flight was late.
    Delay,
    /// The flight did not operate.
    Cancellation,
    /// A connecting flight was missed.
    MissedConnection,
    /// The passenger was not let on board.
    DeniedBoarding,
    /// The passenger sat in a lower cabin than they paid for.
    Downgrade,
    /// A bag came late.
    BaggageDelayed,
    /// A bag was damaged, or something in it was.
    BaggageDamaged,
    /// A bag did not come.
    BaggageLost,
    /// Something that was paid for was not provided.
    ServiceNotProvided,
    /// Something else; the statement says what.
    Other,
}

/// What somebody said when they filed a claim. A record: nothing changes it.
#[Object(requires_scopes = "claim:read")]
impl Filing {
    /// What happened.
    async fn incident(&self) -> Incident {
        self.0.incident.into()
    }

    /// The day on which it happened.
    async fn incident_on(&self) -> Date {
        Date(self.0.incident_on)
    }

    /// What happened, in the claimant's words; numbers of payment cards are taken out.
    async fn statement(&self) -> &str {
        &self.0.statement
    }

    /// The body of law they named; null when they named none.
    async fn regime(&self) -> Option<Regime> {
        self.0.regime.map(Into::into)
    }

    /// The amount they ask for; null when they named none.
    async fn claimed_amount(&self) -> Option<Result<Money>> {
        let currency = self.0.claimed_currency.as_deref()?;
        Some(crate::claim::money(self.0.claimed_minor?, currency))
    }

    /// Who filed it, as the airline names its people and programs. Shown to those who decide claims, null to others.
    #[graphql(requires_scopes = "claim:decide")]
    async fn filed_by(&self) -> Option<&str> {
        Some(&self.0.filed_by)
    }

    /// When it was filed, in UTC.
    async fn filed_at(&self) -> DateTime {
        self.0.filed_at
    }
}

/// What was said when the claim was filed. Whoever may see a claim may see it.
pub(crate) async fn load(context: &Context<'_>, claim: &claim::Model) -> Option<Result<Filing>> {
    if claim.origin == ClaimOrigin::Automatic {
        return None;
    }
    let load = async || {
        let filing = context
            .loader()?
            .load_one(store::FilingOf(claim.id))
            .await?;
        Ok(filing.map(Filing))
    };
    load().await.transpose()
}
