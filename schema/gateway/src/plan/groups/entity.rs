//! From one subgraph to another: how the entity is found there, and what the field requires.

use std::collections::BTreeSet;

use async_graphql::Name;

use super::{
    Ask, Change, Entity, Group, Item, PathStep, Planning, RequiredItem, Selections, Unplanned,
    ask::field_set,
    federation::Target,
    walk::{Local, Place, Planned, unreachable},
};
use crate::plan::RequiredField;

impl Planning<'_> {
    /// Asks another subgraph for the field, or the same subgraph once more where the field requires others.
    pub(super) fn elsewhere(&mut self, place: &Place, target: Target<'_>, ask: &Ask) -> Planned {
        let (mut required, mut wave) = self.key(place, target.graph, target.ty)?;
        if let Some(requires) = target.resolver.requires {
            let mut items = field_set(requires);
            self.name_apart(&mut items);
            wave = wave.max(self.fields(place, &items)?);
            required.extend(representation(&items, false));
        }
        let next = self.begin(place, target.graph, target.ty, required, wave + 1)?;
        if self.federation.is_object(target.graph, target.ty) {
            let local = Local::new(&target.resolver, Vec::new());
            self.select(&next, ask, &local)
        } else {
            self.fields(&next, &[Item::Field(ask.clone())])
        }
    }

    /// Asks a subgraph that knows the object by its own type for what depends on that.
    pub(super) fn with_type(&mut self, place: &Place, items: &[Item]) -> Planned {
        for graph in self.federation.knowing(&place.ty) {
            let found = self.attempt(|planning| {
                let (required, wave) = planning.key(place, graph, &place.ty)?;
                let next = planning.begin(place, graph, &place.ty, required, wave + 1)?;
                planning.add_type_name(&next)?;
                planning.fields(&next, items)
            })?;
            if let Some(wave) = found {
                return Ok(wave);
            }
        }
        Err(unreachable(&place.ty, "__typename"))
    }

    /// Whether a group has been begun that finds entities of the place in the target's subgraph by their key alone.
    pub(super) fn is_begun(&self, place: &Place, target: &Target<'_>) -> bool {
        let path = self.path(place);
        let mut groups = self.groups.iter();
        target.resolver.requires.is_none()
            && groups.any(|group| group.graph == target.graph && group.path == path)
    }

    /// Plans for a key by which the subgraph finds the entity; what it consists of, and when it is there.
    fn key(
        &mut self,
        place: &Place,
        graph: usize,
        ty: &str,
    ) -> Result<(Vec<RequiredItem>, usize), Unplanned> {
        let keys = self.federation.keys(graph, ty);
        let mut keys = keys.into_iter().map(field_set).collect::<Vec<_>>();
        for items in &mut keys {
            self.name_apart(items);
        }
        let at_hand = keys
            .iter()
            .find(|items| self.is_at_hand(place, &place.ty, items));
        if let Some(items) = at_hand {
            let wave = self.fields(place, items)?;
            return Ok((representation(items, true), wave));
        }
        let goal = (self.path(place), graph);
        if self.reaching.contains(&goal) {
            return Err(unreachable(ty, "@key"));
        }
        self.reaching.push(goal);
        for items in &keys {
            if let Some(wave) = self.attempt(|planning| planning.fields(place, items))? {
                self.reaching.pop();
                return Ok((representation(items, true), wave));
            }
        }
        self.reaching.pop();
        Err(unreachable(ty, "@key"))
    }

    /// Whether the subgraph at hand resolves all of a field set by itself.
    fn is_at_hand(&self, place: &Place, ty: &str, items: &[Item]) -> bool {
        let here = Place {
            ty: ty.to_owned(),
            ..place.clone()
        };
        items.iter().all(|item| match item {
            Item::Field(ask) => self.local(&here, &ask.name).is_some_and(|local| {
                let inner = Place {
                    provided: local.provided.clone(),
                    ..here.clone()
                };
                self.is_at_hand(&inner, &local.name, &ask.inner)
            }),
            Item::On(..) => false,
        })
    }

    /// The group of the subgraph at this place for entities that are found in this way.
    fn begin(
        &mut self,
        place: &Place,
        graph: usize,
        ty: &str,
        required: Vec<RequiredItem>,
        wave: usize,
    ) -> Result<Place, Unplanned> {
        self.add_type_name(place)?;
        let path = self.path(place);
        let entity = Entity {
            ty: ty.to_owned(),
            requires: vec![RequiredItem::OnType(place.ty.clone(), required)],
            is_renamed: self.federation.is_interface_object(graph, ty),
        };
        let known = self.groups.iter().position(|group| {
            let is_same = group.entity.as_ref() == Some(&entity);
            is_same && group.graph == graph && group.path == path
        });
        if known.is_none() {
            self.change(Change::Begin(Group {
                graph,
                path,
                entity: Some(entity),
                selections: Selections::default(),
                variables: BTreeSet::new(),
                wave,
            }))?;
        }
        Ok(Place {
            group: known.unwrap_or(self.groups.len() - 1),
            inside: Vec::new(),
            ty: ty.to_owned(),
            provided: Vec::new(),
        })
    }

    fn path(&self, place: &Place) -> Vec<PathStep> {
        let mut path = self.groups[place.group].path.clone();
        path.extend(place.inside.iter().cloned());
        path
    }

    /// Gives each choice of arguments a key of its own, so that one field may be required in several ways; objects that the
    /// client asks for too, so that null does not spread from the client's fields to what others need; and names that are
    /// the client's for something else, so that nobody takes errors of the one for errors of the other.
    fn name_apart(&mut self, items: &mut [Item]) {
        for item in items {
            match item {
                Item::Field(ask) => {
                    if !ask.arguments.is_empty()
                        || self.is_asked_object(ask)
                        || self.aliases.contains(&ask.key)
                    {
                        let own = format!("{}{} {:?}", ask.name, ask.arguments, ask.inner);
                        let next = self.required.len();
                        let known = self.required.entry(own);
                        let key = known.or_insert_with(|| format!("_required_{next}_{}", ask.name));
                        ask.key.clone_from(key);
                    }
                    self.name_apart(&mut ask.inner);
                }
                Item::On(_, inner) => self.name_apart(inner),
            }
        }
    }

    fn is_asked_object(&self, ask: &Ask) -> bool {
        !ask.inner.is_empty() && self.objects.contains(&ask.key)
    }
}

/// The field set as part of a representation.
fn representation(items: &[Item], is_key: bool) -> Vec<RequiredItem> {
    let items = items.iter().filter_map(|item| match item {
        Item::Field(ask) if ask.name == "__typename" => None,
        Item::Field(ask) => Some(RequiredItem::Field(RequiredField {
            read: ask.key.clone(),
            write: Name::new(&ask.name),
            is_key,
            items: representation(&ask.inner, is_key),
        })),
        Item::On(condition, inner) => Some(RequiredItem::OnType(
            condition.clone(),
            representation(inner, is_key),
        )),
    });
    items.collect()
}
