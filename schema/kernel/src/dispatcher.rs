//! Delivery from the outboxes to the consumers inside the process: at least once on the way, once in effect.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use entities::id::EventId;
use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;

use crate::{
    Database, Error, Event, Result, Session,
    database::{failure::is_outage, take_turns},
    inbox, outbox,
    outbox::Domain,
};

/// A domain that acts on events.
pub trait Consumer: Send + Sync + 'static {
    /// Whose inbox remembers what was consumed.
    fn domain(&self) -> Domain;

    /// The database of that domain.
    fn database(&self) -> &Database;

    /// Whether events of this type concern it: `"order.flight.delayed.v1"`.
    fn wants(&self, kind: &str) -> bool;

    /// Acts on one event, on the transaction that also remembers it. It may be called again for an event whose
    /// transaction did not commit, so it must have no effect outside the transaction.
    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>>;
}

const BATCH: u64 = 250;
/// Tries before an event becomes a dead letter, with pauses that double from 100 ms.
const ATTEMPTS: u32 = 3;

/// Delivers what the outboxes hold.
#[derive(Clone)]
pub struct Dispatcher {
    outboxes: Vec<(Domain, Database)>,
    consumers: Vec<Arc<dyn Consumer>>,
    session: Session,
}

impl Dispatcher {
    /// A dispatcher from these outboxes to these consumers, on behalf of `session`.
    pub fn new(
        outboxes: Vec<(Domain, Database)>,
        consumers: Vec<Arc<dyn Consumer>>,
        session: Session,
    ) -> Self {
        Self {
            outboxes,
            consumers,
            session,
        }
    }

    /// Delivers until every outbox is empty, including the events that consuming causes. Returns how many were delivered.
    ///
    /// # Errors
    /// When a database fails. What was delivered stays delivered; the rest is found again by the next call.
    pub async fn drain(&self) -> Result<u64> {
        let mut delivered = 0;
        loop {
            let (mut round, mut failure) = (0, None);
            for (domain, database) in &self.outboxes {
                match self.deliver_batch(*domain, database).await {
                    Ok(count) => round += count,
                    // The others can still be served.
                    Err(error) => failure = Some(error),
                }
            }
            if let Some(failure) = failure {
                return Err(failure);
            }
            if round == 0 {
                return Ok(delivered);
            }
            delivered += round;
        }
    }

    /// Tries the events again that were set aside, and returns how many were consumed now. What still cannot be consumed
    /// stays where it is.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn revive(&self) -> Result<u64> {
        let mut revived = 0;
        for consumer in &self.consumers {
            let (database, domain) = (consumer.database(), consumer.domain());
            for event in inbox::buried(database, domain).await? {
                match self.consume_patiently(consumer.as_ref(), &event).await {
                    Ok(()) => {
                        inbox::unearth(database, domain, event.id).await?;
                        revived += 1;
                    }
                    Err(error) if is_outage(&error) => return Err(error),
                    Err(error) => {
                        tracing::warn!(event.id = %event.id, event.kind, domain = domain.0, error = error.report(), "event stays a dead letter");
                    }
                }
            }
        }
        Ok(revived)
    }

    /// How many events of each type a request, or a run of a job, has caused so far, whoever delivered them.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn caused_by(&self, request_id: &str) -> Result<BTreeMap<String, u64>> {
        let mut caused = BTreeMap::new();
        for (domain, database) in &self.outboxes {
            caused.extend(outbox::caused_by(database, *domain, request_id).await?);
        }
        Ok(caused)
    }

    async fn deliver_batch(&self, domain: Domain, database: &Database) -> Result<u64> {
        let pending = outbox::pending(database, domain, BATCH).await?;
        if pending.is_empty() {
            return Ok(0);
        }
        let (sequences, events): (Vec<i64>, Vec<Event>) = pending.into_iter().unzip();
        let mut failure = None;
        for consumer in &self.consumers {
            let wanted: Vec<&Event> = events
                .iter()
                .filter(|event| consumer.wants(&event.kind))
                .collect();
            if !wanted.is_empty()
                && let Err(error) = self.deliver(consumer.as_ref(), &wanted).await
            {
                failure = Some(error);
            }
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
        let dispatched =
            outbox::mark_dispatched(database, domain, &sequences, self.session.now()).await?;
        metrics::counter!("jetbridge_events_dispatched_total", "domain" => domain.0)
            .increment(dispatched);
        Ok(sequences.len() as u64)
    }

    async fn deliver(&self, consumer: &dyn Consumer, events: &[&Event]) -> Result<()> {
        // One transaction for the batch is what makes a large disruption fast. When it fails, each event is tried alone,
        // so that one that cannot be consumed does not hold up the others.
        match self.consume(consumer, events).await {
            Ok(()) => return Ok(()),
            Err(error) if is_outage(&error) => return Err(error),
            Err(_) => {}
        }
        for event in events {
            if let Err(error) = self.consume_patiently(consumer, event).await {
                // The event is not to blame: it is delivered when the database is well.
                if is_outage(&error) {
                    return Err(error);
                }
                let reason = error.report();
                tracing::error!(event.id = %event.id, event.kind, domain = consumer.domain().0, error = reason, "event became a dead letter");
                metrics::counter!("jetbridge_dead_letters_total", "domain" => consumer.domain().0)
                    .increment(1);
                inbox::bury(
                    consumer.database(),
                    consumer.domain(),
                    event,
                    &reason,
                    self.session.now(),
                )
                .await?;
            }
        }
        Ok(())
    }

    async fn consume_patiently(&self, consumer: &dyn Consumer, event: &Event) -> Result<()> {
        let mut last = Error::internal(anyhow::anyhow!("an event was never tried"));
        for attempt in 0..ATTEMPTS {
            match self.consume(consumer, &[event]).await {
                Ok(()) => return Ok(()),
                Err(error) => last = error,
            }
            tokio::time::sleep(Duration::from_millis(100 << attempt)).await;
        }
        Err(last)
    }

    async fn consume(&self, consumer: &dyn Consumer, events: &[&Event]) -> Result<()> {
        let domain = consumer.domain();
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        consumer
            .database()
            .transaction(async |transaction| {
                // Two processes that act on the same things in another order would be in each other's way.
                take_turns(transaction, &format!("consume.{}", domain.0)).await?;
                let fresh = inbox::remember(transaction, domain, &ids, self.session.now()).await?;
                for event in events.iter().filter(|event| fresh.contains(&event.id)) {
                    let session = self.session.caused_by(event).apart(piece(domain, event));
                    consumer.consume(transaction, &session, event).await?;
                }
                Ok(())
            })
            .await
    }
}

/// What a domain does about an event, as a piece of work that gives the same identifiers whenever it is done.
fn piece(domain: Domain, event: &Event) -> u64 {
    let (high, low) = event.id.0.as_u64_pair();
    domain
        .0
        .bytes()
        .fold(high ^ low.rotate_left(17), |piece, byte| {
            piece.rotate_left(8) ^ u64::from(byte)
        })
}
