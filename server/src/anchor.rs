//! Anchors of the audit log: what it held at moments, signed, in a file of their own.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use schema_kernel::{
    Database,
    audit::{self, Anchor},
};

use crate::{App, auth::signing, auth::signing::SigningKeys, config::Config};

/// What anchors are, in their headers.
const KIND: &str = "jetbridge-audit-anchor+jwt";

/// Where anchors stand, and the keys that sign them.
#[derive(Clone, Debug)]
pub struct Anchors {
    file: PathBuf,
    keys: PathBuf,
}

impl Anchors {
    /// Those of this installation: `audit-anchors.txt` in the data folder, one a line. Keep a copy where whoever can change
    /// the database cannot change it.
    pub fn of(config: &Config) -> Self {
        Self {
            file: config.data_folder.join("audit-anchors.txt"),
            keys: config.auth.signing_keys_folder(&config.data_folder),
        }
    }

    /// Every anchor, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it was not signed by this installation.
    pub fn read(&self) -> anyhow::Result<Vec<Anchor>> {
        if !self.file.exists() {
            return Ok(Vec::new());
        }
        let shown = || format!("{}", self.file.display());
        let text = std::fs::read_to_string(&self.file).with_context(shown)?;
        let lines = text.lines().enumerate();
        lines
            .map(|(index, line)| {
                let anchor = signing::stated(&self.keys, KIND, line);
                anchor.with_context(|| format!("{}, line {}", self.file.display(), index + 1))
            })
            .collect()
    }

    /// Adds one, and comes back when it is on the disk.
    ///
    /// # Errors
    /// When it cannot be signed or written.
    pub fn add(&self, anchor: &Anchor) -> anyhow::Result<()> {
        let at = chrono::DateTime::from_timestamp_millis(anchor.at_millis).unwrap_or_default();
        let line = SigningKeys::in_folder(&self.keys, at)?.state(&self.keys, KIND, anchor, at)?;
        append(&self.file, &line).with_context(|| format!("{}", self.file.display()))
    }

    /// Anchors the newest record, unless it is anchored; says which that is.
    ///
    /// # Errors
    /// When the database fails, or the anchor cannot be written.
    pub async fn anchor(
        &self,
        database: &Database,
        now: chrono::DateTime<chrono::Utc>,
    ) -> anyhow::Result<Option<Anchor>> {
        let Some(newest) = audit::newest(database, now.timestamp_millis()).await? else {
            return Ok(None);
        };
        let known = self.read()?;
        if known
            .last()
            .is_some_and(|last| last.sequence == newest.sequence)
        {
            return Ok(None);
        }
        if let Some(last) = known.last() {
            ensure!(
                last.sequence < newest.sequence,
                "the audit log ends at {}, and {} was anchored: records are missing",
                newest.sequence,
                last.sequence
            );
        }
        self.add(&newest)?;
        Ok(Some(newest))
    }
}

fn append(file: &Path, line: &str) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)?;
    writeln!(file, "{line}")?;
    file.sync_data()
}

/// Anchors the log of a running process. What goes wrong is logged, and tried again with the next one.
pub async fn anchor(app: &App) {
    let Some(log) = app.audit() else { return };
    let anchors = Anchors::of(app.config());
    if let Err(error) = anchors.anchor(log.database(), app.clock().now()).await {
        tracing::error!(
            error = format!("{error:#}"),
            "the audit log could not be anchored"
        );
    }
}
