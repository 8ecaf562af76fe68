use async_graphql::{ID, InputObject, SimpleObject, Union};
use entities::{engagement::notification::Model, id::NotificationId};
use schema_kernel::{
    Database, Result, Session,
    problem::{InvalidInput, NotFound},
};
use sea_orm::DatabaseTransaction;

use super::{WRITE, store, view::Notification};
use crate::input::Fields;

/// A notification that was read.
#[derive(Clone, Debug, InputObject)]
pub struct MarkNotificationReadInput {
    /// The id of the notification.
    pub notification_id: ID,
}

/// What became of it.
#[derive(Union)]
#[expect(
    clippy::large_enum_variant,
    reason = "one outcome is made for one request, and moved once"
)]
pub enum MarkNotificationReadOutcome {
    /// It is read.
    NotificationMarkedRead(NotificationMarkedRead),
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such notification that you may mark.
    NotFound(NotFound),
}

/// The notification is read.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "notification:read")]
pub struct NotificationMarkedRead {
    /// The notification, as it is now.
    pub notification: Notification,
}

/// Marks a notification as read.
pub(super) async fn mark_read(
    session: &Session,
    database: &Database,
    input: MarkNotificationReadInput,
) -> Result<MarkNotificationReadOutcome> {
    let mut fields = Fields::default();
    let id = fields.id("input.notificationId", &input.notification_id);
    let id: NotificationId = match fields.finish_with(id) {
        Ok(id) => id,
        Err(invalid) => return Ok(invalid.into()),
    };
    let marked = database
        .transaction(async |transaction| mark(transaction, session, id).await)
        .await?;
    Ok(match marked {
        Some(model) => NotificationMarkedRead {
            notification: Notification(model),
        }
        .into(),
        None => NotFound::of("notification").into(),
    })
}

async fn mark(
    transaction: &DatabaseTransaction,
    session: &Session,
    id: NotificationId,
) -> Result<Option<Model>> {
    let rows = session.actor.rows(WRITE);
    let Some(mut model) = store::hold(transaction, id, rows).await? else {
        return Ok(None);
    };
    let Some(permit) = session.actor.permit(WRITE, model.customer_id) else {
        return Ok(None);
    };
    if model.is_unread {
        store::mark_read(transaction, &permit, session, &model).await?;
        model.is_unread = false;
        model.read_at = Some(session.now());
    }
    Ok(Some(model))
}
