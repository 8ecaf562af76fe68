//! How customers want to be told what belongs to the service they bought.

pub mod quiet_hours;

mod set;
mod store;
mod view;

use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

pub use self::{
    set::{
        ChannelPreferenceSet, QuietHoursInput, SetChannelPreferenceInput,
        SetChannelPreferenceOutcome,
    },
    view::{ChannelPreference, QuietHours},
};
pub(crate) use self::{store::of, view::preference_of};
use entities::{engagement::channel_preference::Model, id::CustomerId};

/// The preference of a customer who has not stated one: every channel, and quiet from 22:00 to 07:00.
pub(crate) fn usual(customer: CustomerId) -> Model {
    Model {
        customer_id: customer,
        is_mail_wanted: true,
        is_in_app_wanted: true,
        quiet_from: Some(22 * 60),
        quiet_until: Some(7 * 60),
        time_zone: None,
        updated_at: chrono::DateTime::UNIX_EPOCH,
        version: 0,
    }
}

/// What can be done to channel preferences.
#[derive(Default)]
pub struct ChannelPreferenceMutation;

#[Object]
impl ChannelPreferenceMutation {
    /// Says how a customer wants to be told. What the law asks for comes regardless.
    #[graphql(requires_scopes = "notification:write")]
    async fn set_channel_preference(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The preference.")] input: SetChannelPreferenceInput,
    ) -> Result<SetChannelPreferenceOutcome> {
        set::set(ctx.session()?, ctx.database()?, input).await
    }
}
