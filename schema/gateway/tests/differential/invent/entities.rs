//! Entities and their keys: single, several, compound, nested, and null for some.

use super::Inventor;
use crate::world::{Field, KeyPart, Kind, Type};

impl Inventor {
    pub(super) fn entities(&mut self) {
        for number in 0..2 + self.dice.below(4) {
            let all = self.all().filter(|home| Some(*home) != self.reserved);
            let all = all.collect::<Vec<_>>();
            let homes = self.dice.some(&all, 1);
            let ty = Type::new(&format!("E{number}"), Kind::Entity, homes.clone());
            match self.dice.below(6) {
                0 => self.several_keys(ty, &homes),
                1 => self.compound_key(ty, &homes),
                2 => self.nested_key(ty, &homes),
                3 if homes.len() > 1 => self.null_key(ty, &homes),
                _ => self.single_key(ty, &homes),
            }
        }
    }

    fn single_key(&mut self, mut ty: Type, homes: &[usize]) {
        ty.add(key("id", "ID!", homes, KeyPart::Id));
        ty.keys = homes.iter().map(|home| (*home, "id".to_owned())).collect();
        self.add(ty);
    }

    /// One home knows both keys, the others one of them.
    fn several_keys(&mut self, mut ty: Type, homes: &[usize]) {
        let (mut by_id, mut by_code) = (vec![homes[0]], vec![homes[0]]);
        for home in &homes[1..] {
            if self.dice.once_in(2) {
                by_id.push(*home);
            } else {
                by_code.push(*home);
            }
        }
        ty.add(key("id", "ID!", &by_id, KeyPart::Id));
        ty.add(key("code", "String!", &by_code, KeyPart::Code));
        ty.keys = by_id.iter().map(|home| (*home, "id".to_owned())).collect();
        let codes = by_code.iter().map(|home| (*home, "code".to_owned()));
        ty.keys.extend(codes);
        self.add(ty);
    }

    fn compound_key(&mut self, mut ty: Type, homes: &[usize]) {
        ty.add(key("high", "Int!", homes, KeyPart::High));
        ty.add(key("low", "Int!", homes, KeyPart::Low));
        let keys = homes.iter().map(|home| (*home, "high low".to_owned()));
        ty.keys = keys.collect();
        self.add(ty);
    }

    fn nested_key(&mut self, mut ty: Type, homes: &[usize]) {
        let name = format!("Ref{}", ty.name);
        let mut inner = Type::new(&name, Kind::Value, homes.to_vec());
        inner.add(key("no", "Int!", homes, KeyPart::Number));
        self.add(inner);
        ty.add(key("low", "Int!", homes, KeyPart::Low));
        ty.add(key("ref", &format!("{name}!"), homes, KeyPart::Nested));
        let keys = homes
            .iter()
            .map(|home| (*home, "low ref { no }".to_owned()));
        ty.keys = keys.collect();
        self.add(ty);
    }

    /// The last home knows its entities by a code that some of them have not got.
    fn null_key(&mut self, mut ty: Type, homes: &[usize]) {
        let (last, others) = (homes[homes.len() - 1], &homes[..homes.len() - 1]);
        ty.add(key("id", "ID!", others, KeyPart::Id));
        ty.add(key("code", "String", &[homes[0], last], KeyPart::Code));
        ty.keys = others.iter().map(|home| (*home, "id".to_owned())).collect();
        ty.keys.push((homes[0], "code".to_owned()));
        ty.keys.push((last, "code".to_owned()));
        ty.null_keyed = Some(last);
        self.add(ty);
    }
}

fn key(name: &str, ty: &str, homes: &[usize], part: KeyPart) -> Field {
    let field = Field::new(name, ty, homes.to_vec()).with_key(part);
    let places = field.places.into_iter().map(|(home, mut place)| {
        place.is_shareable = true;
        (home, place)
    });
    Field {
        places: places.collect(),
        ..field
    }
}
