//! Interfaces over entities, in one of two forms, and unions.

use std::collections::BTreeSet;

use super::Inventor;
use crate::world::{Field, Kind, Place, Type};

impl Inventor {
    pub(super) fn interfaces(&mut self) {
        let entities = self.world.types.values().filter(|ty| {
            ty.kind == Kind::Entity && ty.fields.contains_key("id") && ty.null_keyed.is_none()
        });
        let entities = entities.map(|ty| ty.name.clone()).collect::<Vec<_>>();
        if entities.len() < 2 || self.dice.once_in(8) {
            return;
        }
        let members = self.dice.some(&entities, 2);
        let homes_of = |name: &String| {
            let ty = &self.world.types[name];
            let by_id = ty.keys.iter().filter(|(_, key)| key == "id");
            by_id.map(|(home, _)| *home).collect::<BTreeSet<_>>()
        };
        let shared = members.iter().map(homes_of).reduce(|a, b| &a & &b);
        let shared = shared.unwrap_or_default().into_iter().collect::<Vec<_>>();
        if shared.is_empty() {
            return;
        }
        let home = *self.dice.pick(&shared);
        let anywhere = members
            .iter()
            .flat_map(|name| &self.world.types[name].homes);
        let anywhere = anywhere.copied().collect::<BTreeSet<_>>();
        let elsewhere = self.all().filter(|one| !anywhere.contains(one));
        let elsewhere = elsewhere.collect::<Vec<_>>();
        if !elsewhere.is_empty() && !self.dice.once_in(4) {
            self.entity_interface(home, &members, &elsewhere);
        } else {
            self.plain_interface(&shared, home, &members);
        }
    }

    /// Several subgraphs know the interface, one of them more of it than the others.
    fn plain_interface(&mut self, shared: &[usize], home: usize, members: &[String]) {
        let mut homes = self.dice.some(shared, 1);
        if !homes.contains(&home) {
            homes.push(home);
        }
        let mut interface = Type::new("Node", Kind::Interface, homes.clone());
        for home in &homes {
            interface
                .members
                .extend(members.iter().map(|name| (*home, name.clone())));
        }
        interface.add(Field::new("id", "ID!", homes));
        self.common_field(&mut interface, home, members);
        self.add(interface);
    }

    /// Another subgraph adds fields to all members by the interface alone.
    fn entity_interface(&mut self, home: usize, members: &[String], elsewhere: &[usize]) {
        let other = *self.dice.pick(elsewhere);
        let mut interface = Type::new("Node", Kind::Interface, [home]);
        interface.members = members.iter().map(|name| (home, name.clone())).collect();
        interface.interface_objects.insert(other);
        interface.keys = vec![(home, "id".to_owned()), (other, "id".to_owned())];
        interface.add(Field::new("id", "ID!", [home, other]));
        interface.fields["id"].key = Some(crate::world::KeyPart::Id);
        self.common_field(&mut interface, home, members);
        for _ in 0..=self.dice.below(2) {
            let scalar = self.scalar();
            let wrapped = self.wrapped(&scalar);
            let mut field = Field::new(&self.field_name(), &wrapped, [other]);
            field.may_fail = self.dice.once_in(4);
            for member in members {
                self.world.types[member].add(field.clone());
            }
            interface.add(field);
        }
        self.add(interface);
    }

    /// A field that the interface promises and each member has.
    fn common_field(&mut self, interface: &mut Type, home: usize, members: &[String]) {
        let name = self.returnable(home);
        let wrapped = self.wrapped(&name);
        let mut field = Field::new(&self.field_name(), &wrapped, [home]);
        field.may_fail = self.dice.once_in(4);
        if self.dice.once_in(3) {
            field.arguments = self.arguments();
        }
        for member in members {
            self.world.types[member].add(field.clone());
        }
        field.places[&home] = Place::default();
        interface.add(field);
    }

    pub(super) fn unions(&mut self) {
        for number in 0..=self.dice.below(2) {
            let mut union = Type::new(&format!("U{number}"), Kind::Union, []);
            for home in self.homes(1) {
                let known = self.world.types.values().filter(|ty| {
                    matches!(ty.kind, Kind::Entity | Kind::Value)
                        && !ty.name.starts_with("Ref")
                        && self.world.may_return(&ty.name, home)
                });
                let known = known.map(|ty| ty.name.clone()).collect::<Vec<_>>();
                if known.len() < 2 {
                    continue;
                }
                let members = self.dice.some(&known, 2);
                union
                    .members
                    .extend(members.into_iter().map(|name| (home, name)));
                union.homes.insert(home);
            }
            if !union.homes.is_empty() {
                self.add(union);
            }
        }
    }
}
