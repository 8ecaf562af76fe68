use std::{fs::File, path::PathBuf, process::ExitCode, sync::OnceLock};

use anyhow::Context;
use clap::Args;
use schema_kernel::Session;
use schema_order::report::{ReportFormat, ReportImporter, ReportTotals};

use super::{
    bad_rows::BadRows,
    import::{FileFormat, Imported},
};
use crate::{App, config::Config, graph::subgraph::SubgraphName, output::Output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge import flight-events events.csv
  jetbridge import flight-events feed.ndjson --bad-rows bad.ndjson
  jetbridge import flight-events events.csv --json

Columns, or names in a JSON object:
  source, message_id, reported_at, carrier, number, suffix, origin, departs_on, kind, departure_delay_minutes,
  arrival_delay_minutes, cause_code, diverted_to, gate, actual_departure_at, actual_arrival_at; see docs/events.md

A file may be imported again: each source's message counts once. Events of flights that are not known yet wait for them.
An event that is older than what is known changes nothing. An import that was stopped goes on where it stopped.")]
pub(super) struct FlightEvents {
    /// The file.
    file: PathBuf,
    /// How it is written: columns, or one JSON object a line. Where nothing is said, the file's ending decides.
    #[arg(long)]
    format: Option<FileFormat>,
    /// Write rows that cannot be right to this file, one JSON object a line, with line, column and reason.
    #[arg(long, value_name = "FILE")]
    bad_rows: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl FlightEvents {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        let session = app.service_session("import");
        let totals = self.import(&app, session.clone()).await?;
        let imported = Imported::settle(&app, &session, totals).await?;
        imported.tell(&self.file, self.json);
        Ok(ExitCode::SUCCESS)
    }

    async fn import(&self, app: &App, session: Session) -> anyhow::Result<ReportTotals> {
        let file = File::open(&self.file)
            .with_context(|| format!("{} cannot be opened", self.file.display()))?;
        let size = file.metadata()?.len();
        let mut bad_rows = BadRows::open(self.bad_rows.as_deref())?;
        let database = app.databases().get(SubgraphName::Order)?.clone();
        let importer = ReportImporter::new(database, session, self.format());

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

    fn format(&self) -> ReportFormat {
        match FileFormat::of(self.format, &self.file) {
            FileFormat::Csv => ReportFormat::Csv,
            FileFormat::Ndjson => ReportFormat::NdJson,
        }
    }
}
