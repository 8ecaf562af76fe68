use std::process::ExitCode;

use clap::Subcommand;
use schema_kernel::Clock;

use crate::{
    auth::signing::{OVERLAP, SigningKeys},
    config::Config,
    output::Output,
};

/// The keys that tokens for programs are signed with.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  jetbridge keys list
  jetbridge keys rotate

A new key is published at once and signs after ten minutes; the old one is believed until its last token has expired, and is
taken away by a later rotation. Running processes see it by themselves.")]
pub(super) enum Keys {
    /// List them, the oldest first.
    List,
    /// Make another one, and take away those that nobody has to believe any more.
    Rotate,
}

impl Keys {
    pub(super) fn run(self, config: &Config) -> anyhow::Result<ExitCode> {
        let folder = config.auth.signing_keys_folder(&config.data_folder);
        let now = Clock::system().now();
        if matches!(self, Self::Rotate) {
            SigningKeys::in_folder(&folder, now)?;
            SigningKeys::rotate(&folder, now)?;
            let pruned = SigningKeys::prune(&folder, now)?;
            Output.line(format_args!(
                "Another key is made; it signs in {} minutes. Taken away: {pruned}.",
                OVERLAP.num_minutes()
            ));
        }
        for (id, made_at, signs) in SigningKeys::in_folder(&folder, now)?.list(now) {
            let mark = if signs { "signs" } else { "" };
            Output.line(format_args!("  {id}  {}  {mark}", made_at.to_rfc3339()));
        }
        Ok(ExitCode::SUCCESS)
    }
}
