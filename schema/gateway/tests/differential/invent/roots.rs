//! Where queries and mutations begin.

use async_graphql::parser::types::Type as Ty;

use super::Inventor;
use crate::world::{Argument, Field, Kind, Type};

impl Inventor {
    pub(super) fn roots(&mut self) {
        let mut query = Type::new("Query", Kind::Root, self.all());
        for home in self.all() {
            for _ in 0..2 + self.dice.below(2) {
                let others = self.all().collect::<Vec<_>>();
                let homes = if self.dice.once_in(4) {
                    others
                } else {
                    vec![home]
                };
                query.add(self.field(&homes, None));
            }
        }
        // Each entity can be met somewhere, alone and in a list.
        for name in self.names(Kind::Entity) {
            let homes = self.world.types[&name].homes.clone();
            let homes = homes
                .into_iter()
                .filter(|home| self.world.may_return(&name, *home));
            let homes = homes.collect::<Vec<_>>();
            let lower = name.to_lowercase();
            let mut one = Field::new(&lower, &name, [*self.dice.pick(&homes)]);
            one.arguments = self.arguments();
            query.add(one);
            query.add(Field::new(
                &format!("{lower}s"),
                &format!("[{name}!]!"),
                [*self.dice.pick(&homes)],
            ));
        }
        query.add(Field::new("version", "Int!", self.all()));
        for field in query.fields.values_mut() {
            field.is_inaccessible = false;
        }
        self.add(query);
        self.mutations();
    }

    fn mutations(&mut self) {
        let mut mutation = Type::new("Mutation", Kind::Root, self.all());
        for home in self.all() {
            let mut bump = Field::new(&format!("bump{home}"), "Int!", [home]);
            bump.arguments.push(Argument {
                name: "by".to_owned(),
                ty: Ty::new("Int!").unwrap(),
                default: None,
            });
            mutation.add(bump);
            let mut change = self.field(&[home], None);
            change.is_inaccessible = false;
            mutation.add(change);
        }
        self.add(mutation);
    }
}
