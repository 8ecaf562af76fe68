//! What this domain does when a report of flight operations comes.

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use schema_kernel::{
    Database, Event, Result, Session, dispatcher::Consumer, erasure, outbox::Domain,
};
use sea_orm::DatabaseTransaction;

use crate::{DOMAIN, erasure::PLAN, report};

/// The consumer of this domain: it records what operations reported of flights.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(Flights { database })
}

struct Flights {
    database: Database,
}

impl Consumer for Flights {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        kind == report::REPORTED || erasure::is_asked(kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        if erasure::is_asked(&event.kind) {
            let answered = erasure::answer(transaction, session, event, DOMAIN, &PLAN);
            return answered.map(|answered| answered.map(drop)).boxed();
        }
        report::came(transaction, session, event).boxed()
    }
}
