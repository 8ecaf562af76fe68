//! From field to field.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Ask, Change, Item, PathStep, Planning, Unplanned, ask::field_set, federation::Resolver,
};

/// How many steps a plan may take. Only graphs that lead nowhere in many ways take more.
const MOST_STEPS: usize = 5_000;

/// How deep selections, fragments and requirements may lie in one another. Requirements in a circle have no end.
const MOST_DEPTH: usize = 100;

/// A value that is being planned for.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) group: usize,
    /// From the group's own objects to the value.
    pub(super) inside: Vec<PathStep>,
    pub(super) ty: String,
    /// What came along by `@provides`.
    pub(super) provided: Vec<Item>,
}

/// A field that the subgraph at hand resolves by itself.
pub(super) struct Local {
    /// Its type in the subgraph as text, and the name inside it.
    ty: String,
    pub(super) name: String,
    pub(super) provided: Vec<Item>,
}

/// When it will be there: after the wave of this number.
pub(super) type Planned = Result<usize, Unplanned>;

impl Planning<'_> {
    /// Fields of an object of type `ty`, each key once.
    pub(super) fn collect(&self, ty: &str, items: &[Item], asked: &mut Vec<Ask>) {
        for item in items {
            match item {
                Item::Field(ask) => match asked.iter_mut().find(|one| one.key == ask.key) {
                    Some(known) => known.inner.extend(ask.inner.iter().cloned()),
                    None => asked.push(ask.clone()),
                },
                Item::On(condition, inner) if self.federation.satisfies(ty, condition) => {
                    self.collect(ty, inner, asked);
                }
                Item::On(..) => {}
            }
        }
    }

    /// Plans selections on one value.
    pub(super) fn fields(&mut self, place: &Place, items: &[Item]) -> Planned {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.depth == MOST_DEPTH {
            return Err(Unplanned::TooLarge);
        }
        self.depth += 1;
        let planned = self.inside(place, items);
        self.depth -= 1;
        planned
    }

    fn inside(&mut self, place: &Place, items: &[Item]) -> Planned {
        if self.federation.is_root(&place.ty) {
            return Err(Unplanned::NestedRoot);
        }
        if self.federation.is_object(self.graph(place), &place.ty) {
            self.of_object(place, items)
        } else {
            self.of_abstract(place, items)
        }
    }

    fn of_object(&mut self, place: &Place, items: &[Item]) -> Planned {
        let is_interface = self.federation.is_interface(&place.ty);
        let preferred = self.preferred(place, items);
        let mut wave = self.groups[place.group].wave;
        // What only the subgraphs can tell that know the object by its own type.
        let mut unknown = Vec::new();
        for item in items {
            let planned = match item {
                Item::Field(ask) if ask.name == "__typename" && is_interface => {
                    unknown.push(item.clone());
                    continue;
                }
                Item::Field(ask) if ask.name == "__typename" => {
                    self.add_type_name(place)?;
                    continue;
                }
                Item::Field(ask) => self.field(place, ask, &preferred)?,
                Item::On(condition, inner) if is_interface => {
                    if !self.federation.covers(condition, &place.ty) {
                        unknown.push(item.clone());
                        continue;
                    }
                    self.fields(place, inner)?
                }
                Item::On(condition, inner) if self.federation.satisfies(&place.ty, condition) => {
                    self.fields(place, inner)?
                }
                Item::On(..) => continue,
            };
            wave = wave.max(planned);
        }
        if unknown.is_empty() {
            return Ok(wave);
        }
        Ok(wave.max(self.with_type(place, &unknown)?))
    }

    /// The subgraphs by how many of these fields they could resolve, which the one at hand does not.
    fn preferred(&self, place: &Place, items: &[Item]) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for item in items {
            let Item::Field(ask) = item else { continue };
            if self.local(place, &ask.name).is_some() {
                continue;
            }
            let targets = self
                .federation
                .targets(self.graph(place), &place.ty, &ask.name);
            for target in targets {
                *counts.entry(target.graph).or_default() += 1;
            }
        }
        counts
    }

    /// Plans one field of an object, in the first way that leads anywhere.
    fn field(&mut self, place: &Place, ask: &Ask, preferred: &BTreeMap<usize, usize>) -> Planned {
        if let Some(local) = self.local(place, &ask.name)
            && let Some(wave) = self.attempt(|planning| planning.select(place, ask, &local))?
        {
            return Ok(wave);
        }
        let graph = self.graph(place);
        let mut targets = self.federation.targets(graph, &place.ty, &ask.name);
        targets.sort_by_key(|target| {
            let preference = preferred.get(&target.graph).copied();
            (
                !self.is_begun(place, target),
                Reverse(preference.unwrap_or_default()),
            )
        });
        for target in targets {
            if let Some(wave) = self.attempt(|planning| planning.elsewhere(place, target, ask))? {
                return Ok(wave);
            }
        }
        let parts = ask.parts();
        if parts.len() < 2 {
            return Err(unreachable(&place.ty, &ask.name));
        }
        let mut wave = self.groups[place.group].wave;
        for part in parts {
            wave = wave.max(self.field(place, &part, preferred)?);
        }
        Ok(wave)
    }

    /// Fields of an interface or a union: together where that is possible, else type by type.
    fn of_abstract(&mut self, place: &Place, items: &[Item]) -> Planned {
        let mut wave = self.groups[place.group].wave;
        for item in items {
            let planned = match item {
                Item::Field(ask) if ask.name == "__typename" => {
                    self.add_type_name(place)?;
                    continue;
                }
                Item::Field(ask) => self.shared(place, ask)?,
                Item::On(condition, inner) if *condition == place.ty => {
                    self.fields(place, inner)?
                }
                Item::On(condition, inner) => self.on_each(place, condition, inner)?,
            };
            wave = wave.max(planned);
        }
        Ok(wave)
    }

    fn shared(&mut self, place: &Place, ask: &Ask) -> Planned {
        let graph = self.graph(place);
        let possible = self.federation.possible(graph, &place.ty);
        let is_local = |ty: &str| {
            let resolver = self.federation.resolver(graph, ty, &ask.name);
            resolver.is_some_and(|resolver| resolver.requires.is_none())
        };
        if let Some(local) = self.local(place, &ask.name)
            && possible.iter().all(|ty| is_local(ty))
            && let Some(wave) = self.attempt(|planning| planning.select(place, ask, &local))?
        {
            return Ok(wave);
        }
        for target in self.federation.targets(graph, &place.ty, &ask.name) {
            let is_object = self.federation.is_object(target.graph, target.ty);
            if is_object
                && let Some(wave) =
                    self.attempt(|planning| planning.elsewhere(place, target, ask))?
            {
                return Ok(wave);
            }
        }
        let inner = [Item::Field(ask.clone())];
        self.on_each(place, &place.ty, &inner)
    }

    /// The same for each type that a value here may have and that satisfies the condition.
    fn on_each(&mut self, place: &Place, condition: &str, items: &[Item]) -> Planned {
        let mut wave = self.groups[place.group].wave;
        for ty in self.federation.possible(self.graph(place), &place.ty) {
            if !self.federation.satisfies(ty, condition) {
                continue;
            }
            self.add_type_name(place)?;
            let mut inner = place.clone();
            inner
                .inside
                .push(PathStep::OnType(BTreeSet::from([ty.to_owned()])));
            ty.clone_into(&mut inner.ty);
            wave = wave.max(self.fields(&inner, items)?);
        }
        Ok(wave)
    }

    /// Selects a field in the group of the place, and what is asked for inside it.
    pub(super) fn select(&mut self, place: &Place, ask: &Ask, local: &Local) -> Planned {
        self.change(Change::Select {
            group: place.group,
            inside: place.inside.clone(),
            ask: Ask {
                inner: Vec::new(),
                ..ask.clone()
            },
            ty: local.ty.clone(),
            is_object: !ask.inner.is_empty(),
        })?;
        if ask.inner.is_empty() {
            return Ok(self.groups[place.group].wave);
        }
        let mut inner = Place {
            group: place.group,
            inside: place.inside.clone(),
            ty: local.name.clone(),
            provided: local.provided.clone(),
        };
        inner.inside.push(PathStep::Field(ask.key.clone()));
        let wave = self.fields(&inner, &ask.inner)?;
        let selections = self.groups[place.group].selections.at(&inner.inside);
        if selections.is_some_and(|selections| selections.is_empty()) {
            self.add_type_name(&inner)?;
        }
        Ok(wave)
    }

    /// How the subgraph at hand resolves the field, if it needs nobody else for that.
    pub(super) fn local(&self, place: &Place, name: &str) -> Option<Local> {
        let graph = self.graph(place);
        let (resolver, _) = self.federation.declared(graph, &place.ty, name)?;
        let provided = self.provided(place, name);
        let is_local = provided.is_some()
            || self
                .federation
                .resolver(graph, &place.ty, name)
                .is_some_and(|own| own.requires.is_none());
        is_local.then(|| Local::new(&resolver, provided.unwrap_or_default()))
    }

    fn provided(&self, place: &Place, name: &str) -> Option<Vec<Item>> {
        let mut asked = Vec::new();
        self.collect(&place.ty, &place.provided, &mut asked);
        let found = asked.into_iter().find(|ask| ask.name == name);
        found.map(|ask| ask.inner)
    }

    pub(super) fn add_type_name(&mut self, place: &Place) -> Result<(), Unplanned> {
        self.change(Change::SelectTypeName {
            group: place.group,
            inside: place.inside.clone(),
        })
    }

    pub(super) fn graph(&self, place: &Place) -> usize {
        self.groups[place.group].graph
    }
}

impl Local {
    pub(super) fn new(resolver: &Resolver<'_>, mut provided: Vec<Item>) -> Self {
        let more = resolver.provides.map(field_set);
        provided.extend(more.unwrap_or_default());
        Self {
            ty: resolver.ty.to_string(),
            name: resolver.ty.inner_type().to_owned(),
            provided,
        }
    }
}

pub(super) fn unreachable(ty: &str, field: &str) -> Unplanned {
    Unplanned::Unreachable {
        ty: ty.to_owned(),
        field: field.to_owned(),
    }
}
