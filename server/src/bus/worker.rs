//! What is done for one domain: publish its outbox, read the streams into its inbox.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{TimeDelta, Utc};
use schema_kernel::{
    CloudEvent, Database, Event, Session,
    delivery::{Consumer, Delivery},
    lease,
    outbox::{self, Domain},
};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use super::{
    connection::Connection,
    operations, publisher,
    reader::{self, Batch, Reader},
};

const LEASE: &str = "transport";
/// How long a lease lasts: a process that died is replaced after that.
const LEASED_FOR: TimeDelta = TimeDelta::seconds(6);
/// How often it is made to last longer.
const RENEWED_AFTER: Duration = Duration::from_secs(2);
/// The longest pause after failures.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The work for one domain. Cloning is cheap, and clones take turns.
#[derive(Clone)]
pub(super) struct Worker(Arc<Inner>);

struct Inner {
    connection: Connection,
    domain: Domain,
    database: Database,
    /// A domain that acts on no events only publishes its own.
    consumer: Option<Arc<dyn Consumer>>,
    session: Session,
    holder: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    renewed: Option<Instant>,
    /// The connection that the readers were opened on.
    times: u64,
    events: Option<Reader>,
    reports: Option<Reader>,
}

impl Worker {
    pub(super) fn new(
        connection: Connection,
        (domain, database, consumer): (Domain, Database, Option<Arc<dyn Consumer>>),
        session: Session,
        holder: String,
    ) -> Self {
        Self(Arc::new(Inner {
            connection,
            domain,
            database,
            consumer,
            session,
            holder,
            state: Mutex::default(),
        }))
    }

    /// Works until it is told to stop, with longer and longer pauses while that fails.
    pub(super) async fn run(self, interval: Duration, stopping: CancellationToken) {
        let mut failures: u32 = 0;
        loop {
            let outcome = tokio::select! {
                () = stopping.cancelled() => break,
                outcome = self.turn() => outcome,
            };
            let pause = match outcome {
                Ok(0) => interval,
                Ok(_) => Duration::ZERO,
                Err(error) => {
                    failures += 1;
                    self.complain(failures, &error);
                    let longest = LONGEST_PAUSE.max(interval);
                    interval.saturating_mul(1 << failures.min(8)).min(longest)
                }
            };
            if pause <= interval {
                failures = 0;
            }
            tokio::select! {
                () = stopping.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
            }
        }
        let Inner {
            domain,
            database,
            holder,
            ..
        } = &*self.0;
        if let Err(error) = lease::release(database, *domain, LEASE, holder).await {
            tracing::debug!(error = error.report(), "a lease runs out by itself");
        }
    }

    fn complain(&self, failures: u32, error: &anyhow::Error) {
        let domain = self.0.domain.0;
        // That the broker is away was said when it went.
        if self.0.connection.is_connected() {
            tracing::error!(
                failures,
                domain,
                error = format!("{error:#}"),
                "events could not be exchanged"
            );
        } else {
            tracing::debug!(
                failures,
                domain,
                error = format!("{error:#}"),
                "events wait"
            );
        }
    }

    /// Does what there is to do at this moment, where this process has the lease. Returns how many events it was about.
    pub(super) async fn turn(&self) -> anyhow::Result<u64> {
        let mut state = self.0.state.lock().await;
        let outcome = self.0.work(&mut state).await;
        if outcome.is_err() {
            // What was read and not dealt with is read again.
            *state = State::default();
        }
        outcome
    }

    /// Whether nothing waits in the outbox, and everything in the streams was dealt with.
    pub(super) async fn is_caught_up(&self) -> anyhow::Result<bool> {
        let Inner {
            connection,
            domain,
            database,
            consumer,
            ..
        } = &*self.0;
        let domain = *domain;
        if !outbox::pending(database, domain, 1).await?.is_empty() {
            return Ok(false);
        }
        if consumer.is_none() {
            return Ok(true);
        }
        let events = connection.events().await?;
        if !reader::is_at_the_end(&events, domain, database).await? {
            return Ok(false);
        }
        if !self.0.takes_reports() {
            return Ok(true);
        }
        let reports = connection.reports().await?;
        reader::is_at_the_end(&reports, domain, database).await
    }
}

impl Inner {
    async fn work(&self, state: &mut State) -> anyhow::Result<u64> {
        if !self.has_lease(state).await? {
            return Ok(0);
        }
        let (domain, times) = (self.domain, self.connection.times());
        if state.times != times {
            publisher::rewind(domain, &self.database, &self.session).await?;
            (state.events, state.reports) = (None, None);
        }
        if state.events.is_none() && self.consumer.is_some() {
            self.open(state).await?;
        }
        state.times = times;
        let published =
            publisher::publish(&self.connection, domain, &self.database, &self.session).await?;
        let read = self.read_events(state).await? + self.read_reports(state).await?;
        Ok(published + read)
    }

    async fn has_lease(&self, state: &mut State) -> anyhow::Result<bool> {
        let is_fresh = state
            .renewed
            .is_some_and(|renewed| renewed.elapsed() < RENEWED_AFTER);
        if is_fresh {
            return Ok(true);
        }
        // By the clock of the machine, because the processes have to agree on it.
        let (domain, now) = (self.domain, Utc::now());
        let holds = lease::hold(&self.database, domain, LEASE, &self.holder, now, LEASED_FOR);
        if holds.await? {
            state.renewed = Some(Instant::now());
            return Ok(true);
        }
        // Whoever has it reads on from another place.
        *state = State::default();
        Ok(false)
    }

    fn takes_reports(&self) -> bool {
        self.domain == schema_order::DOMAIN
    }

    async fn open(&self, state: &mut State) -> anyhow::Result<()> {
        let domain = self.domain;
        let events = self.connection.events().await?;
        state.events = Some(Reader::open(&events, domain.0, domain, &self.database).await?);
        if self.takes_reports() {
            let reports = self.connection.reports().await?;
            state.reports = Some(Reader::open(&reports, domain.0, domain, &self.database).await?);
        }
        Ok(())
    }

    async fn read_events(&self, state: &mut State) -> anyhow::Result<u64> {
        let (Some(reader), Some(consumer)) = (&mut state.events, &self.consumer) else {
            return Ok(0);
        };
        let batch = reader.next().await?;
        let events: Vec<Event> = batch.messages.iter().filter_map(event).collect();
        Delivery::new(consumer.as_ref(), &self.session)
            .deliver(&events.iter().collect::<Vec<_>>())
            .await?;
        self.pass(reader, &batch).await
    }

    async fn read_reports(&self, state: &mut State) -> anyhow::Result<u64> {
        let (Some(reader), Some(consumer)) = (&mut state.reports, &self.consumer) else {
            return Ok(0);
        };
        let batch = reader.next().await?;
        operations::take(
            &self.connection,
            Delivery::new(consumer.as_ref(), &self.session),
            &self.database,
            &self.session,
            &batch.messages,
        )
        .await?;
        self.pass(reader, &batch).await
    }

    async fn pass(&self, reader: &mut Reader, batch: &Batch) -> anyhow::Result<u64> {
        reader.pass(batch, self.domain, &self.database).await?;
        Ok(batch.messages.len() as u64)
    }
}

/// The event in a message; nothing in one that somebody else wrote into our stream.
fn event(message: &async_nats::jetstream::Message) -> Option<Event> {
    match serde_json::from_slice::<CloudEvent>(&message.payload) {
        Ok(cloud_event) => Some(cloud_event.event),
        Err(error) => {
            tracing::warn!(subject = %message.subject, %error, "a message in the stream of events is no event");
            None
        }
    }
}
