use entities::{case::case::Model, id::CaseId};
use schema_kernel::{
    Permit, Result, Session,
    problem::{NotFound, StaleVersion},
};
use sea_orm::DatabaseTransaction;

use super::{about::About, store};

/// The case that is to be changed, with the permit to change it; or else what to answer: there is none that the actor may
/// change, or it is not as they last read it.
pub(crate) async fn hold<Outcome>(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: CaseId,
    expected_version: i32,
) -> Result<Result<(Model, Permit<About>), Outcome>>
where
    Outcome: From<NotFound> + From<StaleVersion>,
{
    let rows = session.actor.rows("case:write");
    let Some(case) = store::hold(transaction, rows, id).await? else {
        return Ok(Err(NotFound::of("case").into()));
    };
    let Some(permit) = session.actor.permit("case:write", About(case.customer_id)) else {
        return Ok(Err(NotFound::of("case").into()));
    };
    if case.version != expected_version {
        return Ok(Err(StaleVersion::of(case.version).into()));
    }
    Ok(Ok((case, permit)))
}
