//! What this domain does when the others say that something happened.

use futures_util::{FutureExt, future::BoxFuture};
use schema_kernel::{
    Database, Event, Result, Session, dispatcher::Consumer, erasure, outbox::Domain,
};
use sea_orm::DatabaseTransaction;

use crate::{DOMAIN, data_request, office::Privacy, timeline::Projection};

/// Writes the timeline, and carries out erasures.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    timeline: Projection,
    privacy: Option<Privacy>,
}

impl Profile {
    /// On this database, with this host.
    pub(crate) fn new(database: Database, privacy: Option<Privacy>) -> Self {
        Self {
            timeline: Projection::new(database),
            privacy,
        }
    }
}

impl Consumer for Profile {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        self.timeline.database()
    }

    fn wants(&self, kind: &str) -> bool {
        self.timeline.wants(kind) || data_request::wants(kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        let privacy = self.privacy.as_ref();
        if erasure::is_asked(&event.kind) {
            data_request::ordered(transaction, session, event, privacy).boxed()
        } else if data_request::wants(&event.kind) {
            data_request::answered(transaction, session, event, privacy).boxed()
        } else {
            self.timeline.consume(transaction, session, event)
        }
    }
}
