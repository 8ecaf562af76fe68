//! A plan for people: what is asked of whom, and in which order.

use async_graphql::{Name, Value};
use indexmap::IndexMap;

use super::{EntityInput, FetchStep, PathStep, Plan};

impl Plan {
    /// The plan as `extensions.queryPlan` shows it: waves one after another, in each the fetches that run side by side.
    pub(crate) fn describe(&self) -> Value {
        let waves = self
            .waves
            .iter()
            .map(|wave| Value::List(wave.iter().map(FetchStep::describe).collect()));
        object([("waves", Value::List(waves.collect()))])
    }

    /// The names of the subgraphs in the order in which they are asked, and nothing of what is asked: documents may hold
    /// personal data. Example: `"profile > case + order"`.
    pub(crate) fn summary(&self) -> String {
        let waves = self.waves.iter().map(|wave| {
            let names = wave.iter().map(|step| step.operation.subgraph.as_str());
            names.collect::<Vec<_>>().join(" + ")
        });
        waves.collect::<Vec<_>>().join(" > ")
    }
}

impl FetchStep {
    fn describe(&self) -> Value {
        let paths = self.inputs.iter().flat_map(EntityInput::described_paths);
        object([
            ("subgraph", Value::from(self.operation.subgraph.as_str())),
            ("entitiesAt", Value::List(paths.collect())),
            ("document", Value::from(self.operation.text.as_str())),
        ])
    }
}

impl EntityInput {
    fn described_paths(&self) -> impl Iterator<Item = Value> {
        self.paths.iter().map(|path| {
            let fields = path.iter().filter_map(PathStep::field);
            Value::from(fields.collect::<Vec<_>>().join("."))
        })
    }
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let named = fields.map(|(name, value)| (Name::new(name), value));
    Value::Object(IndexMap::from_iter(named))
}
