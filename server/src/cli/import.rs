use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::OnceLock,
};

use anyhow::{Context, anyhow};
use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};
use schema_kernel::Session;
use schema_order::import::{Format, Importer, Options, RowError, Totals};
use serde::{Deserialize, Serialize};

use super::interrupt::unless_stopped;
use crate::{App, config::Config, graph::subgraph::SubgraphName, output::Output, seed};

/// Bad rows that are shown; the rest is counted, and all stand in the file of `--bad-rows`.
const SHOWN: usize = 5;

#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Flights as they were planned and as they went, with everything their disruptions cause.
    Flights(Flights),
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

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FileFormat {
    Csv,
    Ndjson,
}

#[derive(Serialize)]
struct Report {
    totals: Totals,
    /// How many events it caused, by type.
    caused: BTreeMap<String, u64>,
}

impl Import {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let Self::Flights(flights) = self;
        unless_stopped(Box::pin(flights.run(config))).await
    }
}

impl Flights {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        let session = app.service_session("import");
        let totals = self.import(&app, session.clone()).await?;
        app.drain_events().await?;
        let report = Report {
            totals,
            caused: app.events_caused_by(&session).await?,
        };
        if self.json {
            Output.json(&report);
        } else {
            Output.line(format_args!("Imported from {}:", self.file.display()));
            Output.counts(&report.totals);
            Output.line(if report.caused.is_empty() {
                "Nothing followed from it."
            } else {
                "Events that followed:"
            });
            Output.counts(&report.caused);
        }
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
        let by_ending = || match self.file.extension().and_then(|ending| ending.to_str()) {
            Some("ndjson" | "jsonl") => FileFormat::Ndjson,
            _ => FileFormat::Csv,
        };
        match self.format.unwrap_or_else(by_ending) {
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

/// Rows that cannot be right, as they come.
struct BadRows {
    file: Option<File>,
    is_continued: bool,
    failure: Option<std::io::Error>,
    count: usize,
}

impl BadRows {
    fn open(path: Option<&Path>) -> anyhow::Result<Self> {
        let mut options = File::options();
        options.read(true).append(true).create(true);
        let file = path
            .map(|path| {
                options
                    .open(path)
                    .with_context(|| format!("{} cannot be written", path.display()))
            })
            .transpose()?;
        Ok(Self {
            file,
            is_continued: false,
            failure: None,
            count: 0,
        })
    }

    /// Keeps a row. `resumed_after` is the line of the imported file after which this import began.
    fn keep(&mut self, row: &RowError, resumed_after: Option<&u64>) {
        self.count += 1;
        if self.count <= SHOWN {
            let column = match row.column.as_str() {
                "" => "the whole row",
                column => column,
            };
            Output.complain(format_args!("line {}, {column}: {}", row.line, row.reason));
        }
        let written = self.continued(resumed_after).and_then(|()| {
            // Not held back, so that a row is in the file before its chunk is stored.
            let mut line = serde_json::to_vec(row)?;
            line.push(b'\n');
            self.file
                .as_mut()
                .map_or(Ok(()), |file| file.write_all(&line))
        });
        self.note(written);
    }

    fn close(mut self, resumed_after: Option<&u64>) -> anyhow::Result<()> {
        if self.count > SHOWN {
            Output.complain(format_args!(
                "… and {} more rows that cannot be right",
                self.count - SHOWN
            ));
        }
        let written = self.continued(resumed_after);
        self.note(written);
        self.failure.map_or(Ok(()), |error| {
            Err(anyhow!("the bad rows could not be written: {error}"))
        })
    }

    /// Leaves in the file what the import that is continued had stored, and nothing of another one.
    fn continued(&mut self, resumed_after: Option<&u64>) -> std::io::Result<()> {
        let (Some(file), Some(last), false) = (&self.file, resumed_after, self.is_continued) else {
            return Ok(());
        };
        let mut kept = 0;
        for line in BufReader::new(file).split(b'\n') {
            let line = line?;
            let is_stored = serde_json::from_slice::<StoredLine>(&line)
                .is_ok_and(|stored| stored.line <= *last);
            if !is_stored {
                break;
            }
            kept += line.len() as u64 + 1;
        }
        file.set_len(kept)?;
        self.is_continued = true;
        Ok(())
    }

    fn note(&mut self, outcome: std::io::Result<()>) {
        if let Err(error) = outcome {
            self.failure.get_or_insert(error);
        }
    }
}

/// Where a row of an earlier import stands.
#[derive(Deserialize)]
struct StoredLine {
    line: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64) -> RowError {
        RowError {
            line,
            column: "day".to_owned(),
            reason: "There is no such day.".to_owned(),
        }
    }

    fn lines_after(path: &Path, resumed_after: u64, rows: &[u64]) -> Vec<u64> {
        let mut bad_rows = BadRows::open(Some(path)).unwrap();
        for line in rows {
            bad_rows.keep(&row(*line), Some(&resumed_after));
        }
        bad_rows.close(Some(&resumed_after)).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        text.lines()
            .map(|line| serde_json::from_str::<StoredLine>(line).unwrap().line)
            .collect()
    }

    #[test]
    fn bad_rows_of_an_import_that_goes_on_stand_in_the_file_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bad.ndjson");
        assert_eq!(lines_after(&path, 0, &[3, 900, 1_200]), [3, 900, 1_200]);
        assert_eq!(
            lines_after(&path, 1_001, &[1_200, 1_300]),
            [3, 900, 1_200, 1_300]
        );
        assert_eq!(lines_after(&path, 0, &[7]), [7]);
        assert!(lines_after(&path, 0, &[]).is_empty());
    }
}
