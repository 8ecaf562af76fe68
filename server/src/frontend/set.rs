//! The frontends that are served together, and what of them one session gets.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    time::Duration,
};

use anyhow::{Context, ensure};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    descriptor::{Descriptor, Kind},
    source::Source,
    viewer::Viewer,
};

/// The frontends that are served together.
#[derive(Debug, Default)]
pub struct FrontendSet {
    descriptors: Vec<Descriptor>,
    /// Module name → where its build stands in the list, and its file.
    provided: BTreeMap<String, (usize, String)>,
    revision: String,
    stamp: Duration,
}

/// What one session gets of a set.
#[derive(Clone, Debug)]
pub struct Composition {
    /// The import map, with the hash of every file.
    pub map: String,
    /// URL and hash of every style sheet of the first paint.
    pub styles: Vec<(String, String)>,
    /// URL and hash of every module of the first paint, so that none waits for another.
    pub preloads: Vec<(String, String)>,
    /// URL and hash of the shell.
    pub shell: (String, String),
    /// The URL of the icon.
    pub icon: Option<String>,
    /// What the shell is told of the frontends.
    pub frontends: Vec<Value>,
    /// Hashes of style elements that the policy lets through.
    pub style_hashes: Vec<String>,
}

#[derive(Serialize)]
struct ImportMap {
    imports: BTreeMap<String, String>,
    integrity: BTreeMap<String, String>,
}

impl FrontendSet {
    /// Reads everything that lies in a source.
    ///
    /// # Errors
    /// When a descriptor cannot be read, two of them claim the same thing, or one needs what nobody provides.
    pub fn read(source: &Source) -> anyhow::Result<Self> {
        let stamp = source.stamp();
        let mut set = Self::of(source.descriptors()?)?;
        set.stamp = stamp;
        Ok(set)
    }

    /// Puts builds together.
    ///
    /// # Errors
    /// When two of them claim the same thing, or one needs what nobody provides.
    pub fn of(mut descriptors: Vec<Descriptor>) -> anyhow::Result<Self> {
        descriptors.sort_by(|one, other| (one.order, &one.name).cmp(&(other.order, &other.name)));
        let mut provided = BTreeMap::new();
        let mut claimed = BTreeSet::new();
        for (index, one) in descriptors.iter().enumerate() {
            for claim in std::iter::once(&one.name).chain(&one.route) {
                ensure!(
                    claimed.insert(claim.clone()),
                    "`{claim}` is claimed twice, the second time by {} {}",
                    one.name,
                    one.version
                );
            }
            for (module, entry) in &one.provides {
                let file = one.entries[entry].clone();
                let before = provided.insert(module.clone(), (index, file));
                ensure!(before.is_none(), "the module `{module}` is provided twice");
            }
        }
        let set = Self {
            revision: revision(&descriptors),
            descriptors,
            provided,
            stamp: Duration::ZERO,
        };
        set.check_needs()?;
        Ok(set)
    }

    fn check_needs(&self) -> anyhow::Result<()> {
        for one in &self.descriptors {
            for (name, file) in &one.files {
                for module in &file.external {
                    ensure!(
                        self.provided.contains_key(module),
                        "{} {}: {name} needs `{module}`, which nobody provides",
                        one.name,
                        one.version
                    );
                }
            }
        }
        let shells = self.of_kind(Kind::Shell).count();
        ensure!(
            shells == 1 || self.descriptors.is_empty(),
            "there is one shell, and here are {shells}"
        );
        Ok(())
    }

    /// Every build.
    pub fn descriptors(&self) -> &[Descriptor] {
        &self.descriptors
    }

    /// Changes whenever one of the builds does.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// When it was built last, where it lies in a folder.
    pub(super) fn stamp(&self) -> Duration {
        self.stamp
    }

    /// The frontend that shows a path, by its first segment; `None` where none does.
    pub fn owner_of(&self, path: &str) -> Option<&Descriptor> {
        let first = path.split('/').nth(1)?;
        self.of_kind(Kind::Frontend).find(|one| {
            one.route
                .as_deref()
                .is_some_and(|route| &route[1..] == first)
        })
    }

    /// Whether a file is one of a build of this set; gives its size when packed, where it was.
    pub fn packed(&self, path: &str) -> Option<bool> {
        let mut segments = path.splitn(3, '/');
        let (name, version) = (segments.next()?, segments.next()?);
        let file = segments.next()?;
        let one = self
            .descriptors
            .iter()
            .find(|one| one.name == name && one.version == version)?;
        one.files.get(file).map(|file| file.br.is_some())
    }

    /// What somebody gets: the frontends they may open, and the modules of the first paint of `path` in `language`.
    ///
    /// # Errors
    /// When there is no shell: nothing was built.
    pub fn compose(
        &self,
        viewer: &Viewer,
        path: &str,
        language: &str,
    ) -> anyhow::Result<Composition> {
        let shell = self
            .of_kind(Kind::Shell)
            .next()
            .context("nothing was built")?;
        let allowed: Vec<&Descriptor> = self
            .of_kind(Kind::Frontend)
            .filter(|one| viewer.meets(&one.requires))
            .collect();
        let owner = self
            .owner_of(path)
            .filter(|owner| allowed.iter().any(|one| one.name == owner.name));
        let begun: Vec<&Descriptor> = std::iter::once(shell).chain(owner).collect();
        let preloads = self.first_paint(&begun, language);
        let styled = self.of_kind(Kind::Shared).chain(begun);
        let styles = styled.flat_map(|one| one.css.iter().map(|file| located(one, file)));
        let map = self.import_map(shell, &allowed)?;
        Ok(Composition {
            map,
            styles: styles.collect(),
            preloads,
            shell: located(shell, &shell.entries["main"]),
            icon: icon_of(shell),
            frontends: allowed.iter().map(|one| told(one, viewer)).collect(),
            style_hashes: self
                .descriptors
                .iter()
                .flat_map(|one| one.csp.style_hashes.clone())
                .collect(),
        })
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Descriptor> {
        self.descriptors.iter().filter(move |one| one.kind == kind)
    }

    fn import_map(&self, shell: &Descriptor, allowed: &[&Descriptor]) -> anyhow::Result<String> {
        let named = self.of_kind(Kind::Shared).chain([shell]);
        let integrity = named
            .chain(allowed.iter().copied())
            .flat_map(|one| one.files.keys().map(|file| located(one, file)))
            .filter(|(url, _)| url.ends_with(".js"))
            .collect();
        let imports = self.provided.iter().map(|(module, (index, file))| {
            let url = self.descriptors[*index].url(file);
            (module.clone(), url)
        });
        let map = ImportMap {
            imports: imports.collect(),
            integrity,
        };
        // Nothing in it may end the element that it stands in.
        Ok(serde_json::to_string(&map)?.replace('<', "\\u003c"))
    }

    /// Every module that the entries need before anything is shown, with the texts of one language.
    fn first_paint(&self, begun: &[&Descriptor], language: &str) -> Vec<(String, String)> {
        let mut found = BTreeMap::new();
        let mut open: Vec<(&Descriptor, &str)> = Vec::new();
        for one in begun {
            let texts = one.locales.get(language).into_iter();
            let files = texts.chain(one.entries.get("main"));
            open.extend(files.map(|file| (*one, file.as_str())));
        }
        while let Some((one, name)) = open.pop() {
            let (url, integrity) = located(one, name);
            let Some(file) = one.files.get(name) else {
                continue;
            };
            if found.insert(url, integrity).is_some() {
                continue;
            }
            open.extend(file.imports.iter().map(|import| (one, import.as_str())));
            let shared = file
                .external
                .iter()
                .filter_map(|name| self.provided.get(name));
            open.extend(shared.map(|(index, file)| (&self.descriptors[*index], file.as_str())));
        }
        found.into_iter().collect()
    }
}

fn located(one: &Descriptor, file: &str) -> (String, String) {
    let integrity = one
        .files
        .get(file)
        .map(|file| file.integrity.clone())
        .unwrap_or_default();
    (one.url(file), integrity)
}

fn icon_of(shell: &Descriptor) -> Option<String> {
    let icon = shell
        .files
        .keys()
        .find(|file| file.starts_with("icon-") && file.ends_with(".svg"))?;
    Some(shell.url(icon))
}

fn told(one: &Descriptor, viewer: &Viewer) -> Value {
    let css = one.css.iter().map(|file| {
        let (href, integrity) = located(one, file);
        json!({ "href": href, "integrity": integrity })
    });
    let slots = one
        .slots
        .iter()
        .filter(|slot| viewer.meets(&slot.requires))
        .map(|slot| {
            json!({ "slot": slot.slot, "entry": one.entry_url(&slot.entry), "order": slot.order })
        });
    json!({
        "name": one.name,
        "version": one.version,
        "route": one.route,
        "title": one.title,
        "icon": one.icon,
        "order": one.order,
        "entry": one.entry_url("main"),
        "css": css.collect::<Vec<_>>(),
        "slots": slots.collect::<Vec<_>>(),
    })
}

fn revision(descriptors: &[Descriptor]) -> String {
    let mut hash = Sha256::new();
    for one in descriptors {
        hash.update(&one.name);
        hash.update(&one.version);
        for file in one.files.values() {
            hash.update(&file.integrity);
        }
    }
    let digest = hash.finalize();
    digest
        .iter()
        .take(6)
        .fold(String::with_capacity(12), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
