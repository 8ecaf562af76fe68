//! What people see: the page that begins every frontend, and their files.
//!
//! The server writes one page for each session. It names the modules of the frontends that the session may open, in one
//! import map with the hash of every file, and the browser does the rest: it loads what the map names and refuses
//! everything else. Which frontends there are is data (`frontend.json`, one for each); nothing here knows any of them.

pub mod asset;
pub mod descriptor;
pub mod development;
mod page;
mod policy;
mod preference;
pub mod report;
mod set;
mod source;
mod viewer;

use std::sync::{Arc, RwLock};

use anyhow::Context;
use axum::{Router, routing::get, routing::post};

pub use self::{
    descriptor::{Descriptor, Kind},
    page::{manifest, page, revision, session},
    set::{Composition, FrontendSet},
    source::Source,
};
use crate::{App, config::FrontendConfig, graph::documents::Documents};

/// The frontends of this process.
#[derive(Debug)]
pub struct Frontends {
    source: Source,
    current: RwLock<Arc<FrontendSet>>,
}

impl Frontends {
    /// Reads the frontends of the folder that the configuration names, or those that were compiled in. There may be none.
    ///
    /// # Errors
    /// When a descriptor cannot be read, or two of them contradict each other.
    pub fn load(config: &FrontendConfig) -> anyhow::Result<Self> {
        let source = Source::of(config);
        let set = FrontendSet::read(&source).context("the frontends cannot be served")?;
        Ok(Self {
            source,
            current: RwLock::new(Arc::new(set)),
        })
    }

    /// The frontends of this moment. Those of a folder are read again when they were built again; a set that cannot be
    /// served is not taken up.
    pub fn current(&self) -> Arc<FrontendSet> {
        let current = self
            .current
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone();
        if self.source.stamp() == current.stamp() {
            return current;
        }
        match FrontendSet::read(&self.source) {
            Ok(set) => {
                let set = Arc::new(set);
                let mut current = self
                    .current
                    .write()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                *current = Arc::clone(&set);
                set
            }
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "frontends were not taken up");
                current
            }
        }
    }

    /// One file of the current set, as it was built; `None` where no descriptor names it.
    pub fn file(&self, path: &str, is_packed: bool) -> Option<Vec<u8>> {
        self.source.read(path, is_packed)
    }

    /// Makes the documents of the frontends trusted: they are known by id, and may be sent by whoever may send no others.
    ///
    /// # Errors
    /// When a document is not what its id says.
    pub fn trust(&self, documents: &mut Documents) -> anyhow::Result<()> {
        let set = self.current();
        for descriptor in set.descriptors() {
            let kinds = &descriptor.requires.kinds;
            let is_for_devices = kinds.iter().any(|kind| kind == "device");
            for (id, body) in &descriptor.operations {
                documents
                    .trust(id, body, is_for_devices)
                    .with_context(|| format!("the frontend {}", descriptor.name))?;
            }
        }
        Ok(())
    }
}

/// The paths of the frontends. Every other path that a browser asks a page for is the page too: see [`page`].
pub fn router(app: &App) -> Router {
    let router = Router::new()
        .route("/", get(page))
        .route("/_app/manifest", get(manifest))
        .route("/_app/revision", get(revision))
        .route("/_app/session", get(session))
        .route("/_app/reports", post(report::take))
        .route("/_f/{*path}", get(asset::serve));
    let router = if development::is_offered(app) {
        router.merge(development::router())
    } else {
        router
    };
    router.with_state(app.clone())
}

#[cfg(test)]
mod tests;
