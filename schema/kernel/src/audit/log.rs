use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::{mpsc, oneshot};

use super::{AuditKind, Entry, Written, store};
use crate::{Database, Session};

/// How many requests may wait for a place in the queue before the next one waits to be queued.
const QUEUE: usize = 1_024;

/// How many records are committed together at most.
const BATCH: usize = 512;

/// How long a request waits for its records to be durable. The commit may come later all the same; the answer does not.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a log that failed is tried again while nobody asks.
const PROBE: Duration = Duration::from_secs(1);

/// The log, and the one writer of this process. Cloning is cheap. The writer ends with the last clone.
#[derive(Clone, Debug)]
pub struct AuditLog(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    database: Database,
    queue: mpsc::Sender<Batch>,
    is_down: Arc<AtomicBool>,
}

#[derive(Debug)]
struct Batch {
    records: Vec<Written>,
    done: oneshot::Sender<()>,
}

/// Something that was submitted, and is durable soon.
#[derive(Debug)]
pub struct Ticket(oneshot::Receiver<()>);

/// What was submitted is not durable.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the audit log could not be written")]
pub struct NotDurable;

impl Ticket {
    /// Comes back when it is durable.
    ///
    /// # Errors
    /// [`NotDurable`] when the database failed, or took more than five seconds.
    pub async fn durable(self) -> Result<(), NotDurable> {
        match tokio::time::timeout(PATIENCE, self.0).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(NotDurable),
        }
    }
}

impl AuditLog {
    /// The log in this database, which has the log's migrations. Starts the writer. `session` is the one in which the log
    /// writes about itself.
    pub fn start(database: Database, session: Session) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let is_down = Arc::new(AtomicBool::new(false));
        let writer = Writer {
            database: database.clone(),
            is_down: is_down.clone(),
            session,
        };
        tokio::spawn(writer.run(waiting));
        Self(Arc::new(Inner {
            database,
            queue,
            is_down,
        }))
    }

    /// Where it lies.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Whether the last commit failed. Then personal data is not asked for at all.
    pub fn is_down(&self) -> bool {
        self.0.is_down.load(Ordering::Relaxed)
    }

    /// Has an entry recorded for a session that has no trail, and comes back when it is durable.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when it is not.
    pub async fn record(&self, session: &Session, entry: Entry) -> crate::Result<()> {
        let ticket = self.submit(vec![entry.written(session)]).await;
        ticket.durable().await.map_err(crate::Error::internal)
    }

    pub(super) async fn submit(&self, records: Vec<Written>) -> Ticket {
        let (done, ticket) = oneshot::channel();
        // Where it fails the writer is gone, and the ticket says so.
        let _ = self.0.queue.send(Batch { records, done }).await;
        Ticket(ticket)
    }
}

struct Writer {
    database: Database,
    is_down: Arc<AtomicBool>,
    session: Session,
}

impl Writer {
    async fn run(self, mut waiting: mpsc::Receiver<Batch>) {
        loop {
            let first = if self.is_down.load(Ordering::Relaxed) {
                let Ok(first) = tokio::time::timeout(PROBE, waiting.recv()).await else {
                    self.probe().await;
                    continue;
                };
                first
            } else {
                waiting.recv().await
            };
            let Some(first) = first else { return };
            let mut batches = vec![first];
            let mut records = batches[0].records.len();
            while records < BATCH
                && let Ok(next) = waiting.try_recv()
            {
                records += next.records.len();
                batches.push(next);
            }
            self.commit(batches).await;
        }
    }

    async fn commit(&self, batches: Vec<Batch>) {
        let (records, done): (Vec<_>, Vec<_>) = batches
            .into_iter()
            .map(|batch| (batch.records, batch.done))
            .unzip();
        let records: Vec<Written> = records.into_iter().flatten().collect();
        match store::append(&self.database, &records).await {
            Ok(()) => {
                metrics::counter!("jetbridge_audit_records_total").increment(records.len() as u64);
                self.is_down.store(false, Ordering::Relaxed);
                for done in done {
                    // Who does not wait any more has gone away.
                    let _ = done.send(());
                }
            }
            Err(error) => {
                metrics::counter!("jetbridge_audit_failures_total").increment(1);
                self.is_down.store(true, Ordering::Relaxed);
                tracing::error!(
                    error = error.report(),
                    records = records.len(),
                    "the audit log could not be written; personal data is not answered"
                );
            }
        }
    }

    /// Tries whether the log can be written again, by writing that it can.
    async fn probe(&self) {
        let entry = Entry::new(AuditKind::Audit, "server", "resume");
        let written = [entry.written(&self.session)];
        if store::append(&self.database, &written).await.is_ok() {
            self.is_down.store(false, Ordering::Relaxed);
            tracing::warn!("the audit log can be written again");
        }
    }
}
