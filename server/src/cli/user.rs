use std::{
    io::{IsTerminal, Read},
    process::ExitCode,
};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use schema_identity::{
    account::{self, FirstAccount, NewAccount},
    role::ADMINISTRATOR,
};
use secrecy::{ExposeSecret, SecretString};

use crate::{App, config::Config, output::Output};

/// Users: who can sign in.
#[derive(Debug, Subcommand)]
#[command(after_help = "\
Examples:
  jetbridge user create-admin --email amal@example.com --name \"Amal Haddad\"

Everybody else is invited by an administrator, in the graph (`inviteUser`).")]
pub(super) enum User {
    /// Make an administrator who can sign in at once: the first one.
    CreateAdmin(CreateAdmin),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  jetbridge user create-admin --email amal@example.com --name \"Amal Haddad\"
  jetbridge user create-admin --email amal@example.com --name \"Amal Haddad\" < password-file

The password is typed, or read from the first line of standard input; it is never an argument, which others could read.")]
pub(super) struct CreateAdmin {
    /// The address to sign in with.
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// What colleagues call them.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The language to write to them in: a BCP 47 tag.
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
}

impl User {
    pub(super) async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::CreateAdmin(create) => create.run(config).await,
        }
    }
}

impl CreateAdmin {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let password = password()?;
        let app = App::start(config).await?;
        let identity = app
            .identity()
            .context("the identity domain is not served here")?;
        let session = app.service_session("user");
        let made = account::make(
            identity,
            &session,
            NewAccount {
                email: self.email,
                display_name: self.name,
                role: ADMINISTRATOR.to_owned(),
                customer: None,
                language: self.language,
                password,
            },
        );
        match made.await? {
            FirstAccount::Made(id) => Output.line(format_args!("The administrator is made: {id}")),
            FirstAccount::Taken => bail!("there is a user with this address"),
            FirstAccount::Invalid(invalid) => {
                let fields = invalid.fields.iter().map(|field| field.message.as_str());
                bail!("{}", fields.collect::<Vec<_>>().join(" "));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn password() -> anyhow::Result<SecretString> {
    if !std::io::stdin().is_terminal() {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input cannot be read")?;
        let first = text.lines().next().unwrap_or_default();
        return Ok(first.to_owned().into());
    }
    let first: SecretString = rpassword::prompt_password("Password: ")?.into();
    let again: SecretString = rpassword::prompt_password("Again: ")?.into();
    if first.expose_secret() != again.expose_secret() {
        bail!("the two are not the same");
    }
    Ok(first)
}
