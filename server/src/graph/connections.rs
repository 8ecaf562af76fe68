use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// Connections that stay, sockets and event streams: how many there are, and their end when the process stops.
#[derive(Debug)]
pub struct Connections {
    places: Arc<Semaphore>,
    open: TaskTracker,
    closing: CancellationToken,
}

/// One of them. It is open until this is dropped.
#[derive(Debug)]
pub(super) struct Connection {
    kind: &'static str,
    closing: CancellationToken,
    _place: OwnedSemaphorePermit,
    _open: TaskTrackerToken,
}

impl Connections {
    /// None yet, and never more than this many at a time.
    pub fn at_most(connections: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(connections.min(Semaphore::MAX_PERMITS))),
            open: TaskTracker::new(),
            closing: CancellationToken::new(),
        }
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.open.len()
    }

    /// Asks them to end what they are about and close.
    pub fn close(&self) {
        self.closing.cancel();
        self.open.close();
    }

    /// Waits until they have closed.
    pub async fn closed(&self) {
        self.open.wait().await;
    }

    /// One more, of a kind that metrics name; `None` where there are as many as there may be.
    pub(super) fn enter(&self, kind: &'static str) -> Option<Connection> {
        let place = self.places.clone().try_acquire_owned().ok()?;
        gauge(kind).increment(1.0);
        Some(Connection {
            kind,
            closing: self.closing.clone(),
            _place: place,
            _open: self.open.token(),
        })
    }
}

impl Connection {
    /// Cancelled when the process is about to stop.
    pub(super) fn closing(&self) -> &CancellationToken {
        &self.closing
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        gauge(self.kind).decrement(1.0);
    }
}

fn gauge(kind: &'static str) -> metrics::Gauge {
    metrics::gauge!("jetbridge_connections_open", "kind" => kind)
}
