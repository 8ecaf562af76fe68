//! What waits for one listener.

use std::{
    hash::Hash,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use futures_util::{Stream, StreamExt, task::AtomicWaker};
use indexmap::IndexSet;

use super::Place;
use crate::{Code, Error, Event, Result};

/// How many records may wait for one listener.
pub const MOST_WAITING: usize = 1_000;

/// Somebody whom events are told.
pub(super) trait Hears: Send + Sync {
    fn hear(&self, event: &Event);
}

type Concerns<Id> = dyn Fn(&Event) -> Option<Id> + Send + Sync;

/// The records that have changed and that their listener has not read yet, in the order of their first change.
pub(super) struct Mailbox<Id> {
    concerns: Box<Concerns<Id>>,
    waiting: Mutex<Waiting<Id>>,
    reader: AtomicWaker,
}

struct Waiting<Id> {
    records: IndexSet<Id>,
    is_overrun: bool,
}

impl<Id> Mailbox<Id> {
    pub(super) fn new(concerns: impl Fn(&Event) -> Option<Id> + Send + Sync + 'static) -> Self {
        Self {
            concerns: Box::new(concerns),
            waiting: Mutex::new(Waiting {
                records: IndexSet::new(),
                is_overrun: false,
            }),
            reader: AtomicWaker::new(),
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting<Id>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<Id: Eq + Hash + Send> Hears for Mailbox<Id> {
    fn hear(&self, event: &Event) {
        let Some(id) = (self.concerns)(event) else {
            return;
        };
        let mut waiting = self.waiting();
        if waiting.records.len() == MOST_WAITING && !waiting.records.contains(&id) {
            waiting.records = IndexSet::new();
            waiting.is_overrun = true;
        }
        if !waiting.is_overrun {
            waiting.records.insert(id);
        }
        drop(waiting);
        self.reader.wake();
    }
}

/// The records that change, by id. A record that changes again before it was taken is told of once.
///
/// At most [`MOST_WAITING`] records wait. Where more have changed, the listener has lost the thread: the stream ends with
/// `RATE_LIMITED`, and they read what they show anew.
#[must_use = "nothing is heard where nobody reads"]
pub struct Changes<Id> {
    mailbox: Arc<Mailbox<Id>>,
    has_ended: bool,
    _place: Place,
}

impl<Id> Changes<Id> {
    pub(super) fn new(mailbox: Arc<Mailbox<Id>>, place: Place) -> Self {
        Self {
            mailbox,
            has_ended: false,
            _place: place,
        }
    }
}

impl<Id: Eq + Hash> Changes<Id> {
    /// Each change as the record that it is now. What is not there, or not for this listener, is left out.
    pub fn load<T, Load, Loading>(self, load: Load) -> impl Stream<Item = Result<T>>
    where
        Load: Fn(Id) -> Loading,
        Loading: Future<Output = Result<Option<T>>>,
    {
        self.filter_map(move |change| {
            let loading = change.map(&load);
            async move {
                match loading {
                    Ok(loading) => loading.await.transpose(),
                    Err(overrun) => Some(Err(overrun)),
                }
            }
        })
    }
}

// Nothing in it is ever pinned in place.
impl<Id> Unpin for Changes<Id> {}

impl<Id: Eq + Hash> Stream for Changes<Id> {
    type Item = Result<Id>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Id>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        self.mailbox.reader.register(context.waker());
        let mut waiting = self.mailbox.waiting();
        if let Some(id) = waiting.records.shift_remove_index(0) {
            return Poll::Ready(Some(Ok(id)));
        }
        if !waiting.is_overrun {
            return Poll::Pending;
        }
        drop(waiting);
        self.has_ended = true;
        metrics::counter!("jetbridge_feed_overruns_total").increment(1);
        Poll::Ready(Some(Err(Error::client(
            Code::RateLimited,
            format!(
                "More than {MOST_WAITING} changes waited to be taken: read what you show again, and subscribe anew."
            ),
        ))))
    }
}

impl<Id> std::fmt::Debug for Changes<Id> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Changes").finish_non_exhaustive()
    }
}
