//! Worlds from seeds.

mod entities;
mod fields;
mod interfaces;
mod relations;
mod roots;

use std::ops::Range;

use crate::{
    dice::Dice,
    world::{Field, Kind, Type, World},
};

impl World {
    /// The world of a seed.
    pub(crate) fn invent(seed: u64) -> Self {
        let mut inventor = Inventor::new(seed);
        inventor.value_types();
        inventor.entities();
        inventor.interfaces();
        inventor.unions();
        inventor.entity_fields();
        inventor.requirements();
        inventor.provisions();
        inventor.roots();
        inventor.world
    }
}

struct Inventor {
    dice: Dice,
    world: World,
    /// Numbers fields, so that no two of them have one name by accident.
    next: usize,
    /// A subgraph without entities of its own, which may know some by an interface.
    reserved: Option<usize>,
}

impl Inventor {
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let subgraphs = 2 + dice.below(4);
        let mut values = |common: [&str; 2], prefix: &str| {
            let of = |home: usize| {
                let mut values = common.map(str::to_owned).to_vec();
                if dice.once_in(2) {
                    values.push(format!("{prefix}{home}"));
                }
                values
            };
            (0..subgraphs).map(of).collect::<Vec<_>>()
        };
        let colors = values(["RED", "GREEN"], "C");
        let modes = values(["ON", "OFF"], "M");
        Self {
            world: World {
                seed,
                subgraphs,
                types: indexmap::IndexMap::new(),
                colors,
                modes,
            },
            reserved: (subgraphs > 2 && dice.once_in(2)).then_some(subgraphs - 1),
            dice,
            next: 0,
        }
    }

    fn all(&self) -> Range<usize> {
        0..self.world.subgraphs
    }

    fn homes(&mut self, least: usize) -> Vec<usize> {
        let all = self.all().collect::<Vec<_>>();
        self.dice.some(&all, least.min(all.len()))
    }

    fn field_name(&mut self) -> String {
        self.next += 1;
        format!("f{}", self.next)
    }

    fn add(&mut self, ty: Type) {
        self.world.types.insert(ty.name.clone(), ty);
    }

    fn names(&self, kind: Kind) -> Vec<String> {
        let types = self.world.types.values().filter(|ty| ty.kind == kind);
        types.map(|ty| ty.name.clone()).collect()
    }

    /// Objects without identity, the same in all who know them, some behind an interface.
    fn value_types(&mut self) {
        for number in 0..2 + self.dice.below(2) {
            let homes = self.homes(2);
            let mut ty = Type::new(&format!("V{number}"), Kind::Value, homes.clone());
            ty.add(Field::new("tag", "String", homes.clone()));
            ty.add(Field::new("id", "Int!", homes.clone()));
            for _ in 0..=self.dice.below(3) {
                let scalar = self.scalar();
                let wrapped = self.wrapped(&scalar);
                let mut field = Field::new(&self.field_name(), &wrapped, homes.clone());
                field.may_fail = self.dice.once_in(3);
                if self.dice.once_in(4) {
                    field.arguments = self.arguments();
                }
                ty.add(field);
            }
            self.add(ty);
        }
        let mut shape = Type::new("Shape", Kind::Interface, []);
        for name in self.names(Kind::Value) {
            let homes = &self.world.types[&name].homes;
            shape
                .members
                .extend(homes.iter().map(|home| (*home, name.clone())));
            shape.homes.extend(homes);
        }
        let homes = shape.homes.iter().copied().collect::<Vec<_>>();
        shape.add(Field::new("tag", "String", homes));
        self.add(shape);
    }
}
