//! Fetches that failed: remembered until it is known which of the client's fields they leave empty.

use std::collections::{BTreeSet, HashSet};

use crate::response::{GraphQlError, PathSegment};

/// A fetch, or the part of it about one entity, that brought nothing.
#[derive(Debug)]
pub(super) struct Failure {
    /// Objects that were to be extended.
    pub(super) objects: HashSet<Vec<PathSegment>>,
    /// Keys they were to get.
    pub(super) keys: BTreeSet<String>,
    pub(super) error: GraphQlError,
    is_told: bool,
}

/// All failures of one request, and what was not found in it.
#[derive(Debug, Default)]
pub(super) struct Failures {
    failures: Vec<Failure>,
    /// Objects that a subgraph was asked about and does not know, or does not show to this caller.
    missing: HashSet<Vec<PathSegment>>,
}

impl Failures {
    pub(super) fn add(
        &mut self,
        objects: HashSet<Vec<PathSegment>>,
        keys: BTreeSet<String>,
        error: GraphQlError,
    ) {
        self.failures.push(Failure {
            objects,
            keys,
            error,
            is_told: false,
        });
    }

    /// Notes that a subgraph answered null for this object, and gave no error.
    pub(super) fn miss(&mut self, object: Vec<PathSegment>) {
        self.missing.insert(object);
    }

    /// Whether a subgraph does not know this object.
    pub(super) fn is_missing(&self, object: &[PathSegment]) -> bool {
        self.missing.contains(object)
    }

    /// The error for a field that the response has no value for: that of the fetch which was to bring it, or of one
    /// about the same object that was to prepare it.
    pub(super) fn explain(&mut self, object: &[PathSegment], key: &str) -> Option<GraphQlError> {
        let about = |failure: &Failure| failure.objects.contains(object);
        let index = self
            .failures
            .iter()
            .position(|failure| failure.keys.contains(key) && about(failure))
            .or_else(|| self.failures.iter().position(about))?;
        let failure = &mut self.failures[index];
        failure.is_told = true;
        Some(failure.error.clone())
    }

    /// Failures that no field has told of, such as those of fetches that only prepare others.
    pub(super) fn untold(self) -> impl Iterator<Item = GraphQlError> {
        self.failures
            .into_iter()
            .filter(|failure| !failure.is_told)
            .map(|failure| {
                let mut error = failure.error;
                if let Some(path) = failure.objects.into_iter().min_by_key(|path| order(path)) {
                    error.path = path;
                }
                error
            })
    }
}

/// Sets have no order and errors should: the first in the response is the one to name.
fn order(path: &[PathSegment]) -> Vec<(usize, String)> {
    path.iter()
        .map(|segment| match segment {
            PathSegment::Index(index) => (*index, String::new()),
            PathSegment::Key(key) => (0, key.to_string()),
        })
        .collect()
}
