//! The specification's algorithms in their plainest form, for one subgraph or for the whole world as one schema.
//!
//! It shares nothing with the gateway but the parser's syntax tree.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use async_graphql::{
    Name, Value, Variables,
    parser::{
        parse_query,
        types::{
            BaseType, ExecutableDocument, Field as Node, OperationDefinition, OperationType,
            Selection, SelectionSet, Type as Ty,
        },
    },
};
use indexmap::IndexMap;
use schema_gateway::{GraphQlError, PathSegment};

use crate::{
    arguments::Inputs,
    data::{Failure, Object, Resolved, canonical, fault},
    world::{Field, World},
};

/// What mutations change.
pub(crate) type State = Arc<AtomicI64>;

type Groups<'a> = IndexMap<Name, Vec<&'a Node>>;

pub(crate) struct Executor<'a> {
    world: &'a World,
    /// None for the whole world.
    subgraph: Option<usize>,
    document: &'a ExecutableDocument,
    inputs: Inputs,
    state: &'a State,
    path: Vec<PathSegment>,
    errors: Vec<GraphQlError>,
}

impl<'a> Executor<'a> {
    /// Runs the only operation of a document.
    pub(crate) fn run(
        world: &'a World,
        subgraph: Option<usize>,
        document: &'a ExecutableDocument,
        variables: &Variables,
        state: &'a State,
    ) -> (Value, Vec<GraphQlError>) {
        let operation = document.operations.iter().next().map(|(_, one)| &one.node);
        let operation: &OperationDefinition = operation.unwrap();
        let mut executor = Self {
            world,
            subgraph,
            document,
            inputs: Inputs::new(operation, variables),
            state,
            path: Vec::new(),
            errors: Vec::new(),
        };
        let root = match operation.ty {
            OperationType::Mutation => "Mutation",
            _ => "Query",
        };
        let set = &operation.selection_set.node;
        let data = executor.object(&Object::new(root, 0), &[set]);
        (data.unwrap_or(Value::Null), executor.errors)
    }

    /// The name under which this schema knows the object's type.
    fn type_name<'t>(&'t self, object: &'t Object) -> &'t str {
        let Some(subgraph) = self.subgraph else {
            return &object.ty;
        };
        let mut interfaces = self.world.types.values().filter(|ty| {
            ty.interface_objects.contains(&subgraph) && self.world.is_a(&object.ty, &ty.name)
        });
        interfaces.next().map_or(&object.ty, |ty| &ty.name)
    }

    /// `ExecuteSelectionSet`: nothing where null propagates further.
    fn object(&mut self, object: &Object, sets: &[&'a SelectionSet]) -> Option<Value> {
        let type_name = self.type_name(object).to_owned();
        let mut groups = Groups::new();
        let mut seen = Vec::new();
        for set in sets {
            self.collect(&type_name, set, &mut groups, &mut seen);
        }
        let mut completed = IndexMap::new();
        let mut is_null = false;
        for (key, nodes) in groups {
            self.path.push(PathSegment::Key(key.clone()));
            match self.field(object, &type_name, &nodes) {
                Some(value) => drop(completed.insert(key, value)),
                None => is_null = true,
            }
            self.path.pop();
        }
        (!is_null).then_some(Value::Object(completed))
    }

    /// `CollectFields`.
    fn collect(
        &self,
        type_name: &str,
        set: &'a SelectionSet,
        groups: &mut Groups<'a>,
        seen: &mut Vec<&'a str>,
    ) {
        for item in &set.items {
            if !self.inputs.is_included(item.node.directives()) {
                continue;
            }
            let (condition, inner) = match &item.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.clone();
                    groups.entry(key).or_default().push(&field.node);
                    continue;
                }
                Selection::InlineFragment(fragment) => (
                    fragment.node.type_condition.as_ref(),
                    &fragment.node.selection_set.node,
                ),
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    if seen.contains(&name.as_str()) {
                        continue;
                    }
                    seen.push(name.as_str());
                    let fragment = &self.document.fragments[name].node;
                    (Some(&fragment.type_condition), &fragment.selection_set.node)
                }
            };
            let applies = condition.is_none_or(|condition| {
                self.world.is_a(type_name, condition.node.on.node.as_str())
            });
            if applies {
                self.collect(type_name, inner, groups, seen);
            }
        }
    }

    fn field(&mut self, object: &Object, type_name: &str, nodes: &[&'a Node]) -> Option<Value> {
        let node = nodes[0];
        let name = node.name.node.as_str();
        if name == "__typename" {
            return Some(Value::from(type_name));
        }
        if name == "_entities" && self.subgraph.is_some() {
            let entities = self.entities(node);
            return self.complete(&Ty::new("[_Entity]!")?, entities, nodes);
        }
        let world = self.world;
        let known = world.ty(type_name).and_then(|ty| ty.fields.get(name));
        let Some(field) = known else {
            let resolved = fault(format!("{type_name} has no field {name}"));
            return self.complete(&Ty::new("Int")?, resolved, nodes);
        };
        let resolved = self.resolve(object, field, node);
        self.complete(&field.ty, resolved, nodes)
    }

    fn resolve(&mut self, object: &Object, field: &Field, node: &'a Node) -> Resolved {
        if let Some(problem) = self.problem(field) {
            return problem;
        }
        let arguments = self.inputs.arguments(field, node);
        if field.name.starts_with("bump") {
            let by = arguments.get("by").map_or(0, |by| match by {
                Value::Number(number) => number.as_i64().unwrap_or_default(),
                _ => 0,
            });
            let total = (self.state.load(Ordering::SeqCst) * 3 + by) % 1_000;
            self.state.store(total, Ordering::SeqCst);
            return Resolved::Leaf(Value::from(total));
        }
        let mut seasoning = canonical(&Value::Object(arguments));
        if let Some(requires) = &field.requires {
            match self.required(object, requires) {
                Ok(required) => seasoning += &required,
                Err(problem) => return fault(problem),
            }
        }
        self.world.value(object, field, &seasoning)
    }

    /// Why the subgraph should not have been asked for this field.
    fn problem(&self, field: &Field) -> Option<Resolved> {
        let subgraph = self.subgraph?;
        let name = &field.name;
        let is_answered = field
            .places
            .get(&subgraph)
            .is_some_and(|place| (!place.is_external || place.is_provided) && !place.is_overridden);
        (!is_answered).then(|| fault(format!("s{subgraph} does not resolve {name}")))
    }

    /// What `@requires` asks for: computed where the whole world is known, given where it is not.
    fn required(&self, object: &Object, requires: &str) -> Result<String, String> {
        let document =
            parse_query(format!("{{ {requires} }}")).map_err(|error| error.to_string())?;
        let operation = document.operations.iter().next().map(|(_, one)| &one.node);
        let set = &operation.ok_or("no selections")?.selection_set.node;
        if self.subgraph.is_some() {
            let given = object.given.as_ref().ok_or("no representation")?;
            return project(self.world, set, given, &object.ty).map(|value| canonical(&value));
        }
        let mut executor = Executor {
            world: self.world,
            subgraph: None,
            document: &document,
            inputs: Inputs::default(),
            state: self.state,
            path: Vec::new(),
            errors: Vec::new(),
        };
        let object = Object::new(&object.ty, object.id);
        let value = executor.object(&object, &[set]).ok_or("null")?;
        Ok(canonical(&value))
    }

    fn entities(&self, node: &Node) -> Resolved {
        let given = self.inputs.given(node, "representations");
        let (Some(Value::List(items)), Some(subgraph)) = (given, self.subgraph) else {
            return fault("no representations");
        };
        let found = items.into_iter().map(|item| match item {
            Value::Object(given) => self
                .world
                .find(subgraph, &given)
                .map_or_else(|| fault(format!("nobody is {given:?}")), Resolved::Object),
            other => fault(format!("{other} is not a representation")),
        });
        Resolved::List(found.collect())
    }

    /// `CompleteValue`: nothing where null propagates further.
    fn complete(&mut self, ty: &Ty, resolved: Resolved, nodes: &[&'a Node]) -> Option<Value> {
        let value = match (resolved, &ty.base) {
            (Resolved::Failed(failure), _) => {
                self.fail(failure);
                None
            }
            (Resolved::Null, _) => {
                if !ty.nullable {
                    self.fail(Failure {
                        code: Some("TOY_FAULT"),
                        message: "null where it is forbidden".to_owned(),
                    });
                }
                None
            }
            (Resolved::List(items), BaseType::List(item)) => self.list(item, items, nodes),
            (Resolved::Object(object), BaseType::Named(_)) => {
                let sets = nodes.iter().map(|node| &node.selection_set.node);
                self.object(&object, &sets.collect::<Vec<_>>())
            }
            (Resolved::Leaf(leaf), BaseType::Named(_)) => Some(leaf),
            _ => None,
        };
        value.or_else(|| ty.nullable.then_some(Value::Null))
    }

    fn list(&mut self, ty: &Ty, items: Vec<Resolved>, nodes: &[&'a Node]) -> Option<Value> {
        let mut completed = Vec::with_capacity(items.len());
        let mut is_null = false;
        for (index, item) in items.into_iter().enumerate() {
            self.path.push(PathSegment::Index(index));
            match self.complete(ty, item, nodes) {
                Some(value) => completed.push(value),
                None => is_null = true,
            }
            self.path.pop();
        }
        (!is_null).then_some(Value::List(completed))
    }

    fn fail(&mut self, failure: Failure) {
        let code = failure
            .code
            .map(|code| ("code".to_owned(), Value::from(code)));
        self.errors.push(GraphQlError {
            message: failure.message,
            path: self.path.clone(),
            extensions: code.into_iter().collect(),
            ..GraphQlError::default()
        });
    }
}

/// The part of a representation that a field set names.
fn project(
    world: &World,
    set: &SelectionSet,
    given: &IndexMap<Name, Value>,
    type_name: &str,
) -> Result<Value, String> {
    let mut fields = IndexMap::new();
    for item in &set.items {
        match &item.node {
            Selection::Field(field) => {
                let name = &field.node.name.node;
                let value = given
                    .get(name)
                    .ok_or_else(|| format!("{name} is required"))?;
                let value = project_value(world, &field.node.selection_set.node, value)?;
                fields.insert(name.clone(), value);
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment.node.type_condition.as_ref();
                let applies = condition
                    .is_none_or(|condition| world.is_a(type_name, condition.node.on.node.as_str()));
                if applies {
                    let inner =
                        project(world, &fragment.node.selection_set.node, given, type_name)?;
                    if let Value::Object(inner) = inner {
                        fields.extend(inner);
                    }
                }
            }
            Selection::FragmentSpread(_) => return Err("a spread in a field set".to_owned()),
        }
    }
    Ok(Value::Object(fields))
}

fn project_value(world: &World, set: &SelectionSet, value: &Value) -> Result<Value, String> {
    match value {
        Value::List(items) => {
            let items = items.iter().map(|item| project_value(world, set, item));
            items.collect::<Result<_, _>>().map(Value::List)
        }
        Value::Object(given) if !set.items.is_empty() => {
            let type_name = match given.get("__typename") {
                Some(Value::String(name)) => name.as_str(),
                _ => "",
            };
            project(world, set, given, type_name)
        }
        other => Ok(other.clone()),
    }
}
