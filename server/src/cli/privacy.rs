use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use schema_kernel::{Session, audit::AuditLog};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    App,
    app::{database::Databases, privacy::CERTIFICATE, retention},
    auth::signing,
    config::Config,
    export,
    output::Output,
};

/// The rights of persons: a copy of everything, proof of an erasure, what is kept for how long.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  jetbridge privacy export 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f --output copy.json
  jetbridge privacy export 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f --format html --output copy.html
  jetbridge privacy verify certificate.txt    did this installation erase somebody, and when?
  jetbridge privacy retain --dry-run          what is past its time
  jetbridge privacy retain --json

Exit codes:
  0   done
  1   it could not be done, or the certificate does not hold
  2   the command line is wrong")]
pub(super) enum Privacy {
    /// Everything that is known of a customer, from every domain.
    Export(Export),
    /// Check a certificate of erasure.
    Verify(Verify),
    /// Take away what is past its time, and report.
    Retain(Retain),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For programs.
    Json,
    /// For people.
    Html,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The id of the customer.
    customer: Uuid,
    /// For programs, or for people.
    #[arg(long, default_value = "json")]
    format: Format,
    /// Into this file, which must not exist yet.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The certificate, as a file.
    certificate: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Retain {
    /// Change nothing; say what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Privacy {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Export(export) => export.run(config).await,
            Self::Verify(verify) => verify.run(&config),
            Self::Retain(retain) => retain.run(&config).await,
        }
    }
}

impl Export {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        let session = app.service_session("privacy-export");
        let copy = export::copy(&app, session, self.customer.into()).await?;
        let Some(copy) = copy else {
            bail!("there is no customer {}", self.customer);
        };
        let text = match self.format {
            Format::Json => serde_json::to_string_pretty(&copy)?,
            Format::Html => export::page(&copy),
        };
        match &self.output {
            Some(file) => {
                use std::io::Write;
                let shown = || format!("{}", file.display());
                let mut sink = std::fs::File::create_new(file).with_context(shown)?;
                sink.write_all(text.as_bytes()).with_context(shown)?;
                Output.line(format_args!("Written: {}.", file.display()));
            }
            None => Output.line(text),
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Verify {
    fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let text = std::fs::read_to_string(&self.certificate)
            .with_context(|| format!("{}", self.certificate.display()))?;
        let folder = config.auth.signing_keys_folder(&config.data_folder);
        let stated: anyhow::Result<Value> = signing::stated(&folder, CERTIFICATE, text.trim());
        match stated {
            Ok(claims) if self.json => Output.json(&json!({ "holds": true, "states": claims })),
            Ok(claims) => {
                Output.line(format_args!(
                    "It holds: customer {} was erased at {}.",
                    claims["sub"].as_str().unwrap_or("?"),
                    claims["erased_at"].as_str().unwrap_or("?")
                ));
            }
            Err(error) => {
                if self.json {
                    Output.json(&json!({ "holds": false, "message": format!("{error:#}") }));
                } else {
                    Output.line(format_args!("It does not hold: {error:#}."));
                }
                return Ok(ExitCode::FAILURE);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Retain {
    async fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let databases = Databases::open(&config.database, None).await?;
        let database = databases.audit().context("there is no audit log here")?;
        let session = Session::service("retention");
        let log = AuditLog::start(database.clone(), session.clone());
        let kept = retention::retain(config, &databases, &log, &session, self.dry_run).await?;
        if self.json {
            Output.json(&json!({ "dryRun": self.dry_run, "rules": kept }));
            return Ok(ExitCode::SUCCESS);
        }
        for kept in &kept {
            Output.line(format_args!(
                "{:>10}  {:<36} older than {}, {} ({})",
                kept.rows,
                kept.class,
                kept.before.date_naive(),
                kept.act,
                kept.basis
            ));
        }
        if self.dry_run {
            Output.line("Nothing was changed.");
        }
        Ok(ExitCode::SUCCESS)
    }
}
