use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ConfigError, unit};

/// Section `[database]`: where data lies. URLs are secrets, because they may hold passwords.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    url: SecretString,
    #[serde(deserialize_with = "unit::read_optional")]
    url_file: Option<PathBuf>,
    /// Connections for each database.
    pub connections: u32,
    profile: SecretString,
    order: SecretString,
    case: SecretString,
    compensation: SecretString,
    engagement: SecretString,
    identity: SecretString,
    audit: SecretString,
    /// Apply pending migrations at start, wherever the database is.
    pub migrate: bool,
}

impl DatabaseConfig {
    /// The URL of a domain's database; `None` when there is no such domain.
    pub fn domain(&self, name: &str) -> Option<&str> {
        let own = match name {
            "profile" => &self.profile,
            "order" => &self.order,
            "case" => &self.case,
            "compensation" => &self.compensation,
            "engagement" => &self.engagement,
            "identity" => &self.identity,
            _ => return None,
        };
        let own = own.expose_secret();
        Some(if own.is_empty() {
            self.url.expose_secret()
        } else {
            own
        })
    }

    /// The URL of the audit log: by default a file beside that of SQLite, or the same database of PostgreSQL.
    pub fn audit(&self) -> String {
        let own = self.audit.expose_secret();
        if !own.is_empty() {
            return own.to_owned();
        }
        let url = self.url.expose_secret();
        match url.strip_prefix("sqlite:") {
            Some(path) if !path.contains(":memory:") && !path.contains("mode=memory") => {
                beside(url, "audit")
            }
            _ => url.to_owned(),
        }
    }

    pub(super) fn check(&mut self) -> Result<(), ConfigError> {
        if self.connections == 0 {
            return Err(ConfigError::at(
                "database.connections",
                "it must be at least 1",
            ));
        }
        if let Some(file) = &self.url_file {
            let url = std::fs::read_to_string(file).map_err(|error| {
                ConfigError::at(
                    "database.url_file",
                    format!("{} cannot be read: {error}", file.display()),
                )
            })?;
            self.url = url.trim().to_owned().into();
        }
        check_url("database.url", &self.url)?;
        for (key, url) in [
            ("database.profile", &self.profile),
            ("database.order", &self.order),
            ("database.case", &self.case),
            ("database.compensation", &self.compensation),
            ("database.engagement", &self.engagement),
            ("database.identity", &self.identity),
            ("database.audit", &self.audit),
        ] {
            if !url.expose_secret().is_empty() {
                check_url(key, url)?;
            }
        }
        Ok(())
    }
}

/// The URL of a file with another name in the same folder: `jetbridge-audit.db` beside `jetbridge.db`.
fn beside(url: &str, name: &str) -> String {
    let (path, options) = match url.split_once('?') {
        Some((path, options)) => (path, format!("?{options}")),
        None => (url, String::new()),
    };
    let file = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[file..].rfind('.') {
        Some(dot) => {
            let (stem, extension) = path.split_at(file + dot);
            format!("{stem}-{name}{extension}{options}")
        }
        None => format!("{path}-{name}{options}"),
    }
}

// The URL itself is not repeated: it may hold a password.
fn check_url(key: &str, url: &SecretString) -> Result<(), ConfigError> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    if known
        .iter()
        .any(|scheme| url.expose_secret().starts_with(scheme))
    {
        return Ok(());
    }
    Err(ConfigError::at(
        key,
        "it must begin with sqlite:, postgres:// or postgresql://",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lies_beside_another() {
        for (url, beside_it) in [
            (
                "sqlite://./data/jetbridge.db",
                "sqlite://./data/jetbridge-audit.db",
            ),
            (
                "sqlite:///var/lib.d/jetbridge?mode=rwc",
                "sqlite:///var/lib.d/jetbridge-audit?mode=rwc",
            ),
        ] {
            assert_eq!(beside(url, "audit"), beside_it);
        }
    }
}
