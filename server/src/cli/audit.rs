use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDate, Utc};
use clap::{Args, Subcommand};
use schema_kernel::{
    Clock, Database,
    audit::{
        self, AuditRecord,
        store::{self, Criteria},
    },
    id::CustomerId,
};
use sea_orm::ActiveEnum;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{anchor::Anchors, app::database::Databases, config::Config, output::Output};

/// How many records are read at a time.
const CHUNK: u64 = 1_000;

/// The log of what was done with personal data.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  jetbridge audit verify                      nothing was changed, and nothing is missing
  jetbridge audit verify --json
  jetbridge audit export --customer 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge audit export --from 2026-11-01 --to 2026-12-01 --output november.ndjson
  jetbridge audit anchor                      note how far the log goes now

Exit codes:
  0   done
  1   the log is broken, or it could not be done
  2   the command line is wrong")]
pub(super) enum Audit {
    /// Look over the whole chain, and hold it against the anchors.
    Verify(Verify),
    /// Write records as NDJSON, the oldest first, each with its hash.
    Export(Export),
    /// Note, signed and in a file of its own, how far the log goes now.
    Anchor,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// Those about this customer alone.
    #[arg(long, value_name = "ID")]
    customer: Option<Uuid>,
    /// Those of this actor alone.
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    /// From this day on (UTC).
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Before this day (UTC).
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// Write one JSON list, not a record a line.
    #[arg(long)]
    json: bool,
    /// Into this file, which must not exist yet.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Audit {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let databases = Databases::open(&config.database, None).await?;
        let database = databases.audit().context("there is no audit log here")?;
        match self {
            Self::Verify(verify) => verify.run(&config, database).await,
            Self::Export(export) => export.run(database).await,
            Self::Anchor => anchor(&config, database).await,
        }
    }
}

async fn anchor(config: &Config, database: &Database) -> anyhow::Result<ExitCode> {
    let now = Clock::system().now();
    match Anchors::of(config).anchor(database, now).await? {
        Some(anchor) => Output.line(format_args!("Anchored at record {}.", anchor.sequence)),
        None => Output.line("Nothing was recorded since the last anchor."),
    }
    Ok(ExitCode::SUCCESS)
}

impl Verify {
    async fn run(self, config: &Config, database: &Database) -> anyhow::Result<ExitCode> {
        let anchors = Anchors::of(config).read()?;
        let total = match store::bounds(database.reader()).await? {
            Some((first, last)) => u64::try_from(last - first + 1).unwrap_or_default(),
            None => 0,
        };
        let bar = Output.progress("Verifying", total, "records");
        let found = audit::verify(database, &anchors, |done| bar.reached(done)).await?;
        bar.finish();
        Ok(match found {
            Ok(verified) => {
                if self.json {
                    Output.json(&json!({ "intact": true, "log": verified }));
                } else {
                    Output.line(format_args!(
                        "Intact: {} records, {} to {}, and {} anchors. The newest has the hash {}.",
                        verified.records,
                        verified.first,
                        verified.last,
                        verified.anchors,
                        verified.head
                    ));
                }
                ExitCode::SUCCESS
            }
            Err(broken) => {
                if self.json {
                    Output.json(
                        &json!({ "intact": false, "found": broken, "message": broken.to_string() }),
                    );
                } else {
                    Output.line(format_args!("Broken: {broken}."));
                }
                ExitCode::FAILURE
            }
        })
    }
}

impl Export {
    async fn run(self, database: &Database) -> anyhow::Result<ExitCode> {
        let start = |day: NaiveDate| day.and_hms_opt(0, 0, 0).map(|start| start.and_utc());
        let (from, to) = (self.from.and_then(start), self.to.and_then(start));
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            bail!("--to is before --from");
        }
        let mut sink: Box<dyn std::io::Write> = match &self.output {
            Some(file) => Box::new(std::io::BufWriter::new(
                std::fs::File::create_new(file).with_context(|| format!("{}", file.display()))?,
            )),
            None => Box::new(std::io::stdout().lock()),
        };
        let written = self
            .write(database, self.criteria(from, to), &mut *sink)
            .await?;
        sink.flush()?;
        if self.output.is_some() {
            Output.line(format_args!("Records exported: {written}."));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn criteria(&self, from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Criteria {
        Criteria {
            customer: self.customer.map(CustomerId),
            actor: self.actor.clone(),
            from,
            to,
            ..Criteria::default()
        }
    }

    async fn write(
        &self,
        database: &Database,
        criteria: Criteria,
        sink: &mut dyn std::io::Write,
    ) -> anyhow::Result<u64> {
        let (mut last, mut written) = (0, 0_u64);
        if self.json {
            write!(sink, "[")?;
        }
        loop {
            let records = store::after(database.reader(), &criteria, last, CHUNK).await?;
            for record in &records {
                if self.json {
                    write!(sink, "{}", if written == 0 { "\n" } else { ",\n" })?;
                }
                write!(sink, "{}", shown(record))?;
                if !self.json {
                    writeln!(sink)?;
                }
                last = record.sequence;
                written += 1;
            }
            if records.is_empty() {
                break;
            }
        }
        if self.json {
            writeln!(sink, "\n]")?;
        }
        Ok(written)
    }
}

/// A record for others, with everything that its hash is computed from.
fn shown(record: &AuditRecord) -> Value {
    json!({
        "sequence": record.sequence,
        "at": record.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
        "kind": record.kind.to_value(),
        "domain": record.domain,
        "actor": record.actor,
        "role": record.role,
        "purpose": record.purpose,
        "action": record.action,
        "subjects": record.subject_ids(),
        "fields": record.field_names(),
        "justification": record.justification,
        "result": record.result.to_value(),
        "requestId": record.request_id,
        "previous": record.previous,
        "hash": record.hash,
    })
}
