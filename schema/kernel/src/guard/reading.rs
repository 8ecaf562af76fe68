//! What of a document is personal data, and whose it was in an answer.

use std::collections::BTreeSet;

use async_graphql::{Name, Positioned, Value, Variables};
use async_graphql_parser::types::{
    ExecutableDocument, Field, InlineFragment, OperationDefinition, OperationType, Selection,
    SelectionSet, TypeCondition,
};
use entities::id::CustomerId;
use uuid::Uuid;

use super::{
    rights::{Rights, SubjectWay, is_structural},
    walk,
};

/// Under which name a value is asked which customer it is about, where the document does not ask.
const SUBJECT: &str = "subjectOfRecord_";

/// What a document asks for.
#[derive(Debug)]
pub(super) struct Reading {
    root: Level,
    /// The customers among the entities that are asked for, by the name under which they are asked for.
    entities: Vec<(String, Vec<Option<CustomerId>>)>,
    /// The mutations that it runs; empty for a query.
    pub(super) mutations: Vec<Verb>,
    /// The fields of the root that it asks for.
    pub(super) roots: Vec<String>,
}

/// One mutation, and what it is given.
#[derive(Debug)]
pub(super) struct Verb {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) inputs: Vec<String>,
    pub(super) subjects: Vec<CustomerId>,
}

/// A selection set, as far as there is personal data in it.
#[derive(Debug, Default)]
struct Level {
    way: Option<SubjectKey>,
    is_injected: bool,
    is_personal: bool,
    fields: Vec<String>,
    children: Vec<(String, Self)>,
    variants: Vec<(String, Self)>,
}

#[derive(Debug)]
struct SubjectKey {
    key: String,
    inner: Option<String>,
}

/// What an answer held.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) subjects: BTreeSet<CustomerId>,
    pub(super) fields: BTreeSet<String>,
}

struct Compiler<'a> {
    rights: &'a Rights,
    document: &'a ExecutableDocument,
}

impl Reading {
    /// Of the operation that is to be run.
    pub(super) fn of(
        operation: &OperationDefinition,
        document: &ExecutableDocument,
        rights: &Rights,
        variables: &Variables,
    ) -> Self {
        let compiler = Compiler { rights, document };
        let root = walk::root(operation.ty);
        let set = &operation.selection_set.node;
        let fields = compiler.fields(set);
        let is_mutation = operation.ty == OperationType::Mutation;
        let verbs = fields.iter().filter(|_| is_mutation);
        let entities = fields.iter().filter(|field| field.name.node == "_entities");
        Self {
            root: compiler.level(set, root, false),
            entities: entities
                .map(|field| {
                    (
                        field.response_key().node.to_string(),
                        customers(field, variables),
                    )
                })
                .collect(),
            mutations: verbs.map(|field| verb(field, variables)).collect(),
            roots: fields
                .iter()
                .map(|field| field.name.node.to_string())
                .collect(),
        }
    }

    /// Whether there is personal data in it.
    pub(super) fn is_personal(&self) -> bool {
        !self.root.is_empty()
    }

    /// Whether values have to be asked whom they are about.
    pub(super) fn needs_subjects(&self) -> bool {
        self.root.needs_subjects()
    }

    /// Whose data an answer held, and which. What only this wanted to know is taken out of the answer.
    pub(super) fn take(&self, data: &mut Value) -> Held {
        let mut held = Held::default();
        let Value::Object(object) = data else {
            return held;
        };
        for (key, level) in &self.root.children {
            let asked = self.entities.iter().find(|(entities, _)| entities == key);
            match (object.get_mut(key.as_str()), asked) {
                (Some(Value::List(items)), Some((_, customers))) => {
                    for (item, customer) in items.iter_mut().zip(customers) {
                        level.take(item, *customer, &mut held);
                    }
                }
                (Some(value), _) => level.take(value, None, &mut held),
                (None, _) => {}
            }
        }
        held
    }
}

impl Level {
    fn is_empty(&self) -> bool {
        !self.is_personal && self.children.is_empty() && self.variants.is_empty()
    }

    fn needs_subjects(&self) -> bool {
        let below = self.children.iter().chain(&self.variants);
        self.is_injected || below.into_iter().any(|(_, level)| level.needs_subjects())
    }

    fn take(&self, value: &mut Value, above: Option<CustomerId>, held: &mut Held) {
        match value {
            Value::List(items) => {
                for item in items {
                    self.take(item, above, held);
                }
            }
            Value::Object(object) => {
                let own = self.way.as_ref().and_then(|way| way.read(object));
                let subject = own.or(above);
                object.shift_remove(SUBJECT);
                if self.is_personal {
                    held.subjects.extend(subject);
                    for field in &self.fields {
                        if !held.fields.contains(field) {
                            held.fields.insert(field.clone());
                        }
                    }
                }
                for (key, level) in &self.children {
                    if let Some(value) = object.get_mut(key.as_str()) {
                        level.take(value, subject, held);
                    }
                }
                if !self.variants.is_empty() {
                    let type_name = match object.get("__typename") {
                        Some(Value::String(name)) => Some(name.clone()),
                        _ => None,
                    };
                    for (condition, level) in &self.variants {
                        // Without a name, what is there decides: the parts of other types are not.
                        if type_name.as_ref().is_none_or(|name| name == condition) {
                            level.take(value, subject, held);
                        }
                    }
                }
            }
            _ => {}
        }
    }
}

impl SubjectKey {
    fn read(&self, object: &async_graphql::indexmap::IndexMap<Name, Value>) -> Option<CustomerId> {
        let value = object.get(self.key.as_str())?;
        let id = match (&self.inner, value) {
            (None, id) => id,
            (Some(inner), Value::Object(customer)) => customer.get(inner.as_str())?,
            _ => return None,
        };
        customer_id(id)
    }
}

impl Compiler<'_> {
    /// The fields of a selection set with those of its fragments.
    fn fields<'s>(&'s self, set: &'s SelectionSet) -> Vec<&'s Field> {
        let mut fields = Vec::new();
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => fields.push(&field.node),
                Selection::InlineFragment(fragment) => {
                    fields.extend(self.fields(&fragment.node.selection_set.node));
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) =
                        self.document.fragments.get(&spread.node.fragment_name.node)
                    {
                        fields.extend(self.fields(&fragment.node.selection_set.node));
                    }
                }
            }
        }
        fields
    }

    fn level(&self, set: &SelectionSet, type_name: &str, is_known: bool) -> Level {
        let mut level = Level::default();
        self.fill(&mut level, set, type_name, is_known);
        if level.is_personal && level.way.is_none() && injects(self.rights, type_name, is_known) {
            let inner = self.rights.subject(type_name) == Some(SubjectWay::Customer);
            level.is_injected = true;
            level.way = Some(SubjectKey {
                key: SUBJECT.to_owned(),
                inner: inner.then(|| "id".to_owned()),
            });
        }
        level
    }

    fn fill(&self, level: &mut Level, set: &SelectionSet, type_name: &str, is_known: bool) {
        for item in &set.items {
            match &item.node {
                Selection::Field(field) => self.field(level, &field.node, type_name, is_known),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref();
                    let set = &fragment.node.selection_set.node;
                    self.part(level, set, type_name, condition, is_known);
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) =
                        self.document.fragments.get(&spread.node.fragment_name.node)
                    {
                        let condition = Some(&fragment.node.type_condition);
                        let set = &fragment.node.selection_set.node;
                        self.part(level, set, type_name, condition, is_known);
                    }
                }
            }
        }
    }

    fn part(
        &self,
        level: &mut Level,
        set: &SelectionSet,
        type_name: &str,
        condition: Option<&Positioned<TypeCondition>>,
        is_known: bool,
    ) {
        let on = condition.map_or(type_name, |condition| condition.node.on.node.as_str());
        if on == type_name || !self.rights.is_abstract(type_name) {
            return self.fill(level, set, on, is_known);
        }
        let inner = self.level(set, on, is_known);
        if !inner.is_empty() {
            level.variants.push((on.to_owned(), inner));
        }
    }

    fn field(&self, level: &mut Level, field: &Field, type_name: &str, is_known: bool) {
        let name = field.name.node.as_str();
        let key = field
            .alias
            .as_ref()
            .map_or(name, |alias| alias.node.as_str());
        match self.rights.subject(type_name) {
            Some(SubjectWay::Id) if name == "id" && level.way.is_none() => {
                level.way = Some(SubjectKey {
                    key: key.to_owned(),
                    inner: None,
                });
            }
            Some(SubjectWay::Customer) if name == "customer" && level.way.is_none() => {
                let ids = self.fields(&field.selection_set.node);
                let id = ids.into_iter().find(|field| field.name.node == "id");
                level.way = id.map(|id| SubjectKey {
                    key: key.to_owned(),
                    inner: Some(id.response_key().node.to_string()),
                });
            }
            _ => {}
        }
        if self.rights.is_personal(type_name, name) {
            level.is_personal = true;
            level.fields.push(format!("{type_name}.{name}"));
        }
        if let Some(output) = self.rights.output(type_name, name)
            && !field.selection_set.node.items.is_empty()
        {
            let is_known = self.is_known_below(type_name, is_known);
            let inner = self.level(&field.selection_set.node, output, is_known);
            if !inner.is_empty() {
                level.children.push((key.to_owned(), inner));
            }
        }
    }
}

/// Whether values of this type are asked whom they are about. Directly under a customer it is that one.
fn injects(rights: &Rights, type_name: &str, is_known: bool) -> bool {
    !is_known && rights.subject(type_name).is_some()
}

/// Asks the values of a document whom they are about, where it does not ask itself.
pub(super) fn inject(document: &mut ExecutableDocument, rights: &Rights) {
    let reference = document.clone();
    let compiler = Compiler {
        rights,
        document: &reference,
    };
    let operations = match &mut document.operations {
        async_graphql_parser::types::DocumentOperations::Single(operation) => vec![operation],
        async_graphql_parser::types::DocumentOperations::Multiple(operations) => {
            operations.values_mut().collect()
        }
    };
    for operation in operations {
        let root = walk::root(operation.node.ty);
        compiler.inject_into(&mut operation.node.selection_set.node, root, false);
    }
    for fragment in document.fragments.values_mut() {
        let on = fragment.node.type_condition.node.on.node.to_string();
        compiler.inject_into(&mut fragment.node.selection_set.node, &on, false);
    }
}

impl Compiler<'_> {
    /// Whether what stands directly under a value of this type is about the customer that the value is about.
    fn is_known_below(&self, type_name: &str, is_known: bool) -> bool {
        self.rights.subject(type_name) == Some(SubjectWay::Id)
            || (is_known && is_structural(type_name))
    }

    fn inject_into(&self, set: &mut SelectionSet, type_name: &str, is_known: bool) {
        let is_injected = self.level(set, type_name, is_known).is_injected;
        let is_known_below = self.is_known_below(type_name, is_known);
        for item in &mut set.items {
            match &mut item.node {
                Selection::Field(field) => {
                    let name = field.node.name.node.to_string();
                    if let Some(output) = self.rights.output(type_name, &name) {
                        self.inject_into(
                            &mut field.node.selection_set.node,
                            output,
                            is_known_below,
                        );
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let on = condition(&fragment.node, type_name);
                    self.inject_into(&mut fragment.node.selection_set.node, &on, is_known);
                }
                Selection::FragmentSpread(_) => {}
            }
        }
        if is_injected && let Some(way) = self.rights.subject(type_name) {
            set.items.push(question(way));
        }
    }
}

fn condition(fragment: &InlineFragment, type_name: &str) -> String {
    fragment.type_condition.as_ref().map_or_else(
        || type_name.to_owned(),
        |condition| condition.node.on.node.to_string(),
    )
}

fn question(way: SubjectWay) -> Positioned<Selection> {
    let nowhere = async_graphql::Pos::default();
    let field = |name: &str, alias: Option<&str>, items| {
        let field = Field {
            alias: alias.map(|alias| Positioned::new(Name::new(alias), nowhere)),
            name: Positioned::new(Name::new(name), nowhere),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set: Positioned::new(SelectionSet { items }, nowhere),
        };
        Positioned::new(Selection::Field(Positioned::new(field, nowhere)), nowhere)
    };
    match way {
        SubjectWay::Id => field("id", Some(SUBJECT), Vec::new()),
        SubjectWay::Customer => {
            let id = field("id", None, Vec::new());
            field("customer", Some(SUBJECT), vec![id])
        }
    }
}

/// The customers among the entities that a field asks for, in their order.
fn customers(field: &Field, variables: &Variables) -> Vec<Option<CustomerId>> {
    let Some(Value::List(items)) = argument(field, "representations", variables) else {
        return Vec::new();
    };
    let customer = |item| match item {
        Value::Object(object) => {
            let is_customer = object.get("__typename") == Some(&Value::from("Customer"));
            let id = object.get("id").filter(|_| is_customer);
            id.and_then(customer_id)
        }
        _ => None,
    };
    items.into_iter().map(customer).collect()
}

/// What an argument holds, with variables in their places.
fn argument(field: &Field, name: &str, variables: &Variables) -> Option<Value> {
    let variable = |name: Name| variables.get(&name).cloned().ok_or(());
    let value = field.get_argument(name)?.node.clone();
    value.into_const_with(variable).ok()
}

fn customer_id(value: &Value) -> Option<CustomerId> {
    match value {
        Value::String(text) => Uuid::try_parse(text).ok().map(CustomerId),
        _ => None,
    }
}

fn verb(field: &Field, variables: &Variables) -> Verb {
    let (mut inputs, mut subjects) = (Vec::new(), Vec::new());
    for (name, _) in &field.arguments {
        let value = argument(field, name.node.as_str(), variables).unwrap_or(Value::Null);
        match &value {
            Value::Object(object) => {
                for (key, value) in object {
                    inputs.push(key.to_string());
                    if key == "customerId" {
                        subjects.extend(customer_id(value));
                    }
                }
            }
            _ => inputs.push(name.node.to_string()),
        }
        if name.node == "customerId" {
            subjects.extend(customer_id(&value));
        }
    }
    Verb {
        key: field.response_key().node.to_string(),
        name: field.name.node.to_string(),
        inputs,
        subjects,
    }
}
