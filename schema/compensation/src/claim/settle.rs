//! Writes what a plan says, and tells the other domains.

use entities::{
    compensation::{claim, disruption},
    id::CustomerId,
};
use schema_kernel::{Permit, Result, Session};
use sea_orm::DatabaseTransaction;

use super::{
    event, history,
    plan::{Decided, plan},
    store,
};
use crate::{assessment, disruption::Settlement};

/// Records the assessments of a disruption and brings its claims in line with them. `claims` are all claims of the
/// passenger's journey, of this flight and of others.
pub(crate) async fn settle(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    disruption: &disruption::Model,
    settlement: &Settlement,
    claims: Vec<claim::Model>,
    decided: Option<&Decided>,
) -> Result<()> {
    let recorded =
        assessment::store::record(transaction, session, permit, disruption.id, settlement).await?;
    let plan = plan(session, disruption, settlement, &recorded, claims, decided)?;

    store::write(transaction, permit, &plan).await?;
    history::append(transaction, session, permit, &plan.moves).await?;
    event::publish(transaction, session, disruption, &plan.moves).await
}
