//! Writes what a plan says, and tells the other domains.

use entities::{
    compensation::{claim, disruption},
    id::{ClaimId, CustomerId},
};
use schema_kernel::{Permit, Result, Rows, Session};
use sea_orm::DatabaseTransaction;

use super::{
    event, history,
    plan::{Decided, plan},
    store,
};
use crate::{
    assessment,
    disruption::{Established, Settlement, store as disruptions},
    rule_pack::RuleBook,
};

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
    event::publish(transaction, session, Some(disruption), &plan.moves).await
}

/// What a passenger's journey rests on, held until the transaction ends.
pub(crate) struct Held {
    disruption: disruption::Model,
}

/// Holds the disruption and the claims of the journey that this claim is about; `None` of a claim that was filed.
pub(crate) async fn hold(
    transaction: &DatabaseTransaction,
    claim: ClaimId,
) -> Result<Option<Held>> {
    let Some(claim) = store::find(transaction, claim, Rows::All).await? else {
        return Ok(None);
    };
    let Some(disruption) = claim.disruption_id else {
        return Ok(None);
    };
    let disruption = disruptions::hold_by_id(transaction, disruption).await?;
    store::hold_of_matter(transaction, &disruption).await?;
    Ok(Some(Held { disruption }))
}

/// Asks the rules again with what is known by now: a claim that nothing could move for a while catches up.
pub(crate) async fn again(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    book: &RuleBook,
    held: Held,
) -> Result<()> {
    let disruption = held.disruption;
    let claims = store::hold_of_matter(transaction, &disruption).await?;
    let established: Established = serde_json::from_value(disruption.established.clone())?;
    let rules = book.for_writing(transaction, session).await?;
    let settlement = Settlement::of(&rules, &disruption, &established, &claims)?;
    settle(
        transaction,
        session,
        permit,
        &disruption,
        &settlement,
        claims,
        None,
    )
    .await
}
