//! Events by way of NATS JetStream, where it is configured.
//!
//! Outboxes are published in order and kept; domains read the stream into their inboxes. What a domain has read is kept with
//! what it did about it, so that neither side depends on what the broker remembers: it may be away, come back empty, or be
//! another one. Of the processes that serve a domain one is at work at a time, by a lease.

mod connection;
mod durability;
mod operations;
mod publisher;
mod reader;
mod worker;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use schema_kernel::{Session, id::EventId};
use tokio_util::sync::CancellationToken;

use self::{connection::Connection, worker::Worker};
use schema_profile::Privacy;

use crate::{
    app::database::{Databases, Finding},
    config::EventConfig,
    graph::subgraph::consumers,
};

/// The pause before the broker is looked at again while another process is at work, or nothing is there.
const SHORT_PAUSE: Duration = Duration::from_millis(25);

/// The longest that a command waits for a broker that does not answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The transport of events between processes. Cloning is cheap.
#[derive(Clone)]
pub struct Bus {
    connection: Connection,
    workers: Arc<[Worker]>,
    interval: Duration,
}

impl Bus {
    /// Connects to the broker of the configuration, in the background where it does not answer. `None` where none is
    /// configured.
    ///
    /// # Errors
    /// When the address or the credentials cannot be used at all.
    pub async fn connect(
        config: &EventConfig,
        databases: &Databases,
        session: &Session,
        privacy: &Privacy,
    ) -> anyhow::Result<Option<Self>> {
        let Some(nats) = config.nats() else {
            return Ok(None);
        };
        let connection = Connection::open(nats).await.context("event.nats_url")?;
        durability::warn_of_loss(nats).await;
        let holder: EventId = session.new_id();
        let consumers = consumers(databases, privacy);
        let mut workers = Vec::new();
        for (name, database) in databases.iter() {
            let domain = name.domain();
            let consumer = consumers
                .iter()
                .find(|consumer| consumer.domain() == domain);
            workers.push(Worker::new(
                connection.clone(),
                (domain, database.clone(), consumer.cloned()),
                session.clone(),
                holder.to_string(),
            ));
        }
        Ok(Some(Self {
            connection,
            workers: workers.into(),
            interval: config.interval,
        }))
    }

    /// Whether the broker is there.
    pub fn examine(&self) -> Finding {
        if self.connection.is_connected() {
            Finding::of("message broker", Ok::<_, &str>("is connected"))
        } else {
            Finding::degraded(
                "message broker",
                "is away; events wait in the outboxes until it is back",
            )
        }
    }

    /// Publishes and reads until it is told to stop.
    pub async fn run(self, stopping: CancellationToken) {
        let tasks = self.workers.iter().map(|worker| {
            let (worker, stopping) = (worker.clone(), stopping.clone());
            worker.run(self.interval, stopping)
        });
        futures_util::future::join_all(tasks).await;
    }

    /// Publishes and reads until nothing is left to publish and every domain that is served here has read everything,
    /// whichever process did it. Returns how many events were published or read here.
    ///
    /// # Errors
    /// When a database fails, or the broker does not answer.
    pub async fn drain(&self) -> anyhow::Result<u64> {
        let (mut done, mut progress) = (0, Instant::now());
        loop {
            match self.round().await {
                Ok(Round::Done) => return Ok(done),
                Ok(Round::Exchanged(events)) => {
                    done += events;
                    progress = Instant::now();
                }
                // Another process is at work.
                Ok(Round::Nothing) => tokio::time::sleep(SHORT_PAUSE).await,
                Err(error) if progress.elapsed() > PATIENCE => return Err(error),
                Err(error) => {
                    tracing::debug!(error = format!("{error:#}"), "events are exchanged again");
                    self.connection.wait(PATIENCE).await?;
                    tokio::time::sleep(SHORT_PAUSE).await;
                }
            }
        }
    }

    async fn round(&self) -> anyhow::Result<Round> {
        let mut exchanged = 0;
        for worker in self.workers.iter() {
            exchanged += worker.turn().await?;
        }
        Ok(match exchanged {
            0 if self.is_caught_up().await? => Round::Done,
            0 => Round::Nothing,
            events => Round::Exchanged(events),
        })
    }

    async fn is_caught_up(&self) -> anyhow::Result<bool> {
        for worker in self.workers.iter() {
            if !worker.is_caught_up().await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What came of looking once at every outbox and every stream.
enum Round {
    Done,
    Nothing,
    Exchanged(u64),
}

impl std::fmt::Debug for Bus {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Bus")
            .field("workers", &self.workers.len())
            .finish_non_exhaustive()
    }
}
