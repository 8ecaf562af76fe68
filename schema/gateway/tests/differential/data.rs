//! The values of a world: each a function of the entity, the field and its arguments, so that all who are asked agree.

use std::{collections::BTreeSet, fmt::Write};

use async_graphql::{
    Name, Value,
    parser::types::{BaseType, Type as Ty},
};
use indexmap::IndexMap;

use crate::{
    dice::digest,
    world::{Field, INSTANCES, KeyPart, Type, World},
};

/// One object of the world. Value objects have the number of the place where they were met.
#[derive(Debug, Clone)]
pub(crate) struct Object {
    pub(crate) ty: String,
    pub(crate) id: u64,
    /// The representation by which a subgraph was asked.
    pub(crate) given: Option<IndexMap<Name, Value>>,
}

#[derive(Debug, Clone)]
pub(crate) enum Resolved {
    Null,
    Leaf(Value),
    Object(Object),
    List(Vec<Self>),
    Failed(Failure),
}

#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) code: Option<&'static str>,
    pub(crate) message: String,
}

/// What a faulty plan gets: no world has it on purpose, so it always shows as a difference.
pub(crate) fn fault(message: impl Into<String>) -> Resolved {
    Resolved::Failed(Failure {
        code: Some("TOY_FAULT"),
        message: message.into(),
    })
}

impl Object {
    pub(crate) fn new(ty: &str, id: u64) -> Self {
        Self {
            ty: ty.to_owned(),
            id,
            given: None,
        }
    }
}

impl World {
    /// The value of a field; `seasoning` is what it depends on besides the object.
    pub(crate) fn value(&self, object: &Object, field: &Field, seasoning: &str) -> Resolved {
        if let Some(part) = field.key {
            return key_part(object, field, part);
        }
        let null_keyed = self.types.get(&object.ty).and_then(|ty| ty.null_keyed);
        let is_unreachable = null_keyed.is_some_and(|home| field.owners().any(|one| one == home))
            && object.id % 2 == 1;
        if is_unreachable {
            return Resolved::Null;
        }
        let place = format!("{}.{}.{}({seasoning})", object.ty, object.id, field.name);
        self.fill(&field.ty, field, digest(self.seed, &place))
    }

    fn fill(&self, ty: &Ty, field: &Field, chance: u64) -> Resolved {
        if field.may_fail && chance.is_multiple_of(9) {
            return Resolved::Failed(Failure {
                code: [Some("CONFLICT"), Some("NOT_FOUND"), None]
                    [usize::try_from(chance / 9 % 3).unwrap()],
                message: "as injected".to_owned(),
            });
        }
        if ty.nullable && chance % 6 == 1 {
            return Resolved::Null;
        }
        match &ty.base {
            BaseType::List(item) => {
                let items = (0..(chance >> 8) % 4)
                    .map(|index| self.fill(item, field, digest(chance, &index.to_string())));
                Resolved::List(items.collect())
            }
            BaseType::Named(name) => self.named(name, field, digest(chance, "named")),
        }
    }

    fn named(&self, name: &str, field: &Field, chance: u64) -> Resolved {
        if let Some(leaf) = self.leaf(name, field, chance) {
            return Resolved::Leaf(leaf);
        }
        let possible = self.possible(name, field.owners().next());
        if possible.is_empty() {
            return fault(format!("nothing is a {name}"));
        }
        let ty = &possible[usize::try_from(chance % possible.len() as u64).unwrap()];
        let is_entity = !self.types[ty].keys.is_empty();
        let id = if is_entity {
            (chance >> 16) % INSTANCES
        } else {
            chance
        };
        Resolved::Object(Object::new(ty, id))
    }

    fn leaf(&self, name: &str, field: &Field, chance: u64) -> Option<Value> {
        let small = chance >> 20;
        Some(match name {
            "Int" => Value::from(small % 100),
            "Float" => Value::from(0.5 + f64::from(u32::try_from(small % 40).unwrap())),
            "String" => Value::from(format!("text \"{}\"", small % 50)),
            "ID" => Value::from(format!("x{}", small % 50)),
            "Boolean" => Value::from(small.is_multiple_of(2)),
            "Size" => Value::Enum(Name::new(
                ["S", "M", "L"][usize::try_from(small % 3).unwrap()],
            )),
            "Color" => {
                let colors = self.colors_of(field);
                let index = usize::try_from(small % colors.len() as u64).unwrap();
                Value::Enum(Name::new(&colors[index]))
            }
            "Blob" => blob(small),
            _ => return None,
        })
    }

    /// Values that all who resolve the field know.
    fn colors_of(&self, field: &Field) -> Vec<String> {
        let owners = field.owners().collect::<BTreeSet<_>>();
        let known = |color: &&String| owners.iter().all(|one| self.colors[*one].contains(color));
        self.colors[0].iter().filter(known).cloned().collect()
    }

    /// The entity that a representation speaks of.
    pub(crate) fn find(&self, subgraph: usize, given: &IndexMap<Name, Value>) -> Option<Object> {
        let Some(Value::String(name)) = given.get("__typename") else {
            return None;
        };
        let asked = self.ty(name)?;
        let keys = asked.keys.iter().filter(|(home, _)| *home == subgraph);
        let keys = keys.map(|(_, key)| key.as_str()).collect::<Vec<_>>();
        let candidates = self.possible(name, None).into_iter();
        candidates
            .flat_map(|ty| (0..INSTANCES).map(move |id| Object::new(&ty, id)))
            .find(|object| keys.iter().any(|key| self.has_key(object, key, given)))
            .map(|object| Object {
                given: Some(given.clone()),
                ..object
            })
    }

    fn has_key(&self, object: &Object, key: &str, given: &IndexMap<Name, Value>) -> bool {
        let top = key.split('{').next().unwrap_or_default();
        top.split_whitespace().all(|name| {
            let field = self.types[&object.ty].fields.get(name);
            let Some((field, given)) = field.zip(given.get(name)) else {
                return false;
            };
            let own = self.value(object, field, "");
            match (own, given) {
                (Resolved::Leaf(own), given) => canonical(&own) == canonical(given),
                (Resolved::Object(inner), Value::Object(given)) => {
                    let number: &Type = &self.types[&inner.ty];
                    number.fields.iter().all(|(name, field)| {
                        let Resolved::Leaf(own) = self.value(&inner, field, "") else {
                            return false;
                        };
                        given
                            .get(name.as_str())
                            .is_some_and(|one| canonical(one) == canonical(&own))
                    })
                }
                _ => false,
            }
        })
    }
}

fn key_part(object: &Object, field: &Field, part: KeyPart) -> Resolved {
    let number = |value: u64| Resolved::Leaf(Value::from(value));
    match part {
        KeyPart::Id => Resolved::Leaf(Value::from(format!("{}:{}", object.ty, object.id))),
        KeyPart::Code if field.ty.nullable && object.id % 2 == 1 => Resolved::Null,
        KeyPart::Code => Resolved::Leaf(Value::from(format!("code-{}", object.id))),
        KeyPart::High => number(object.id / 2),
        KeyPart::Low => number(object.id % 2),
        KeyPart::Number => number(object.id),
        KeyPart::Nested => Resolved::Object(Object::new(crate::world::base(&field.ty), object.id)),
    }
}

fn blob(chance: u64) -> Value {
    match chance % 5 {
        0 => Value::from(7),
        1 => Value::from("blob"),
        2 => Value::from(true),
        3 => Value::List(vec![Value::from(1), Value::Null, Value::from("two")]),
        _ => Value::Object(IndexMap::from([
            (Name::new("id"), Value::from(chance % 10)),
            (Name::new("__typename"), Value::from("E0")),
        ])),
    }
}

/// A value as text that does not depend on the order of fields or on meta fields.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Enum(name) => format!("\"{name}\""),
        Value::List(items) => {
            let items = items.iter().map(canonical).collect::<Vec<_>>();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => {
            let mut sorted = fields.iter().collect::<Vec<_>>();
            sorted.sort_by_key(|(name, _)| name.as_str());
            let mut text = String::from("{");
            for (name, value) in sorted {
                if name != "__typename" {
                    write!(text, "{name}:{},", canonical(value)).unwrap();
                }
            }
            text + "}"
        }
        other => other.to_string(),
    }
}
