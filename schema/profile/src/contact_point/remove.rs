//! Removing a way to reach a customer.

use async_graphql::{Context, ID, InputObject, SimpleObject};
use schema_kernel::{
    ContextExt, Permit, Result, Session,
    id::{ContactPointId, CustomerId},
    problem::InvalidInput,
};
use sea_orm::DatabaseTransaction;

use super::store;
use crate::{
    check::Problems,
    customer::{self, Customer, WRITE},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// A way to reach a customer that is to be removed.
#[derive(Clone, Debug, InputObject)]
pub struct RemoveContactPointInput {
    /// The customer.
    pub customer_id: ID,
    /// The contact point.
    pub contact_point_id: ID,
}

/// The contact point was removed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ContactPointRemoved {
    /// The customer, without it.
    pub customer: Customer,
}

payload! {
    /// What became of `removeContactPoint`.
    RemoveContactPointPayload = ContactPointRemoved | InvalidInput | NotFound
}

/// Removes the contact point.
pub(super) async fn remove(
    context: &Context<'_>,
    input: RemoveContactPointInput,
) -> Result<RemoveContactPointPayload> {
    let session = context.session()?;
    let (customer_id, id) = match input.check() {
        Ok(ids) => ids,
        Err(problem) => return RemoveContactPointPayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return RemoveContactPointPayload::of(Err(Refusal::missing("contact point")));
    };

    let outcome = context
        .database()?
        .transaction(async |transaction| write(transaction, session, &permit, id).await)
        .await?;

    match outcome {
        Ok(()) => {
            let customer = customer::changed(context, &permit).await?;
            RemoveContactPointPayload::of(Ok(ContactPointRemoved { customer }))
        }
        Err(refusal) => RemoveContactPointPayload::of(Err(refusal)),
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    id: ContactPointId,
) -> Result<Outcome<()>> {
    if customer::store::lock(transaction, permit).await?.is_none() {
        return Ok(Err(Refusal::missing("contact point")));
    }
    let all = store::all(transaction, permit).await?;
    let Some(removed) = all.iter().find(|point| point.id == id) else {
        return Ok(Err(Refusal::missing("contact point")));
    };
    store::delete(transaction, permit, id).await?;
    let next = all
        .iter()
        .find(|point| point.id != id && point.kind == removed.kind);
    if removed.is_primary
        && let Some(next) = next
    {
        store::set_primary(transaction, permit, next.kind, next.id).await?;
    }
    event::updated(transaction, session, *permit.subject(), &["contact_points"]).await?;
    Ok(Ok(()))
}

impl RemoveContactPointInput {
    fn check(&self) -> Result<(CustomerId, ContactPointId), InvalidInput> {
        let mut problems = Problems::default();
        let customer = problems.id("input.customerId", &self.customer_id);
        let contact_point = problems.id("input.contactPointId", &self.contact_point_id);
        problems.finish(customer.zip(contact_point))
    }
}
