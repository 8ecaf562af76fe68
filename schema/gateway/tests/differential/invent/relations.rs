//! `@requires` and `@provides`.

use super::Inventor;
use crate::{
    gaps,
    world::{Field, Kind, Place, World, base},
};

impl Inventor {
    /// Fields that are computed from what other subgraphs know; later ones may require earlier ones.
    pub(super) fn requirements(&mut self) {
        for name in self.names(Kind::Entity) {
            let ty = &self.world.types[&name];
            let homes = ty.homes.iter().copied().collect::<Vec<_>>();
            if homes.len() < 2 {
                continue;
            }
            for _ in 0..=self.dice.below(4) {
                let home = *self.dice.pick(&homes);
                let candidates = self.requirable(&name, home);
                if candidates.is_empty() {
                    continue;
                }
                let required = self.dice.some(&candidates, 1);
                self.require(&name, home, &required[..required.len().min(2)]);
            }
        }
    }

    /// Fields of an entity that `home` does not know and may require, with what to write for each.
    fn requirable(&mut self, name: &str, home: usize) -> Vec<(String, String)> {
        let ty = self.world.types[name].clone();
        let fields = ty.fields.values().filter(|field| {
            field.key.is_none()
                && (field.ty.nullable || !field.may_fail)
                && field.owners().any(|owner| ty.homes.contains(&owner))
                && field.owners().all(|owner| Some(owner) != ty.null_keyed)
                && field
                    .places
                    .get(&home)
                    .is_none_or(|place| place.is_external)
        });
        let fields = fields.cloned().collect::<Vec<_>>();
        let written = fields.into_iter().filter_map(|field| {
            let inner = self.inner_of(base(&field.ty), home)?;
            let arguments = self.constant_arguments(&field)?;
            Some((
                field.name.clone(),
                format!("{}{arguments}{inner}", field.name),
            ))
        });
        written.collect()
    }

    /// Selections inside a required field: leaves of value objects, by fragments where the type is not known.
    fn inner_of(&mut self, name: &str, home: usize) -> Option<String> {
        let Some(ty) = self.world.ty(name).cloned() else {
            return Some(String::new());
        };
        if !ty.homes.contains(&home) {
            return None;
        }
        match ty.kind {
            Kind::Value => Some(format!(" {{ {} }}", self.leaves(name)?)),
            Kind::Union | Kind::Interface => {
                let members = self.world.possible(name, Some(home));
                let all = self.world.possible(name, None);
                let is_plain = |one: &String| self.world.types[one].kind == Kind::Value;
                if members != all || !members.iter().all(is_plain) {
                    return None;
                }
                let parts = members.iter().filter_map(|member| {
                    let leaves = self.leaves(member)?;
                    Some(format!("... on {member} {{ {leaves} }}"))
                });
                Some(format!(" {{ {} }}", parts.collect::<Vec<_>>().join(" ")))
            }
            _ => None,
        }
    }

    fn leaves(&self, name: &str) -> Option<String> {
        let fields = self.world.types[name].fields.values();
        let leaves = fields.filter(|field| {
            !field.may_fail
                && field.arguments.is_empty()
                && self.world.ty(base(&field.ty)).is_none()
        });
        let leaves = leaves.map(|field| field.name.clone()).collect::<Vec<_>>();
        // Fields that two members of a union have in common may differ in type.
        let own = leaves
            .iter()
            .filter(|leaf| *leaf != "id")
            .cloned()
            .collect::<Vec<_>>();
        (!own.is_empty()).then(|| own.join(" "))
    }

    /// Constants for the arguments of a required field; nothing where there is none that one may write.
    fn constant_arguments(&mut self, field: &Field) -> Option<String> {
        let mut given = Vec::new();
        for argument in &field.arguments {
            let is_needed = !argument.ty.nullable && argument.default.is_none();
            let text = match argument.name.as_str() {
                "x" | "y" => Some("5"),
                "text" => Some("\"t\""),
                "id" if gaps::ID_LITERALS_IN_FIELD_SETS => Some("\"i\""),
                "mode" => Some("ON"),
                _ => None,
            };
            match text {
                Some(text) if is_needed || self.dice.once_in(2) => {
                    given.push(format!("{}: {text}", argument.name));
                }
                None if is_needed => return None,
                _ => {}
            }
        }
        Some(if given.is_empty() {
            String::new()
        } else {
            format!("({})", given.join(", "))
        })
    }

    fn require(&mut self, name: &str, home: usize, required: &[(String, String)]) {
        let scalar = self.scalar();
        let wrapped = self.wrapped(&scalar);
        let mut field = Field::new(&self.field_name(), &wrapped, [home]);
        let texts = required.iter().map(|(_, text)| text.as_str());
        field.requires = Some(texts.collect::<Vec<_>>().join(" "));
        field.may_fail = false;
        if self.dice.once_in(3) {
            field.arguments = self.arguments();
        }
        for (required, _) in required {
            mark_external(&mut self.world, name, required, home);
        }
        self.world.types[name].add(field);
    }

    /// Fields of entities that come along where they are met, though another subgraph owns them.
    pub(super) fn provisions(&mut self) {
        for name in self.names(Kind::Entity) {
            for field in self.world.types[&name].fields.clone().values() {
                let Some(home) = field.owners().next() else {
                    continue;
                };
                let target = base(&field.ty).to_owned();
                let is_entity = self
                    .world
                    .ty(&target)
                    .is_some_and(|ty| ty.kind == Kind::Entity);
                let is_here =
                    field.places.len() == 1 && self.world.types[&name].homes.contains(&home);
                if is_entity && is_here && self.dice.once_in(2) {
                    self.provide(&name, &field.name, home, &target);
                }
            }
        }
    }

    fn provide(&mut self, name: &str, field: &str, home: usize, target: &str) {
        let of_target = self.world.types[target].clone();
        let candidates = of_target.fields.values().filter(|one| {
            one.key.is_none()
                && one.requires.is_none()
                && self.world.ty(base(&one.ty)).is_none()
                && base(&one.ty) != "Color"
                && one
                    .owners()
                    .all(|owner| owner != home && Some(owner) != of_target.null_keyed)
                && one.owners().all(|owner| of_target.homes.contains(&owner))
                && one.places.get(&home).is_none_or(|place| place.is_external)
                && one.arguments.is_empty()
        });
        let names = candidates.map(|one| one.name.clone()).collect::<Vec<_>>();
        if names.is_empty() || !of_target.homes.contains(&home) {
            return;
        }
        let provided = self.dice.pick(&names).clone();
        mark_external(&mut self.world, target, &provided, home);
        self.world.types[target].fields[&provided].places[&home].is_provided = true;
        self.world.types[name].fields[field].places[&home].provides = Some(provided);
    }
}

fn mark_external(world: &mut World, ty: &str, field: &str, home: usize) {
    let place = Place {
        is_external: true,
        ..Place::default()
    };
    let places = &mut world.types[ty].fields[field].places;
    places.entry(home).or_insert(place);
}
