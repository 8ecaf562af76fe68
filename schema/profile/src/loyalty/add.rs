//! Linking a loyalty membership to a customer.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use schema_kernel::{
    ContextExt, Permit, Result, Session,
    id::{CustomerId, LoyaltyMembershipId},
    idempotency::{self, Once},
    problem::{Conflict, InvalidInput, LimitExceeded},
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use super::{LoyaltyMembership, LoyaltyMembershipInput, Membership, store};
use crate::{
    DOMAIN,
    check::Problems,
    customer::{self, Customer, WRITE},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// A membership that is to be linked to a customer.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AddLoyaltyMembershipInput {
    /// Makes the request safe to repeat: the same key with the same input links one membership. A random UUID.
    pub idempotency_key: Option<Uuid>,
    /// The customer.
    pub customer_id: ID,
    /// The membership.
    pub membership: LoyaltyMembershipInput,
}

/// The membership was linked.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct LoyaltyMembershipAdded {
    /// The new membership.
    pub loyalty_membership: LoyaltyMembership,
    /// The member.
    pub customer: Customer,
}

payload! {
    /// What became of `addLoyaltyMembership`.
    AddLoyaltyMembershipPayload = LoyaltyMembershipAdded | InvalidInput | NotFound | Conflict | LimitExceeded
}

/// The mutations of loyalty memberships.
#[derive(Default)]
pub struct LoyaltyMutation;

#[Object]
impl LoyaltyMutation {
    /// Links a membership of a loyalty programme to a customer. A number belongs to one customer. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn add_loyalty_membership(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The membership.")] input: AddLoyaltyMembershipInput,
    ) -> Result<AddLoyaltyMembershipPayload> {
        add(context, input).await
    }
}

const MAXIMUM: i32 = 20;

async fn add(
    context: &Context<'_>,
    input: AddLoyaltyMembershipInput,
) -> Result<AddLoyaltyMembershipPayload> {
    let session = context.session()?;
    let (customer_id, membership) = match input.check(session) {
        Ok(checked) => checked,
        Err(problem) => return AddLoyaltyMembershipPayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, customer_id) else {
        return AddLoyaltyMembershipPayload::of(Err(Refusal::missing("customer")));
    };

    let kept: Once<Outcome<LoyaltyMembershipId>> = context
        .database()?
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &permit, &membership).await;
            idempotency::once(
                transaction,
                DOMAIN,
                session,
                input.idempotency_key,
                &input,
                work,
            )
            .await
        })
        .await?;

    let added = match kept {
        Once::Outcome(Ok(id)) => store::find(context.database()?.reader(), &permit, id).await?,
        Once::Outcome(Err(refusal)) => return AddLoyaltyMembershipPayload::of(Err(refusal)),
        Once::OtherInput => return AddLoyaltyMembershipPayload::of(Err(Refusal::key_reused())),
    };
    let Some(row) = added else {
        return AddLoyaltyMembershipPayload::of(Err(Refusal::missing("loyalty membership")));
    };
    let customer = customer::changed(context, &permit).await?;
    AddLoyaltyMembershipPayload::of(Ok(LoyaltyMembershipAdded {
        loyalty_membership: LoyaltyMembership(row),
        customer,
    }))
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    membership: &Membership,
) -> Result<Outcome<LoyaltyMembershipId>> {
    let customer = *permit.subject();
    if customer::store::lock(transaction, permit).await?.is_none() {
        return Ok(Err(Refusal::missing("customer")));
    }
    if store::count(transaction, permit).await? >= u64::from(MAXIMUM.unsigned_abs()) {
        let message = format!("A customer has at most {MAXIMUM} loyalty memberships.");
        return Ok(Err(Refusal::LimitExceeded(LimitExceeded::of(
            MAXIMUM, message,
        ))));
    }
    let row = membership.row(session, customer);
    let id = row.id;
    if !store::insert(transaction, permit, row).await? {
        let problem = Conflict::of("This number is linked in this programme already.");
        return Ok(Err(Refusal::Conflict(
            problem.by("one customer per loyalty number"),
        )));
    }
    event::updated(transaction, session, customer, &["loyalty_memberships"]).await?;
    Ok(Ok(id))
}

impl AddLoyaltyMembershipInput {
    fn check(&self, session: &Session) -> Result<(CustomerId, Membership), InvalidInput> {
        let mut problems = Problems::default();
        let customer = problems.id("input.customerId", &self.customer_id);
        let membership =
            self.membership
                .check(&mut problems, "input.membership", customer::today(session));
        self.membership
            .check_staff_fields(&mut problems, "input.membership", &session.actor);
        problems.finish(customer.zip(membership))
    }
}
