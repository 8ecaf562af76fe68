//! Customers, and the lists that hang on them.

use async_graphql::{Context, ID, Object};
use entities::{
    id::CustomerId,
    profile::{
        customer,
        loyalty_membership::{self, Tier},
    },
};
use schema_kernel::{ContextExt, PageArguments, Result, id, keyset::Cursor, scalar::DateTime};
use schema_profile::loyalty::LoyaltyTier;

use super::{
    List, USUAL,
    case::Case,
    claim::Claim,
    detail::{ContactPoint, Membership, Preference, TimelineEntry},
    journey::Journey,
    store,
};

/// A person the airline knows.
pub(crate) struct Customer(pub(super) customer::Model);

#[Object]
impl Customer {
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    async fn given_name(&self) -> Option<&str> {
        self.0.given_name.as_deref()
    }

    async fn family_name(&self) -> &str {
        &self.0.family_name
    }

    async fn display_name(&self) -> String {
        match &self.0.given_name {
            Some(given) => format!("{given} {}", self.0.family_name),
            None => self.0.family_name.clone(),
        }
    }

    async fn language(&self) -> &str {
        &self.0.language
    }

    async fn country_of_residence(&self) -> Option<&str> {
        self.0.country_of_residence.as_deref()
    }

    async fn home_airport(&self) -> Option<&str> {
        self.0.home_airport.as_deref()
    }

    async fn is_vip(&self) -> bool {
        self.0.is_vip
    }

    async fn needs_assistance(&self) -> bool {
        self.0.needs_assistance
    }

    async fn created_at(&self) -> DateTime {
        self.0.created_at
    }

    async fn version(&self) -> i32 {
        self.0.version
    }

    async fn tier(&self, context: &Context<'_>) -> Option<Result<LoyaltyTier>> {
        let load = async {
            let today = context.session()?.now().date_naive();
            let memberships = memberships(context, self.0.id).await?;
            let holding = memberships.iter().filter(|row| {
                row.valid_from <= today && row.valid_to.is_none_or(|last| today <= last)
            });
            Ok(holding
                .map(|row| row.tier)
                .max_by_key(|tier| rank(*tier))
                .map(LoyaltyTier::from))
        };
        load.await.transpose()
    }

    async fn contact_points(&self, context: &Context<'_>) -> Option<Result<Vec<ContactPoint>>> {
        let load = async {
            let rows = context
                .loader()?
                .load_one(store::ContactPointsOf(self.0.id))
                .await?;
            Ok(rows
                .unwrap_or_default()
                .into_iter()
                .map(ContactPoint::from)
                .collect())
        };
        Some(load.await)
    }

    async fn loyalty_memberships(&self, context: &Context<'_>) -> Option<Result<Vec<Membership>>> {
        let rows = memberships(context, self.0.id).await;
        Some(rows.map(|rows| rows.into_iter().map(Membership::from).collect()))
    }

    async fn preferences(&self, context: &Context<'_>) -> Option<Result<Vec<Preference>>> {
        let load = async {
            let rows = context
                .loader()?
                .load_one(store::PreferencesOf(self.0.id))
                .await?;
            Ok(rows
                .unwrap_or_default()
                .into_iter()
                .map(Preference::from)
                .collect())
        };
        Some(load.await)
    }

    async fn timeline(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<List<TimelineEntry>>> {
        let load = async {
            let page = page(first, after)?;
            let key = store::TimelineOf {
                customer: self.0.id,
                page: page.clone(),
            };
            let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
            Ok(page.connection(
                rows,
                |row| Cursor::at(row.occurred_at, row.id),
                TimelineEntry,
            ))
        };
        Some(load.await)
    }

    async fn journeys(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<List<Journey>>> {
        let load = async {
            let page = page(first, after)?;
            let key = store::JourneysOf {
                customer: self.0.id,
                page: page.clone(),
            };
            let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
            Ok(page.connection(rows, |row| Cursor::at(row.departs_at, row.id), Journey))
        };
        Some(load.await)
    }

    async fn cases(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<List<Case>> {
        let page = page(first, after)?;
        let key = store::CasesOf {
            customer: self.0.id,
            page: page.clone(),
        };
        let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(page.connection(rows, |row| Cursor::at(row.opened_at, row.id), Case::from))
    }

    async fn claims(
        &self,
        context: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Option<Result<List<Claim>>> {
        let load = async {
            let page = page(first, after)?;
            let key = store::ClaimsOf {
                customer: self.0.id,
                page: page.clone(),
            };
            let rows = context.loader()?.load_one(key).await?.unwrap_or_default();
            Ok(page.connection(rows, |row| Cursor::at(row.opened_at, row.id), Claim))
        };
        Some(load.await)
    }
}

fn page(first: Option<i32>, after: Option<String>) -> Result<schema_kernel::Page> {
    PageArguments {
        first,
        after,
        ..PageArguments::default()
    }
    .page(Some(USUAL))
}

async fn memberships(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Vec<loyalty_membership::Model>> {
    let rows = context
        .loader()?
        .load_one(store::MembershipsOf(customer))
        .await?;
    let mut rows = rows.unwrap_or_default();
    rows.sort_by_key(|row| (std::cmp::Reverse(rank(row.tier)), row.id));
    Ok(rows)
}

fn rank(tier: Tier) -> u8 {
    match tier {
        Tier::Base => 0,
        Tier::Silver => 1,
        Tier::Gold => 2,
        Tier::Platinum => 3,
    }
}
