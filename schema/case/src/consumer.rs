//! What this domain does when the others say that something happened.

mod claim;
mod flight;
mod request;

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use schema_kernel::{
    Database, Event, Result, Session, dispatcher::Consumer, erasure, outbox::Domain,
};
use sea_orm::DatabaseTransaction;

use crate::{DOMAIN, erasure::PLAN};

const CLAIM_OPENED: &str = "compensation.claim.opened.v1";
const CLAIM_FILED: &str = "compensation.claim.filed.v1";
const CLAIM_CHANGED: &str = "compensation.claim.changed.v1";
const FLIGHT_DELAYED: &str = "order.flight.delayed.v1";
const FLIGHT_CANCELLED: &str = "order.flight.cancelled.v1";
const FLIGHT_DIVERTED: &str = "order.flight.diverted.v1";
const FLIGHT_RESTORED: &str = "order.flight.restored.v1";
const REQUEST_OPENED: &str = "profile.data_request.opened.v1";

/// The consumer of this domain: it opens incidents for disrupted flights, and cases for claims that somebody has to look
/// at.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(Cases { database })
}

struct Cases {
    database: Database,
}

impl Consumer for Cases {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            CLAIM_OPENED
                | CLAIM_FILED
                | CLAIM_CHANGED
                | FLIGHT_DELAYED
                | FLIGHT_CANCELLED
                | FLIGHT_DIVERTED
                | FLIGHT_RESTORED
                | REQUEST_OPENED
        ) || erasure::is_asked(kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        match event.kind.as_str() {
            REQUEST_OPENED => request::opened(transaction, session, event).boxed(),
            kind if erasure::is_asked(kind) => {
                let answered = erasure::answer(transaction, session, event, DOMAIN, &PLAN);
                answered.map(|answered| answered.map(drop)).boxed()
            }
            CLAIM_OPENED | CLAIM_FILED | CLAIM_CHANGED => {
                claim::came(transaction, session, event).boxed()
            }
            FLIGHT_RESTORED => flight::restored(transaction, session, event).boxed(),
            _ => flight::disrupted(transaction, session, event).boxed(),
        }
    }
}
