use std::{
    fmt::Write as _,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use futures_util::future::BoxFuture;
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use schema_engagement::courier::{Letter, Mailer, Rejection};

use super::message::{Sender, message};
use crate::config::{ConfigError, MailConfig};

/// Where a letter is while it is being written.
const UNFINISHED: &str = "tmp";

/// Lays letters into a folder, each as one file that any mail program opens (RFC 5322). A file is there whole or not at all.
#[derive(Debug)]
pub struct FolderMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FolderMailer {
    /// For this folder, which is made with the first letter.
    ///
    /// # Errors
    /// When the sender of the configuration is no mailbox.
    pub fn new(folder: PathBuf, config: &MailConfig) -> Result<Self, ConfigError> {
        let sender = Sender {
            from: config.from()?,
            reply_to: config.reply_to()?,
        };
        Ok(Self { folder, sender })
    }

    async fn lay(&self, letter: &Letter) -> Result<(), Rejection> {
        let bytes = message(&self.sender, letter)?.formatted();
        // The same letter always has the same name: laid twice, it is there once.
        let name = format!(
            "{}-{}.eml",
            letter.written_at.format("%Y%m%dT%H%M%S"),
            letter.id
        );
        let folder = self.folder.clone();
        let laid = tokio::task::spawn_blocking(move || lay(&folder, &name, &bytes)).await;
        match laid {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the mailbox folder cannot be written to");
                Err(Rejection::Away)
            }
            Err(_) => Err(Rejection::Interrupted),
        }
    }
}

impl Mailer for FolderMailer {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Rejection>> {
        Box::pin(self.lay(letter))
    }
}

fn lay(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = folder.join(UNFINISHED);
    // Mail is about persons: nobody but its owner reads it.
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&unfinished)?;
    let begun = unfinished.join(name);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&begun)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(begun, folder.join(name))
}

/// What is shown of a mail in a list.
#[derive(Debug, serde::Serialize)]
pub struct Mail {
    /// The name by which it is shown: its file without the ending.
    pub name: String,
    /// When it was written, as it says itself.
    pub date: String,
    /// To whom.
    pub to: String,
    /// The subject.
    pub subject: String,
}

/// The mails in a folder, the oldest first.
///
/// # Errors
/// When the folder is there and cannot be read.
pub fn list(folder: &Path) -> anyhow::Result<Vec<Mail>> {
    names(folder)?
        .into_iter()
        .map(|name| {
            let bytes = read(folder, &name)?;
            let mail = parse_mail(&bytes).with_context(|| format!("{name} is no mail"))?;
            let header = |key: &str| mail.headers.get_first_value(key).unwrap_or_default();
            Ok(Mail {
                date: header("Date"),
                to: header("To"),
                subject: header("Subject"),
                name,
            })
        })
        .collect()
}

/// One mail as text for people: the headers they read, and the plain part, or the page of HTML. `name` may be the beginning
/// or the end of its name, as long as it is the only one.
///
/// # Errors
/// When there is no such mail, or more than one.
pub fn show(folder: &Path, name: &str, is_html: bool) -> anyhow::Result<String> {
    let all = names(folder)?;
    let fits = |other: &&String| other.starts_with(name) || other.ends_with(name);
    let found: Vec<&String> = all.iter().filter(fits).collect();
    let name = match found.as_slice() {
        [only] => only,
        [] => bail!("there is no mail \"{name}\" in {}", folder.display()),
        several => bail!("{} mails fit \"{name}\"; write more of it", several.len()),
    };
    let bytes = read(folder, name)?;
    let mail = parse_mail(&bytes).with_context(|| format!("{name} is no mail"))?;
    if is_html {
        return part(&mail, "text/html");
    }
    let mut text = String::new();
    for key in ["Date", "From", "To", "Subject", "Message-ID"] {
        let value = mail.headers.get_first_value(key).unwrap_or_default();
        let _ = writeln!(text, "{key}: {value}");
    }
    Ok(format!("{text}\n{}", part(&mail, "text/plain")?))
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> anyhow::Result<String> {
    let part = mail.parts().find(|part| part.ctype.mimetype == kind);
    let part = part.with_context(|| format!("the mail has no part of the type {kind}"))?;
    Ok(part.get_body()?)
}

fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("{} cannot be read", folder.display()));
        }
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".eml").map(str::to_owned));
    }
    names.sort_unstable();
    Ok(names)
}

fn read(folder: &Path, name: &str) -> anyhow::Result<Vec<u8>> {
    let file = folder.join(format!("{name}.eml"));
    std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn letter(id: &str) -> Letter {
        Letter {
            id: id.to_owned(),
            name: "أمل".to_owned(),
            address: "amal@example.com".to_owned(),
            subject: "Flight EK46 is cancelled".to_owned(),
            text: "Dear Amal,\n".to_owned(),
            html: "<p>Dear Amal,</p>".to_owned(),
            language: "en",
            written_at: "2026-11-20T08:00:00Z".parse().unwrap(),
        }
    }

    #[tokio::test]
    async fn a_letter_lies_there_once_and_can_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("mailbox");
        assert!(list(&folder).unwrap().is_empty());
        let config = Config::from_toml("").unwrap();
        let mailer = FolderMailer::new(folder.clone(), &config.mail).unwrap();
        for id in ["one", "one", "two"] {
            mailer.send(&letter(id)).await.unwrap();
        }

        let mails = list(&folder).unwrap();
        let names: Vec<&str> = mails.iter().map(|mail| mail.name.as_str()).collect();
        assert_eq!(names, ["20261120T080000-one", "20261120T080000-two"]);
        assert_eq!(mails[0].subject, "Flight EK46 is cancelled");
        assert_eq!(mails[0].to, "\"أمل\" <amal@example.com>".replace('"', ""));
        let text = show(&folder, "one", false).unwrap();
        assert!(text.contains("Message-ID: <one@jetbridge.invalid>") && text.contains("Dear Amal"));
        assert!(show(&folder, "one", true).unwrap().contains("<p>"));
        assert!(show(&folder, "2026", false).is_err());
        assert!(show(&folder, "three", false).is_err());
        assert!(folder.join("tmp").read_dir().unwrap().next().is_none());
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_to_is_away() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let config = Config::from_toml("").unwrap();
        let mailer = FolderMailer::new(file.path().join("mailbox"), &config.mail).unwrap();
        assert_eq!(mailer.send(&letter("one")).await, Err(Rejection::Away));
    }
}
