use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use tokio_util::sync::CancellationToken;

use crate::{
    App,
    config::Config,
    lifecycle::{self, StopSignals},
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge drain                              deliver what waits, send what follows, then end
  jetbridge drain --dead-letters               try those again as well that could not be consumed before
  jetbridge drain --follow                     deliver until asked to stop, beside `serve --subgraph`")]
pub(super) struct Drain {
    /// Go on until asked to stop.
    #[arg(long)]
    follow: bool,
    /// Try the events again that could not be consumed, once what stood in their way is mended.
    #[arg(long, conflicts_with = "follow")]
    dead_letters: bool,
}

impl Drain {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let (interval, courier_interval) = (config.event.interval, config.notification.interval);
        let app = App::start(config).await?;
        if self.follow {
            let stopping = CancellationToken::new();
            let mut signals = StopSignals::listen()?;
            let delivery = match (app.bus(), app.dispatcher()) {
                (Some(bus), _) => tokio::spawn(bus.clone().run(stopping.clone())),
                (None, Some(dispatcher)) => {
                    let delivery =
                        lifecycle::deliver(dispatcher.clone(), interval, stopping.clone());
                    tokio::spawn(delivery)
                }
                (None, None) => bail!("events are delivered where every domain is served"),
            };
            let courier = app.courier().context("every domain is served")?.clone();
            let bringing = lifecycle::bring(courier, courier_interval, stopping.clone());
            let bringing = tokio::spawn(bringing);
            signals.next().await;
            stopping.cancel();
            delivery.await?;
            bringing.await?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.dead_letters {
            let revived = app.revive_events().await?;
            Output.line(format_args!("Dead letters consumed: {revived}."));
        }
        app.sweep_reports().await?;
        let delivered = app.drain_events().await?;
        Output.line(format_args!("Events delivered: {delivered}."));
        let brought = app.send_notifications().await?;
        Output.line(format_args!("Notifications brought: {brought}."));
        Ok(ExitCode::SUCCESS)
    }
}
