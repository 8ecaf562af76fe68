//! One answer: its values go into the response, its errors to the places the client knows.

use std::collections::HashSet;

use async_graphql::Value;

use super::{
    Execution,
    assignment::Assignment,
    fetch::PreparedFetch,
    merge::{merge_object, rename},
    path::{Object, Target, client_path, locate},
};
use crate::{
    plan::{FetchOutput, KeyRename, PathStep, step_for_client},
    response::{GraphQlError, PathSegment},
    subgraph::SubgraphResponse,
};

impl Execution<'_> {
    pub(super) fn absorb(&mut self, fetch: PreparedFetch<'_>, response: SubgraphResponse) {
        let subgraph = &fetch.step.operation.subgraph;
        let mut errors = response
            .errors
            .into_iter()
            .map(|error| self.mask(subgraph, error))
            .collect::<Vec<_>>();
        let mut data = self.object_of(subgraph, response.data, &mut errors);
        // What has no path speaks for everything that was asked.
        let (whole, mut errors): (Vec<_>, Vec<_>) =
            errors.into_iter().partition(|error| error.path.is_empty());
        for output in &fetch.step.outputs {
            match &output.entities {
                None => {
                    let value = Value::Object(std::mem::take(&mut data));
                    let mut own = std::mem::take(&mut errors);
                    own.extend(whole.iter().cloned());
                    self.absorb_root(output, value, own);
                }
                Some((key, input)) => {
                    let list = data.swap_remove(key.as_str());
                    let (mut own, rest): (Vec<_>, Vec<_>) = errors
                        .into_iter()
                        .partition(|error| is_key(error.path.first(), key));
                    errors = rest;
                    own.extend(whole.iter().cloned());
                    let places = Places {
                        paths: &fetch.step.inputs[*input].paths,
                        targets: &fetch.targets[*input],
                    };
                    let list = self.entities_of(subgraph, list, &places, &mut own);
                    self.absorb_entities(output, &places, list, own);
                }
            }
        }
        // An answer may speak of something nobody asked for; better shown at no place than lost.
        self.errors.extend(errors.into_iter().map(|mut error| {
            error.path.clear();
            error
        }));
    }

    /// The entities in the order they were asked for. Where there are more or fewer, nothing says which is whose, and
    /// none is taken.
    fn entities_of(
        &self,
        subgraph: &str,
        answer: Option<Value>,
        places: &Places<'_>,
        errors: &mut Vec<GraphQlError>,
    ) -> Option<Vec<Value>> {
        match answer {
            Some(Value::List(entities)) if entities.len() == places.targets.len() => {
                return Some(entities);
            }
            None | Some(Value::Null) if !errors.is_empty() => {}
            _ => {
                tracing::error!(subgraph, "the entities are not those that were asked for");
                errors.push(GraphQlError::internal(&self.context.request_id));
            }
        }
        None
    }

    /// The answer as an object. Anything else is a failure, which a null without an error does not tell by itself.
    fn object_of(&self, subgraph: &str, data: Value, errors: &mut Vec<GraphQlError>) -> Object {
        match data {
            Value::Object(data) => data,
            Value::Null if !errors.is_empty() => Object::new(),
            _ => {
                tracing::error!(subgraph, "the answer is not an object");
                errors.push(GraphQlError::internal(&self.context.request_id));
                Object::new()
            }
        }
    }

    fn absorb_root(&mut self, output: &FetchOutput, mut value: Value, errors: Vec<GraphQlError>) {
        for error in errors {
            if error.path.is_empty() {
                let root = HashSet::from([Vec::new()]);
                self.failures.add(root, output.keys.clone(), error);
            } else {
                let path = renamed(&error.path, &output.renames);
                self.errors.push(GraphQlError { path, ..error });
            }
        }
        for key in &output.renames {
            rename(self.types, &mut value, &key.path, &key.to);
        }
        if let (Value::Object(target), Value::Object(source)) = (&mut self.data, value) {
            merge_object(self.types, target, source);
        }
    }

    fn absorb_entities(
        &mut self,
        output: &FetchOutput,
        places: &Places<'_>,
        answer: Option<Vec<Value>>,
        errors: Vec<GraphQlError>,
    ) {
        let is_answer = answer.is_some();
        let entities = answer.unwrap_or_else(|| vec![Value::Null; places.targets.len()]);
        let missing = self.absorb_entity_errors(output, places, &entities, errors);
        for target in missing
            .iter()
            .filter(|_| is_answer)
            .flat_map(|index| &places.targets[*index])
        {
            let object = self.path_of(places, target);
            self.failures.miss(object);
        }

        for (mut entity, targets) in entities.into_iter().zip(places.targets) {
            for key in &output.renames {
                rename(self.types, &mut entity, &key.path, &key.to);
            }
            // The last place gets the value itself; the others, where there are any, a copy.
            let Some((last, others)) = targets.split_last() else {
                continue;
            };
            for target in others {
                self.merge_into(places, target, entity.clone());
            }
            self.merge_into(places, last, entity);
        }
    }

    fn merge_into(&mut self, places: &Places<'_>, target: &Target, entity: Value) {
        let path = &places.paths[target.path];
        let object = locate(&mut self.data, path, &target.indices);
        if let (Some(object), Value::Object(entity)) = (object, entity) {
            merge_object(self.types, object, entity);
        }
    }

    /// Puts errors where they belong, and says which entities are null without one.
    fn absorb_entity_errors(
        &mut self,
        output: &FetchOutput,
        places: &Places<'_>,
        entities: &[Value],
        errors: Vec<GraphQlError>,
    ) -> Vec<usize> {
        let mut assignment = Assignment::new(entities);
        // Errors inside entities first: the entities they leave null are then not taken for missing ones.
        let (inside, whole): (Vec<_>, Vec<_>) =
            errors.into_iter().partition(|error| error.path.len() > 1);
        for error in inside {
            let (index, rest) = assignment.place(&error.path[1..]);
            let rest = renamed(rest, &output.renames);
            if rest.is_empty() {
                self.fail(output, places, index, &error);
                continue;
            }
            let targets = index.and_then(|index| places.targets.get(index));
            for target in targets.into_iter().flatten() {
                let mut path = self.path_of(places, target);
                path.extend(rest.iter().cloned());
                self.errors.push(GraphQlError {
                    path,
                    ..error.clone()
                });
            }
        }
        for error in whole {
            let index = (!error.path.is_empty())
                .then(|| assignment.next_missing())
                .flatten();
            self.fail(output, places, index, &error);
        }
        assignment.missing()
    }

    /// Notes that one entity, or without an index all of them, did not get what was asked for.
    fn fail(
        &mut self,
        output: &FetchOutput,
        places: &Places<'_>,
        index: Option<usize>,
        error: &GraphQlError,
    ) {
        let targets = match index {
            Some(index) => places
                .targets
                .get(index)
                .map(std::slice::from_ref)
                .unwrap_or_default(),
            None => places.targets,
        };
        let objects = targets
            .iter()
            .flatten()
            .map(|target| self.path_of(places, target))
            .collect();
        let error = GraphQlError {
            path: Vec::new(),
            ..error.clone()
        };
        self.failures.add(objects, output.keys.clone(), error);
    }

    fn path_of(&self, places: &Places<'_>, target: &Target) -> Vec<PathSegment> {
        client_path(&self.data, &places.paths[target.path], &target.indices)
    }

    /// An error with a code was made to be read by clients; any other is ours, for the log.
    fn mask(&self, subgraph: &str, error: GraphQlError) -> GraphQlError {
        if error.code().is_some() {
            return error;
        }
        let request_id = &self.context.request_id;
        tracing::error!(subgraph, request_id, path = ?error.path, "{}", error.message);
        GraphQlError {
            path: error.path,
            ..GraphQlError::internal(request_id)
        }
    }
}

/// Where the entities of one list belong.
struct Places<'a> {
    paths: &'a [Vec<PathStep>],
    targets: &'a [Vec<Target>],
}

fn is_key(segment: Option<&PathSegment>, key: &str) -> bool {
    matches!(segment, Some(PathSegment::Key(name)) if name == key)
}

/// The path of an error with keys as the client knows them.
fn renamed(path: &[PathSegment], renames: &[KeyRename]) -> Vec<PathSegment> {
    let mut path = path.to_vec();
    for rename in renames {
        let mut keys = rename.path.iter().filter_map(PathStep::field);
        let mut places = path
            .iter_mut()
            .filter(|segment| matches!(segment, PathSegment::Key(_)));
        let mut last = None;
        let is_same = keys.all(|key| {
            last = places.next();
            is_key(last.as_deref(), key)
        });
        if let (true, Some(segment)) = (is_same, last) {
            *segment = PathSegment::Key(rename.to.clone());
        }
    }
    path.into_iter().map(step_for_client).collect()
}
