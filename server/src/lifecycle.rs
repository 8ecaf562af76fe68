//! From a bound port to the last answer.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use schema_engagement::courier::Courier;
use schema_kernel::dispatcher::Dispatcher;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    App,
    anchor::anchor,
    app::{Payouts, retention::Daily},
    http, telemetry,
};

/// The longest pause between two tries to deliver events, however long a database has been away.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How often reports of flight operations that wait for their flights are looked at.
const SWEEP: Duration = Duration::from_mins(1);

/// How often measurements are folded into their buckets.
const UPKEEP: Duration = Duration::from_secs(5);

/// How a process is asked to stop: SIGTERM and SIGINT. From the moment this exists they no longer kill the process, so it
/// is there before the first thing that must not be cut off.
#[derive(Debug)]
pub struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    /// Listens for them.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn listen() -> anyhow::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the next one, and gives its name.
    pub async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}

/// A product that listens. Dropping it does not stop it; [`Running::stop`] does.
#[derive(Debug)]
pub struct Running {
    app: App,
    address: SocketAddr,
    // No new requests.
    closing: CancellationToken,
    // No more background work.
    stopping: CancellationToken,
    server: JoinHandle<()>,
    background: TaskTracker,
}

impl Running {
    /// Binds the configured address, and answers requests from now on.
    ///
    /// # Errors
    /// When the address cannot be had.
    pub async fn start(app: App) -> anyhow::Result<Self> {
        let listen = app.config().http.listen;
        let listener = TcpListener::bind(listen)
            .await
            .with_context(|| format!("http.listen: {listen} cannot be listened on"))?;
        let address = listener.local_addr()?;
        tracing::info!(%address, "listening");
        let (closing, stopping) = (CancellationToken::new(), CancellationToken::new());

        let background = TaskTracker::new();
        if let Some(bus) = app.bus() {
            background.spawn(bus.clone().run(stopping.clone()));
        } else if let Some(dispatcher) = app.dispatcher() {
            background.spawn(deliver(
                dispatcher.clone(),
                app.config().event.interval,
                stopping.clone(),
            ));
        }
        if let Some(courier) = app.courier() {
            background.spawn(bring(
                courier.clone(),
                app.config().notification.interval,
                stopping.clone(),
            ));
        }
        if let Some(payouts) = app.payouts() {
            background.spawn(pay(
                payouts.clone(),
                app.config().payout.interval,
                stopping.clone(),
            ));
        }
        if let Some(follower) = app.follower() {
            background.spawn(follower.clone().run(stopping.clone()));
        }
        background.spawn(upkeep(stopping.clone()));
        background.spawn(sweep(app.clone(), stopping.clone()));
        background.spawn(follow_standing(app.clone(), stopping.clone()));
        background.close();

        let server = tokio::spawn(http::connection::serve(
            listener,
            http::router(&app),
            http::connection::HeadLimits {
                timeout: http::connection::HEAD_TIMEOUT,
                size: app.config().http.header_limit,
            },
            closing.clone(),
        ));
        Ok(Self {
            app,
            address,
            closing,
            stopping,
            server,
            background,
        })
    }

    /// The address that was bound.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where a client on this machine finds it: `"http://127.0.0.1:8080"`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What answers.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Waits until the process is asked to stop.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn until_asked_to_stop(&mut self, signals: &mut StopSignals) -> anyhow::Result<()> {
        tokio::select! {
            name = signals.next() => tracing::info!("asked to stop by {name}"),
            _ = &mut self.server => anyhow::bail!("the listener failed"),
        }
        Ok(())
    }

    /// Says that it is not ready, takes no new requests, lets running ones end within the deadline, stops delivering
    /// events. What was not delivered is delivered after the next start.
    pub async fn stop(mut self) {
        let config = &self.app.config().http;
        self.app.readiness().withdraw();
        sleep(config.drain_delay).await;
        self.closing.cancel();
        let connections = self.app.connections();
        connections.close();
        let drained = async {
            // A listener that failed has nothing under way.
            let _ = (&mut self.server).await;
            connections.closed().await;
        };
        if timeout(config.drain_deadline, drained).await.is_err() {
            tracing::warn!(deadline = ?config.drain_deadline, "some requests had not ended by the deadline");
            self.server.abort();
        }
        self.stopping.cancel();
        if timeout(LONGEST_PAUSE, self.background.wait())
            .await
            .is_err()
        {
            tracing::warn!(
                "delivery of events did not end in time; it is taken up again at the next start"
            );
        }
        tracing::info!("stopped");
    }
}

/// Delivers events until it is told to stop. A database that is away is tried again, less and less often up to a limit.
pub(crate) async fn deliver(
    dispatcher: Dispatcher,
    interval: Duration,
    stopping: CancellationToken,
) {
    let mut failures: u32 = 0;
    loop {
        // What is interrupted here rolls back, and is delivered after the next start.
        let outcome = tokio::select! {
            () = stopping.cancelled() => return,
            outcome = dispatcher.drain() => outcome,
        };
        match outcome {
            Ok(_) if failures > 0 => {
                tracing::info!(failures, "events are delivered again");
                failures = 0;
            }
            Ok(_) => {}
            Err(error) => {
                failures += 1;
                tracing::error!(
                    failures,
                    error = error.report(),
                    "events could not be delivered"
                );
            }
        }
        tokio::select! {
            () = stopping.cancelled() => return,
            () = sleep(pause(interval, failures)) => {}
        }
    }
}

/// Brings notifications to customers until it is told to stop; what is under way then is brought to its end first.
pub(crate) async fn bring(courier: Courier, interval: Duration, stopping: CancellationToken) {
    let mut failures: u32 = 0;
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = sleep(pause(interval, failures)) => {}
        }
        match bring_all(&courier, &stopping).await {
            Ok(()) => failures = 0,
            Err(error) => {
                failures += 1;
                tracing::error!(
                    failures,
                    error = error.report(),
                    "notifications could not be brought"
                );
            }
        }
    }
}

async fn bring_all(courier: &Courier, stopping: &CancellationToken) -> schema_kernel::Result<()> {
    while !stopping.is_cancelled() && courier.run().await? > 0 {}
    courier.measure().await
}

/// Sends payouts until it is told to stop. What is cut off here is taken up after the next start, under the same keys.
async fn pay(payouts: Payouts, interval: Duration, stopping: CancellationToken) {
    let mut failures: u32 = 0;
    loop {
        let outcome = tokio::select! {
            () = stopping.cancelled() => return,
            outcome = payouts.run() => outcome,
        };
        match outcome {
            Ok(_) => failures = 0,
            Err(error) => {
                failures += 1;
                tracing::error!(
                    failures,
                    error = error.report(),
                    "payouts could not be sent"
                );
            }
        }
        tokio::select! {
            () = stopping.cancelled() => return,
            () = sleep(pause(interval, failures)) => {}
        }
    }
}

fn pause(interval: Duration, failures: u32) -> Duration {
    if failures == 0 {
        return interval;
    }
    interval
        .saturating_mul(1 << failures.min(16))
        .min(LONGEST_PAUSE.max(interval))
}

/// Looks at what other processes have revoked, until it is told to stop.
async fn follow_standing(app: App, stopping: CancellationToken) {
    let mut failures: u32 = 0;
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = sleep(pause(app.config().auth.refresh_interval, failures)) => {}
        }
        match app.refresh_standing().await {
            Ok(()) => failures = 0,
            Err(error) => {
                failures += 1;
                tracing::error!(
                    failures,
                    error = format!("{error:#}"),
                    "what was revoked could not be read"
                );
            }
        }
    }
}

/// Looks after reports of flight operations that wait for their flights.
async fn sweep(app: App, stopping: CancellationToken) {
    let mut retention = Daily::default();
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = sleep(SWEEP) => {}
        }
        if let Some(identity) = app.identity()
            && let Err(error) = identity.sweep(&app.service_session("sweep")).await
        {
            tracing::error!(
                error = error.report(),
                "what is over could not be forgotten"
            );
        }
        if let Err(error) = app.tell_of_periods().await {
            tracing::error!(
                error = error.report(),
                "periods of baggage could not be told of"
            );
        }
        anchor(&app).await;
        retention.follow(&app).await;
        if let Err(error) = app.sweep_reports().await {
            tracing::error!(
                error = format!("{error:#}"),
                "waiting flight reports could not be looked at"
            );
        }
    }
}

async fn upkeep(stopping: CancellationToken) {
    loop {
        tokio::select! {
            () = stopping.cancelled() => return,
            () = sleep(UPKEEP) => telemetry::tidy_metrics(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        let interval = Duration::from_millis(250);
        assert_eq!(pause(interval, 0), interval);
        assert_eq!(pause(interval, 1), interval * 2);
        assert_eq!(pause(interval, 100), LONGEST_PAUSE);
        assert_eq!(pause(Duration::from_mins(1), 3), Duration::from_mins(1));
    }
}
