use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use schema_kernel::{Clock, id::CustomerId};
use uuid::Uuid;

use crate::{
    auth::{DevelopmentKey, Role},
    config::Config,
    output::Output,
};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge token --role administrator
  jetbridge token --jwks > jwks.json           the key to check them with, for auth.jwks_file of a gateway
  jetbridge token --role customer --customer 01936f5e-7d8a-7c3e-9a52-0f6b1d2c4e5f
  curl -H \"Authorization: Bearer $(jetbridge token --role analyst)\" …")]
pub(super) struct Token {
    /// What the bearer is to the airline.
    #[arg(long, required_unless_present = "jwks")]
    role: Option<Role>,
    /// Which customer they are; goes with the role `customer`.
    #[arg(long, value_name = "ID", required_if_eq("role", "customer"))]
    customer: Option<Uuid>,
    /// Print the public key of such tokens as a JSON Web Key Set, and no token.
    #[arg(long, conflicts_with_all = ["role", "customer"])]
    jwks: bool,
}

impl Token {
    pub(super) fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        if !config.is_development() || config.auth.has_configured_key() {
            bail!(
                "tokens are signed elsewhere: this command is for the development profile without keys of your own"
            );
        }
        if self.customer.is_some() && self.role != Some(Role::Customer) {
            bail!("--customer goes with --role customer");
        }
        let key = DevelopmentKey::in_folder(&config.data_folder).context("the development key")?;
        Output.line(match self.role {
            Some(role) => key.sign(
                &config.auth,
                &Clock::system(),
                role,
                self.customer.map(CustomerId),
            )?,
            None => key.jwks()?,
        });
        Ok(ExitCode::SUCCESS)
    }
}
