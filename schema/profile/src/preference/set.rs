//! Stating what a customer prefers.

use async_graphql::{Context, ID, InputObject, SimpleObject};
use entities::profile::preference;
use schema_kernel::{ContextExt, Permit, Result, Session, id::CustomerId, problem::InvalidInput};
use sea_orm::DatabaseTransaction;

use super::{Preference, PreferenceKind, store, value};
use crate::{
    check::Problems,
    customer::{self, Customer, WRITE},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// What a customer prefers in one respect.
#[derive(Clone, Debug, InputObject)]
pub struct SetPreferenceInput {
    /// The customer.
    pub customer_id: ID,
    /// What it is about.
    pub kind: PreferenceKind,
    /// What is preferred, in the form that the kind asks for. Example: `"AISLE"`.
    pub value: String,
}

/// The preference is stated.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct PreferenceSet {
    /// The preference as it is now.
    pub preference: Preference,
    /// Whose it is.
    pub customer: Customer,
}

payload! {
    /// What became of `setPreference`.
    SetPreferencePayload = PreferenceSet | InvalidInput | NotFound
}

/// States the preference; stating the same again writes nothing.
pub(super) async fn set(
    context: &Context<'_>,
    input: SetPreferenceInput,
) -> Result<SetPreferencePayload> {
    let session = context.session()?;
    let (customer_id, value) = match input.check() {
        Ok(checked) => checked,
        Err(problem) => return SetPreferencePayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return SetPreferencePayload::of(Err(Refusal::missing("customer")));
    };

    let kind = preference::Kind::from(input.kind);
    let outcome = context
        .database()?
        .transaction(async |transaction| write(transaction, session, &permit, kind, &value).await)
        .await?;

    SetPreferencePayload::of(outcome.map(|(customer, row)| PreferenceSet {
        preference: Preference(row),
        customer,
    }))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    kind: preference::Kind,
    value: &str,
) -> Result<Outcome<(Customer, preference::Model)>> {
    let Some(customer) = customer::store::lock(transaction, permit).await? else {
        return Ok(Err(Refusal::missing("customer")));
    };
    let before = store::find(transaction, permit, kind).await?;
    if let Some(same) = before.as_ref().filter(|before| before.value == value) {
        return Ok(Ok((Customer(customer), same.clone())));
    }
    let row = preference::Model {
        id: before.map_or_else(|| session.new_id(), |before| before.id),
        customer_id: customer.id,
        kind,
        value: value.to_owned(),
        updated_at: session.now(),
    };
    store::put(transaction, permit, row.clone()).await?;
    event::updated(transaction, session, customer.id, &["preferences"]).await?;
    Ok(Ok((Customer(customer), row)))
}

impl SetPreferenceInput {
    fn check(&self) -> Result<(CustomerId, String), InvalidInput> {
        let mut problems = Problems::default();
        let kind = preference::Kind::from(self.kind);
        let customer = problems.id("input.customerId", &self.customer_id);
        let value = problems.take(
            "input.value",
            value::rule(kind),
            value::checked(kind, &self.value),
        );
        problems.finish(customer.zip(value))
    }
}
