//! The read model: coarse facts of people who have agreed, under names that say nothing.
//!
//! A person is in it while they agree to `PARTNER_INSIGHT`, are known to be of age, need no assistance (which would say
//! something of their health), and are not closed. Of everybody else nothing is kept.

mod facts;
mod refresh;
mod region;
mod row;
pub(crate) mod store;

use entities::id::CustomerId;
use schema_kernel::{Result, Session};

pub use self::{
    facts::{ClaimFacts, CustomerPage, Facts, JourneyFacts, SegmentFacts, Source, SourceError},
    refresh::{RefreshError, rebuild, refresh},
    store::mark,
};
use crate::Insight;

/// Notes what a customer said to the purpose `PARTNER_INSIGHT`, and has their facts read anew.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn consent(
    insight: &Insight,
    session: &Session,
    customer: CustomerId,
    is_granted: bool,
) -> Result<()> {
    let person = insight.pseudonyms().of_model().name(customer);
    insight
        .database()
        .transaction(async |transaction| {
            store::put_consent(transaction, &person, is_granted, session.now()).await?;
            store::mark(transaction, customer, session.now()).await
        })
        .await
}

/// Has these customers agree who have said nothing yet, all in one transaction.
///
/// # Errors
/// As [`consent`].
pub async fn consent_if_unknown(
    insight: &Insight,
    session: &Session,
    customers: &[CustomerId],
) -> Result<()> {
    let names = insight.pseudonyms().of_model();
    insight
        .database()
        .transaction(async |transaction| {
            for customer in customers {
                let person = names.name(*customer);
                if store::consent(transaction, &person).await?.is_none() {
                    store::put_consent(transaction, &person, true, session.now()).await?;
                    store::mark(transaction, *customer, session.now()).await?;
                }
            }
            Ok(())
        })
        .await
}
