//! Fields with types, arguments and owners.

use async_graphql::parser::types::Type as Ty;

use super::Inventor;
use crate::world::{Argument, Field, Kind, Place};

const SCALARS: &[&str] = &[
    "Int", "Float", "String", "Boolean", "ID", "Color", "Size", "Blob",
];

impl Inventor {
    pub(super) fn scalar(&mut self) -> String {
        (*self.dice.pick(SCALARS)).to_owned()
    }

    /// The type, in lists and non-null by chance.
    pub(super) fn wrapped(&mut self, name: &str) -> String {
        let mut text = name.to_owned();
        for _ in 0..[0, 0, 0, 1, 1, 2, 3][self.dice.below(7)] {
            if self.dice.once_in(3) {
                text.push('!');
            }
            text = format!("[{text}]");
        }
        if self.dice.once_in(3) {
            text.push('!');
        }
        text
    }

    pub(super) fn arguments(&mut self) -> Vec<Argument> {
        const KNOWN: &[(&str, &str, Option<&str>)] = &[
            ("x", "Int", Some("3")),
            ("y", "Int!", Some("4")),
            ("text", "String", None),
            ("id", "ID!", None),
            ("filter", "Filter", None),
            ("wanted", "Filter!", Some("{n: 1, mode: ON}")),
            ("mode", "Mode", Some("OFF")),
            ("size", "Size!", Some("M")),
            ("grid", "[[Int!]]", None),
        ];
        let mut some = self.dice.some(KNOWN, 1);
        if !self.dice.once_in(3) {
            // Field sets of `@requires` may mention a field only where no `ID` is needed.
            some.retain(|(name, ..)| *name != "id");
        }
        some.into_iter()
            .map(|(name, ty, default)| Argument {
                name: name.to_owned(),
                ty: Ty::new(ty).unwrap(),
                default,
            })
            .collect()
    }

    /// A type that `home` may return.
    pub(super) fn returnable(&mut self, home: usize) -> String {
        let composite = self.world.types.values().filter(|ty| {
            ty.kind != Kind::Root
                && !ty.name.starts_with("Ref")
                && self.world.may_return(&ty.name, home)
        });
        let composite = composite.map(|ty| ty.name.clone()).collect::<Vec<_>>();
        if composite.is_empty() || self.dice.once_in(2) {
            self.scalar()
        } else {
            self.dice.pick(&composite).clone()
        }
    }

    /// A field of one home, or of several where what it returns lives in all of them.
    pub(super) fn field(&mut self, homes: &[usize], null_keyed: Option<usize>) -> Field {
        let home = *self.dice.pick(homes);
        let name = self.returnable(home);
        let wrapped = self.wrapped(&name);
        let mut field = Field::new(&self.field_name(), &wrapped, [home]);
        field.may_fail = self.dice.once_in(4);
        field.is_inaccessible = self.dice.once_in(12);
        if self.dice.once_in(3) {
            field.arguments = self.arguments();
        }
        if null_keyed == Some(home) {
            field.ty.nullable = true;
            return field;
        }
        let others = homes.iter().copied().filter(|other| {
            *other != home && Some(*other) != null_keyed && self.is_same_in(&name, *other)
        });
        let others = others.collect::<Vec<_>>();
        if !others.is_empty() && self.dice.once_in(3) {
            self.share(&mut field, home, &others);
        }
        field
    }

    /// Whether a value of this type may come from any of those who know it.
    fn is_same_in(&self, name: &str, home: usize) -> bool {
        let is_abstract = self
            .world
            .ty(name)
            .is_some_and(crate::world::Type::is_abstract);
        !is_abstract && self.world.may_return(name, home)
    }

    fn share(&mut self, field: &mut Field, home: usize, others: &[usize]) {
        let other = *self.dice.pick(others);
        if self.dice.once_in(3) {
            field.places[&home].is_overridden = true;
            let place = Place {
                overrides: Some(home),
                ..Place::default()
            };
            field.places.insert(other, place);
        } else {
            field.places[&home].is_shareable = true;
            let place = Place {
                is_shareable: true,
                ..Place::default()
            };
            field.places.insert(other, place);
        }
    }

    pub(super) fn entity_fields(&mut self) {
        for name in self.names(Kind::Entity) {
            let ty = &self.world.types[&name];
            let homes = ty.homes.iter().copied().collect::<Vec<_>>();
            let null_keyed = ty.null_keyed;
            for _ in 0..homes.len() + 1 + self.dice.below(3) {
                let field = self.field(&homes, null_keyed);
                self.world.types[&name].add(field);
            }
        }
    }
}
