//! What one fetch selects, as it grows.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::Name;

use super::{
    super::{KeyRename, PathStep},
    Unplanned,
    ask::Ask,
};

/// The selections on one value.
#[derive(Debug, Clone, Default)]
pub(super) struct Selections {
    fields: Vec<Selected>,
    on: BTreeMap<String, Self>,
}

#[derive(Debug, Clone)]
struct Selected {
    /// The key in the response.
    key: String,
    /// The key in the answer of the subgraph.
    asked_as: String,
    name: String,
    arguments: String,
    /// The type in the subgraph, for fields that must not be taken for each other.
    ty: String,
    is_object: bool,
    inner: Selections,
}

impl Selections {
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.on.values().all(Self::is_empty)
    }

    /// The selections that `inside` leads to.
    pub(super) fn at(&mut self, inside: &[PathStep]) -> Option<&mut Self> {
        let mut here = self;
        for step in inside {
            here = match step {
                PathStep::Field(key) => {
                    let mut fields = here.fields.iter_mut();
                    &mut fields.find(|field| field.key == *key)?.inner
                }
                PathStep::OnType(names) => here.on.entry(names.first()?.clone()).or_default(),
            };
        }
        Some(here)
    }

    pub(super) fn add_type_name(&mut self) {
        if self.fields.iter().any(|field| field.key == "__typename") {
            return;
        }
        let name = "__typename".to_owned();
        let selected = Selected {
            key: name.clone(),
            asked_as: name.clone(),
            name,
            arguments: String::new(),
            ty: "String!".to_owned(),
            is_object: false,
            inner: Self::default(),
        };
        self.fields.insert(0, selected);
    }

    /// Selects a field, whose type in the subgraph is `ty`; what is inside it comes later.
    pub(super) fn add(
        &mut self,
        inside: &[PathStep],
        ask: &Ask,
        ty: &str,
        is_object: bool,
    ) -> Result<(), Unplanned> {
        let is_fragment = |step: &PathStep| matches!(step, PathStep::OnType(_));
        let fragments = inside
            .iter()
            .rev()
            .take_while(|step| is_fragment(step))
            .count();
        let lost = || Unplanned::Conflict(ask.key.clone());
        let level = self
            .at(&inside[..inside.len() - fragments])
            .ok_or_else(lost)?;
        let mut others = Vec::new();
        level.named(&ask.key, &mut others);
        let is_alone = others.iter().all(|other| other.ty == ty && !is_object);
        let taken = others.len();
        let here = self.at(inside).ok_or_else(lost)?;
        if let Some(known) = here.fields.iter().find(|field| field.key == ask.key) {
            let is_same = known.name == ask.name && known.arguments == ask.arguments;
            return is_same.then_some(()).ok_or_else(lost);
        }
        // Fields of different objects may share a key in the client's eyes while the subgraph knows them by types that
        // must not share one.
        let asked_as = if is_alone {
            ask.key.clone()
        } else {
            format!("_{taken}_{}", ask.key)
        };
        here.fields.push(Selected {
            key: ask.key.clone(),
            asked_as,
            name: ask.name.clone(),
            arguments: ask.arguments.clone(),
            ty: ty.to_owned(),
            is_object,
            inner: Self::default(),
        });
        Ok(())
    }

    /// The fields of this level that have the key, in whatever fragment.
    fn named<'s>(&'s self, key: &str, found: &mut Vec<&'s Selected>) {
        found.extend(self.fields.iter().filter(|field| field.key == key));
        for inner in self.on.values() {
            inner.named(key, found);
        }
    }

    /// The keys of this level.
    pub(super) fn keys(&self) -> BTreeSet<String> {
        let own = self.fields.iter().map(|field| field.key.clone());
        own.chain(self.on.values().flat_map(Self::keys)).collect()
    }

    /// What the answer has to be renamed to, outermost keys first.
    pub(super) fn renames(&self) -> Vec<KeyRename> {
        let mut renames = Vec::new();
        self.note_renames(&mut Vec::new(), &mut renames);
        renames
    }

    fn note_renames(&self, path: &mut Vec<PathStep>, renames: &mut Vec<KeyRename>) {
        for field in &self.fields {
            if field.asked_as != field.key {
                path.push(PathStep::Field(field.asked_as.clone()));
                renames.push(KeyRename {
                    path: path.clone(),
                    to: Name::new(&field.key),
                });
                path.pop();
            }
            path.push(PathStep::Field(field.key.clone()));
            field.inner.note_renames(path, renames);
            path.pop();
        }
        for (name, inner) in &self.on {
            path.push(PathStep::OnType(BTreeSet::from([name.clone()])));
            inner.note_renames(path, renames);
            path.pop();
        }
    }

    /// The selections as a document writes them, braces included.
    pub(super) fn write(&self, text: &mut String) {
        text.push('{');
        self.write_inside(text);
        if self.is_empty() {
            text.push_str("__typename");
        }
        text.push('}');
    }

    fn write_inside(&self, text: &mut String) {
        let mut is_first = true;
        for field in &self.fields {
            if !std::mem::take(&mut is_first) {
                text.push(' ');
            }
            if field.asked_as != field.name {
                text.push_str(&field.asked_as);
                text.push_str(": ");
            }
            text.push_str(&field.name);
            text.push_str(&field.arguments);
            if field.is_object {
                field.inner.write(text);
            }
        }
        for (name, inner) in self.on.iter().filter(|(_, inner)| !inner.is_empty()) {
            if !std::mem::take(&mut is_first) {
                text.push(' ');
            }
            text.push_str("...on ");
            text.push_str(name);
            inner.write(text);
        }
    }
}
