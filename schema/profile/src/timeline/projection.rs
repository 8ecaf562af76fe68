//! From events to lines.

use entities::profile::timeline_entry;
use futures_util::future::BoxFuture;
use schema_kernel::{
    Database, Event, Result, Session, dispatcher::Consumer, id::TimelineEntryId, outbox::Domain,
};
use sea_orm::DatabaseTransaction;

use super::{Facts, store};
use crate::DOMAIN;

/// Writes a line of the timeline for each event that concerns a customer.
#[derive(Clone, Debug)]
pub struct Projection {
    database: Database,
}

impl Projection {
    /// A projection into the profile's database.
    pub fn new(database: Database) -> Self {
        Self { database }
    }
}

impl Consumer for Projection {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        Facts::knows(kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            match entry(session.new_id_at(event.time), event)? {
                Some(row) => store::insert(transaction, row).await,
                None => Ok(()),
            }
        })
    }
}

/// The line that an event makes; `None` when it concerns no customer, is not for their eyes, or is not known here. Pure.
///
/// # Errors
/// When the event lacks facts that its type promises.
pub fn entry(id: TimelineEntryId, event: &Event) -> Result<Option<timeline_entry::Model>> {
    let Some(customer_id) = event.customer_id else {
        return Ok(None);
    };
    let Some(facts) = Facts::read(&event.kind, &event.data)?.filter(Facts::is_for_customers) else {
        return Ok(None);
    };
    let subjects = facts.subjects();
    Ok(Some(timeline_entry::Model {
        id,
        customer_id,
        occurred_at: event.time,
        source_event_id: event.id,
        kind: event.kind.clone(),
        source: facts.source(),
        category: facts.category(),
        order_id: subjects.order,
        journey_id: subjects.journey,
        flight_id: subjects.flight,
        case_id: subjects.case,
        claim_id: subjects.claim,
        data: facts.data()?,
    }))
}
