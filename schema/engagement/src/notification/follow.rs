use async_graphql::{Context, ID};
use entities::id::CustomerId;
use futures_util::Stream;
use schema_kernel::{ContextExt, Error, Result, id, loader::Visible};

use super::{READ, store::NotificationById, view::Notification};
use crate::event::NOTIFICATION_CREATED;

/// The notifications that are made from now on, of everybody or of one customer, as far as the caller reaches them.
///
/// # Errors
/// `BAD_USER_INPUT` when the id is none.
pub(crate) async fn follow<'a>(
    context: &'a Context<'_>,
    customer: Option<&ID>,
) -> Result<impl Stream<Item = Result<Notification>> + use<'a>> {
    let customer: Option<CustomerId> = customer.map(id::read).transpose()?;
    let rows = context.session()?.actor.rows(READ);
    let changes = context
        .feed()?
        .listen(move |event| {
            let is_meant = event.kind == NOTIFICATION_CREATED
                && rows.include(event.customer_id)
                && customer.is_none_or(|own| event.customer_id == Some(own));
            event.subject_id().filter(|_| is_meant)
        })
        .await?;
    let loader = context.loader()?;
    Ok(changes.load(move |key| async move {
        let found = loader
            .load_one(NotificationById(Visible { key, rows }))
            .await?;
        Ok::<_, Error>(found.map(Notification))
    }))
}
