use async_graphql::{Context, Object, SimpleObject};
use entities::{engagement::channel_preference::Model, id::CustomerId};
use schema_kernel::guard::Personal;
use schema_kernel::{ContextExt, Result, loader::Visible, scalar::DateTime};

use super::{quiet_hours::shown, store::PreferenceOf, usual};
use crate::{notification::READ, reference::Customer};

/// How a customer wants to be told.
pub struct ChannelPreference(pub(crate) Model);

/// A part of each day in which service messages wait, by the customer's clocks. It may go over midnight.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:read")]
pub struct QuietHours {
    /// When it becomes quiet. Example: `"22:00"`.
    pub from: String,
    /// When it ends. Example: `"07:00"`.
    pub until: String,
}

/// How a customer wants to be told what belongs to the service they bought: notifications of the class `SERVICE`. Those of
/// the class `STATUTORY` come by every channel and at once. It is no consent to marketing, and none is needed for it.
#[Object(directive = Personal::apply("PREFERENCE"))]
impl ChannelPreference {
    /// Whose it is.
    #[graphql(requires_scopes = "notification:read")]
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0.customer_id))
    }

    /// Whether service messages come by mail.
    #[graphql(requires_scopes = "notification:read")]
    async fn is_mail_wanted(&self) -> bool {
        self.0.is_mail_wanted
    }

    /// Whether service messages are listed among the customer's own.
    #[graphql(requires_scopes = "notification:read")]
    async fn is_in_app_wanted(&self) -> bool {
        self.0.is_in_app_wanted
    }

    /// When mails wait; `null` for never. A mail about a journey that begins before they end does not wait.
    #[graphql(requires_scopes = "notification:read")]
    async fn quiet_hours(&self) -> Option<QuietHours> {
        Some(QuietHours {
            from: shown(self.0.quiet_from?),
            until: shown(self.0.quiet_until?),
        })
    }

    /// The IANA time zone that quiet hours are counted in; `null` for that of the customer's home airport, or UTC where none
    /// is known. Example: `"Asia/Dubai"`.
    #[graphql(requires_scopes = "notification:read")]
    async fn time_zone(&self) -> Option<&str> {
        self.0.time_zone.as_deref()
    }

    /// When it was last stated; `null` when it never was, and this is what everybody gets.
    #[graphql(requires_scopes = "notification:read")]
    async fn updated_at(&self) -> Option<DateTime> {
        (self.0.version > 0).then_some(self.0.updated_at)
    }

    /// Counted up by each change; 0 when it was never stated.
    #[graphql(requires_scopes = "notification:read")]
    async fn version(&self) -> i32 {
        self.0.version
    }
}

/// The preference of a customer, if the caller may see it.
pub(crate) async fn preference_of(
    context: &Context<'_>,
    customer: CustomerId,
) -> Result<Option<ChannelPreference>> {
    let rows = context.session()?.actor.rows(READ);
    if !rows.include(Some(customer)) {
        return Ok(None);
    }
    let key = PreferenceOf(Visible {
        key: customer,
        rows,
    });
    let stated = context.loader()?.load_one(key).await?;
    Ok(Some(ChannelPreference(
        stated.unwrap_or_else(|| usual(customer)),
    )))
}
