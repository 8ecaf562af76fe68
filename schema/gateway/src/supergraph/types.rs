//! Which concrete types may stand where an abstract type is asked for.

use std::collections::{HashMap, HashSet};

use apollo_compiler::{Schema, schema::ExtendedType};

/// Possible types of the whole supergraph, `@inaccessible` ones included: plans speak of those too.
#[derive(Debug, Default)]
pub(crate) struct Types {
    possible: HashMap<String, HashSet<String>>,
    objects: HashSet<String>,
    fields: HashSet<String>,
    /// Names of fields with arguments that some `@requires` mentions.
    required_with_arguments: HashSet<String>,
    /// Names of fields with `@requires`.
    requiring: HashSet<String>,
    /// Names of fields that interface objects give to all types of their interface.
    of_interface_objects: HashSet<String>,
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
        types.required_with_arguments = required_with_arguments(schema);
        types.requiring = requiring(schema);
        types.of_interface_objects = of_interface_objects(schema);
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

    /// Whether a plan may ask for a field of this name by itself, with arguments that are not the client's.
    pub(crate) fn is_required_with_arguments(&self, name: &str) -> bool {
        self.required_with_arguments.contains(name)
    }

    /// Whether some type has a field of this name that requires others.
    pub(crate) fn is_requiring_others(&self, name: &str) -> bool {
        self.requiring.contains(name)
    }

    /// Whether some interface object gives a field of this name to all types of its interface.
    pub(crate) fn is_of_interface_object(&self, name: &str) -> bool {
        self.of_interface_objects.contains(name)
    }

    fn add(&mut self, condition: &str, concrete: &str) {
        self.possible
            .entry(condition.to_owned())
            .or_default()
            .insert(concrete.to_owned());
    }
}

fn required_with_arguments(schema: &Schema) -> HashSet<String> {
    let fields = || {
        let objects = schema.types.values().filter_map(ExtendedType::as_object);
        objects.flat_map(|object| object.fields.values())
    };
    let with_arguments = fields()
        .filter(|field| !field.arguments.is_empty())
        .map(|field| field.name.as_str())
        .collect::<HashSet<_>>();
    fields()
        .flat_map(|field| field.directives.get_all("join__field"))
        .filter_map(|directive| directive.specified_argument_by_name("requires")?.as_str())
        // Names of arguments and types come along, which costs nothing but an alias more.
        .flat_map(|text| text.split(|one: char| !one.is_alphanumeric() && one != '_'))
        .filter(|name| with_arguments.contains(name))
        .map(str::to_owned)
        .collect()
}

fn requiring(schema: &Schema) -> HashSet<String> {
    let fields = schema.types.values().flat_map(|definition| {
        let fields = match definition {
            ExtendedType::Object(object) => Some(&object.fields),
            ExtendedType::Interface(interface) => Some(&interface.fields),
            _ => None,
        };
        fields.into_iter().flat_map(|fields| fields.values())
    });
    let requiring = fields.filter(|field| {
        let mut joined = field.directives.get_all("join__field");
        joined.any(|directive| directive.specified_argument_by_name("requires").is_some())
    });
    requiring.map(|field| field.name.to_string()).collect()
}

// In a supergraph such a field of an object type is of no subgraph: what resolves it stands with the interface.
fn of_interface_objects(schema: &Schema) -> HashSet<String> {
    let objects = schema.types.values().filter_map(ExtendedType::as_object);
    let fields = objects.flat_map(|object| object.fields.values());
    let given = fields.filter(|field| {
        let mut joined = field.directives.get_all("join__field");
        joined.any(|directive| directive.specified_argument_by_name("graph").is_none())
    });
    given.map(|field| field.name.to_string()).collect()
}
