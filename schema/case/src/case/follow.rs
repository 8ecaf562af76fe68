use async_graphql::{Context, ID};
use entities::{
    case::case::Model,
    id::{CaseId, CustomerId},
};
use futures_util::Stream;
use schema_kernel::{Code, ContextExt, Error, Event, Result, Rows, id};

use super::{store::CaseKey, view::Case};

/// Which cases somebody follows. Every part that is given has to fit.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    case: Option<CaseId>,
    customer: Option<CustomerId>,
    queue: Option<String>,
}

impl Followed {
    /// What the arguments ask for.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when an id is none.
    pub(crate) fn read(
        case: Option<&ID>,
        customer: Option<&ID>,
        queue: Option<String>,
    ) -> Result<Self> {
        Ok(Self {
            case: case.map(id::read).transpose()?,
            customer: customer.map(id::read).transpose()?,
            queue,
        })
    }

    /// Each of these cases, as it is after each event about it.
    ///
    /// # Errors
    /// `NOT_FOUND` when one case is asked for and there is none that the caller may see.
    pub(crate) async fn follow<'a>(
        self,
        context: &'a Context<'_>,
    ) -> Result<impl Stream<Item = Result<Case>> + use<'a>> {
        let rows = context.session()?.actor.rows("case:read");
        let followed = self.clone();
        let changes = context
            .feed()?
            .listen(move |event| followed.concerned_by(event, rows))
            .await?;
        let loader = context.loader()?;
        if let Some(id) = self.case
            && loader.load_one(CaseKey { id, rows }).await?.is_none()
        {
            return Err(Error::client(
                Code::NotFound,
                "There is no such case that you may see.",
            ));
        }
        let followed = std::sync::Arc::new(self);
        Ok(changes.load(move |id| {
            let followed = followed.clone();
            async move {
                let found = loader.load_one(CaseKey { id, rows }).await?;
                Ok(found.filter(|case| followed.include(case)).map(Case::from))
            }
        }))
    }

    /// The case an event is about, unless the event itself says that it is not one of these, or not for these rows.
    fn concerned_by(&self, event: &Event, rows: Rows) -> Option<CaseId> {
        // What is about a customer and not for them, like an internal comment, names no customer.
        if !rows.include(event.customer_id) {
            return None;
        }
        let case = event.subject_id()?;
        let queue = event.data.get("queue").and_then(serde_json::Value::as_str);
        let fits = self.case.is_none_or(|own| own == case)
            && may_be(self.customer.as_ref(), event.customer_id.as_ref())
            && may_be(self.queue.as_deref(), queue);
        fits.then_some(case)
    }

    fn include(&self, case: &Model) -> bool {
        self.customer
            .is_none_or(|customer| case.customer_id == Some(customer))
            && self.queue.as_ref().is_none_or(|queue| case.queue == *queue)
    }
}

fn may_be<T: PartialEq + ?Sized>(wanted: Option<&T>, told: Option<&T>) -> bool {
    match (wanted, told) {
        (Some(wanted), Some(told)) => wanted == told,
        // An event that does not say is looked up.
        _ => true,
    }
}
