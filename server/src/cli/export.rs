mod sink;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use schema_compensation::payout::export::{self, Balance, Period, Total};
use schema_kernel::{Database, Money};
use serde::Serialize;

use self::sink::Sink;
use super::interrupt::unless_stopped;
use crate::{
    app::database::Databases, config::Config, graph::subgraph::SubgraphName, output::Output,
};

#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Payouts for finance, with totals by currency and what the books say.
    Payouts(Payouts),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge export payouts --from 2026-11-01 --to 2026-11-30 --output november.csv
  jetbridge export payouts --from 2026-11-01 --to 2026-11-30 --format ndjson > november.ndjson
  jetbridge export payouts --from 2026-11-20 --to 2026-11-20 --output today.csv --json

Payouts stand in the order in which they were asked for. An export into a file that was stopped goes on where it stopped;
a file that is complete stays as it is. The exit code is 1 when the books do not balance.")]
pub(super) struct Payouts {
    /// The first day on which they were asked for, in UTC.
    #[arg(long, value_name = "DATE")]
    from: NaiveDate,
    /// The last day.
    #[arg(long, value_name = "DATE")]
    to: NaiveDate,
    /// How they are written.
    #[arg(long, default_value = "csv")]
    format: Format,
    /// The file; standard output where nothing is said.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Print totals and books as JSON. With the payouts on standard output, they go to standard error.
    #[arg(long)]
    json: bool,
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Comma-separated values with a line of names (RFC 4180).
    Csv,
    /// One JSON object a line.
    Ndjson,
}

#[derive(Serialize)]
struct Report {
    payouts: u64,
    totals: Vec<Total>,
    books: Balance,
}

impl Export {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let Self::Payouts(payouts) = self;
        unless_stopped(Box::pin(payouts.run(config))).await
    }
}

impl Payouts {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        if self.to < self.from {
            bail!("--to {} is before --from {}", self.to, self.from);
        }
        let databases = Databases::open(&config.database, Some(SubgraphName::Compensation)).await?;
        if !databases
            .pending()
            .await?
            .iter()
            .all(|(_, names)| names.is_empty())
        {
            bail!("migrations are pending; run `jetbridge migrate` first");
        }
        let database = databases.get(SubgraphName::Compensation)?;
        let period = Period {
            from: self.from,
            to: self.to,
        };
        let report = Report {
            payouts: self.write(database, period).await?,
            totals: export::totals(database, period).await?,
            books: export::balance(database).await?,
        };
        self.tell(&report);
        Ok(if report.books.unbalanced.is_empty() {
            ExitCode::SUCCESS
        } else {
            Output.complain("The books do not balance: see `unbalanced`.");
            ExitCode::FAILURE
        })
    }

    async fn write(&self, database: &Database, period: Period) -> anyhow::Result<u64> {
        let mut sink =
            Sink::open(self.output.as_deref(), self.format).with_context(|| self.place())?;
        let bar = Output.progress(
            "Exporting",
            export::count(database, period).await?,
            "payouts",
        );
        let (mut written, mut after) = (sink.rows(), sink.place());
        loop {
            let rows = export::page(database, period, after).await?;
            for row in &rows {
                sink.write(row).with_context(|| self.place())?;
            }
            sink.flush().with_context(|| self.place())?;
            written += rows.len() as u64;
            bar.reached(written);
            match rows.last() {
                Some(last) => after = last.place(),
                None => break,
            }
        }
        bar.finish();
        Ok(written)
    }

    fn place(&self) -> String {
        self.output.as_ref().map_or_else(
            || "standard output".to_owned(),
            |file| file.display().to_string(),
        )
    }

    fn tell(&self, report: &Report) {
        let is_mixed = self.output.is_none();
        if self.json {
            match serde_json::to_string_pretty(report) {
                Ok(text) if is_mixed => Output.complain(text),
                Ok(text) => Output.line(text),
                Err(error) => Output.complain(error),
            }
            return;
        }
        let say = |text: String| {
            if is_mixed {
                Output.complain(text);
            } else {
                Output.line(text);
            }
        };
        say(format!("Payouts exported: {}.", report.payouts));
        for total in &report.totals {
            say(format!(
                "  {:>8}  {:<24} {:<10} {}",
                total.payouts,
                total.method.as_str(),
                total.status.as_str(),
                amount(total.amount_minor, &total.currency)
            ));
        }
        say("The books, debits positive:".to_owned());
        for account in &report.books.accounts {
            say(format!(
                "  {:<24} {}",
                account.account.as_str(),
                amount(account.amount_minor, &account.currency)
            ));
        }
    }
}

/// An amount for people: money in its currency, or miles.
fn amount(amount_minor: i64, currency: &str) -> String {
    Money::new(amount_minor, currency).map_or_else(
        || format!("{amount_minor} {currency}"),
        |money| money.in_words_of("en"),
    )
}
