use std::process::ExitCode;

use clap::Args;
use schema_compensation::rule_pack::replay;
use schema_kernel::id::AssessmentId;
use uuid::Uuid;

use crate::{
    app::database::Databases, config::Config, graph::subgraph::SubgraphName, output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge replay 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge replay --json 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
                                               both decisions, for programs; exit code 1 when they differ")]
pub(super) struct Replay {
    /// The assessment.
    #[arg(value_name = "ASSESSMENT_ID")]
    assessment: Uuid,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Replay {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let only = SubgraphName::Compensation;
        let databases = Databases::open(&config.database, Some(only)).await?;
        let replay = replay(databases.get(only)?, AssessmentId(self.assessment)).await?;
        if self.json {
            Output.json(&replay);
        } else if replay.is_same {
            Output.line(format_args!("The same, byte for byte, by {}.", replay.rule));
        } else {
            Output.line(format_args!("Another decision, by {}.", replay.rule));
            Output.line(format_args!("  stored      {}", replay.stored));
            let again = replay.recomputed.as_deref().unwrap_or("no answer");
            Output.line(format_args!("  recomputed  {again}"));
        }
        Ok(if replay.is_same {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}
