use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::OnceLock,
};

use anyhow::Context;
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use schema_kernel::Session;
use schema_order::import::{Format, Importer, Options, Totals};
use serde::Serialize;

use super::{bad_rows::BadRows, import_events::FlightEvents, interrupt::unless_stopped};
use crate::{App, config::Config, graph::subgraph::SubgraphName, output::Output, seed};

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Flights as they were planned and as they went, with everything their disruptions cause.
    Flights(Flights),
    /// Events of flights, as they happened: delays, cancellations, diversions, gates, arrivals.
    FlightEvents(FlightEvents),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge import flights server/data/flights-2013-week-26.csv
  jetbridge import flights server/data/flights-2013-week-26.csv --starting last-week
  jetbridge import flights week.csv --starting 2026-11-09 --bad-rows bad.ndjson
  jetbridge import flights feed.ndjson --json

A file may be imported again: what has not changed causes nothing. An import that was stopped goes on where it stopped.")]
pub(super) struct Flights {
    /// The file.
    file: PathBuf,
    /// How it is written: the columns of the public nycflights13 set, or one JSON object a line. Where nothing is said, the
    /// file's ending decides.
    #[arg(long)]
    format: Option<FileFormat>,
    /// Move every flight by as many days as bring the file's first one to this day; `last-week` is the Monday of the last
    /// whole week, for which the demo world has sold seats.
    #[arg(long, value_name = "DATE", value_parser = Start::parse)]
    starting: Option<Start>,
    /// Write rows that cannot be right to this file, one JSON object a line, with line, column and reason.
    #[arg(long, value_name = "FILE")]
    bad_rows: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FileFormat {
    Csv,
    Ndjson,
}

impl FileFormat {
    /// What was asked for, or else what the file's ending says.
    pub(super) fn of(given: Option<Self>, file: &Path) -> Self {
        given.unwrap_or_else(
            || match file.extension().and_then(|ending| ending.to_str()) {
                Some("ndjson" | "jsonl") => Self::Ndjson,
                _ => Self::Csv,
            },
        )
    }
}

/// What an import did, and what followed from it.
#[derive(Serialize)]
pub(super) struct Imported<Totals> {
    totals: Totals,
    /// How many events it caused, by type.
    caused: BTreeMap<String, u64>,
}

impl<Totals: Serialize> Imported<Totals> {
    /// Delivers what the import of `session` caused, and counts it.
    ///
    /// # Errors
    /// When a database fails.
    pub(super) async fn settle(
        app: &App,
        session: &Session,
        totals: Totals,
    ) -> anyhow::Result<Self> {
        app.drain_events().await?;
        let caused = app.events_caused_by(session).await?;
        Ok(Self { totals, caused })
    }

    /// Says it: in words, or as JSON.
    pub(super) fn tell(&self, file: &Path, json: bool) {
        if json {
            Output.json(self);
            return;
        }
        Output.line(format_args!("Imported from {}:", file.display()));
        Output.counts(&self.totals);
        Output.line(if self.caused.is_empty() {
            "Nothing followed from it."
        } else {
            "Events that followed:"
        });
        Output.counts(&self.caused);
    }
}

impl Import {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Flights(flights) => unless_stopped(Box::pin(flights.run(config))).await,
            Self::FlightEvents(events) => unless_stopped(Box::pin(events.run(config))).await,
        }
    }
}

impl Flights {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        let session = app.service_session("import");
        let totals = self.import(&app, session.clone()).await?;
        let imported = Imported::settle(&app, &session, totals).await?;
        imported.tell(&self.file, self.json);
        Ok(ExitCode::SUCCESS)
    }

    async fn import(&self, app: &App, session: Session) -> anyhow::Result<Totals> {
        let file = File::open(&self.file)
            .with_context(|| format!("{} cannot be opened", self.file.display()))?;
        let size = file.metadata()?.len();
        let mut bad_rows = BadRows::open(self.bad_rows.as_deref())?;
        let options = Options {
            starting: self
                .starting
                .map(|start| start.day(app.clock().now().date_naive())),
            ..Options::of(self.format())
        };
        let database = app.databases().get(SubgraphName::Order)?.clone();
        let importer = Importer::new(database, session, options);

        let bar = Output.progress("Importing", size, "bytes");
        let resumed_after = OnceLock::new();
        let totals = importer
            .run(
                file,
                |progress| {
                    resumed_after.get_or_init(|| progress.lines);
                    bar.reached(progress.bytes);
                },
                |row| bad_rows.keep(&row, resumed_after.get()),
            )
            .await;
        bar.finish();
        bad_rows.close(resumed_after.get())?;
        totals.map_err(|error| anyhow::Error::from(error).context(self.file.display().to_string()))
    }

    fn format(&self) -> Format {
        match FileFormat::of(self.format, &self.file) {
            FileFormat::Csv => Format::NycFlights,
            FileFormat::Ndjson => Format::NdJson,
        }
    }
}

/// The day on which an import begins.
#[derive(Clone, Copy, Debug)]
enum Start {
    Day(NaiveDate),
    /// The Monday of the last whole week, on which the demo world has sold seats.
    LastWeek,
}

impl Start {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "last-week" {
            return Ok(Self::LastWeek);
        }
        text.parse()
            .map(Self::Day)
            .map_err(|_| "this is a day like 2026-11-09, or `last-week`".to_owned())
    }

    fn day(self, today: NaiveDate) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::LastWeek => seed::demo_week_start(today),
        }
    }
}
