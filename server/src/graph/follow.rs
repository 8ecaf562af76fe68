//! A supergraph file, followed: what changes in it is taken up while requests are answered.

use std::{sync::Arc, time::Duration};

use tokio::{
    signal::unix::{SignalKind, signal},
    time::sleep,
};
use tokio_util::sync::CancellationToken;

use super::{
    assembly::{Assembly, AssemblyError},
    live::Live,
};

/// How long a file has to stay as it is before it is taken for whole.
const SETTLED: Duration = Duration::from_millis(50);

/// Follows one file.
#[derive(Clone, Debug)]
pub struct Follower {
    assembly: Arc<Assembly>,
    live: Arc<Live>,
    interval: Duration,
    text: Arc<str>,
}

impl Follower {
    /// Begins with what the file says now.
    ///
    /// # Errors
    /// When it cannot be served, or an address was configured for a subgraph that is not to be asked.
    pub fn start(assembly: Assembly, interval: Duration) -> Result<Self, AssemblyError> {
        let text = assembly.read()?;
        let gateway = assembly.gateway(&text)?;
        assembly.check_urls(&gateway)?;
        Ok(Self {
            assembly: Arc::new(assembly),
            live: Arc::new(Live::new(gateway)),
            interval,
            text: text.into(),
        })
    }

    /// The gateway for what the file says.
    pub fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live)
    }

    /// Looks at the file every interval, and at once on SIGHUP, until it is told to stop. What cannot be served is
    /// refused once, with file, line and rule in the log, and the gateway of before goes on.
    pub async fn run(self, stopping: CancellationToken) {
        let mut seen = self.text.to_string();
        let mut hangup = match signal(SignalKind::hangup()) {
            Ok(hangup) => Some(hangup),
            Err(error) => {
                tracing::warn!(%error, "SIGHUP is not heard; the file is looked at all the same");
                None
            }
        };
        loop {
            let asked = async {
                match &mut hangup {
                    Some(hangup) => hangup.recv().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = asked => {}
                () = sleep(self.interval) => {}
            }
            // Reading and planning are work for a thread that has nothing else to do.
            let assembly = Arc::clone(&self.assembly);
            let before = seen.clone();
            let looked = tokio::task::spawn_blocking(move || look(&assembly, &before)).await;
            let Ok(Some((text, outcome))) = looked else {
                continue;
            };
            seen = text;
            self.take(outcome);
        }
    }

    fn take(&self, outcome: Result<schema_gateway::Gateway, AssemblyError>) {
        let word = match outcome {
            Ok(gateway) => {
                let subgraphs = gateway.supergraph().subgraphs().join(", ");
                self.live.replace(gateway);
                let file = self.assembly.file().display().to_string();
                tracing::info!(
                    file,
                    subgraphs,
                    "a changed supergraph is served from now on"
                );
                "taken"
            }
            Err(error) => {
                tracing::error!(%error, "the changed supergraph is refused; the one before goes on");
                "refused"
            }
        };
        metrics::counter!("jetbridge_supergraph_changes_total", "outcome" => word).increment(1);
    }
}

/// What the file says, and what comes of it, where that is something new. A file that is not there at the moment is being
/// replaced, or will be missed at the next start.
fn look(
    assembly: &Assembly,
    before: &str,
) -> Option<(String, Result<schema_gateway::Gateway, AssemblyError>)> {
    let read = || {
        assembly
            .read()
            .inspect_err(|error| tracing::warn!(%error, "the supergraph in use goes on"))
            .ok()
    };
    let text = read()?;
    if text == before {
        return None;
    }
    // What is still being written is not whole, and may look as if it were.
    std::thread::sleep(SETTLED);
    if read()? != text {
        return None;
    }
    let outcome = assembly.gateway(&text);
    Some((text, outcome))
}
