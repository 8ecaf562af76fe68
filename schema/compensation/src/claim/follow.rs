use async_graphql::{Context, ID};
use entities::id::{ClaimId, CustomerId};
use futures_util::Stream;
use schema_kernel::{Code, ContextExt, Error, Result, id, loader::Visible};

use super::{Claim, store::ClaimById};

/// The claims of the airline, of one customer, or one claim, as each is after each event about it.
///
/// # Errors
/// `BAD_USER_INPUT` when an id is none; `NOT_FOUND` when one claim is asked for and there is none that the caller may see.
pub(crate) async fn follow<'a>(
    context: &'a Context<'_>,
    claim: Option<&ID>,
    customer: Option<&ID>,
) -> Result<impl Stream<Item = Result<Claim>> + use<'a>> {
    let claim: Option<ClaimId> = claim.map(id::read).transpose()?;
    let customer: Option<CustomerId> = customer.map(id::read).transpose()?;
    let rows = context.session()?.actor.rows("claim:read");
    let changes = context
        .feed()?
        .listen(move |event| {
            let is_meant = event.kind.starts_with("compensation.claim.")
                && rows.include(event.customer_id)
                && customer.is_none_or(|own| event.customer_id == Some(own));
            let changed = event.subject_id().filter(|_| is_meant)?;
            claim.is_none_or(|own| own == changed).then_some(changed)
        })
        .await?;
    let loader = context.loader()?;
    let load = move |key| async move {
        let found = loader.load_one(ClaimById(Visible { key, rows })).await?;
        Ok::<_, Error>(found.map(Claim))
    };
    if let Some(claim) = claim
        && load(claim).await?.is_none()
    {
        return Err(Error::client(
            Code::NotFound,
            "There is no such claim that you may see.",
        ));
    }
    Ok(changes.load(load))
}
