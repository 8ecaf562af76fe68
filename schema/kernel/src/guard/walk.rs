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

struct Denied {
    is_nullable: bool,
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
        let error = refusal(&context.item.node, context.item.pos, anonymous);
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
    match (&request.parsed_query().ok()?.operations, name) {
        (DocumentOperations::Single(operation), _) => Some(&operation.node),
        (DocumentOperations::Multiple(operations), Some(name)) => operations
            .get(name.as_str())
            .map(|operation| &operation.node),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

// Marks a field that the caller may not have. Without a description, which would stay behind when the definition is
// taken out of the published schema.
#[Directive(location = "Field", visible = false)]
pub(super) fn denied(is_nullable: bool) -> impl CustomDirective {
    Denied { is_nullable }
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

fn root(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// Marks every field of the document that `actor` may not have.
pub(super) fn mark_denied(document: &mut ExecutableDocument, rights: &Rights, actor: &Actor) {
    match &mut document.operations {
        DocumentOperations::Single(operation) => mark_operation(&mut operation.node, rights, actor),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                mark_operation(&mut operation.node, rights, actor);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        let type_name = fragment.node.type_condition.node.on.node.to_string();
        mark_selection(
            &mut fragment.node.selection_set.node,
            &type_name,
            rights,
            actor,
        );
    }
}

fn mark_operation(operation: &mut OperationDefinition, rights: &Rights, actor: &Actor) {
    let root = root(operation.ty);
    mark_selection(&mut operation.selection_set.node, root, rights, actor);
}

// Recursion is safe: async-graphql refuses documents deeper than its parser's limit before they come here.
fn mark_selection(selection: &mut SelectionSet, type_name: &str, rights: &Rights, actor: &Actor) {
    for item in &mut selection.items {
        match &mut item.node {
            Selection::Field(field) => mark_field(field, type_name, rights, actor),
            Selection::InlineFragment(fragment) => {
                let condition = fragment
                    .node
                    .type_condition
                    .as_ref()
                    .map(|condition| condition.node.on.node.to_string());
                let inner = condition.as_deref().unwrap_or(type_name);
                mark_selection(&mut fragment.node.selection_set.node, inner, rights, actor);
            }
            // Fragments are marked once, where they are defined.
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn mark_field(field: &mut Positioned<Field>, type_name: &str, rights: &Rights, actor: &Actor) {
    let name = field.node.name.node.as_str();
    if rights.decide(type_name, name, actor) != Decision::Allowed {
        let marker = async_graphql_parser::types::Directive {
            name: Positioned::new(Name::new(MARKER), field.pos),
            arguments: vec![(
                Positioned::new(Name::new(IS_NULLABLE), field.pos),
                Positioned::new(
                    Value::from(rights.is_nullable(type_name, name)).into(),
                    field.pos,
                ),
            )],
        };
        // In front, so that no other directive of the document can run the resolver first.
        field
            .node
            .directives
            .insert(0, Positioned::new(marker, field.pos));
        return;
    }
    if let Some(output) = rights.output(type_name, name) {
        mark_selection(&mut field.node.selection_set.node, output, rights, actor);
    }
}
