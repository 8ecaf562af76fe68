//! What this domain does when the others say that something happened: it notes of whom, and reads their facts later.

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use schema_kernel::{Database, Event, Result, Session, dispatcher::Consumer, outbox::Domain};
use sea_orm::DatabaseTransaction;

use crate::{DOMAIN, model};

/// Of whom nothing changes that is kept here: they are told often, and cost a read each.
const OF_NO_CONCERN: [&str; 2] = [
    "profile.interaction.recorded.v1",
    "compensation.claim.due_soon.v1",
];

/// The consumer of this domain: it takes every event about a customer from the domains whose facts are kept here.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(Insights { database })
}

struct Insights {
    database: Database,
}

impl Consumer for Insights {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        let is_of_concern = [
            "profile.",
            "order.order.",
            "order.journey.",
            "compensation.claim.",
        ]
        .iter()
        .any(|prefix| kind.starts_with(prefix));
        is_of_concern && !OF_NO_CONCERN.contains(&kind)
    }

    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>> {
        match event.customer_id {
            Some(customer) => model::mark(transaction, customer, session.now()).boxed(),
            // What is about nobody changes nothing of anybody.
            None => std::future::ready(Ok(())).boxed(),
        }
    }
}
