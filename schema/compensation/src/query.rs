use async_graphql::{Context, ID, MergedObject, Object};
use schema_kernel::{PageArguments, Result, id};

use crate::{
    claim::{self, Claim, ClaimFilter, ClaimSort, Connection},
    dead_letter::DeadLetterQuery,
    exposure::manifest::FlightManifest,
    payout::{self, Payout, PayoutFilter, PayoutSort},
    rule_pack::{self, RulePack},
    stub::{Case, Customer, Flight, Journey, Order},
};

/// The queries of the compensation subgraph.
#[derive(MergedObject, Default)]
pub struct Query(ClaimQuery, DeadLetterQuery);

/// How claims are found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClaimQuery;

/// Reads an id that another subgraph sent, and wraps it.
macro_rules! stub {
    ($name:ident, $id:expr) => {
        Some(id::read($id).map($name))
    };
}

#[Object]
impl ClaimQuery {
    #[graphql(entity)]
    async fn claim_by_id(&self, context: &Context<'_>, id: ID) -> Option<Result<Claim>> {
        match id::read(&id) {
            Ok(id) => claim::load(context, id).await,
            Err(error) => Some(Err(error)),
        }
    }

    #[graphql(entity)]
    async fn customer_by_id(&self, id: ID) -> Option<Result<Customer>> {
        stub!(Customer, &id)
    }

    #[graphql(entity)]
    async fn order_by_id(&self, id: ID) -> Option<Result<Order>> {
        stub!(Order, &id)
    }

    #[graphql(entity)]
    async fn journey_by_id(&self, id: ID) -> Option<Result<Journey>> {
        stub!(Journey, &id)
    }

    #[graphql(entity)]
    async fn flight_by_id(
        &self,
        #[graphql(key)] id: ID,
        manifest: Option<FlightManifest>,
        en_route_minutes: Option<Vec<i32>>,
    ) -> Option<Result<Flight>> {
        Some(id::read(&id).map(|id| Flight {
            id,
            manifest,
            en_route_minutes,
        }))
    }

    #[graphql(entity)]
    async fn case_by_id(&self, id: ID) -> Option<Result<Case>> {
        stub!(Case, &id)
    }

    /// The claim with this id; null when there is none that you may see.
    #[graphql(requires_scopes = "claim:read")]
    async fn claim(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the claim.")] id: ID,
    ) -> Option<Result<Claim>> {
        match id::read(&id) {
            Ok(id) => claim::load(context, id).await,
            Err(error) => Some(Err(error)),
        }
    }

    /// The claims that you may see. `first` or `last` is needed, at most 100.
    #[graphql(requires_scopes = "claim:read")]
    #[expect(
        clippy::too_many_arguments,
        reason = "the arguments of a list are the same everywhere"
    )]
    async fn claims(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which claims; all of them when it is left out.")] filter: Option<
            ClaimFilter,
        >,
        #[graphql(default_with = "ClaimSort::DueBy", desc = "In which order.")] sort: ClaimSort,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Claim>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        claim::list::list(context, filter.unwrap_or_default(), sort, page).await
    }

    /// Every rule pack by name, with its versions; empty until the first decision has stored those of the program.
    #[graphql(requires_scopes = "rule:read")]
    async fn rule_packs(&self, context: &Context<'_>) -> Option<Result<Vec<RulePack>>> {
        Some(rule_pack::list(context, None).await)
    }

    /// The rule pack of this name; null when there is none.
    #[graphql(requires_scopes = "rule:read")]
    async fn rule_pack(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The name of the pack. Example: `EU261`.")] id: String,
    ) -> Option<Result<RulePack>> {
        match rule_pack::list(context, Some(&id)).await {
            Ok(packs) => packs.into_iter().next().map(Ok),
            Err(error) => Some(Err(error)),
        }
    }
    /// The payout with this id; null when there is none that you may see.
    #[graphql(requires_scopes = "payout:read")]
    async fn payout(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the payout.")] id: ID,
    ) -> Option<Result<Payout>> {
        match id::read(&id) {
            Ok(id) => payout::load(context, id).await,
            Err(error) => Some(Err(error)),
        }
    }

    /// The payouts that you may see. `first` or `last` is needed, at most 100.
    #[graphql(requires_scopes = "payout:read")]
    #[expect(
        clippy::too_many_arguments,
        reason = "the arguments of a list are the same everywhere"
    )]
    async fn payouts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which payouts; all of them when it is left out.")] filter: Option<
            PayoutFilter,
        >,
        #[graphql(default_with = "PayoutSort::DueBy", desc = "In which order.")] sort: PayoutSort,
        #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<
            i32,
        >,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<Connection<Payout>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        };
        payout::list::list(context, filter.unwrap_or_default(), sort, page).await
    }
}
