//! From events to one consumer: once in effect, in the order of each aggregate, with retries, and aside what cannot be
//! consumed.
//!
//! A batch shares one transaction, which is what makes a large disruption fast. When it fails, each event is tried alone, and
//! three times again after pauses that double from 100 ms. What still fails becomes a dead letter. Later events of the same
//! aggregate are held behind it, so that none is consumed before the one it follows; those of other aggregates go on.

use std::{collections::HashSet, time::Duration};

use entities::id::EventId;
use futures_util::future::BoxFuture;
use sea_orm::DatabaseTransaction;

use crate::{
    Code, Database, Error, Event, Result, Session,
    database::{failure::is_outage, take_turns},
    dead_letter::{self, DeadLetter, DeadLetterState, Replay, store},
    inbox,
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
    ///
    /// An error that a client may read, such as `BAD_USER_INPUT`, says that the event itself cannot be right: it is not
    /// tried again.
    fn consume<'a>(
        &'a self,
        transaction: &'a DatabaseTransaction,
        session: &'a Session,
        event: &'a Event,
    ) -> BoxFuture<'a, Result<()>>;
}

/// How often an event is tried again before it becomes a dead letter.
const RETRIES: u32 = 3;
/// The pause before the first of these; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Delivers to one consumer.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    consumer: &'a dyn Consumer,
    session: &'a Session,
}

/// An event that was not consumed yet, and why not; `None` for one that waits behind another of its aggregate.
struct Waiting<'a> {
    event: &'a Event,
    error: Option<Error>,
}

impl<'a> Delivery<'a> {
    /// Delivery to `consumer`, at the time and with the identifiers of `session`.
    pub fn new(consumer: &'a dyn Consumer, session: &'a Session) -> Self {
        Self { consumer, session }
    }

    /// Has the consumer act on those of the events that it wants, in this order. Afterwards each is consumed or set aside.
    ///
    /// # Errors
    /// When the consumer's database fails. Events that were consumed stay consumed, and the same call again is safe.
    pub async fn deliver(&self, events: &[&Event]) -> Result<()> {
        let wanted: Vec<&Event> = events
            .iter()
            .copied()
            .filter(|event| self.consumer.wants(&event.kind))
            .collect();
        if wanted.is_empty() {
            return Ok(());
        }
        match self.consume(&wanted).await {
            Ok(()) => return Ok(()),
            Err(error) if is_outage(&error) => return Err(error),
            Err(_) => {}
        }
        let mut waiting: Vec<Waiting<'_>> = wanted
            .into_iter()
            .map(|event| Waiting { event, error: None })
            .collect();
        for attempt in 0..=RETRIES {
            if attempt > 0 {
                tokio::time::sleep(FIRST_PAUSE * (1 << (attempt - 1))).await;
            }
            waiting = self.try_each(waiting).await?;
            if !waiting.iter().any(|waiting| is_worth_another_try(waiting)) {
                break;
            }
        }
        for Waiting { event, error } in waiting {
            match error {
                Some(error) => self.bury(event, &error).await?,
                // What it waited for is a dead letter by now, and so it is held.
                None => self.consume(&[event]).await?,
            }
        }
        Ok(())
    }

    /// Tries each event alone, and gives back those that are left. The first of an aggregate that fails holds up the others
    /// of that aggregate.
    async fn try_each<'e>(&self, events: Vec<Waiting<'e>>) -> Result<Vec<Waiting<'e>>> {
        let (mut left, mut held) = (Vec::new(), HashSet::new());
        for waiting in events {
            let event = waiting.event;
            if held.contains(&event.aggregate()) {
                left.push(Waiting { event, error: None });
                continue;
            }
            if waiting.error.as_ref().is_some_and(is_final) {
                held.insert(event.aggregate());
                left.push(waiting);
                continue;
            }
            match self.consume(&[event]).await {
                Ok(()) => {}
                // The event is not to blame: it is delivered when the database is well.
                Err(error) if is_outage(&error) => return Err(error),
                Err(error) => {
                    held.insert(event.aggregate());
                    left.push(Waiting {
                        event,
                        error: Some(error),
                    });
                }
            }
        }
        Ok(left)
    }

    async fn consume(&self, events: &[&Event]) -> Result<()> {
        let domain = self.consumer.domain();
        self.consumer
            .database()
            .transaction(async |transaction| {
                // Two processes that act on the same things in another order would be in each other's way.
                take_turns(transaction, &turn(domain)).await?;
                let blocked = store::blocked(transaction, domain, events).await?;
                let (held, free): (Vec<&Event>, Vec<&Event>) = events
                    .iter()
                    .partition(|event| blocked.contains(&event.aggregate()));
                store::hold(transaction, domain, &held, self.session.now()).await?;
                let ids: Vec<EventId> = free.iter().map(|event| event.id).collect();
                let fresh = inbox::remember(transaction, domain, &ids, self.session.now()).await?;
                for event in free.iter().filter(|event| fresh.contains(&event.id)) {
                    self.act(transaction, event).await?;
                }
                Ok(())
            })
            .await
    }

    async fn act(&self, transaction: &DatabaseTransaction, event: &Event) -> Result<()> {
        let piece = piece(self.consumer.domain(), event);
        let session = self.session.caused_by(event).apart(piece);
        self.consumer.consume(transaction, &session, event).await
    }

    async fn bury(&self, event: &Event, error: &Error) -> Result<()> {
        let (domain, reason) = (self.consumer.domain(), error.report());
        tracing::error!(event.id = %event.id, event.kind, domain = domain.0, error = reason, "event became a dead letter");
        metrics::counter!("jetbridge_dead_letters_total", "domain" => domain.0).increment(1);
        let attempts = if is_final(error) { 1 } else { 1 + RETRIES };
        self.consumer
            .database()
            .transaction(async |transaction| {
                take_turns(transaction, &turn(domain)).await?;
                let now = self.session.now();
                store::bury(transaction, domain, event, &reason, attempts, now).await
            })
            .await
    }

    /// Tries a dead letter again: first those of its aggregate before it, then itself, then those that were held behind it.
    /// The first that cannot be consumed ends it, and stays a dead letter with the new reason. `None` when there is no such
    /// letter.
    ///
    /// # Errors
    /// When the consumer's database fails.
    pub async fn replay(&self, id: EventId) -> Result<Option<Replay>> {
        let (database, domain) = (self.consumer.database(), self.consumer.domain());
        let Some(letter) = dead_letter::find(database, domain, id).await? else {
            return Ok(None);
        };
        let mut replay = Replay::default();
        loop {
            let next = store::first_of(
                database,
                domain,
                &letter.event.source,
                &letter.event.subject,
            );
            let Some(next) = next.await? else {
                return Ok(Some(replay));
            };
            match self.try_letter(&next).await {
                Ok(()) => replay.consumed.push(next.event.id),
                Err(error) if is_outage(&error) => return Err(error),
                Err(error) => {
                    replay.failed = Some(self.keep(next, &error).await?);
                    return Ok(Some(replay));
                }
            }
        }
    }

    /// Tries every dead letter again, aggregate by aggregate, and says of each how it went.
    ///
    /// # Errors
    /// When the consumer's database fails. What was consumed stays consumed.
    pub async fn replay_all(&self) -> Result<Vec<Replay>> {
        let (database, domain) = (self.consumer.database(), self.consumer.domain());
        let mut replays = Vec::new();
        for id in store::firsts(database, domain).await? {
            replays.extend(self.replay(id).await?);
        }
        Ok(replays)
    }

    /// Gives a dead letter up: its event will never be consumed here. Those that were held behind it are tried. `None` when
    /// there is no such letter, or it waits behind another.
    ///
    /// # Errors
    /// When the consumer's database fails.
    pub async fn discard(&self, id: EventId) -> Result<Option<Replay>> {
        let (database, domain) = (self.consumer.database(), self.consumer.domain());
        let letter = dead_letter::find(database, domain, id).await?;
        let Some(letter) = letter.filter(|letter| letter.state == DeadLetterState::Dead) else {
            return Ok(None);
        };
        database
            .transaction(async |transaction| {
                take_turns(transaction, &turn(domain)).await?;
                inbox::remember(transaction, domain, &[id], self.session.now()).await?;
                store::remove(transaction, domain, id).await
            })
            .await?;
        tracing::warn!(event.id = %id, domain = domain.0, "a dead letter was given up");
        let (source, subject) = (&letter.event.source, &letter.event.subject);
        match store::first_of(database, domain, source, subject).await? {
            Some(next) => self.replay(next.event.id).await,
            None => Ok(Some(Replay::default())),
        }
    }

    async fn try_letter(&self, letter: &DeadLetter) -> Result<()> {
        let domain = self.consumer.domain();
        self.consumer
            .database()
            .transaction(async |transaction| {
                take_turns(transaction, &turn(domain)).await?;
                let (event, now) = (&letter.event, self.session.now());
                let fresh = inbox::remember(transaction, domain, &[event.id], now).await?;
                if fresh.contains(&event.id) {
                    self.act(transaction, event).await?;
                }
                store::remove(transaction, domain, event.id).await
            })
            .await
    }

    async fn keep(&self, mut letter: DeadLetter, error: &Error) -> Result<DeadLetter> {
        letter.reason = error.report();
        letter.state = DeadLetterState::Dead;
        letter.attempts += 1;
        letter.failed_at = self.session.now();
        store::update(self.consumer.database(), self.consumer.domain(), &letter).await?;
        Ok(letter)
    }
}

/// Whether the event itself is wrong, so that trying again cannot help.
fn is_final(error: &Error) -> bool {
    error.code() != Code::Internal
}

fn is_worth_another_try(waiting: &Waiting<'_>) -> bool {
    waiting.error.as_ref().is_some_and(|error| !is_final(error))
}

fn turn(domain: Domain) -> String {
    format!("consume.{}", domain.0)
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
