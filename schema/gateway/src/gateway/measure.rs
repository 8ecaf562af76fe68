//! How often operations are asked for, how they came out and how long they took: by name, and by a bounded number of names.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use async_graphql::Value;

use crate::{response::GraphQlResponse, subgraph::OperationKind};

/// How many names are told apart besides those that the host knows.
const MOST_NAMES: usize = 200;

/// The label of an operation without a name, and that of one with a name too many.
const ANONYMOUS: &str = "anonymous";
const OTHER: &str = "other";

/// The names of operations that metrics tell apart. Whoever asks chooses the name, and each costs memory here and at
/// whoever keeps the metrics: so those that the host knows count, and the first 200 others that were executed.
#[derive(Debug, Default)]
pub struct OperationNames {
    known: HashSet<Arc<str>>,
    seen: RwLock<HashSet<Arc<str>>>,
}

impl OperationNames {
    /// With these names, however many they are: those of trusted documents.
    pub fn knowing(names: impl IntoIterator<Item = String>) -> Self {
        Self {
            known: names.into_iter().map(Arc::from).collect(),
            seen: RwLock::default(),
        }
    }

    /// The label for a name. `may_learn` says whether it may become one of the first.
    fn label(&self, name: Option<&str>, may_learn: bool) -> metrics::SharedString {
        let Some(name) = name else {
            return ANONYMOUS.into();
        };
        if let Some(known) = self.known.get(name).cloned().or_else(|| self.seen(name)) {
            return known.into();
        }
        let learned = may_learn.then(|| self.learn(name)).flatten();
        learned.map_or(OTHER.into(), Into::into)
    }

    fn seen(&self, name: &str) -> Option<Arc<str>> {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        seen.get(name).cloned()
    }

    fn learn(&self, name: &str) -> Option<Arc<str>> {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains(name) && seen.len() == MOST_NAMES {
            return None;
        }
        seen.insert(name.into());
        seen.get(name).cloned()
    }
}

/// How a request came out: the label `outcome`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Without errors.
    Answered,
    /// With errors, and data.
    Partly,
    /// With errors, and no data that is not null.
    Failed,
    /// Nothing was executed.
    Refused,
}

impl Outcome {
    pub(super) fn of(response: &GraphQlResponse) -> Self {
        match &response.data {
            None => Self::Refused,
            Some(_) if response.errors.is_empty() => Self::Answered,
            Some(Value::Null) => Self::Failed,
            Some(_) => Self::Partly,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Partly => "partly",
            Self::Failed => "failed",
            Self::Refused => "refused",
        }
    }
}

/// Counts a request that is over.
pub(super) fn count(names: &OperationNames, name: Option<&str>, outcome: Outcome) {
    // What is refused costs next to nothing to send: it fills no room.
    let label = names.label(name, outcome != Outcome::Refused);
    metrics::counter!("jetbridge_operation_requests_total", "operation" => label, "outcome" => outcome.as_str())
        .increment(1);
}

/// Measures a query or a mutation that was executed.
pub(super) fn time(names: &OperationNames, name: Option<&str>, took: Duration) {
    let label = names.label(name, true);
    metrics::histogram!("jetbridge_operation_duration_seconds", "operation" => label).record(took);
}

/// Measures what the gateway did, whatever its name.
pub(super) fn time_kind(kind: Option<OperationKind>, start: Instant) {
    let kind = kind.map_or("refused", OperationKind::as_str);
    metrics::histogram!("jetbridge_gateway_operation_duration_seconds", "kind" => kind)
        .record(start.elapsed());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_names_are_told_apart_and_no_more() {
        let names = OperationNames::knowing(["Trusted".to_owned()]);
        assert_eq!(&*names.label(Some("Refused"), false), OTHER);
        for number in 0..MOST_NAMES {
            let name = format!("Name{number}");
            assert_eq!(&*names.label(Some(&name), true), name);
        }
        assert_eq!(&*names.label(Some("OneMore"), true), OTHER);
        assert_eq!(&*names.label(Some("Name7"), false), "Name7");
        assert_eq!(&*names.label(Some("Trusted"), false), "Trusted");
        assert_eq!(&*names.label(None, true), ANONYMOUS);
    }
}
