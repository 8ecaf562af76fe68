//! The commands of `jetbridge`.

mod audit;
mod bad_rows;
mod check;
mod dead_letters;
mod drain;
mod export;
mod gateway;
mod import;
mod import_events;
mod interrupt;
mod keys;
mod mailbox;
mod migrate;
mod privacy;
mod replay;
mod rights;
mod schema;
mod seed;
mod serve;
mod token;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    config::{Config, ConfigError, Flags},
    graph::assembly::AssemblyError,
};

/// The exit code for a wrong configuration (`sysexits.h`).
pub const EX_CONFIG: u8 = 78;

/// The exit code of work that was asked to stop and can be gone on with (`sysexits.h`).
pub const EX_TEMPFAIL: u8 = 75;

/// The seed of the demo world where nothing is said; its showcase customer is the one to sign in as.
pub const DEFAULT_SEED: u64 = 1;

const EXAMPLES: &str = "\
Examples:
  jetbridge serve                              start on http://127.0.0.1:8080 with an embedded database
  jetbridge seed --customers 10000             fill it with a demo world
  jetbridge import flights week.csv            record a week of real flights, and what they cause
  jetbridge export payouts --from 2026-11-01 --to 2026-11-30 --output november.csv
  jetbridge token --role contact-centre-agent  a token to try it with
  jetbridge user create-admin --email amal@example.com --name Amal
                                               the first who can sign in; the password is typed
  jetbridge rights explain finance Mutation.approvePayout
                                               may they, and why
  jetbridge mailbox list                       the mails that were not sent, but laid into a folder
  jetbridge import flight-events events.csv    record what happened to flights, as operations report it
  jetbridge dead-letters list                  events that could not be consumed, and why
  jetbridge check                              is everything in place?

Exit codes:
  0   done
  1   it could not be done, or a check found something
  2   the command line is wrong
  75  asked to stop; the same command goes on where it stopped
  78  the configuration is wrong, or the supergraph it names

Every setting, with its default, stands in server/config.default.toml. A setting `section.key` is also read from the
environment variable JETBRIDGE_SECTION__KEY.";

/// An airline's customers: one federated graph over everything the airline knows about them and does for them.
#[derive(Debug, Parser)]
#[command(name = "jetbridge", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    /// A configuration file in TOML, over the defaults.
    #[arg(long, global = true, value_name = "FILE", env = "JETBRIDGE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests until asked to stop.
    Serve(serve::Serve),
    /// Answer for subgraphs elsewhere: any composed supergraph, by the URLs in it.
    Gateway(gateway::Gateway),
    /// Bring the databases up to date.
    Migrate(migrate::Migrate),
    /// Fill the product with a believable demo world; the same seed gives the same bytes.
    Seed(seed::Seed),
    /// Take data in from outside.
    #[command(subcommand)]
    Import(import::Import),
    /// Write data out for others.
    #[command(subcommand)]
    Export(export::Export),
    /// Write the schemas of the subgraphs and the composed supergraph, or check that they are what the code says.
    Schema(schema::Schema),
    /// Say whether everything is in place: configuration, databases, migrations, supergraph, reference data.
    Check(check::Check),
    /// Print a token to try things with (development only).
    Token(token::Token),
    /// The keys that tokens for programs are signed with.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// The log of what was done with personal data: verify it, export it, anchor it.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// The rights of persons: a copy of everything, proof of an erasure, what is kept for how long.
    #[command(subcommand)]
    Privacy(privacy::Privacy),
    /// Users: who can sign in.
    #[command(subcommand)]
    User(user::User),
    /// Rights: who may do what, and why.
    #[command(subcommand)]
    Rights(rights::Rights),
    /// Deliver the events that wait, and what they cause.
    Drain(drain::Drain),
    /// Make a decision about compensation again from what is stored, and say whether it is the same to the byte.
    Replay(replay::Replay),
    /// Show mail that was laid into the folder and not sent (development).
    #[command(subcommand)]
    Mailbox(mailbox::Mailbox),
    /// Events that a domain could not consume: read them, try them again, give them up.
    #[command(subcommand)]
    DeadLetters(dead_letters::DeadLetters),
}

impl Arguments {
    /// The configuration that this command runs with.
    ///
    /// # Errors
    /// When it is wrong.
    pub fn config(&self) -> Result<Config, ConfigError> {
        match &self.command {
            // What the code says does not depend on where it runs.
            Command::Schema(_) => Config::from_toml("[telemetry]\nlog = \"warn\""),
            command => Config::load(self.config.as_deref(), &command.flags()),
        }
    }

    /// Does it.
    ///
    /// # Errors
    /// When it cannot be done.
    pub async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Serve(serve) => serve.run(config).await,
            Command::Gateway(gateway) => gateway.run(config).await,
            Command::Migrate(migrate) => migrate.run(config).await,
            Command::Seed(seed) => seed.run(config).await,
            Command::Import(import) => import.run(config).await,
            Command::Export(export) => export.run(config).await,
            Command::Schema(schema) => schema.run(),
            Command::Check(check) => check.run(config).await,
            Command::Token(token) => token.run(config),
            Command::Keys(keys) => keys.run(&config),
            Command::Audit(audit) => audit.run(config).await,
            Command::Privacy(privacy) => privacy.run(config).await,
            Command::User(user) => user.run(config).await,
            Command::Rights(rights) => rights.run(config).await,
            Command::Drain(drain) => drain.run(config).await,
            Command::Replay(replay) => replay.run(config).await,
            Command::Mailbox(mailbox) => mailbox.run(&config),
            Command::DeadLetters(letters) => letters.run(config).await,
        }
    }
}

impl Command {
    fn flags(&self) -> Flags {
        match self {
            Self::Serve(serve) => serve.flags(),
            Self::Gateway(gateway) => gateway.flags(),
            Self::Drain(_) => Flags::default(),
            _ => Flags::default().quiet(true),
        }
    }
}

/// The exit code of a command that could not be done.
pub fn exit_code(error: &anyhow::Error) -> ExitCode {
    if error.is::<AssemblyError>() || error.is::<ConfigError>() {
        ExitCode::from(EX_CONFIG)
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
