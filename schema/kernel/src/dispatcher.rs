//! Delivery from the outboxes to the consumers inside the process: at least once on the way, once in effect.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::join_all;

pub use crate::delivery::Consumer;
use crate::{
    Database, Event, Result, Session,
    delivery::Delivery,
    outbox::{self, Domain},
};

const BATCH: u64 = 250;

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
        let told: Vec<&Event> = events.iter().collect();
        // Consumers know nothing of one another, so none waits for the answers of another one's database.
        let deliveries = self.consumers.iter().map(async |consumer| {
            let delivery = Delivery::new(consumer.as_ref(), &self.session);
            delivery.deliver(&told).await
        });
        // One that fails does not take the others along.
        let outcomes = join_all(deliveries).await;
        outcomes.into_iter().collect::<Result<()>>()?;
        let dispatched =
            outbox::mark_dispatched(database, domain, &sequences, self.session.now()).await?;
        metrics::counter!("jetbridge_events_dispatched_total", "domain" => domain.0)
            .increment(dispatched);
        Ok(sequences.len() as u64)
    }
}
