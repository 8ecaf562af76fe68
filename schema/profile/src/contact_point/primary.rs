//! Choosing the contact point to use.

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

/// A way to reach a customer that is to become the one to use.
#[derive(Clone, Debug, InputObject)]
pub struct SetPrimaryContactPointInput {
    /// The customer.
    pub customer_id: ID,
    /// The contact point.
    pub contact_point_id: ID,
}

/// The contact point is the one to use of its kind.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct PrimaryContactPointSet {
    /// The customer it reaches.
    pub customer: Customer,
}

payload! {
    /// What became of `setPrimaryContactPoint`.
    SetPrimaryContactPointPayload = PrimaryContactPointSet | InvalidInput | NotFound
}

/// Makes the contact point the primary one of its kind.
pub(super) async fn set_primary(
    context: &Context<'_>,
    input: SetPrimaryContactPointInput,
) -> Result<SetPrimaryContactPointPayload> {
    let session = context.session()?;
    let (customer_id, id) = match input.check() {
        Ok(ids) => ids,
        Err(problem) => return SetPrimaryContactPointPayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return SetPrimaryContactPointPayload::of(Err(Refusal::missing("contact point")));
    };

    let outcome = context
        .database()?
        .transaction(async |transaction| write(transaction, session, &permit, id).await)
        .await?;

    match outcome {
        Ok(()) => {
            let customer = customer::changed(context, &permit).await?;
            SetPrimaryContactPointPayload::of(Ok(PrimaryContactPointSet { customer }))
        }
        Err(refusal) => SetPrimaryContactPointPayload::of(Err(refusal)),
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
    let Some(point) = store::find(transaction, permit, id).await? else {
        return Ok(Err(Refusal::missing("contact point")));
    };
    if !point.is_primary {
        store::set_primary(transaction, permit, point.kind, id).await?;
        event::updated(transaction, session, *permit.subject(), &["contact_points"]).await?;
    }
    Ok(Ok(()))
}

impl SetPrimaryContactPointInput {
    fn check(&self) -> Result<(CustomerId, ContactPointId), InvalidInput> {
        let mut problems = Problems::default();
        let customer = problems.id("input.customerId", &self.customer_id);
        let contact_point = problems.id("input.contactPointId", &self.contact_point_id);
        problems.finish(customer.zip(contact_point))
    }
}
