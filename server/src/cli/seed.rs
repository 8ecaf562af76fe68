use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Args;

use super::interrupt::unless_stopped;
use crate::{
    App,
    auth::demo,
    cli::DEFAULT_SEED,
    config::Config,
    graph::subgraph::SubgraphName,
    output::Output,
    seed::{self, SeedOptions, SeedReport},
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge seed --customers 10000
  jetbridge seed --customers 1000 --seed 7 --today 2026-11-20 --json

A seeding that was stopped goes on where it stopped.")]
pub(super) struct Seed {
    /// How many customers.
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    customers: u64,
    /// What everything follows from.
    #[arg(long = "seed", value_name = "S", default_value_t = DEFAULT_SEED)]
    number: u64,
    /// The day that the world takes for today; the machine's, where nothing is said.
    #[arg(long, value_name = "DATE")]
    today: Option<NaiveDate>,
    /// Do nothing where the world stands whole, or where there are other customers.
    #[arg(long)]
    if_empty: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Seed {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        unless_stopped(Box::pin(self.make(config))).await
    }

    async fn make(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        let databases = app.databases();
        let database = |name| databases.get(name).cloned();
        let databases = seed::Databases {
            profile: database(SubgraphName::Profile)?,
            order: database(SubgraphName::Order)?,
            case: database(SubgraphName::Case)?,
            compensation: database(SubgraphName::Compensation)?,
            engagement: database(SubgraphName::Engagement)?,
        };
        let today = self.today.unwrap_or_else(|| app.clock().now().date_naive());
        let options = SeedOptions {
            customers: self.customers,
            seed: self.number,
            today,
            if_empty: self.if_empty,
        };

        let bar = Output.progress("Seeding", self.customers, "customers");
        let report = seed::run(&databases, options, |done| bar.reached(done)).await?;
        bar.finish();
        app.drain_events().await?;
        demo::make(&app, app.customer_to_sign_in_as().await?).await?;
        self.tell(&report);
        Ok(ExitCode::SUCCESS)
    }

    fn tell(&self, report: &SeedReport) {
        if self.json {
            return Output.json(report);
        }
        if report.counts.customers == 0 {
            return Output.line("The demo world stands; nothing was made.");
        }
        Output.line(format_args!(
            "The demo world of {} stands, made in {:.1} s:",
            report.today, report.seconds
        ));
        Output.counts(&report.counts);
    }
}
