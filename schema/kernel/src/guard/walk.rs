//! The walk over a document that marks what the actor may not have.

use async_graphql::{
    Context, CustomDirective, Directive, ErrorExtensionValues, Name, PathSegment, Pos, Positioned,
    Request, Response, ServerError, ServerResult, Value, extensions::ResolveFut,
};
use async_graphql_parser::types::{
    DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection,
    SelectionSet,
};

use super::rights::{Decision, Rights};
use crate::{Actor, Code, session::ContextExt};

/// The directive that marks a denied field inside the process. It is taken out of the published schema, and writing it
/// in a document only denies the writer a field.
const MARKER: &str = "denied";

const IS_NULLABLE: &str = "isNullable";

const IS_UNAVAILABLE: &str = "isUnavailable";

struct Denied {
    is_nullable: bool,
    is_unavailable: bool,
}

#[async_graphql::async_trait::async_trait]
impl CustomDirective for Denied {
    async fn resolve_field(
        &self,
        context: &Context<'_>,
        _: ResolveFut<'_>,
    ) -> ServerResult<Option<Value>> {
        let anonymous = context
            .session()
            .map_or(true, |session| session.actor.is_anonymous());
        let error = if self.is_unavailable {
            unavailable(&context.item.node, context.item.pos)
        } else {
            refusal(&context.item.node, context.item.pos, anonymous)
        };
        let error = context.set_error_path(error);
        if self.is_nullable {
            // An error that is returned would take the parent along, and with it what the caller may have.
            context.add_error(error);
            return Ok(None);
        }
        Err(error)
    }
}

fn refusal(field: &Field, pos: Pos, anonymous: bool) -> ServerError {
    let name = &field.name.node;
    let (code, message) = if anonymous {
        (
            Code::Unauthenticated,
            format!("The field `{name}` needs a signed-in caller: send a bearer token."),
        )
    } else {
        (
            Code::Forbidden,
            format!(
                "You have no right to the field `{name}`; the schema says which scopes it needs."
            ),
        )
    };
    coded(code, message, pos)
}

fn unavailable(field: &Field, pos: Pos) -> ServerError {
    let name = &field.name.node;
    let message = format!(
        "The field `{name}` cannot be answered at the moment: what is read of persons is recorded, and the record cannot be kept."
    );
    coded(Code::Internal, message, pos)
}

fn coded(code: Code, message: String, pos: Pos) -> ServerError {
    let mut error = ServerError::new(message, Some(pos));
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code.as_str());
    error.extensions = Some(extensions);
    error
}

/// Whether the request is for a subscription. What cannot be read, or chosen, is none.
pub(super) fn is_subscription(request: &mut Request) -> bool {
    chosen(request).is_some_and(|operation| operation.ty == OperationType::Subscription)
}

/// The answer to a subscription that the actor may not have. The library begins a subscription before it looks at the
/// directives of its field, so a marker would come too late.
pub(super) fn refuse_root(
    request: &mut Request,
    rights: &Rights,
    actor: &Actor,
) -> Option<Response> {
    let operation = chosen(request)?;
    let root = root(operation.ty);
    operation.selection_set.node.items.iter().find_map(|item| {
        // The library reads fields alone here; what stands in a fragment is not begun.
        let Selection::Field(field) = &item.node else {
            return None;
        };
        let decision = rights.decide(root, field.node.name.node.as_str(), actor);
        (decision != Decision::Allowed).then(|| {
            let error = refusal(&field.node, field.pos, actor.is_anonymous());
            let key = field.node.response_key().node.to_string();
            Response::from_errors(vec![error.with_path(vec![PathSegment::Field(key)])])
        })
    })
}

fn chosen(request: &mut Request) -> Option<&OperationDefinition> {
    let name = request.operation_name.clone();
    chosen_of(request.parsed_query().ok()?, name.as_deref())
}

/// The operation of a document that is to be run.
pub(super) fn chosen_of<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (&document.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(&operation.node),
        (DocumentOperations::Multiple(operations), Some(name)) => {
            operations.get(name).map(|operation| &operation.node)
        }
        (DocumentOperations::Multiple(_), None) => None,
    }
}

// Marks a field that the caller may not have. Without a description, which would stay behind when the definition is
// taken out of the published schema.
#[Directive(location = "Field", visible = false)]
pub(super) fn denied(is_nullable: bool, is_unavailable: Option<bool>) -> impl CustomDirective {
    Denied {
        is_nullable,
        is_unavailable: is_unavailable.unwrap_or_default(),
    }
}

fn definition() -> String {
    format!("directive @{MARKER}")
}

/// The schema text without the marker's definition.
pub(super) fn without_marker(sdl: &str) -> String {
    let definition = definition();
    sdl.lines()
        .filter(|line| !line.starts_with(&definition))
        .fold(String::with_capacity(sdl.len()), |mut text, line| {
            text.push_str(line);
            text.push('\n');
            text
        })
}

/// Under which names the document asks for the federation field `_service`.
pub(super) fn services(document: &ExecutableDocument) -> Vec<Name> {
    let operations = document.operations.iter();
    operations
        .flat_map(|(_, operation)| &operation.node.selection_set.node.items)
        .filter_map(|selection| match &selection.node {
            Selection::Field(field) if field.node.name.node == "_service" => {
                Some(field.node.response_key().node.clone())
            }
            _ => None,
        })
        .collect()
}

/// Puts the published schema in the place of the process's own, which defines the marker, in what `_service` answers
/// under these names.
pub(super) fn publish(data: &mut Value, services: &[Name], sdl: &str) {
    let Value::Object(data) = data else { return };
    for name in services {
        let Some(Value::Object(service)) = data.get_mut(name) else {
            continue;
        };
        for value in service.values_mut() {
            if let Value::String(text) = value
                && text.contains(&definition())
            {
                sdl.clone_into(text);
            }
        }
    }
}

/// Whether the actor may have every field of the document, which is the common case and costs no copy.
pub(super) fn allows(document: &ExecutableDocument, rights: &Rights, actor: &Actor) -> bool {
    document.operations.iter().all(|(_, operation)| {
        allows_selection(
            &operation.node.selection_set.node,
            root(operation.node.ty),
            rights,
            actor,
        )
    }) && document.fragments.values().all(|fragment| {
        let type_name = fragment.node.type_condition.node.on.node.as_str();
        allows_selection(&fragment.node.selection_set.node, type_name, rights, actor)
    })
}

fn allows_selection(
    selection: &SelectionSet,
    type_name: &str,
    rights: &Rights,
    actor: &Actor,
) -> bool {
    selection.items.iter().all(|item| match &item.node {
        Selection::Field(field) => {
            let name = field.node.name.node.as_str();
            rights.decide(type_name, name, actor) == Decision::Allowed
                && rights.output(type_name, name).is_none_or(|output| {
                    allows_selection(&field.node.selection_set.node, output, rights, actor)
                })
        }
        Selection::InlineFragment(fragment) => {
            let condition = fragment
                .node
                .type_condition
                .as_ref()
                .map(|condition| condition.node.on.node.as_str());
            allows_selection(
                &fragment.node.selection_set.node,
                condition.unwrap_or(type_name),
                rights,
                actor,
            )
        }
        Selection::FragmentSpread(_) => true,
    })
}

pub(super) fn root(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// Why a field is marked.
#[derive(Clone, Copy)]
pub(super) enum Mark<'a> {
    /// The actor may not have it.
    Denied(&'a Actor),
    /// It is personal data or changes something, and the audit log cannot be written.
    Unavailable,
}

/// Marks every field of the document that is not to be resolved. Returns their names: `"Customer.birthDate"`.
pub(super) fn mark(
    document: &mut ExecutableDocument,
    rights: &Rights,
    why: Mark<'_>,
) -> Vec<String> {
    let mut marker = Marker {
        rights,
        why,
        marked: Vec::new(),
    };
    match &mut document.operations {
        DocumentOperations::Single(operation) => marker.operation(&mut operation.node),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                marker.operation(&mut operation.node);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        let type_name = fragment.node.type_condition.node.on.node.to_string();
        marker.selection(&mut fragment.node.selection_set.node, &type_name);
    }
    marker.marked
}

struct Marker<'a> {
    rights: &'a Rights,
    why: Mark<'a>,
    marked: Vec<String>,
}

impl Marker<'_> {
    fn operation(&mut self, operation: &mut OperationDefinition) {
        let root = root(operation.ty);
        self.selection(&mut operation.selection_set.node, root);
    }

    // Recursion is safe: async-graphql refuses documents deeper than its parser's limit before they come here.
    fn selection(&mut self, selection: &mut SelectionSet, type_name: &str) {
        for item in &mut selection.items {
            match &mut item.node {
                Selection::Field(field) => self.field(field, type_name),
                Selection::InlineFragment(fragment) => {
                    let condition = fragment
                        .node
                        .type_condition
                        .as_ref()
                        .map(|condition| condition.node.on.node.to_string());
                    let inner = condition.as_deref().unwrap_or(type_name);
                    self.selection(&mut fragment.node.selection_set.node, inner);
                }
                // Fragments are marked once, where they are defined.
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn is_marked(&self, type_name: &str, name: &str) -> bool {
        match self.why {
            Mark::Denied(actor) => self.rights.decide(type_name, name, actor) != Decision::Allowed,
            Mark::Unavailable => {
                type_name == "Mutation" || self.rights.is_personal(type_name, name)
            }
        }
    }

    fn field(&mut self, field: &mut Positioned<Field>, type_name: &str) {
        let name = field.node.name.node.as_str();
        if self.is_marked(type_name, name) {
            self.marked.push(format!("{type_name}.{name}"));
            let position = field.pos;
            let argument = |name: &str, value: bool| {
                (
                    Positioned::new(Name::new(name), position),
                    Positioned::new(Value::from(value).into(), position),
                )
            };
            let marker = async_graphql_parser::types::Directive {
                name: Positioned::new(Name::new(MARKER), position),
                arguments: vec![
                    argument(IS_NULLABLE, self.rights.is_nullable(type_name, name)),
                    argument(IS_UNAVAILABLE, matches!(self.why, Mark::Unavailable)),
                ],
            };
            // In front, so that no other directive of the document can run the resolver first.
            field
                .node
                .directives
                .insert(0, Positioned::new(marker, position));
            return;
        }
        if let Some(output) = self.rights.output(type_name, name) {
            self.selection(&mut field.node.selection_set.node, output);
        }
    }
}
