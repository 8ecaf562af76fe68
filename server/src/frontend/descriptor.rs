//! `frontend.json`: what a build says of itself.

use std::collections::BTreeMap;

use anyhow::{bail, ensure};
use serde::{Deserialize, Serialize};

/// The version of this contract that is understood.
const CONTRACT: u32 = 1;

/// What a build is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The frame around every frontend.
    Shell,
    /// Modules that the others share.
    Shared,
    /// Something that people open.
    Frontend,
}

/// What a build says of itself. Unknown keys are for others to read.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    /// The version of the contract.
    pub contract: u32,
    /// What it is for.
    pub kind: Kind,
    /// Its name, which is a segment of the URLs of its files: `"cases"`.
    pub name: String,
    /// Its version, which is the next segment: `"1.4.2"`.
    pub version: String,
    /// The first segment of the paths that it shows: `"/cases"`. Frontends alone have one.
    #[serde(default)]
    pub route: Option<String>,
    /// What people call it, by language.
    #[serde(default)]
    pub title: BTreeMap<String, String>,
    /// The name of its icon.
    #[serde(default)]
    pub icon: Option<String>,
    /// Where it stands in the navigation; smaller comes first.
    #[serde(default)]
    pub order: i32,
    /// Who may open it.
    #[serde(default)]
    pub requires: Requirement,
    /// Which of its files begin something, by name.
    pub entries: BTreeMap<String, String>,
    /// Which of its files hold its texts, by language.
    #[serde(default)]
    pub locales: BTreeMap<String, String>,
    /// Which parts of other frontends' pages it fills.
    #[serde(default)]
    pub slots: Vec<Slot>,
    /// Its style sheets.
    #[serde(default)]
    pub css: Vec<String>,
    /// Every file, by name.
    pub files: BTreeMap<String, BuiltFile>,
    /// Which module names it provides, by which entry. Shared builds alone do.
    #[serde(default)]
    pub provides: BTreeMap<String, String>,
    /// The documents that it sends, by id.
    #[serde(default)]
    pub operations: BTreeMap<String, String>,
    /// What it needs of the content security policy.
    #[serde(default)]
    pub csp: PolicyNeeds,
}

/// Scopes that somebody needs: all of one list, and one of the other. An empty list asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// Every one of these.
    #[serde(default)]
    pub all_of: Vec<String>,
    /// At least one of these.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// Kinds of people: `"staff"`, `"customer"`, `"device"`. Everybody when there are none.
    #[serde(default)]
    pub kinds: Vec<String>,
}

impl Requirement {
    /// Whether somebody of a kind meets it with the scopes of which `has` knows.
    pub fn is_met(&self, kind: &str, has: impl Fn(&str) -> bool) -> bool {
        let of_kind = self.kinds.is_empty() || self.kinds.iter().any(|one| one == kind);
        let of_any = self.any_of.is_empty() || self.any_of.iter().any(|scope| has(scope));
        of_kind && of_any && self.all_of.iter().all(|scope| has(scope))
    }
}

/// A part of a page that a frontend fills.
#[derive(Clone, Debug, Deserialize)]
pub struct Slot {
    /// Whose page, and which part: `"customer.aside"`.
    pub slot: String,
    /// The entry that fills it.
    pub entry: String,
    /// Who sees it.
    #[serde(default)]
    pub requires: Requirement,
    /// Smaller comes first.
    #[serde(default)]
    pub order: i32,
}

/// One file of a build.
#[derive(Clone, Debug, Deserialize)]
pub struct BuiltFile {
    /// Its hash, as Subresource Integrity writes it: `"sha384-…"`.
    pub integrity: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its size when Brotli has packed it; such a file lies beside it. `None` where packing does not help.
    #[serde(default)]
    pub br: Option<u64>,
    /// The files of the same build that it needs at once.
    #[serde(default)]
    pub imports: Vec<String>,
    /// The module names of shared builds that it needs.
    #[serde(default)]
    pub external: Vec<String>,
}

/// What a build needs of the content security policy.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyNeeds {
    /// Hashes of style elements that its libraries make.
    #[serde(default)]
    pub style_hashes: Vec<String>,
}

impl Descriptor {
    /// Reads a descriptor and checks what can be checked of it alone.
    ///
    /// # Errors
    /// When it is no descriptor, of another contract, or names a file that it does not list.
    pub fn parse(text: &[u8]) -> anyhow::Result<Self> {
        let descriptor: Self = serde_json::from_slice(text)?;
        descriptor.check()?;
        Ok(descriptor)
    }

    fn check(&self) -> anyhow::Result<()> {
        ensure!(
            self.contract == CONTRACT,
            "its contract is {}; {CONTRACT} is understood",
            self.contract
        );
        for segment in [&self.name, &self.version] {
            ensure!(is_segment(segment), "`{segment}` cannot stand in a URL");
        }
        let named = self.entries.values().chain(&self.css);
        for file in named.chain(self.locales.values()) {
            ensure!(self.files.contains_key(file), "it does not list {file}");
        }
        for entry in self
            .provides
            .values()
            .chain(self.slots.iter().map(|slot| &slot.entry))
        {
            ensure!(
                self.entries.contains_key(entry),
                "it has no entry `{entry}`"
            );
        }
        self.check_files()?;
        match (self.kind, &self.route) {
            (Kind::Frontend, Some(route))
                if route.strip_prefix('/').is_some_and(is_segment)
                    && self.entries.contains_key("main") =>
            {
                Ok(())
            }
            (Kind::Frontend, _) => {
                bail!("a frontend has a route of one segment and an entry `main`")
            }
            (Kind::Shell, _) if !self.entries.contains_key("main") => {
                bail!("a shell has an entry `main`")
            }
            (Kind::Shell | Kind::Shared, _) => Ok(()),
        }
    }

    fn check_files(&self) -> anyhow::Result<()> {
        for (name, file) in &self.files {
            ensure!(is_segment(name), "`{name}` is no file name");
            ensure!(
                file.integrity.starts_with("sha384-") && !file.integrity.contains(['"', '<', ' ']),
                "{name} has no hash of SHA-384"
            );
            for import in &file.imports {
                ensure!(
                    self.files.contains_key(import),
                    "{name} imports {import}, which it does not list"
                );
            }
        }
        Ok(())
    }

    /// The URL of one of its files.
    pub fn url(&self, file: &str) -> String {
        format!("/_f/{}/{}/{file}", self.name, self.version)
    }

    /// The URL of one of its entries.
    pub fn entry_url(&self, entry: &str) -> Option<String> {
        self.entries.get(entry).map(|file| self.url(file))
    }
}

fn is_segment(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('.')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}
