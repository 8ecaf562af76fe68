use std::sync::{Arc, Mutex, PoisonError};

use super::{AuditLog, Entry, Ticket};
use crate::{Error, Result, Session};

/// What one request has to have recorded before its answer leaves. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Trail(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    log: AuditLog,
    operation: Option<String>,
    tickets: Mutex<Vec<Ticket>>,
}

impl Trail {
    /// The trail of a request, and what its operation is called.
    pub fn new(log: AuditLog, operation: Option<String>) -> Self {
        Self(Arc::new(Inner {
            log,
            operation,
            tickets: Mutex::default(),
        }))
    }

    /// The log that it leads to.
    pub fn log(&self) -> &AuditLog {
        &self.0.log
    }

    /// What the operation is called: `"CustomerPage"`.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// Has something recorded, and goes on; [`Trail::durable`] waits for it.
    pub async fn submit(&self, session: &Session, entry: Entry) {
        let ticket = self.0.log.submit(vec![entry.written(session)]).await;
        let mut tickets = self
            .0
            .tickets
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        tickets.push(ticket);
    }

    /// Has something recorded, and comes back when it is durable.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when it is not.
    pub async fn record(&self, session: &Session, entry: Entry) -> Result<()> {
        let ticket = self.0.log.submit(vec![entry.written(session)]).await;
        ticket.durable().await.map_err(Error::internal)
    }

    /// Comes back when everything that was submitted is durable.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when something is not: the answer must not leave then.
    pub async fn durable(&self) -> Result<()> {
        loop {
            let tickets = {
                let mut tickets = self
                    .0
                    .tickets
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                std::mem::take(&mut *tickets)
            };
            if tickets.is_empty() {
                return Ok(());
            }
            for ticket in tickets {
                ticket.durable().await.map_err(Error::internal)?;
            }
        }
    }
}
