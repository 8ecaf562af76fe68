use async_graphql::{Context, ID, Object};
use entities::{engagement::delivery::Model, id::NotificationId};
use schema_kernel::guard::Personal;
use schema_kernel::{ContextExt, Result, id, scalar::DateTime};

use super::store::DeliveriesOf;
use crate::{
    kind::{DeliveryChannel, DeliveryReason, DeliveryState},
    notification::Notification,
};

/// The way of a notification through one channel.
pub struct Delivery(pub(crate) Model);

/// The way of a notification through one channel. No address is kept; what is shown of it is masked.
#[Object(requires_scopes = "notification:read", directive = Personal::apply("MESSAGE"))]
impl Delivery {
    /// Unique for ever.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What is delivered.
    async fn notification(&self, ctx: &Context<'_>) -> Option<Result<Notification>> {
        Notification::load(ctx, self.0.notification_id)
            .await
            .transpose()
    }

    /// The channel.
    async fn channel(&self) -> DeliveryChannel {
        self.0.channel.into()
    }

    /// How far it has come.
    async fn state(&self) -> DeliveryState {
        self.0.state.into()
    }

    /// Why it is not sent, or not yet; `null` when there is nothing to say.
    async fn reason(&self) -> Option<DeliveryReason> {
        self.0.reason.map(Into::into)
    }

    /// What the mail server replied, as a code, where it said no. Example: `"550 5.1.1"`.
    #[graphql(requires_scopes = "notification:operate")]
    async fn reply(&self) -> Option<&str> {
        self.0.reply.as_deref()
    }

    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// The address with most of it hidden; `null` until it was tried. Example: `"a•••@e•••.com"`.
    async fn masked_address(&self) -> Option<&str> {
        self.0.masked_address.as_deref()
    }

    /// When it is looked at next; `null` at the end.
    async fn due_at(&self) -> Option<DateTime> {
        self.0.due_at
    }

    /// When it was taken over: by the mail server, or listed among the customer's own. `null` when it was not.
    async fn sent_at(&self) -> Option<DateTime> {
        self.0.sent_at
    }

    /// When it changed last.
    async fn updated_at(&self) -> DateTime {
        self.0.updated_at
    }

    /// Counted up by each change.
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The deliveries of a notification that the caller may see.
pub(crate) async fn deliveries_of(
    context: &Context<'_>,
    notification: NotificationId,
) -> Result<Vec<Delivery>> {
    let rows = context
        .loader()?
        .load_one(DeliveriesOf(notification))
        .await?;
    Ok(rows.unwrap_or_default().into_iter().map(Delivery).collect())
}
