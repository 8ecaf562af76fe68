//! What each field asks for, read from the schema that declares it.

use std::collections::HashMap;

use async_graphql::Value;
use async_graphql_parser::{
    Positioned, parse_schema,
    types::{ConstDirective, FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition},
};

use crate::Actor;

/// The schema could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the guard cannot read the schema: {0}")]
pub struct RightsError(String);

/// Alternatives of scopes that are needed together: `[["order:read"], ["order:write", "support"]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement(Vec<Vec<String>>);

impl Requirement {
    /// Whether one of the alternatives is held whole.
    pub fn is_met_by(&self, actor: &Actor) -> bool {
        self.0
            .iter()
            .any(|all| all.iter().all(|scope| actor.has(scope)))
    }

    /// The alternatives, outermost any, innermost all.
    pub fn alternatives(&self) -> &[Vec<String>] {
        &self.0
    }
}

/// What the guard says about one field and one actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The actor may read it (rows are decided elsewhere).
    Allowed,
    /// The actor may not.
    Denied,
    /// No declaration covers the field; nobody may read it.
    Undeclared,
}

/// The table of all types and fields of a schema.
#[derive(Debug, Default)]
pub struct Rights {
    types: HashMap<String, TypeRights>,
    roots: Vec<String>,
}

#[derive(Debug, Default)]
struct TypeRights {
    requirement: Option<Requirement>,
    fields: HashMap<String, FieldRights>,
    // For interfaces and unions: the types a value can have.
    possible: Vec<String>,
    // Pages and their edges hold nothing of their own: the field that leads there and the node's type decide.
    structural: bool,
    is_personal: bool,
}

#[derive(Debug)]
struct FieldRights {
    requirement: Option<Requirement>,
    output: String,
    is_nullable: bool,
    is_personal: bool,
}

impl Rights {
    /// Reads the table from a schema in the definition language.
    ///
    /// # Errors
    /// When the text is not a schema.
    pub fn from_sdl(sdl: &str) -> Result<Self, RightsError> {
        let document = parse_schema(sdl).map_err(|error| RightsError(error.to_string()))?;
        let mut rights = Self::default();
        for definition in document.definitions {
            if let TypeSystemDefinition::Type(definition) = definition {
                rights.add(definition.node);
            }
        }
        for root in ["Query", "Mutation", "Subscription"] {
            if rights.types.contains_key(root) {
                rights.roots.push(root.to_owned());
            }
        }
        Ok(rights)
    }

    fn add(&mut self, definition: TypeDefinition) {
        let name = definition.name.node.to_string();
        let (fields, implements, members) = match definition.kind {
            TypeKind::Object(object) => (object.fields, object.implements, Vec::new()),
            TypeKind::Interface(interface) => (interface.fields, interface.implements, Vec::new()),
            TypeKind::Union(union) => (Vec::new(), Vec::new(), union.members),
            TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_) => return,
        };
        for interface in implements {
            self.types
                .entry(interface.node.to_string())
                .or_default()
                .possible
                .push(name.clone());
        }
        let entry = self.types.entry(name.clone()).or_default();
        entry
            .possible
            .extend(members.into_iter().map(|member| member.node.to_string()));
        entry.structural |= is_structural(&name);
        if let Some(requirement) = requirement(&definition.directives) {
            entry.requirement = Some(requirement);
        }
        entry.is_personal |= is_personal(&definition.directives);
        entry
            .fields
            .extend(fields.into_iter().map(|field| field_rights(field.node)));
    }

    /// What may be done with `type.field` by `actor`.
    pub fn decide(&self, type_name: &str, field_name: &str, actor: &Actor) -> Decision {
        if field_name.starts_with("__")
            || (self.is_root(type_name) && matches!(field_name, "_service" | "_entities"))
        {
            return Decision::Allowed;
        }
        let Some(entry) = self.types.get(type_name) else {
            return Decision::Undeclared;
        };
        let own = entry.decide(field_name, actor);
        if entry.possible.is_empty() || own == Decision::Denied {
            return own;
        }
        // A way through an interface is never wider than the ways to its types.
        let through: Vec<_> = entry
            .possible
            .iter()
            .map(|possible| self.decide(possible, field_name, actor))
            .collect();
        match through
            .iter()
            .find(|decision| **decision != Decision::Allowed)
        {
            Some(refusal) => *refusal,
            None => Decision::Allowed,
        }
    }

    /// What `type.field` asks for: of its type, and of itself. `None` where there is no such field.
    pub fn requirements(&self, type_name: &str, field_name: &str) -> Option<Vec<&Requirement>> {
        let entry = self.types.get(type_name)?;
        let field = entry.fields.get(field_name)?;
        Some(
            [&entry.requirement, &field.requirement]
                .into_iter()
                .flatten()
                .collect(),
        )
    }

    /// Whether `type.field` may be `null` by itself; or else its `null` is its parent's.
    pub fn is_nullable(&self, type_name: &str, field_name: &str) -> bool {
        self.types
            .get(type_name)
            .and_then(|entry| entry.fields.get(field_name))
            .is_some_and(|field| field.is_nullable)
    }

    /// The named type that `type.field` answers with.
    pub fn output(&self, type_name: &str, field_name: &str) -> Option<&str> {
        if field_name == "_entities" && self.is_root(type_name) {
            // Federation's own root field is not part of the published schema; what is selected under it is.
            return Some("_Entity");
        }
        self.types
            .get(type_name)?
            .fields
            .get(field_name)
            .map(|field| field.output.as_str())
    }

    /// Whether the values of `type.field` are personal data, by its own declaration or its type's. What only leads on to
    /// another type is judged there.
    pub fn is_personal(&self, type_name: &str, field_name: &str) -> bool {
        let Some(entry) = self.types.get(type_name) else {
            return false;
        };
        let Some(field) = entry.fields.get(field_name) else {
            return false;
        };
        let leads_on = self.types.get(&field.output).is_some_and(|output| {
            output.is_personal || output.structural || output.fields.is_empty()
        });
        field.is_personal || (entry.is_personal && field_name != "id" && !leads_on)
    }

    /// Whether a value of this type can be of several types: an interface or a union.
    pub(super) fn is_abstract(&self, type_name: &str) -> bool {
        type_name == "_Entity"
            || self
                .types
                .get(type_name)
                .is_some_and(|entry| !entry.possible.is_empty())
    }

    /// Whether the type is one of the outcomes that tell of a refusal.
    pub(super) fn is_problem(&self, type_name: &str) -> bool {
        self.types
            .get("Problem")
            .is_some_and(|problem| problem.possible.iter().any(|name| name == type_name))
    }

    /// Whether values of this type say themselves which customer they are about: with `id`, or by way of `customer`.
    pub(super) fn subject(&self, type_name: &str) -> Option<SubjectWay> {
        if type_name == CUSTOMER {
            return Some(SubjectWay::Id);
        }
        let leads = self.output(type_name, "customer") == Some(CUSTOMER);
        leads.then_some(SubjectWay::Customer)
    }

    /// Every field with the requirements of its type and its own, for tests and for `jetbridge check`.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.types.iter().flat_map(|(type_name, entry)| {
            entry
                .fields
                .keys()
                .map(move |field| (type_name.as_str(), field.as_str()))
        })
    }

    /// The root type of an operation: `Query`, `Mutation` or `Subscription`.
    pub fn is_root(&self, type_name: &str) -> bool {
        self.roots.iter().any(|root| root == type_name)
    }
}

/// The type whose values are customers.
const CUSTOMER: &str = "Customer";

/// How a value says which customer it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubjectWay {
    /// It is the customer.
    Id,
    /// By its field `customer`.
    Customer,
}

impl TypeRights {
    fn decide(&self, field_name: &str, actor: &Actor) -> Decision {
        if self.structural {
            return Decision::Allowed;
        }
        let Some(field) = self.fields.get(field_name) else {
            return Decision::Undeclared;
        };
        match (&self.requirement, &field.requirement) {
            (None, None) => Decision::Undeclared,
            (of_type, of_field) => {
                let met = [of_type, of_field]
                    .into_iter()
                    .flatten()
                    .all(|requirement| requirement.is_met_by(actor));
                if met {
                    Decision::Allowed
                } else {
                    Decision::Denied
                }
            }
        }
    }
}

pub(super) fn is_structural(type_name: &str) -> bool {
    type_name == "PageInfo"
        || type_name == "_Service"
        || type_name.ends_with("Connection")
        || type_name.ends_with("Edge")
}

fn field_rights(field: FieldDefinition) -> (String, FieldRights) {
    let ty = field.ty.node.to_string();
    let output = ty.trim_matches(['[', ']', '!']).to_owned();
    (
        field.name.node.to_string(),
        FieldRights {
            requirement: requirement(&field.directives),
            output,
            is_nullable: !ty.ends_with('!'),
            is_personal: is_personal(&field.directives),
        },
    )
}

fn is_personal(directives: &[Positioned<ConstDirective>]) -> bool {
    directives
        .iter()
        .any(|directive| directive.node.name.node == super::personal::PERSONAL)
}

fn requirement(directives: &[Positioned<ConstDirective>]) -> Option<Requirement> {
    let directive = directives
        .iter()
        .find(|directive| directive.node.name.node == "requiresScopes")?;
    let scopes = directive.node.get_argument("scopes")?;
    let Value::List(alternatives) = &scopes.node else {
        return None;
    };
    let texts = |value: &Value| match value {
        Value::List(all) => all
            .iter()
            .map(|scope| match scope {
                Value::String(scope) => scope.clone(),
                // Anything that is not a name can be held by nobody.
                _ => String::new(),
            })
            .collect(),
        _ => vec![String::new()],
    };
    Some(Requirement(alternatives.iter().map(texts).collect()))
}
