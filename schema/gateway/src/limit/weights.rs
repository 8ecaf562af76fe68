//! What the supergraph says about cost: `@cost` and `@listSize`, by the names under which it links them.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Schema,
    ast::{Directive, FieldDefinition, Value},
    schema::{Component, ExtendedType},
};

/// Where the two directives are specified.
const SPECIFICATION: &str = "https://specs.apollo.dev/cost/";

/// Weights and sizes, as far as they differ from the usual.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// By type; only those that are declared.
    types: HashMap<Name, u64>,
    /// By type and field.
    fields: HashMap<Name, HashMap<Name, FieldWeight>>,
    /// The weight and the type of every input field; empty where none has a weight, so that nobody looks into values.
    inputs: HashMap<Name, HashMap<String, (u64, Name)>>,
}

/// What is declared about one field.
#[derive(Debug, Clone, Default)]
pub(crate) struct FieldWeight {
    /// In place of the weight of its type.
    pub(crate) weight: Option<u64>,
    /// One for each declaration: a field of an interface has those of the fields that implement it.
    pub(crate) sizes: Vec<ListSize>,
    /// Of arguments, where they are given.
    pub(crate) arguments: HashMap<Name, u64>,
}

/// `@listSize`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListSize {
    pub(crate) assumed: Option<u64>,
    /// Arguments that hold the size; a dot leads into an input object.
    pub(crate) slicing: Vec<String>,
    /// Fields of the field's own type that have the size; none where the field is the list itself.
    pub(crate) sized: Vec<String>,
    /// Whether exactly one of the arguments has to be given.
    pub(crate) one_required: bool,
}

impl Weights {
    /// Reads the whole supergraph, before anything is taken out of it.
    pub(crate) fn of(schema: &Schema) -> Self {
        let names = Names::of(schema);
        let mut weights = Self::default();
        for (name, definition) in &schema.types {
            if let Some(weight) = definition
                .directives()
                .get(&names.cost)
                .and_then(|it| weight(it))
            {
                weights.types.insert(name.clone(), weight);
            }
            match definition {
                ExtendedType::Object(object) => {
                    weights.note_fields(name, object.fields.values(), &names);
                }
                ExtendedType::Interface(interface) => {
                    weights.note_fields(name, interface.fields.values(), &names);
                }
                ExtendedType::InputObject(input) => {
                    let fields = input.fields.values().map(|field| {
                        let weight = field.directives.get(&names.cost).and_then(|it| weight(it));
                        let inner = field.ty.inner_named_type().clone();
                        (field.name.to_string(), (weight.unwrap_or_default(), inner))
                    });
                    weights.inputs.insert(name.clone(), fields.collect());
                }
                _ => {}
            }
        }
        let mut input_fields = weights.inputs.values().flat_map(HashMap::values);
        if input_fields.all(|(weight, _)| *weight == 0) {
            weights.inputs.clear();
        }
        weights.lift(schema);
        weights
    }

    /// The weight of one value of a composite type, or of a leaf.
    pub(crate) fn of_type(&self, name: &Name, is_composite: bool) -> u64 {
        self.types
            .get(name)
            .copied()
            .unwrap_or_else(|| u64::from(is_composite))
    }

    /// What is declared about a field.
    pub(crate) fn of_field(&self, parent: &Name, field: &Name) -> Option<&FieldWeight> {
        self.fields.get(parent)?.get(field)
    }

    /// The weight of a field of an input object, and its type; nothing where no input has a weight.
    pub(super) fn of_input(&self, parent: &Name, field: &str) -> Option<(u64, &Name)> {
        let (weight, inner) = self.inputs.get(parent)?.get(field)?;
        Some((*weight, inner))
    }

    /// Whether values of this type have to be looked into.
    pub(super) fn is_input(&self, name: &Name) -> bool {
        self.inputs.contains_key(name)
    }

    fn note_fields<'a>(
        &mut self,
        parent: &Name,
        fields: impl Iterator<Item = &'a Component<FieldDefinition>>,
        names: &Names,
    ) {
        for field in fields {
            let arguments = field.arguments.iter().filter_map(|argument| {
                let weight = weight(argument.directives.get(&names.cost)?)?;
                Some((argument.name.clone(), weight))
            });
            let declared = FieldWeight {
                weight: field.directives.get(&names.cost).and_then(|it| weight(it)),
                sizes: field
                    .directives
                    .get_all(&names.list_size)
                    .map(|directive| list_size(directive))
                    .collect(),
                arguments: arguments.collect(),
            };
            if !declared.is_empty() {
                self.fields
                    .entry(parent.clone())
                    .or_default()
                    .insert(field.name.clone(), declared);
            }
        }
    }

    /// What is behind an interface or a union weighs the most that any of its types does: it may be that one.
    fn lift(&mut self, schema: &Schema) {
        for (interface, implementers) in schema.implementers_map() {
            for object in implementers.objects {
                self.raise(&interface, &object);
                for (field, declared) in self.fields.get(&object).cloned().unwrap_or_default() {
                    let fields = self.fields.entry(interface.clone()).or_default();
                    fields.entry(field).or_default().merge(declared);
                }
            }
        }
        for (name, definition) in &schema.types {
            if let ExtendedType::Union(union) = definition {
                for member in &union.members {
                    self.raise(name, &member.name);
                }
            }
        }
    }

    fn raise(&mut self, name: &Name, at_least: &Name) {
        if let Some(weight) = self.types.get(at_least).copied() {
            let own = self.types.entry(name.clone()).or_insert(1);
            *own = (*own).max(weight);
        }
    }
}

impl FieldWeight {
    fn is_empty(&self) -> bool {
        self.weight.is_none() && self.sizes.is_empty() && self.arguments.is_empty()
    }

    fn merge(&mut self, other: Self) {
        self.weight = self.weight.max(other.weight);
        for size in other.sizes {
            if !self.sizes.contains(&size) {
                self.sizes.push(size);
            }
        }
        for (argument, weight) in other.arguments {
            let own = self.arguments.entry(argument).or_default();
            *own = (*own).max(weight);
        }
    }
}

/// The names of the two directives in one schema document, which may import them under others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) cost: String,
    pub(crate) list_size: String,
}

impl Names {
    fn of(schema: &Schema) -> Self {
        Self::linked(schema, |url| url.starts_with(SPECIFICATION))
    }

    /// The names that the first fitting `@link` gives; their own where there is none.
    pub(crate) fn linked(schema: &Schema, fits: impl Fn(&str) -> bool) -> Self {
        let mut names = Self {
            cost: "cost".to_owned(),
            list_size: "listSize".to_owned(),
        };
        let links = schema.schema_definition.directives.get_all("link");
        for link in links {
            let text = |name| {
                let argument = link.specified_argument_by_name(name);
                argument.and_then(|value| value.as_str())
            };
            if !text("url").is_some_and(&fits) {
                continue;
            }
            let imports = link.specified_argument_by_name("import");
            for import in imports
                .and_then(|value| value.as_list())
                .unwrap_or_default()
            {
                names.import(import);
            }
        }
        names
    }

    fn import(&mut self, import: &Value) {
        let (name, known_as) = match import {
            Value::String(name) => (name.as_str(), name.as_str()),
            Value::Object(fields) => {
                let text = |key: &str| {
                    let field = fields.iter().find(|(name, _)| name == key);
                    field.and_then(|(_, value)| value.as_str())
                };
                let Some(name) = text("name") else { return };
                (name, text("as").unwrap_or(name))
            }
            _ => return,
        };
        let known_as = known_as.trim_start_matches('@').to_owned();
        match name {
            "@cost" => self.cost = known_as,
            "@listSize" => self.list_size = known_as,
            _ => {}
        }
    }
}

/// The weight that `@cost` declares: a whole number (Apollo) or one in a text (IBM), rounded up; never below nothing.
pub(crate) fn weight(directive: &Directive) -> Option<u64> {
    number(directive.specified_argument_by_name("weight")?)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates, and what is below nothing is nothing"
)]
fn number(value: &Value) -> Option<u64> {
    let text = match value {
        Value::Int(number) => number.as_str(),
        Value::Float(number) => number.as_str(),
        Value::String(text) => text.as_str(),
        _ => return None,
    };
    let number = text.parse::<f64>().ok()?;
    number.is_finite().then(|| number.ceil() as u64)
}

/// What `@listSize` declares.
pub(crate) fn list_size(directive: &Directive) -> ListSize {
    let argument = |name| directive.specified_argument_by_name(name);
    let texts = |name| -> Vec<String> {
        let list = argument(name).and_then(|value| value.as_list());
        let texts = list.unwrap_or_default().iter();
        texts
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    ListSize {
        assumed: argument("assumedSize").and_then(|value| number(value)),
        slicing: texts("slicingArguments"),
        sized: texts("sizedFields"),
        one_required: argument("requireOneSlicingArgument").and_then(|value| value.to_bool())
            != Some(false),
    }
}
