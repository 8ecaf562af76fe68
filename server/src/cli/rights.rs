use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::{
    App,
    config::Config,
    output::Output,
    rights::{self, Explained, Unknown},
};

/// The exit code of a question about what there is not.
const EX_UNKNOWN: u8 = 2;

/// Rights: who may do what, and why.
#[derive(Debug, Subcommand)]
pub(super) enum Rights {
    /// Say whether a user, or a role, may ask for a field, and why.
    Explain(Explain),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge rights explain finance Mutation.approvePayout
  jetbridge rights explain amal@example.com Customer.contactPoints
  jetbridge rights explain 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f Query.order --json

Exit codes:
  0   they may
  1   they may not
  2   there is no such user, role or field")]
pub(super) struct Explain {
    /// An e-mail address, the id of a user, or the name of a role.
    user: String,
    /// A type and one of its fields.
    #[arg(value_name = "TYPE.FIELD")]
    field: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

impl Rights {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Explain(explain) => explain.run(config).await,
        }
    }
}

impl Explain {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        match rights::explain(&app, &self.user, &self.field).await? {
            Ok(explained) => {
                self.show(&explained);
                Ok(if explained.is_allowed {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::FAILURE
                })
            }
            Err(unknown) => {
                Output.complain(self.say(&unknown));
                Ok(ExitCode::from(EX_UNKNOWN))
            }
        }
    }

    fn say(&self, unknown: &Unknown) -> String {
        match unknown {
            Unknown::User => format!(
                "There is no user and no role `{}`: give an e-mail address, the id of a user, or the name of a role.",
                self.user
            ),
            Unknown::Field => format!(
                "There is no field `{}`: give a type and one of its fields, like Customer.contactPoints or Mutation.approvePayout.",
                self.field
            ),
        }
    }

    fn show(&self, explained: &Explained) {
        if self.json {
            Output.json(explained);
            return;
        }
        for line in explained.lines() {
            Output.line(line);
        }
    }
}
