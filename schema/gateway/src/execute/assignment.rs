//! Which entity an error is about.

use std::collections::HashSet;

use async_graphql::Value;

use crate::response::PathSegment;

/// Finds the entity an error belongs to. Paths should say `["_entities", 2, "name"]`; `async-graphql` leaves the
/// position out, and then the n-th error about a field belongs to the n-th entity whose field is null.
pub(super) struct Assignment<'a> {
    entities: &'a [Value],
    /// Entities that an error explains already, with what it says is null inside.
    taken: Vec<(usize, Vec<PathSegment>)>,
}

impl<'a> Assignment<'a> {
    pub(super) fn new(entities: &'a [Value]) -> Self {
        Self {
            entities,
            taken: Vec::new(),
        }
    }

    /// The position of the entity and the path inside it.
    pub(super) fn place<'p>(
        &mut self,
        path: &'p [PathSegment],
    ) -> (Option<usize>, &'p [PathSegment]) {
        if let [PathSegment::Index(index), rest @ ..] = path {
            self.taken.push((*index, rest.to_vec()));
            return (Some(*index), rest);
        }
        let candidate = (0..self.entities.len()).find(|index| {
            is_null_at(&self.entities[*index], path)
                && !self
                    .taken
                    .iter()
                    .any(|(taken, inside)| taken == index && inside == path)
        });
        if let Some(index) = candidate {
            self.taken.push((index, path.to_vec()));
        }
        (candidate, path)
    }

    /// Every entity that is null and that no error explains.
    pub(super) fn missing(&self) -> Vec<usize> {
        let taken: HashSet<usize> = self.taken.iter().map(|(index, _)| *index).collect();
        let entities = self.entities.iter().enumerate();
        entities
            .filter(|(index, entity)| matches!(entity, Value::Null) && !taken.contains(index))
            .map(|(index, _)| index)
            .collect()
    }

    /// The next entity that is null and unexplained.
    pub(super) fn next_missing(&mut self) -> Option<usize> {
        let missing = (0..self.entities.len()).find(|index| {
            matches!(self.entities[*index], Value::Null)
                && !self.taken.iter().any(|(taken, _)| taken == index)
        })?;
        self.taken.push((missing, Vec::new()));
        Some(missing)
    }
}

/// Whether a path ends in null, or null stopped it on the way.
fn is_null_at(mut value: &Value, path: &[PathSegment]) -> bool {
    for segment in path {
        let inner = match (value, segment) {
            (Value::Null, _) => return true,
            (Value::Object(object), PathSegment::Key(key)) => object.get(key),
            (Value::List(items), PathSegment::Index(index)) => items.get(*index),
            _ => None,
        };
        match inner {
            Some(inner) => value = inner,
            None => return false,
        }
    }
    matches!(value, Value::Null)
}

#[cfg(test)]
mod tests {
    use async_graphql::{Name, Value, value};

    use super::{Assignment, PathSegment};

    fn key(name: &str) -> PathSegment {
        PathSegment::Key(Name::new(name))
    }

    #[test]
    fn a_position_in_the_path_decides() {
        let entities = [Value::Null, value!({"name": null})];
        let path = [PathSegment::Index(1), key("name")];
        let (index, rest) = Assignment::new(&entities).place(&path);
        assert_eq!((index, rest), (Some(1), &path[1..]));
    }

    #[test]
    fn without_positions_errors_go_to_nulls_in_turn() {
        let entities = [
            value!({"name": "a"}),
            value!({"name": null}),
            Value::Null,
            value!({"name": null}),
        ];
        let mut assignment = Assignment::new(&entities);
        let path = [key("name")];
        let places = [0; 4].map(|_| assignment.place(&path).0);
        assert_eq!(places, [Some(1), Some(2), Some(3), None]);
    }

    #[test]
    fn an_entity_that_an_error_explains_is_not_missing() {
        let entities = [Value::Null, Value::Null, value!({})];
        let mut assignment = Assignment::new(&entities);
        assert_eq!(assignment.place(&[key("name")]).0, Some(0));
        assert_eq!(assignment.missing(), [1]);
        assert_eq!(assignment.next_missing(), Some(1));
        assert!(assignment.missing().is_empty());
        assert_eq!(assignment.next_missing(), None);
    }
}
