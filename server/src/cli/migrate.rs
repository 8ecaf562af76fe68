use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use crate::{app::database::Databases, config::Config, output::Output};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge migrate
  jetbridge migrate --status                   what is pending; exit code 1 when something is")]
pub(super) struct Migrate {
    /// Only say what is pending; exit code 1 when something is.
    #[arg(long)]
    status: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Migrate {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let databases = Databases::open(&config.database, None).await?;
        if self.status {
            return self.status(&databases).await;
        }
        let applied = databases.migrate().await?;
        if self.json {
            Output.json(&json!({ "applied": applied }));
        } else if applied == 0 {
            Output.line("Every migration had been applied.");
        } else {
            Output.line(format_args!("Migrations applied: {applied}."));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn status(&self, databases: &Databases) -> anyhow::Result<ExitCode> {
        let pending = databases.pending().await?;
        if self.json {
            let domains: Vec<_> = pending
                .iter()
                .map(|(name, pending)| json!({ "domain": name, "pending": pending }))
                .collect();
            Output.json(&domains);
        } else {
            for (name, pending) in &pending {
                let state = if pending.is_empty() {
                    "up to date".to_owned()
                } else {
                    format!("pending: {}", pending.join(", "))
                };
                Output.line(format_args!("{name:<14}{state}"));
            }
        }
        let clean = pending.iter().all(|(_, pending)| pending.is_empty());
        Ok(if clean {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
