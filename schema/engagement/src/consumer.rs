//! What this domain tells customers when the others say that something happened.

mod baggage;
mod case;
mod claim;
mod journey;

use std::sync::Arc;

use futures_util::{FutureExt, future::BoxFuture};
use schema_kernel::{
    Database, Event, Result, Session, dispatcher::Consumer, erasure, outbox::Domain,
};
use sea_orm::DatabaseTransaction;

use crate::{DOMAIN, erasure::PLAN};

const JOURNEY_DISRUPTED: &str = "order.journey.disrupted.v1";
const CLAIM_OPENED: &str = "compensation.claim.opened.v1";
const CLAIM_CHANGED: &str = "compensation.claim.changed.v1";
const CASE_OPENED: &str = "case.case.opened.v1";
const CASE_CHANGED: &str = "case.case.changed.v1";
const CASE_COMMENTED: &str = "case.case.commented.v1";
const BAGGAGE_COMPLAINT_DUE: &str = "case.baggage.complaint_due.v1";
const BAGGAGE_DEEMED_LOST: &str = "case.baggage.deemed_lost.v1";

/// The consumer of this domain: it makes notifications of journeys that went wrong, of claims, of cases and of periods of baggage.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(Engagement { database })
}

struct Engagement {
    database: Database,
}

impl Consumer for Engagement {
    fn domain(&self) -> Domain {
        DOMAIN
    }

    fn database(&self) -> &Database {
        &self.database
    }

    fn wants(&self, kind: &str) -> bool {
        matches!(
            kind,
            JOURNEY_DISRUPTED
                | CLAIM_OPENED
                | CLAIM_CHANGED
                | CASE_OPENED
                | CASE_CHANGED
                | CASE_COMMENTED
                | BAGGAGE_COMPLAINT_DUE
                | BAGGAGE_DEEMED_LOST
        ) || erasure::is_asked(kind)
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
        // What is about nobody is told to nobody.
        let Some(customer) = event.customer_id else {
            return std::future::ready(Ok(())).boxed();
        };
        match event.kind.as_str() {
            JOURNEY_DISRUPTED => journey::disrupted(transaction, session, event, customer).boxed(),
            CLAIM_OPENED | CLAIM_CHANGED => {
                claim::came(transaction, session, event, customer).boxed()
            }
            BAGGAGE_COMPLAINT_DUE | BAGGAGE_DEEMED_LOST => {
                baggage::period(transaction, session, event, customer).boxed()
            }
            _ => case::came(transaction, session, event, customer).boxed(),
        }
    }
}
