use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::id::{CaseId, ClaimId};
use schema_kernel::{
    Database, Result, Session,
    problem::{Conflict, InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;

use super::{
    about::About,
    store::{self, Link},
    view::Case,
};
use crate::input::Fields;

/// A claim that a case is about.
#[derive(Clone, Debug, InputObject)]
pub struct LinkClaimInput {
    /// The id of the case.
    pub case_id: ID,
    /// The id of the claim.
    pub claim_id: ID,
}

/// What became of a link.
#[derive(Union)]
pub enum LinkClaimOutcome {
    /// The claim is on the case.
    ClaimLinked(ClaimLinked),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such case that you may see.
    NotFound(NotFound),
    /// The claim is on another case.
    Conflict(Conflict),
}

/// The claim is on the case, now or already before.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "case:read")]
pub struct ClaimLinked {
    /// The case.
    pub case: Case,
}

/// Puts a claim on a case. A claim is on one case at most, and linking it twice is linking it once.
pub(crate) async fn link_claim(
    session: &Session,
    database: &Database,
    input: LinkClaimInput,
) -> Result<LinkClaimOutcome> {
    let mut fields = Fields::default();
    let case_id = fields.id("input.caseId", &input.case_id);
    let claim_id = fields.id("input.claimId", &input.claim_id);
    match fields.finish_with(case_id.zip(claim_id)) {
        Ok((case_id, claim_id)) => {
            database
                .transaction(async |transaction| {
                    write(transaction, session, case_id, claim_id).await
                })
                .await
        }
        Err(invalid) => Ok(invalid.into()),
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    case_id: CaseId,
    claim_id: ClaimId,
) -> Result<LinkClaimOutcome> {
    let rows = session.actor.rows("case:write");
    let Some(case) = store::hold(transaction, rows, case_id).await? else {
        return Ok(NotFound::of("case").into());
    };
    let Some(permit) = session.actor.permit("case:write", About(case.customer_id)) else {
        return Ok(NotFound::of("case").into());
    };
    match store::case_of_claim(transaction, claim_id).await? {
        Some(linked) if linked == case.id => {}
        Some(_) => {
            return Ok(Conflict::of("This claim is on another case already.")
                .by("a claim is on one case at most")
                .into());
        }
        None => {
            let link = Link {
                claim_id,
                passenger_id: None,
                reason: None,
            };
            store::link(transaction, &permit, session, case.id, link).await?;
            store::touch(transaction, &permit, case.id, session.now()).await?;
        }
    }
    Ok(ClaimLinked {
        case: Case::from(case),
    }
    .into())
}
