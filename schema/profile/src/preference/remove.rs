//! Forgetting what a customer prefers.

use async_graphql::{Context, ID, InputObject, SimpleObject};
use entities::profile::preference;
use schema_kernel::{ContextExt, Permit, Result, Session, id::CustomerId, problem::InvalidInput};
use sea_orm::DatabaseTransaction;

use super::{PreferenceKind, store};
use crate::{
    check::Problems,
    customer::{self, Customer, WRITE},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// A preference that is to be forgotten.
#[derive(Clone, Debug, InputObject)]
pub struct RemovePreferenceInput {
    /// The customer.
    pub customer_id: ID,
    /// What it is about.
    pub kind: PreferenceKind,
}

/// The preference is forgotten.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct PreferenceRemoved {
    /// The customer, without it.
    pub customer: Customer,
}

payload! {
    /// What became of `removePreference`.
    RemovePreferencePayload = PreferenceRemoved | InvalidInput | NotFound
}

/// Forgets the preference.
pub(super) async fn remove(
    context: &Context<'_>,
    input: RemovePreferenceInput,
) -> Result<RemovePreferencePayload> {
    let session = context.session()?;
    let mut problems = Problems::default();
    let customer_id = problems.id::<CustomerId>("input.customerId", &input.customer_id);
    let checked: Result<CustomerId, InvalidInput> = problems.finish(customer_id);
    let customer_id = match checked {
        Ok(customer_id) => customer_id,
        Err(problem) => return RemovePreferencePayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return RemovePreferencePayload::of(Err(Refusal::missing("preference")));
    };

    let kind = preference::Kind::from(input.kind);
    let outcome = context
        .database()?
        .transaction(async |transaction| write(transaction, session, &permit, kind).await)
        .await?;

    match outcome {
        Ok(()) => {
            let customer = customer::changed(context, &permit).await?;
            RemovePreferencePayload::of(Ok(PreferenceRemoved { customer }))
        }
        Err(refusal) => RemovePreferencePayload::of(Err(refusal)),
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    kind: preference::Kind,
) -> Result<Outcome<()>> {
    if !store::delete(transaction, permit, kind).await? {
        return Ok(Err(Refusal::missing("preference")));
    }
    event::updated(transaction, session, *permit.subject(), &["preferences"]).await?;
    Ok(Ok(()))
}
