//! Commands that take long, and can be gone on with.

use std::process::ExitCode;

use super::EX_TEMPFAIL;
use crate::{lifecycle::StopSignals, output::Output};

/// Does the work, unless SIGTERM or SIGINT comes first: then the transaction that is under way is given up, what was
/// committed stays, and the exit code invites to run the same command again.
pub(super) async fn unless_stopped(
    work: impl Future<Output = anyhow::Result<ExitCode>>,
) -> anyhow::Result<ExitCode> {
    let mut signals = StopSignals::listen()?;
    tokio::select! {
        done = work => return done,
        _ = signals.next() => {}
    }
    Output.complain("Stopped. What was done stays; the same command goes on where it stopped.");
    Ok(ExitCode::from(EX_TEMPFAIL))
}
