use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use schema_kernel::{
    dead_letter::{self, DeadLetter, DeadLetterState, Replay},
    delivery::Delivery,
    id::EventId,
    keyset::Page,
};
use serde::Serialize;
use uuid::Uuid;

use crate::{App, config::Config, graph::subgraph::SubgraphName, output::Output};

/// Events that a domain could not consume: read them, try them again, give them up.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  jetbridge dead-letters list                       what could not be consumed, latest first
  jetbridge dead-letters list --domain case --json
  jetbridge dead-letters show 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge dead-letters replay 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge dead-letters replay --all               once what stood in their way is mended
  jetbridge dead-letters discard 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f

Later events of the same aggregate are held behind one that could not be consumed, so that order is kept; replaying or
discarding it lets them through. An event takes effect once, however often it is replayed.

Exit codes:
  0   done, or nothing to do
  1   there is no such dead letter, or it still cannot be consumed
  2   the command line is wrong")]
pub(super) enum DeadLetters {
    /// List them, latest first.
    List(List),
    /// Show one with its event and the reason.
    Show(Show),
    /// Try one again with the others of its aggregate, or all of them.
    Replay(ReplayCommand),
    /// Give one up for ever, and let through what was held behind it.
    Discard(Discard),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge dead-letters list
  jetbridge dead-letters list --domain compensation --first 5 --json")]
pub(super) struct List {
    /// Those of this domain alone.
    #[arg(long, value_name = "NAME")]
    domain: Option<SubgraphName>,
    /// How many of each domain, 1 to 100.
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100))]
    first: u32,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge dead-letters show 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge dead-letters show 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f --json")]
pub(super) struct Show {
    /// The id of the event.
    id: Uuid,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge dead-letters replay 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  jetbridge dead-letters replay --all --json")]
pub(super) struct ReplayCommand {
    /// The id of the event.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    id: Option<Uuid>,
    /// Every dead letter.
    #[arg(long)]
    all: bool,
    /// Those of this domain alone.
    #[arg(long, value_name = "NAME")]
    domain: Option<SubgraphName>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge dead-letters discard 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f --domain case")]
pub(super) struct Discard {
    /// The id of the event.
    id: Uuid,
    /// In this domain alone.
    #[arg(long, value_name = "NAME")]
    domain: Option<SubgraphName>,
}

/// A dead letter, and the domain that could not consume it.
#[derive(Serialize)]
struct Found {
    domain: SubgraphName,
    #[serde(flatten)]
    letter: DeadLetter,
}

#[derive(Default, Serialize)]
struct Report {
    consumed: usize,
    failed: Vec<Found>,
}

impl DeadLetters {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start(config).await?;
        match self {
            Self::List(list) => list.run(&app).await,
            Self::Show(show) => show.run(&app).await,
            Self::Replay(replay) => replay.run(&app).await,
            Self::Discard(discard) => discard.run(&app).await,
        }
    }
}

impl List {
    async fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let mut found = Vec::new();
        for (domain, database) in app
            .databases()
            .iter()
            .filter(|(name, _)| is_asked(self.domain, *name))
        {
            let page = Page::first(self.first);
            let letters = dead_letter::list(database, domain.domain(), &page).await?;
            let letters = letters.into_iter().take(self.first as usize);
            found.extend(letters.map(|letter| Found { domain, letter }));
        }
        if self.json {
            Output.json(&found);
        } else if found.is_empty() {
            Output.line("There are no dead letters.");
        } else {
            found.iter().for_each(Found::line);
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Show {
    async fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let mut found = Vec::new();
        for (domain, database) in app.databases().iter() {
            let letter = dead_letter::find(database, domain.domain(), EventId(self.id)).await?;
            found.extend(letter.map(|letter| Found { domain, letter }));
        }
        if found.is_empty() {
            bail!("there is no dead letter with the id {}", self.id);
        }
        if self.json {
            Output.json(&found);
            return Ok(ExitCode::SUCCESS);
        }
        for found in &found {
            found.line();
            Output.line(format_args!(
                "  tried {} times; {}",
                found.letter.attempts, found.letter.reason
            ));
            Output.json(&found.letter.event.cloud_event());
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl ReplayCommand {
    async fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let (mut report, mut was_found) = (Report::default(), self.all);
        let session = app.delivery_session();
        for domain in app.databases().iter().map(|(name, _)| name) {
            for delivery in deliveries(app, &session, domain, self.domain) {
                let replays = match self.id {
                    Some(id) => delivery.replay(EventId(id)).await?.into_iter().collect(),
                    None => delivery.replay_all().await?,
                };
                was_found |= !replays.is_empty();
                replays
                    .into_iter()
                    .for_each(|replay| report.add(domain, replay));
            }
        }
        let Some(id) = self.id.filter(|_| !was_found) else {
            app.drain_events().await?;
            return Ok(report.tell(self.json));
        };
        bail!("there is no dead letter with the id {id}");
    }
}

impl Discard {
    async fn run(self, app: &App) -> anyhow::Result<ExitCode> {
        let (mut report, mut was_found) = (Report::default(), false);
        let session = app.delivery_session();
        for domain in app.databases().iter().map(|(name, _)| name) {
            for delivery in deliveries(app, &session, domain, self.domain) {
                let given_up = delivery.discard(EventId(self.id)).await?;
                was_found |= given_up.is_some();
                given_up
                    .into_iter()
                    .for_each(|replay| report.add(domain, replay));
            }
        }
        if !was_found {
            bail!(
                "there is no dead letter with the id {} that failed itself; one that is held goes on when the one before it does",
                self.id
            );
        }
        app.drain_events().await?;
        Output.line("Given up.");
        Ok(report.tell(false))
    }
}

fn is_asked(only: Option<SubgraphName>, name: SubgraphName) -> bool {
    only.is_none_or(|only| only == name)
}

fn deliveries<'a>(
    app: &'a App,
    session: &'a schema_kernel::Session,
    domain: SubgraphName,
    only: Option<SubgraphName>,
) -> impl Iterator<Item = Delivery<'a>> {
    app.consumers()
        .iter()
        .filter(move |consumer| is_asked(only, domain) && consumer.domain() == domain.domain())
        .map(move |consumer| Delivery::new(consumer.as_ref(), session))
}

impl Found {
    fn line(&self) {
        let DeadLetter {
            event,
            state,
            failed_at,
            ..
        } = &self.letter;
        let state = match state {
            DeadLetterState::Dead => "dead",
            DeadLetterState::Held => "held",
        };
        Output.line(format_args!(
            "{}  {state}  {:<12}  {}  {}",
            event.id,
            self.domain,
            failed_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            event.kind,
        ));
    }
}

impl Report {
    fn add(&mut self, domain: SubgraphName, replay: Replay) {
        self.consumed += replay.consumed.len();
        let failed = replay.failed.map(|letter| Found { domain, letter });
        self.failed.extend(failed);
    }

    fn tell(&self, json: bool) -> ExitCode {
        if json {
            Output.json(self);
        } else {
            Output.line(format_args!("Dead letters consumed: {}.", self.consumed));
            for found in &self.failed {
                found.line();
                Output.line(format_args!(
                    "  still cannot be consumed: {}",
                    found.letter.reason
                ));
            }
        }
        if self.failed.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
