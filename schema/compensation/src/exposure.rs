//! What a flight's disruptions may still cost, and what a decision about it would.

pub mod forecast;
pub mod manifest;
pub mod option;
pub(crate) mod store;
pub mod swap;

use async_graphql::{Context, Object};
use entities::id::FlightId;
use schema_kernel::{ContextExt, Money, Result, Rows};

use self::store::{ExposureOf, OpenAmount};
use crate::claim::{is_money, money};

/// What may still have to be paid.
pub struct Exposure(pub(crate) Vec<OpenAmount>);

/// What may still have to be paid: claims that are approved and not paid, or under review.
#[Object(requires_scopes = "exposure:read")]
impl Exposure {
    /// How many claims are open.
    async fn claim_count(&self) -> i32 {
        let count: i64 = self.0.iter().map(|open| open.claims).sum();
        i32::try_from(count).unwrap_or(i32::MAX)
    }

    /// The sum of the open claims in each currency; amounts of different currencies are never added.
    async fn open_amounts(&self) -> Result<Vec<Money>> {
        // Miles are no money, and a claim that was filed may name no amount yet.
        self.0
            .iter()
            .filter(|open| is_money(&open.currency))
            .map(|open| money(open.amount_minor, &open.currency))
            .collect()
    }
}

/// The exposure of a flight; `None` for an actor who does not reach every customer.
pub(crate) async fn of(context: &Context<'_>, flight: FlightId) -> Option<Result<Exposure>> {
    let load = async || {
        if context.session()?.actor.rows("exposure:read") != Rows::All {
            return Ok(None);
        }
        let open = context.loader()?.load_one(ExposureOf(flight)).await?;
        Ok(Some(Exposure(open.unwrap_or_default())))
    };
    load().await.transpose()
}
