//! How mail leaves: to a mail server, or into a folder.

mod folder;
mod message;
mod smtp;

use std::{path::PathBuf, sync::Arc};

use schema_engagement::courier::Mailer;

pub use self::{
    folder::{FolderMailer, Mail, list, show},
    smtp::SmtpMailer,
};
use crate::config::{Config, ConfigError, MailTransport};

/// What takes letters over, as the configuration says.
///
/// # Errors
/// When mail has to leave and does not, or the mail server's certificate cannot be used.
pub fn mailer(config: &Config) -> Result<Arc<dyn Mailer>, ConfigError> {
    let mail = &config.mail;
    mail.check_profile(config.profile)?;
    Ok(match mail.transport {
        MailTransport::Folder => Arc::new(FolderMailer::new(mailbox_folder(config), mail)?),
        MailTransport::Smtp => Arc::new(SmtpMailer::new(mail)?),
    })
}

/// Where mail lies that does not leave.
pub fn mailbox_folder(config: &Config) -> PathBuf {
    let usual = || config.data_folder.join("mailbox");
    config.mail.folder.clone().unwrap_or_else(usual)
}
