use std::{io::IsTerminal, process::ExitCode};

use clap::Args;

use crate::{
    App, Running, StartOptions,
    auth::{Role, demo},
    config::{Config, Flags},
    graph::subgraph::SubgraphName,
    lifecycle::StopSignals,
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge serve
  jetbridge serve --listen 127.0.0.1:9000
  jetbridge serve --subgraph case              one subgraph alone, for a stock federation router
  JETBRIDGE_DATABASE__URL=postgres://jetbridge@db/jetbridge jetbridge serve --migrate")]
pub(super) struct Serve {
    /// Address and port to listen on; port 0 picks a free one.
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// Serve this subgraph alone, with its federation fields. Events are then delivered by `jetbridge drain --follow`.
    #[arg(long, value_name = "NAME")]
    subgraph: Option<SubgraphName>,
    /// Apply pending migrations first, even in production on PostgreSQL.
    #[arg(long)]
    migrate: bool,
    /// Open the page in the browser (development only).
    #[arg(long)]
    open: bool,
}

impl Serve {
    pub(super) fn flags(&self) -> Flags {
        Flags::default()
            .listen(self.listen.clone())
            .migrate(self.migrate)
    }

    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let app = App::start_with(
            config,
            StartOptions {
                subgraph: self.subgraph,
                ..StartOptions::default()
            },
        )
        .await?;
        let mut signals = StopSignals::listen()?;
        let mut running = Running::start(app).await?;
        greet(&running).await;
        if self.open && running.app().config().is_development() && std::io::stdout().is_terminal() {
            open(&running.url());
        }
        running.until_asked_to_stop(&mut signals).await?;
        running.stop().await;
        Ok(ExitCode::SUCCESS)
    }
}

async fn greet(running: &Running) {
    let url = running.url();
    Output.line(format_args!("Jetbridge answers at {url}/graphql"));
    if running.app().config().is_development() {
        Output.line(format_args!("Pages:               {url}/"));
        Output.line(format_args!("Query console:       {url}/console"));
        demo_accounts(running.app());
        sign_in(running.app()).await;
    }
}

// Who can sign in on one's own machine with a password.
fn demo_accounts(app: &App) {
    match demo::accounts(app.config()) {
        Ok(accounts) if accounts.is_empty() => {}
        Ok(accounts) => {
            Output.line("Accounts of the demo world:");
            for account in accounts {
                Output.line(format_args!(
                    "  {:<22} {:<44} {}",
                    account.role, account.email, account.password
                ));
            }
        }
        Err(error) => Output.complain(format_args!("The demo accounts cannot be shown: {error:#}")),
    }
}

// How to sign in on one's own machine: a token each for the roles that the walk-through needs.
async fn sign_in(app: &App) {
    let customer = match app.customer_to_sign_in_as().await {
        Ok(customer) => customer,
        // Served alone, a subgraph may not know customers.
        Err(error) => {
            tracing::debug!(%error, "no customer to sign in as");
            None
        }
    };
    let mut tokens = Vec::new();
    for (role, customer) in [
        (Role::Administrator, None),
        (Role::ContactCentreAgent, None),
        (Role::Customer, customer),
    ] {
        if let Ok(token) = app.development_token(role, customer) {
            let who = customer.map_or_else(
                || role.name().to_owned(),
                |id| format!("{} {id}", role.name()),
            );
            tokens.push(format!("\n  {who}\n  {token}"));
        }
    }
    if tokens.is_empty() {
        return;
    }
    let hours = app.config().auth.development_token_lifetime.as_secs() / 3_600;
    Output.line(format_args!(
        "Sign in with `Authorization: Bearer TOKEN`, for {hours} h:{}",
        tokens.join("\n")
    ));
    Output.line("\nMore tokens: jetbridge token --help. Stop with Ctrl-C.");
}

// A machine without a browser is as good.
fn open(url: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else {
        "xdg-open"
    };
    let _ = std::process::Command::new(opener)
        .arg(url)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}
