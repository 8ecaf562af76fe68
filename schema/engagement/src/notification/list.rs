use async_graphql::{Context, ID, InputObject};
use entities::{engagement::notification::Model, id::CustomerId};
use schema_kernel::{ContextExt, Page, PageArguments, Result, id, keyset::Cursor, loader::Visible};

use super::{READ, store, view::Notification};
use crate::paging::{List, PageOf, USUAL, page};

/// Which notifications.
#[derive(Clone, Debug, Default, InputObject)]
pub struct NotificationFilter {
    /// Those of this customer.
    pub customer_id: Option<ID>,
    /// Those that the customer has yet to read among their own (`true`), or those they need not (`false`).
    pub is_unread: Option<bool>,
}

/// The same, read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Criteria {
    pub(super) customer_id: Option<CustomerId>,
    pub(super) is_unread: Option<bool>,
}

impl Criteria {
    pub(super) fn read(filter: &NotificationFilter) -> Result<Self> {
        Ok(Self {
            customer_id: filter.customer_id.as_ref().map(id::read).transpose()?,
            is_unread: filter.is_unread,
        })
    }
}

/// One page of the notifications that fit, newest first, as far as the asker reaches them.
pub(super) async fn notifications(
    context: &Context<'_>,
    filter: &NotificationFilter,
    arguments: &PageArguments,
) -> Result<List<Notification>> {
    let page = page(arguments, None)?;
    let criteria = Criteria::read(filter)?;
    let rows = context.session()?.actor.rows(READ);
    let found = store::list(context.database()?.reader(), rows, &criteria, &page).await?;
    Ok(connection(&page, found))
}

/// The notifications of a customer, newest first.
pub(crate) async fn notifications_of(
    context: &Context<'_>,
    customer: CustomerId,
    is_unread: Option<bool>,
    arguments: &PageArguments,
) -> Result<List<Notification>> {
    let page = page(arguments, Some(USUAL))?;
    let key = PageOf {
        parent: customer,
        rows: context.session()?.actor.rows(READ),
        is_unread,
        page: page.clone(),
    };
    let found = context.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(connection(&page, found))
}

/// How many notifications a customer has yet to read.
pub(crate) async fn unread_count_of(context: &Context<'_>, customer: CustomerId) -> Result<i32> {
    let rows = context.session()?.actor.rows(READ);
    let key = store::UnreadOf(Visible {
        key: customer,
        rows,
    });
    Ok(context.loader()?.load_one(key).await?.unwrap_or_default())
}

fn connection(page: &Page, rows: Vec<Model>) -> List<Notification> {
    page.connection(rows, |row| Cursor::at(row.created_at, row.id), Notification)
}
