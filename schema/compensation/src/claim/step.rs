//! Takes steps of claims that no rule takes.

use entities::{
    compensation::claim::{self, ClaimStatus},
    id::CustomerId,
};
use schema_kernel::{Permit, Result, Session};
use sea_orm::DatabaseTransaction;

use super::{
    event, history,
    plan::{Move, Plan},
    store,
};

/// A claim after a step: its status, who decides it, and a new version.
pub(crate) fn stepped(session: &Session, claim: &claim::Model, to: ClaimStatus) -> claim::Model {
    claim::Model {
        status: to,
        proposed_by: None,
        updated_at: session.now(),
        version: claim.version + 1,
        ..claim.clone()
    }
}

/// Writes one step, and tells it.
pub(crate) async fn take(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    step: Move,
) -> Result<()> {
    let disruption = match step.claim.disruption_id {
        Some(id) => Some(store::disruption(transaction, id).await?),
        None => None,
    };
    let plan = Plan {
        moves: vec![step],
        rests_on: Vec::new(),
    };
    store::write(transaction, permit, &plan).await?;
    history::append(transaction, session, permit, &plan.moves).await?;
    event::publish(transaction, session, disruption.as_ref(), &plan.moves).await
}
