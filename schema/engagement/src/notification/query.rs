use async_graphql::{Context, ID, Object};
use schema_kernel::{PageArguments, Result, id};

use super::{
    list::{NotificationFilter, notifications},
    view::Notification,
};
use crate::paging::List;

/// How notifications are found.
#[derive(Default)]
pub struct NotificationQuery;

#[Object]
impl NotificationQuery {
    /// The notification with this id; `null` when there is none that you may see.
    #[graphql(requires_scopes = "notification:read")]
    async fn notification(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the notification.")] id: ID,
    ) -> Option<Result<Notification>> {
        match id::read(&id) {
            Ok(id) => Notification::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The notifications that fit a filter, newest first. A customer sees their own.
    #[graphql(requires_scopes = "notification:read")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which notifications; all when left out. Example: `{ isUnread: true }`.")]
        filter: Option<NotificationFilter>,
        #[graphql(desc = "How many from the start, 1 to 100. Either this or `last` is needed.")]
        first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Notification>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        notifications(ctx, &filter.unwrap_or_default(), &arguments).await
    }
}
