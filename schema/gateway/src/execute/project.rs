//! From everything that was fetched to exactly what was asked: order, types, and where null stops.

use async_graphql::{Name, Value};
use indexmap::IndexMap;

use super::{
    asked::is_asked,
    failure::Failures,
    path::{Object, type_name},
};
use crate::{
    error::ErrorCode,
    plan::{Kind, Leaf, Shape, ShapeField, TypeShape},
    request::RequestContext,
    response::{GraphQlError, PathSegment},
};

/// Completes values in place and collects what is wrong with them.
pub(super) struct Projection<'a> {
    failures: Failures,
    errors: Vec<GraphQlError>,
    /// Errors of what only the plan asked for.
    unasked: Vec<GraphQlError>,
    context: &'a RequestContext,
}

const NOT_FOUND: &str = "There is no such record, or none that you may know of.";

/// Where we are, linked to where we came from: a path costs nothing until somebody needs it.
#[derive(Clone, Copy)]
enum Place<'p> {
    Root,
    Key(&'p Self, &'p Name),
    Index(&'p Self, usize),
}

impl Place<'_> {
    fn to_path(self) -> Vec<PathSegment> {
        let mut path = Vec::new();
        let mut place = self;
        loop {
            place = match place {
                Place::Root => break,
                Place::Key(parent, key) => {
                    path.push(PathSegment::Key(key.clone()));
                    *parent
                }
                Place::Index(parent, index) => {
                    path.push(PathSegment::Index(index));
                    *parent
                }
            };
        }
        path.reverse();
        path
    }
}

impl<'a> Projection<'a> {
    pub(super) fn new(
        failures: Failures,
        errors: Vec<GraphQlError>,
        context: &'a RequestContext,
    ) -> Self {
        Self {
            failures,
            errors,
            unasked: Vec::new(),
            context,
        }
    }

    /// Completes the response; `false` where null reaches the root.
    pub(super) fn root(&mut self, data: &mut Value, shape: &Shape) -> bool {
        (self.errors, self.unasked) = std::mem::take(&mut self.errors)
            .into_iter()
            .partition(|error| is_asked(shape, &error.path));
        match data {
            Value::Object(object) => self.object(object, shape, Place::Root),
            _ => false,
        }
    }

    pub(super) fn into_errors(self) -> Vec<GraphQlError> {
        let mut errors = self.errors;
        errors.extend(self.failures.untold());
        errors.extend(self.unasked);
        errors
    }

    /// Completes an object; `false` where one of its non-null fields is null, so that it must be null itself.
    fn object(&mut self, object: &mut Object, shape: &Shape, place: Place<'_>) -> bool {
        let concrete = match (shape.concrete_type(), type_name(object)) {
            (Some(name), _) => Some(name.to_owned()),
            (None, name) => name.map(str::to_owned),
        };
        if shape.depends_on_type() && concrete.is_none() {
            return self.untyped(place, "a value of abstract type came without its type");
        }
        let concrete = concrete.unwrap_or_default();
        let Some(fields) = shape.fields(&concrete) else {
            return self.untyped(place, "a value is of a type that may not stand here");
        };

        if is_in_shape(object, fields) {
            return object.values_mut().zip(fields).all(|(value, field)| {
                self.value(value, &field.ty, Place::Key(&place, &field.key))
            });
        }
        let mut projected = IndexMap::with_capacity(fields.len());
        for field in fields {
            let Some(value) = self.field(object, field, &concrete, place) else {
                return false;
            };
            projected.insert(field.key.clone(), value);
        }
        *object = projected;
        true
    }

    /// The completed value of one field; none where it must not be null and is.
    fn field(
        &mut self,
        object: &mut Object,
        field: &ShapeField,
        concrete: &str,
        place: Place<'_>,
    ) -> Option<Value> {
        if matches!(field.ty.kind, Kind::TypeName) {
            return Some(Value::from(concrete));
        }
        let here = Place::Key(&place, &field.key);
        let Some(value) = object.get_mut(&field.source) else {
            return self.absent(field, place).then_some(Value::Null);
        };
        let mut value = std::mem::take(value);
        self.value(&mut value, &field.ty, here).then_some(value)
    }

    /// Completes a value in place; `false` where it is null and must not be.
    fn value(&mut self, value: &mut Value, ty: &TypeShape, place: Place<'_>) -> bool {
        let is_complete = match (&mut *value, &ty.kind) {
            (_, Kind::Introspection | Kind::TypeName) => true,
            (Value::Null, _) => {
                if !ty.is_nullable {
                    self.forbidden_null(place);
                }
                return ty.is_nullable;
            }
            (Value::List(items), Kind::List(item)) => items
                .iter_mut()
                .enumerate()
                .all(|(index, value)| self.value(value, item, Place::Index(&place, index))),
            (Value::Object(object), Kind::Composite(shape)) => self.object(object, shape, place),
            (value, Kind::Leaf(leaf)) => {
                complete_leaf(value, leaf)
                    || self.malformed(place, "a value is not of its declared type")
            }
            _ => self.malformed(place, "a value is not of its declared type"),
        };
        if !is_complete {
            *value = Value::Null;
            if !ty.is_nullable {
                self.missed(place);
            }
        }
        is_complete || ty.is_nullable
    }

    /// An entity that is not there, or not for this caller, is null; only where that is forbidden it is an error.
    fn missed(&mut self, place: Place<'_>) {
        let path = place.to_path();
        if self.failures.is_missing(&path) && !self.knows_of(&path) {
            self.errors.push(GraphQlError {
                path,
                ..GraphQlError::new(ErrorCode::NotFound, NOT_FOUND)
            });
        }
    }

    /// A field for which there is no value: the fetch that was to bring it failed, or null reached the object there.
    fn absent(&mut self, field: &ShapeField, object: Place<'_>) -> bool {
        let mut path = object.to_path();
        if let Some(mut error) = self.failures.explain(&path, &field.source) {
            path.push(PathSegment::Key(field.key.clone()));
            error.path = path;
            self.errors.push(error);
        } else if !field.ty.is_nullable && !self.failures.is_missing(&path) && !self.knows_of(&path)
        {
            let place = Place::Key(&object, &field.key);
            match self.unasked_inside(&path) {
                Some(error) => self.errors.push(GraphQlError {
                    path: place.to_path(),
                    ..error
                }),
                None => self.forbidden_null(place),
            }
        }
        field.ty.is_nullable
    }

    /// Null where the schema forbids it needs an error; mostly there is one already.
    fn forbidden_null(&mut self, place: Place<'_>) {
        let path = place.to_path();
        if self.knows_of(&path) {
            return;
        }
        match self.unasked_inside(&path) {
            Some(error) => self.errors.push(GraphQlError { path, ..error }),
            None => drop(self.malformed(place, "null in a non-null field")),
        }
    }

    /// What failed inside this place and was not asked for by the client: null may have spread from it.
    fn unasked_inside(&self, path: &[PathSegment]) -> Option<GraphQlError> {
        let mut unasked = self.unasked.iter();
        unasked.find(|error| error.path.starts_with(path)).cloned()
    }

    /// Whether an error speaks of this place, of something inside it, or of something around it.
    fn knows_of(&self, path: &[PathSegment]) -> bool {
        self.errors.iter().any(|error| {
            let shared = error.path.len().min(path.len());
            !error.path.is_empty() && error.path[..shared] == path[..shared]
        })
    }

    /// A value of which nobody can say what it is. Behind an interface object that is so too where the fetch that was to
    /// tell its type failed, or null reached it there; that error says enough.
    fn untyped(&mut self, place: Place<'_>, what: &str) -> bool {
        !self.knows_of(&place.to_path()) && self.malformed(place, what)
    }

    fn malformed(&mut self, place: Place<'_>, what: &str) -> bool {
        let path = place.to_path();
        let request_id = &self.context.request_id;
        tracing::error!(request_id, ?path, "{what}");
        self.errors.push(GraphQlError {
            path,
            ..GraphQlError::internal(request_id)
        });
        false
    }
}

/// Whether the object already holds exactly the fields asked for, in their order, as most do.
fn is_in_shape(object: &Object, fields: &[ShapeField]) -> bool {
    object.len() == fields.len()
        && object.keys().zip(fields).all(|(key, field)| {
            *key == field.key
                && field.key == field.source
                && !matches!(field.ty.kind, Kind::TypeName)
        })
}

/// Checks a leaf, and gives the one that has two forms the one form clients know.
fn complete_leaf(value: &mut Value, leaf: &Leaf) -> bool {
    match (leaf, &*value) {
        (Leaf::Int, Value::Number(number)) => number
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        (Leaf::Float, Value::Number(_))
        | (Leaf::String | Leaf::Id, Value::String(_))
        | (Leaf::Boolean, Value::Boolean(_))
        | (Leaf::Custom, _) => true,
        (Leaf::Enum(names), Value::Enum(name)) => names.contains(name.as_str()),
        (Leaf::Enum(names), Value::String(name)) => names.contains(name),
        (Leaf::Id, Value::Number(number)) => {
            *value = Value::String(number.to_string());
            true
        }
        _ => false,
    }
}
