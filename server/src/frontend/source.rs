//! Where built frontends lie: in the binary, or in a folder while somebody works on them.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::Context;
use rust_embed::RustEmbed;

use super::descriptor::Descriptor;
use crate::config::FrontendConfig;

const DESCRIPTOR: &str = "frontend.json";

#[derive(RustEmbed)]
#[folder = "../frontends/dist"]
#[allow_missing = true]
struct Embedded;

/// Where built frontends lie.
#[derive(Clone, Debug)]
pub enum Source {
    /// In the binary.
    Embedded,
    /// In a folder, as `frontends/dist`: `<name>/<version>/<file>`.
    Folder(PathBuf),
}

impl Source {
    /// The folder of the configuration, or else the binary.
    pub fn of(config: &FrontendConfig) -> Self {
        config.folder.clone().map_or(Self::Embedded, Self::Folder)
    }

    /// When something was built here last; the binary never changes.
    pub fn stamp(&self) -> Duration {
        let Self::Folder(folder) = self else {
            return Duration::ZERO;
        };
        let changed = descriptors_in(folder).unwrap_or_default().into_iter();
        let changed = changed.filter_map(|file| std::fs::metadata(file).ok()?.modified().ok());
        changed
            .filter_map(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok())
            .max()
            .unwrap_or_default()
    }

    /// Every descriptor there is, in the order of names.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn descriptors(&self) -> anyhow::Result<Vec<Descriptor>> {
        let texts = match self {
            Self::Embedded => {
                let names = Embedded::iter().filter(|path| path.ends_with(DESCRIPTOR));
                let mut texts: Vec<_> = names
                    .filter_map(|path| {
                        let file = Embedded::get(&path)?;
                        Some((path.into_owned(), file.data.into_owned()))
                    })
                    .collect();
                texts.sort();
                texts
            }
            Self::Folder(folder) => descriptors_in(folder)?
                .into_iter()
                .map(|path| Ok((path.display().to_string(), std::fs::read(&path)?)))
                .collect::<anyhow::Result<_>>()?,
        };
        texts
            .into_iter()
            .map(|(path, text)| Descriptor::parse(&text).context(path))
            .collect()
    }

    /// The bytes of one file, `<name>/<version>/<file>`, as it is or as Brotli has packed it.
    pub fn read(&self, path: &str, is_packed: bool) -> Option<Vec<u8>> {
        let path = if is_packed {
            format!("{path}.br")
        } else {
            path.to_owned()
        };
        match self {
            Self::Embedded => Embedded::get(&path).map(|file| file.data.into_owned()),
            Self::Folder(folder) => std::fs::read(folder.join(path)).ok(),
        }
    }
}

fn descriptors_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for name in folders_of(folder)? {
        for version in folders_of(&name)? {
            let file = version.join(DESCRIPTOR);
            if file.is_file() {
                found.push(file);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn folders_of(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.is_dir()).collect())
}
