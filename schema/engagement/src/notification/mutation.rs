use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::mark_read::{MarkNotificationReadInput, MarkNotificationReadOutcome, mark_read};

/// What can be done to notifications.
#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Notes that a customer has read a notification among their own. What was read stays read: doing it again changes
    /// nothing.
    #[graphql(requires_scopes = "notification:write")]
    async fn mark_notification_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notification.")] input: MarkNotificationReadInput,
    ) -> Result<MarkNotificationReadOutcome> {
        mark_read(ctx.session()?, ctx.database()?, input).await
    }
}
