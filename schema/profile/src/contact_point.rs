//! Contact points: ways to reach a customer.

mod add;
mod mask;
mod primary;
mod remove;
mod store;

use async_graphql::{Context, Enum, ID, Object};
use entities::profile::contact_point;
use schema_kernel::guard::Personal;
use schema_kernel::{
    ContextExt, Result, Session,
    id::{self, ContactPointId, CustomerId},
    scalar::DateTime,
};

pub(crate) use self::store::{insert, is_known};
pub use self::{
    add::{AddContactPointInput, AddContactPointPayload, ContactPointAdded},
    primary::{PrimaryContactPointSet, SetPrimaryContactPointInput, SetPrimaryContactPointPayload},
    remove::{ContactPointRemoved, RemoveContactPointInput, RemoveContactPointPayload},
};

/// The most contact points that one customer has.
const MAXIMUM: i32 = 20;

/// What a contact point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize)]
#[graphql(remote = "entities::profile::contact_point::Kind")]
pub enum ContactPointKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
}

/// A way to reach a customer.
#[derive(Clone, Debug)]
pub struct ContactPoint(pub(crate) contact_point::Model);

/// A way to reach a customer. Its value is masked; to see it whole needs the scope `customer:contact`.
#[Object(requires_scopes = "customer:read", directive = Personal::apply("CONTACT"))]
impl ContactPoint {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What it is.
    async fn kind(&self) -> ContactPointKind {
        self.0.kind.into()
    }

    /// The value with most of it hidden, enough to recognise it by. Example: `"a•••@e•••.com"` or `"+97•••••••67"`.
    async fn masked_value(&self) -> String {
        match self.0.kind {
            contact_point::Kind::Email => mask::email(&self.0.value),
            contact_point::Kind::Phone => mask::phone(&self.0.value),
        }
    }

    /// The value whole: an e-mail address, or a telephone number in E.164. Scope: `customer:contact`.
    #[graphql(requires_scopes = "customer:contact")]
    async fn value(&self) -> Option<&str> {
        Some(&self.0.value)
    }

    /// What the person calls it; null for no label. Example: `"work"`.
    async fn label(&self) -> Option<&str> {
        self.0.label.as_deref()
    }

    /// Whether it is the one to use; one of each kind is.
    async fn is_primary(&self) -> bool {
        self.0.is_primary
    }

    /// When the person proved that it is theirs; null when they have not.
    async fn verified_at(&self) -> Option<DateTime> {
        self.0.verified_at
    }
}

/// The mutations of contact points.
#[derive(Default)]
pub struct ContactPointMutation;

#[Object]
impl ContactPointMutation {
    /// Adds a way to reach a customer; the first of its kind becomes the primary one. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn add_contact_point(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The contact point.")] input: AddContactPointInput,
    ) -> Result<AddContactPointPayload> {
        add::add(context, input).await
    }

    /// Removes a way to reach a customer; when it was the primary one, the oldest other one of its kind takes its place.
    /// Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn remove_contact_point(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RemoveContactPointInput,
    ) -> Result<RemoveContactPointPayload> {
        remove::remove(context, input).await
    }

    /// Makes a contact point the one to use of its kind. Scope: `customer:write`.
    #[graphql(requires_scopes = "customer:write")]
    async fn set_primary_contact_point(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] input: SetPrimaryContactPointInput,
    ) -> Result<SetPrimaryContactPointPayload> {
        primary::set_primary(context, input).await
    }
}

/// The contact points of a customer whom the caller sees.
pub(crate) async fn of_customer(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Vec<ContactPoint>> {
    let rows = context
        .loader()?
        .load_one(store::ContactPointsOf(customer))
        .await?;
    Ok(rows
        .unwrap_or_default()
        .into_iter()
        .map(ContactPoint)
        .collect())
}

/// A new row. `value` has been checked.
pub(crate) fn row(
    session: &Session,
    customer: CustomerId,
    kind: ContactPointKind,
    value: &str,
    label: Option<String>,
    is_primary: bool,
) -> contact_point::Model {
    contact_point::Model {
        id: session.new_id::<ContactPointId>(),
        customer_id: customer,
        kind: kind.into(),
        value: value.to_owned(),
        normalised_value: normalised(value),
        label,
        is_primary,
        verified_at: None,
        created_at: session.now(),
    }
}

/// A checked value as searches compare it.
pub fn normalised(value: &str) -> String {
    value.to_lowercase()
}
