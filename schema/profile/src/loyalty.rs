//! Memberships of loyalty programmes.

mod add;
mod membership;
mod store;
mod tier;

use async_graphql::{Context, Enum, ID, Object};
use entities::profile::loyalty_membership;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Result,
    id::{self, CustomerId},
    money::Long,
    scalar::{Date, DateTime},
};

pub use self::{
    add::{
        AddLoyaltyMembershipInput, AddLoyaltyMembershipPayload, LoyaltyMembershipAdded,
        LoyaltyMutation,
    },
    membership::{LoyaltyMembershipInput, normalised_number},
};
pub(crate) use self::{
    membership::Membership,
    store::{holds_on, insert, is_known},
};
use crate::customer;

/// Tiers of loyalty programmes, from lowest to highest, as alliances map them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::loyalty_membership::Tier")]
pub enum LoyaltyTier {
    /// Member, without benefits in other airlines of an alliance.
    Base,
    /// oneworld Ruby, Star Alliance Silver, `SkyTeam` Elite.
    Silver,
    /// oneworld Sapphire, Star Alliance Gold, `SkyTeam` Elite Plus.
    Gold,
    /// oneworld Emerald, Star Alliance Gold, `SkyTeam` Elite Plus.
    Platinum,
}

/// A customer's membership of a loyalty programme.
#[derive(Clone, Debug)]
pub struct LoyaltyMembership(pub(crate) loyalty_membership::Model);

/// A customer's membership of a loyalty programme.
#[Object(requires_scopes = "customer:read", directive = Personal::apply("LOYALTY"))]
impl LoyaltyMembership {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// Code of the programme. Example: `"SKYWARDS"`.
    async fn programme(&self) -> &str {
        &self.0.programme
    }

    /// Number in the programme, without separators. Example: `"EK123456789"`.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// The tier reached.
    async fn tier(&self) -> LoyaltyTier {
        self.0.tier.into()
    }

    /// Whether the tier holds today (UTC).
    async fn is_active(&self, context: &Context<'_>) -> Option<Result<bool>> {
        Some(
            context
                .session()
                .map(|session| tier::holds(&self.0, customer::today(session))),
        )
    }

    /// First day on which the tier holds.
    async fn valid_from_on(&self) -> Date {
        Date(self.0.valid_from)
    }

    /// Last day on which the tier holds; null without an end.
    async fn valid_to_on(&self) -> Option<Date> {
        self.0.valid_to.map(Date)
    }

    /// Miles that count towards the next tier.
    async fn qualifying_miles(&self) -> Long {
        Long(self.0.qualifying_miles)
    }

    /// Miles that can be spent, as the programme last reported them.
    async fn redeemable_miles(&self) -> Long {
        Long(self.0.redeemable_miles)
    }

    /// When it was linked to the customer.
    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }
}

/// The memberships of a customer whom the caller sees, highest tier first.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Vec<LoyaltyMembership>> {
    Ok(rows(context, customer)
        .await?
        .into_iter()
        .map(LoyaltyMembership)
        .collect())
}

/// The highest tier that the customer holds today.
pub(crate) async fn best_tier(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Option<LoyaltyTier>> {
    let today = customer::today(context.session()?);
    Ok(tier::best(&rows(context, customer).await?, today).map(LoyaltyTier::from))
}

async fn rows(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Vec<loyalty_membership::Model>> {
    let mut rows = context
        .loader()?
        .load_one(store::MembershipsOf(customer))
        .await?
        .unwrap_or_default();
    rows.sort_by_key(|row| (std::cmp::Reverse(tier::rank(row.tier)), row.id));
    Ok(rows)
}
