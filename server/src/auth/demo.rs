//! Accounts to try the product with on one's own machine: one of each role, and the customer of the walk-through.
//!
//! Their passwords are random, and kept in a file that its owner alone can read, so that they can be shown again. There are
//! none in the production profile.

use std::{
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use clap::ValueEnum;
use entities::id::CustomerId;
use schema_identity::{
    account::{self, FirstAccount, NewAccount},
    secret,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::{Role, secret_file};
use crate::{App, config::Config};

const FILE: &str = "demo-accounts.json";

/// An account to try the product with.
#[derive(Clone, Deserialize, Serialize)]
pub struct DemoAccount {
    /// The name of its role.
    pub role: String,
    /// What to sign in with.
    pub email: String,
    /// Its password.
    pub password: String,
}

// The password is for the start line alone.
impl std::fmt::Debug for DemoAccount {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("DemoAccount")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// The accounts that were made here; none in the production profile.
///
/// # Errors
/// When their file cannot be read, or can be read by others.
pub fn accounts(config: &Config) -> anyhow::Result<Vec<DemoAccount>> {
    let file = file(config);
    if !config.is_development() || !file.exists() {
        return Ok(Vec::new());
    }
    serde_json::from_slice(&secret_file::read(&file)?)
        .with_context(|| format!("{}", file.display()))
}

/// Makes the accounts that are missing; does nothing in the production profile. `customer` is the one of the walk-through.
///
/// # Errors
/// When one cannot be made, or the file cannot be written.
pub async fn make(app: &App, customer: Option<CustomerId>) -> anyhow::Result<Vec<DemoAccount>> {
    let config = app.config();
    let Some(identity) = app.identity().filter(|_| config.is_development()) else {
        return Ok(Vec::new());
    };
    let mut accounts = accounts(config)?;
    let mut wanted = Vec::new();
    for role in Role::value_variants() {
        let (name, customer) = match role {
            Role::Partner | Role::Kiosk => continue,
            Role::Customer if customer.is_none() => continue,
            Role::Customer => ("Amal Haddad".to_owned(), customer),
            staff => (format!("Demo {}", staff.name().replace('-', " ")), None),
        };
        wanted.push((*role, name, customer));
    }
    for (role, name, customer) in wanted {
        if accounts.iter().any(|account| account.role == role.name()) {
            continue;
        }
        let account = DemoAccount {
            role: role.name().to_owned(),
            email: email(role),
            password: secret::random()
                .map_err(anyhow::Error::from)?
                .expose_secret()[..20]
                .to_owned(),
        };
        // On the disk first: an account whose password nobody knows is worth nothing.
        accounts.push(account.clone());
        write(&file(config), &accounts)?;
        let session = app.service_session("demo");
        let made = account::make(
            identity,
            &session,
            NewAccount {
                email: account.email,
                display_name: name,
                role: account.role,
                customer,
                language: "en".to_owned(),
                password: account.password.into(),
            },
        );
        match made.await? {
            FirstAccount::Made(_) => {}
            // Made before, by a process whose file is gone: its password is not known here.
            FirstAccount::Taken => {
                accounts.pop();
                write(&file(config), &accounts)?;
            }
            FirstAccount::Invalid(invalid) => bail!("a demo account: {}", invalid.message),
        }
    }
    Ok(accounts)
}

fn email(role: Role) -> String {
    match role {
        Role::Customer => "amal.haddad@demo.jetbridge.invalid".to_owned(),
        other => format!("{}@demo.jetbridge.invalid", other.name()),
    }
}

fn file(config: &Config) -> PathBuf {
    config.data_folder.join(FILE)
}

// Written under another name first: a start that is interrupted leaves no half file behind.
fn write(path: &Path, accounts: &[DemoAccount]) -> anyhow::Result<()> {
    let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)
        .with_context(|| format!("{}", unfinished.display()))?;
    file.write_all(&serde_json::to_vec_pretty(accounts)?)?;
    file.sync_all()?;
    std::fs::rename(unfinished, path).with_context(|| format!("{}", path.display()))
}
