//! Adding a way to reach a customer.

use async_graphql::{Context, ID, InputObject, SimpleObject};
use entities::profile::contact_point;
use schema_kernel::{
    ContextExt, Permit, Result, Session,
    id::{ContactPointId, CustomerId},
    idempotency::{self, Once},
    problem::{Conflict, InvalidInput, LimitExceeded},
    redact,
    scalar::{EmailAddress, PhoneNumber},
};
use sea_orm::DatabaseTransaction;
use serde::Serialize;
use uuid::Uuid;

use super::{ContactPoint, ContactPointKind, MAXIMUM, store};
use crate::{
    DOMAIN,
    check::{Parse, Problems},
    customer::{self, Customer, WRITE},
    event,
    outcome::{Outcome, Refusal, payload},
};

/// A way to reach a customer that is to be added.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct AddContactPointInput {
    /// Makes the request safe to repeat: the same key with the same input adds one contact point. A random UUID.
    pub idempotency_key: Option<Uuid>,
    /// The customer.
    pub customer_id: ID,
    /// What it is.
    pub kind: ContactPointKind,
    /// An e-mail address, or a telephone number with country code. Example: `"+971501234567"`.
    pub value: String,
    /// What the person calls it: at most 40 characters. Example: `"work"`.
    pub label: Option<String>,
    /// Whether it becomes the one to use of its kind; the first of a kind does anyway.
    #[graphql(default)]
    pub is_primary: bool,
}

/// The contact point was added.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "public")]
pub struct ContactPointAdded {
    /// The new contact point.
    pub contact_point: ContactPoint,
    /// The customer it reaches.
    pub customer: Customer,
}

payload! {
    /// What became of `addContactPoint`.
    AddContactPointPayload = ContactPointAdded | InvalidInput | NotFound | Conflict | LimitExceeded
}

struct Draft {
    customer: CustomerId,
    value: String,
    label: Option<String>,
}

/// Adds the contact point, once for each idempotency key.
pub(super) async fn add(
    context: &Context<'_>,
    input: AddContactPointInput,
) -> Result<AddContactPointPayload> {
    let session = context.session()?;
    let draft = match input.check() {
        Ok(draft) => draft,
        Err(problem) => return AddContactPointPayload::of(Err(problem.into())),
    };
    let Some(permit) = session.actor.permit(WRITE, draft.customer) else {
        return AddContactPointPayload::of(Err(Refusal::missing("customer")));
    };

    let kept: Once<Outcome<ContactPointId>> = context
        .database()?
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &permit, &input, &draft).await;
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
        Once::Outcome(Err(refusal)) => return AddContactPointPayload::of(Err(refusal)),
        Once::OtherInput => return AddContactPointPayload::of(Err(Refusal::key_reused())),
    };
    match added {
        Some(row) => {
            let customer = customer::changed(context, &permit).await?;
            AddContactPointPayload::of(Ok(ContactPointAdded {
                contact_point: ContactPoint(row),
                customer,
            }))
        }
        // The first request under this key added it, and another has removed it since.
        None => AddContactPointPayload::of(Err(Refusal::missing("contact point"))),
    }
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    input: &AddContactPointInput,
    draft: &Draft,
) -> Result<Outcome<ContactPointId>> {
    if customer::store::lock(transaction, permit).await?.is_none() {
        return Ok(Err(Refusal::missing("customer")));
    }
    let kind = contact_point::Kind::from(input.kind);
    let others = store::all(transaction, permit).await?;
    if i32::try_from(others.len()).is_ok_and(|count| count >= MAXIMUM) {
        let message = format!("A customer has at most {MAXIMUM} contact points. Remove one first.");
        return Ok(Err(Refusal::LimitExceeded(LimitExceeded::of(
            MAXIMUM, message,
        ))));
    }
    let normalised = super::normalised(&draft.value);
    if others
        .iter()
        .any(|other| other.kind == kind && other.normalised_value == normalised)
    {
        let problem = Conflict::of("The customer has this contact point already.");
        return Ok(Err(Refusal::Conflict(
            problem.by("one contact point per value"),
        )));
    }
    let is_primary = input.is_primary || !others.iter().any(|other| other.kind == kind);
    let row = super::row(
        session,
        draft.customer,
        input.kind,
        &draft.value,
        draft.label.clone(),
        is_primary,
    );
    let added = store::insert(transaction, permit, row).await?;
    if is_primary {
        store::set_primary(transaction, permit, kind, added.id).await?;
    }
    event::updated(transaction, session, draft.customer, &["contact_points"]).await?;
    Ok(Ok(added.id))
}

const MAXIMUM_LABEL: usize = 40;

impl AddContactPointInput {
    fn check(&self) -> Result<Draft, InvalidInput> {
        let mut problems = Problems::default();
        let customer = problems.id("input.customerId", &self.customer_id);
        let value = match self.kind {
            ContactPointKind::Email => problems
                .take(
                    "input.value",
                    EmailAddress::RULE,
                    EmailAddress::parse(&self.value),
                )
                .map(String::from),
            ContactPointKind::Phone => problems
                .take(
                    "input.value",
                    PhoneNumber::RULE,
                    PhoneNumber::parse(&self.value),
                )
                .map(String::from),
        };
        let label = self
            .label
            .as_deref()
            .map(str::trim)
            .filter(|label| !label.is_empty());
        if label.is_some_and(|label| {
            label.chars().count() > MAXIMUM_LABEL || label.chars().any(char::is_control)
        }) {
            problems.refuse(
                "input.label",
                format!("A label has at most {MAXIMUM_LABEL} printable characters."),
                "label",
            );
        }
        let label = label.map(|label| redact(label).chars().take(MAXIMUM_LABEL).collect());
        let draft = customer.zip(value).map(|(customer, value)| Draft {
            customer,
            value,
            label,
        });
        problems.finish(draft)
    }
}
