//! The courier: takes deliveries that are due, and brings them to the customer.
//!
//! It may be killed at any moment. A delivery is taken under a lease; when its courier does not come back, the lease ends and
//! another takes it. A mail may so be sent twice, and never not at all; the `Message-ID` is the same both times, by which
//! mail programs know that it is one.

mod attempt;
mod decision;
mod directory;
mod mailer;

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entities::{engagement::delivery::Model, id::EventId};
use futures_util::{StreamExt, stream};
use schema_kernel::{Database, Result, Session};
use uuid::Uuid;

pub use self::{
    decision::{Decision, decide},
    directory::{Address, Directory, DirectoryError, Recipient},
    mailer::{Letter, Mailer, Rejection},
};
use crate::{
    delivery::{
        state::{Patience, after, is_over},
        store,
    },
    template::Templates,
};

/// How a courier works.
#[derive(Clone, Copy, Debug)]
pub struct CourierOptions {
    /// How many deliveries are taken at a time.
    pub batch: u64,
    /// How many of them are sent at the same time.
    pub concurrency: usize,
    /// How long a delivery is a courier's own. Longer than a batch takes at most.
    pub lease: Duration,
    /// How patient it is.
    pub patience: Patience,
}

/// Brings deliveries to customers. Cloning is cheap.
#[derive(Clone)]
pub struct Courier(Arc<Inner>);

struct Inner {
    database: Database,
    session: Session,
    directory: Arc<dyn Directory>,
    mailer: Arc<dyn Mailer>,
    templates: Templates,
    options: CourierOptions,
}

impl std::fmt::Debug for Courier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Courier")
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}

impl Courier {
    /// A courier of the deliveries in `database`, on behalf of `session`.
    pub fn new(
        database: Database,
        session: Session,
        directory: Arc<dyn Directory>,
        mailer: Arc<dyn Mailer>,
        templates: Templates,
        options: CourierOptions,
    ) -> Self {
        Self(Arc::new(Inner {
            database,
            session,
            directory,
            mailer,
            templates,
            options,
        }))
    }

    /// Takes one batch of what is due, and brings it. Returns how many deliveries there were; fewer than a batch when nothing
    /// more is due.
    ///
    /// # Errors
    /// When the database fails. What was taken is taken again when its lease ends.
    pub async fn run(&self) -> Result<u64> {
        let inner = &self.0;
        let lease: Uuid = inner.session.new_id::<EventId>().into();
        let now = inner.session.now();
        let until = now + TimeDelta::from_std(inner.options.lease).unwrap_or(TimeDelta::MAX / 4);
        let taken = store::lease(&inner.database, lease, now, until, inner.options.batch).await?;
        let count = taken.len() as u64;
        let outcomes: Vec<Result<()>> = stream::iter(taken)
            .map(|delivery| inner.bring(lease, delivery))
            .buffer_unordered(inner.options.concurrency.max(1))
            .collect()
            .await;
        outcomes.into_iter().collect::<Result<()>>()?;
        Ok(count)
    }

    /// Brings everything that is due. Returns how many deliveries there were.
    ///
    /// # Errors
    /// As [`Courier::run`].
    pub async fn drain(&self) -> Result<u64> {
        let mut brought = 0;
        loop {
            let count = self.run().await?;
            brought += count;
            if count < self.0.options.batch {
                return Ok(brought);
            }
        }
    }

    /// Says in the metrics how long the oldest delivery has waited that is due.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn measure(&self) -> Result<()> {
        let since = store::waiting_since(self.0.database.reader()).await?;
        let now = self.0.session.now();
        let overdue = since.map_or(0.0, |since| age(now, since));
        metrics::gauge!("jetbridge_deliveries_overdue_seconds").set(overdue);
        Ok(())
    }
}

impl Inner {
    async fn bring(&self, lease: Uuid, taken: Model) -> Result<()> {
        // Whoever was slow may have lost it to somebody else.
        if taken
            .due_at
            .is_some_and(|until| until <= self.session.now())
        {
            return Ok(());
        }
        let (outcome, masked_address) = self.attempt(&taken).await?;
        let now = self.session.now();
        let settled = Model {
            masked_address,
            ..after(&taken, outcome, now, fastrand::f64(), self.options.patience)
        };
        if !store::settle(&self.database, &self.session, lease, &settled).await? {
            tracing::warn!(delivery.id = %settled.id, "a delivery took longer than its lease");
            return Ok(());
        }
        tell(&settled);
        if is_over(settled.state) {
            metrics::histogram!("jetbridge_delivery_duration_seconds")
                .record(age(now, settled.created_at));
        }
        Ok(())
    }
}

/// Seconds from one instant to a later one.
fn age(now: DateTime<Utc>, since: DateTime<Utc>) -> f64 {
    (now - since).as_seconds_f64().max(0.0)
}

/// No address is logged, and no text of a mail server: it repeats addresses.
fn tell(settled: &Model) {
    let state = sea_orm::ActiveEnum::to_value(&settled.state);
    let reason = settled
        .reason
        .map(|reason| sea_orm::ActiveEnum::to_value(&reason));
    metrics::counter!("jetbridge_deliveries_total", "channel" => "MAIL", "state" => state.clone())
        .increment(1);
    if settled.state == entities::engagement::delivery::State::Dead {
        tracing::error!(delivery.id = %settled.id, reason, reply = settled.reply, attempts = settled.attempts, "a delivery is dead; `retryDelivery` tries again");
    } else {
        tracing::debug!(delivery.id = %settled.id, state, reason, attempts = settled.attempts, "a delivery was tried");
    }
}
