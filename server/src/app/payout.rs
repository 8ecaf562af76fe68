//! Who pays, by the configuration, and what sends payouts.

use std::sync::Arc;

use anyhow::Context;
use schema_compensation::payout::{FileProvider, HttpProvider, Provider, Worker, WorkerOptions};
use schema_kernel::{Database, Session};

use crate::config::{Config, PayoutProvider};

/// What sends payouts and tells of last days, on the database of the compensation domain. Cloning is cheap.
#[derive(Clone)]
pub struct Payouts {
    worker: Worker,
    database: Database,
    session: Session,
}

impl Payouts {
    /// What the configuration says.
    ///
    /// # Errors
    /// When the token of the payment service cannot be read, or its URL is none.
    pub(super) fn of(
        config: &Config,
        database: Database,
        session: Session,
    ) -> anyhow::Result<Self> {
        let options = WorkerOptions {
            lease: config.payout.lease,
            pause: config.payout.pause,
        };
        let provider = provider(config)?;
        Ok(Self {
            worker: Worker::new(database.clone(), provider, session.clone(), options),
            database,
            session,
        })
    }

    /// Sends what waits to be sent, asks about what is not known yet, and tells of last days. Returns how often a provider was
    /// asked.
    ///
    /// # Errors
    /// When the database fails. What was begun is taken up by the next call.
    pub async fn run(&self) -> schema_kernel::Result<u64> {
        schema_compensation::tell_what_is_due(&self.database, &self.session).await?;
        self.worker.run().await
    }
}

fn provider(config: &Config) -> anyhow::Result<Arc<dyn Provider>> {
    let payout = &config.payout;
    Ok(match payout.provider {
        PayoutProvider::File => {
            let folder = payout.folder.clone();
            Arc::new(FileProvider::new(
                folder.unwrap_or_else(|| config.data_folder.join("payments")),
            ))
        }
        PayoutProvider::Http => {
            let read = |file: &std::path::PathBuf| {
                std::fs::read_to_string(file).with_context(|| {
                    format!("payout.token_file: {} cannot be read", file.display())
                })
            };
            let token = payout.token_file.as_ref().map(read).transpose()?;
            let token = token.map(|token| token.trim().to_owned());
            let provider = HttpProvider::new(&payout.url, token, payout.timeout, payout.poll);
            Arc::new(provider.context("payout.url")?)
        }
    })
}
