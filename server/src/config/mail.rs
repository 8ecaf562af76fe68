use std::{path::PathBuf, time::Duration};

use lettre::message::Mailbox;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ConfigError, Profile, unit};

/// Section `[mail]`: how mail leaves. The password is a secret.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// How mail leaves.
    pub transport: MailTransport,
    /// Where it lies that does not leave; `mailbox` in the data folder when it is not set.
    #[serde(deserialize_with = "unit::read_optional")]
    pub folder: Option<PathBuf>,
    from: String,
    reply_to: String,
    /// The mail server.
    pub host: String,
    port: u16,
    /// How the connection is kept secret.
    pub encryption: MailEncryption,
    /// Who we are to the mail server; nobody when it is not set.
    #[serde(deserialize_with = "unit::read_optional")]
    pub username: Option<String>,
    password: SecretString,
    #[serde(deserialize_with = "unit::read_optional")]
    password_file: Option<PathBuf>,
    /// A certificate authority to trust besides those of the machine.
    #[serde(deserialize_with = "unit::read_optional")]
    pub certificate_file: Option<PathBuf>,
    /// The longest that one answer of the mail server may take.
    #[serde(deserialize_with = "unit::read_duration")]
    pub timeout: Duration,
    /// How many connections there are at most, and how many mails are sent at the same time.
    pub connections: u32,
}

/// How mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTransport {
    /// It does not: it is laid into a folder.
    Folder,
    /// To a mail server.
    Smtp,
}

/// How the connection to a mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailEncryption {
    /// It begins in the open and is secured before anything is said; a server that cannot is refused.
    StartTls,
    /// It is secure from the beginning.
    Tls,
    /// It is not. Only on this machine.
    None,
}

impl MailConfig {
    /// The port: the one that was set, or the usual one.
    pub fn port(&self) -> u16 {
        match (self.port, self.encryption) {
            (0, MailEncryption::StartTls) => 587,
            (0, MailEncryption::Tls) => 465,
            (0, MailEncryption::None) => 25,
            (port, _) => port,
        }
    }

    /// What proves who we are.
    pub fn password(&self) -> &str {
        self.password.expose_secret()
    }

    /// Whose mail it is.
    ///
    /// # Errors
    /// When it is no mailbox.
    pub fn from(&self) -> Result<Mailbox, ConfigError> {
        mailbox("mail.from", &self.from)
    }

    /// Where answers go, if they go elsewhere.
    ///
    /// # Errors
    /// When it is no mailbox.
    pub fn reply_to(&self) -> Result<Option<Mailbox>, ConfigError> {
        if self.reply_to.is_empty() {
            return Ok(None);
        }
        mailbox("mail.reply_to", &self.reply_to).map(Some)
    }

    pub(super) fn check(&mut self) -> Result<(), ConfigError> {
        self.from()?;
        self.reply_to()?;
        if self.timeout.is_zero() || self.connections == 0 {
            let why = "they must be more than nothing";
            return Err(ConfigError::at("mail.timeout, mail.connections", why));
        }
        if let Some(file) = &self.password_file {
            self.password = read("mail.password_file", file)?.trim().to_owned().into();
        }
        if let Some(file) = &self.certificate_file {
            read("mail.certificate_file", file)?;
        }
        if self.username.is_some() && self.password().is_empty() {
            let why = "a user name needs a password, here or in mail.password_file";
            return Err(ConfigError::at("mail.password", why));
        }
        if self.transport == MailTransport::Smtp && self.host.is_empty() {
            let why = "mail.transport is \"smtp\", which needs the name of a mail server";
            return Err(ConfigError::at("mail.host", why));
        }
        if self.encryption == MailEncryption::None && self.username.is_some() {
            let why = "a password is not sent in the open; set \"starttls\" or \"tls\"";
            return Err(ConfigError::at("mail.encryption", why));
        }
        Ok(())
    }

    /// Whether mail leaves where it has to.
    ///
    /// # Errors
    /// When it does not.
    pub fn check_profile(&self, profile: Profile) -> Result<(), ConfigError> {
        if profile == Profile::Production && self.transport == MailTransport::Folder {
            let why = "in the production profile mail has to leave: set \"smtp\" and mail.host";
            return Err(ConfigError::at("mail.transport", why));
        }
        Ok(())
    }
}

fn mailbox(key: &str, text: &str) -> Result<Mailbox, ConfigError> {
    text.parse().map_err(|_| {
        ConfigError::at(
            key,
            "it must be an address, like \"Jetbridge <no-reply@example.com>\"",
        )
    })
}

fn read(key: &str, file: &std::path::Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(file).map_err(|error| {
        ConfigError::at(key, format!("{} cannot be read: {error}", file.display()))
    })
}
