//! Live events: whoever listens hears of what was committed, in whichever process that was.
//!
//! A feed looks at its domain's outbox, once for all who listen, for as long as somebody does. An event that is not
//! committed is not there, so nobody hears of it; what another process commits is there like everything else.
//!
//! Who listens says what an event concerns: the id of a record. Records that changed wait in a mailbox, each once, however
//! often it changed since; whoever takes one reads it as it is then. So a slow listener skips to the newest state, and
//! what waits for them is bounded: see [`Changes`].

mod mailbox;
mod position;

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

pub use self::mailbox::{Changes, MOST_WAITING};
use self::{
    mailbox::{Hears, Mailbox},
    position::Position,
};
use crate::{
    Database, Event, Result,
    outbox::{self, Domain},
};

/// How often an outbox is looked at where nobody says otherwise.
pub const USUAL_INTERVAL: Duration = Duration::from_millis(250);

/// How many events are read at a time.
const BATCH: u64 = 500;

/// The longest pause after a database has failed.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The live events of one domain. Cloning is cheap, and clones share who listens.
#[derive(Clone)]
pub struct Feed(Arc<Inner>);

struct Inner {
    database: Database,
    domain: Domain,
    interval: Duration,
    listeners: Mutex<Listeners>,
    // How far the outbox was told; nothing while nobody follows it. Held while it is read, so that whoever begins to listen
    // does so between two readings.
    told: tokio::sync::Mutex<Option<Position>>,
}

#[derive(Default)]
struct Listeners {
    next: u64,
    all: HashMap<u64, Arc<dyn Hears>>,
}

impl Feed {
    /// The feed of `domain`, whose outbox lies in `database`. It is looked at every `interval` while somebody listens.
    pub fn new(database: Database, domain: Domain, interval: Duration) -> Self {
        Self(Arc::new(Inner {
            database,
            domain,
            interval,
            listeners: Mutex::default(),
            told: tokio::sync::Mutex::default(),
        }))
    }

    /// Listens to everything that is committed from now on, and to nothing that was committed before. `concerns` says which
    /// record an event is about, if it is one that this listener may and wants to hear of; it is called for every event and
    /// must be quick.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the database fails.
    pub async fn listen<Id>(
        &self,
        concerns: impl Fn(&Event) -> Option<Id> + Send + Sync + 'static,
    ) -> Result<Changes<Id>>
    where
        Id: Copy + Eq + Hash + Send + 'static,
    {
        let mut told = self.0.told.lock().await;
        if let Some(position) = &mut *told {
            // What waits to be told was committed before: it is for those who listen already.
            while self.0.tell(position).await? {}
        } else {
            *told = Some(self.0.here().await?);
            tokio::spawn(follow(Arc::downgrade(&self.0)));
        }
        let mailbox = Arc::new(Mailbox::new(concerns));
        Ok(Changes::new(mailbox.clone(), self.0.enter(mailbox)))
    }

    /// How many listen at this moment.
    pub fn listeners(&self) -> usize {
        self.0.listeners().all.len()
    }
}

impl std::fmt::Debug for Feed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Feed")
            .field("domain", &self.0.domain)
            .finish_non_exhaustive()
    }
}

/// A place among those who listen; dropping it leaves.
struct Place {
    feed: Weak<Inner>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(feed) = self.feed.upgrade() {
            feed.listeners().all.remove(&self.number);
            feed.gauge().decrement(1.0);
        }
    }
}

impl Inner {
    fn enter(self: &Arc<Self>, mailbox: Arc<dyn Hears>) -> Place {
        let mut listeners = self.listeners();
        let number = listeners.next;
        listeners.next += 1;
        listeners.all.insert(number, mailbox);
        self.gauge().increment(1.0);
        Place {
            feed: Arc::downgrade(self),
            number,
        }
    }

    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn gauge(&self) -> metrics::Gauge {
        metrics::gauge!("jetbridge_feed_listeners", "domain" => self.domain.0)
    }

    async fn here(&self) -> Result<Position> {
        let recent =
            outbox::recent_sequences(&self.database, self.domain, position::MOST_GAPS).await?;
        Ok(Position::after(recent, Instant::now()))
    }

    /// Reads what is new and tells it; says whether there may be more at once.
    async fn tell(&self, position: &mut Position) -> Result<bool> {
        let now = Instant::now();
        position.forget(now);
        let events = outbox::since(
            &self.database,
            self.domain,
            position.last(),
            position.gaps(),
            BATCH,
        )
        .await?;
        let is_full = events.len() as u64 == BATCH;
        // The listeners of this moment: who comes later begins later.
        let listeners: Vec<Arc<dyn Hears>> = self.listeners().all.values().cloned().collect();
        for (sequence, event) in events {
            position.pass(sequence, now);
            for listener in &listeners {
                listener.hear(&event);
            }
        }
        Ok(is_full)
    }

    /// Tells those who listen what is new; where nobody does any more, nobody follows the outbox either.
    async fn round(&self) -> Round {
        let mut told = self.told.lock().await;
        if self.listeners().all.is_empty() {
            *told = None;
        }
        match &mut *told {
            Some(position) => Round::Told(self.tell(position).await),
            None => Round::Deserted,
        }
    }
}

/// What came of looking at the outbox once.
enum Round {
    /// Whether there may be more at once.
    Told(Result<bool>),
    Deserted,
}

async fn follow(feed: Weak<Inner>) {
    let mut failures = 0_u32;
    loop {
        // Held for one round only, so that a feed that nobody has any more comes to an end.
        let Some(feed) = feed.upgrade() else { return };
        match feed.round().await {
            Round::Deserted => return,
            Round::Told(Ok(is_more)) => {
                failures = 0;
                if is_more {
                    continue;
                }
            }
            Round::Told(Err(error)) => {
                failures += 1;
                tracing::error!(
                    failures,
                    domain = feed.domain.0,
                    error = error.report(),
                    "live events could not be read"
                );
            }
        }
        let pause = feed.interval.saturating_mul(1 << failures.min(8));
        let longest = LONGEST_PAUSE.max(feed.interval);
        drop(feed);
        tokio::time::sleep(pause.min(longest)).await;
    }
}
