//! Which concrete types may stand where an abstract type is asked for.

use std::collections::{HashMap, HashSet};

use apollo_compiler::{Schema, schema::ExtendedType};

/// Possible types of the whole supergraph, `@inaccessible` ones included: plans speak of those too.
#[derive(Debug, Default)]
pub(crate) struct Types {
    possible: HashMap<String, HashSet<String>>,
    objects: HashSet<String>,
    fields: HashSet<String>,
}

impl Types {
    pub(crate) fn of(schema: &Schema) -> Self {
        let mut types = Self::default();
        for (name, definition) in &schema.types {
            match definition {
                ExtendedType::Object(object) => {
                    types.objects.insert(name.to_string());
                    types
                        .fields
                        .extend(object.fields.keys().map(ToString::to_string));
                    for interface in &object.implements_interfaces {
                        types.add(interface.as_str(), name.as_str());
                    }
                }
                ExtendedType::Union(union) => {
                    for member in &union.members {
                        types.add(name.as_str(), member.as_str());
                    }
                }
                ExtendedType::Interface(interface) => {
                    types
                        .fields
                        .extend(interface.fields.keys().map(ToString::to_string));
                }
                _ => {}
            }
        }
        types
    }

    /// Whether a value of type `concrete` satisfies the type condition `condition`.
    pub(crate) fn satisfies(&self, concrete: &str, condition: &str) -> bool {
        concrete == condition
            || self
                .possible
                .get(condition)
                .is_some_and(|possible| possible.contains(concrete))
    }

    /// Whether the name is that of an object type, and so says all there is to know about a value.
    pub(crate) fn is_object(&self, name: &str) -> bool {
        self.objects.contains(name)
    }

    /// Whether some type has a field of this name.
    pub(crate) fn is_field_name(&self, name: &str) -> bool {
        self.fields.contains(name)
    }

    fn add(&mut self, condition: &str, concrete: &str) {
        self.possible
            .entry(condition.to_owned())
            .or_default()
            .insert(concrete.to_owned());
    }
}
