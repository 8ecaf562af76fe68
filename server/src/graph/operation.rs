//! One operation on a connection that stays: its session, its responses, and its line in the log.

use std::{collections::BTreeSet, time::Instant};

use async_graphql::{
    Positioned,
    parser::{
        parse_query,
        types::{
            DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
            SelectionSet,
        },
    },
};
use futures_util::{StreamExt, stream};
use schema_gateway::{
    GraphQlRequest, GraphQlResponse, Limits, RequestHeaders, ResponseStream, refuse_excess,
};
use schema_kernel::{Actor, Session};

use super::endpoint::{allowance, loggable, purposeful, stamp};
use crate::App;

/// The responses to an operation, with the request's id on each. When the stream ends, or is dropped, one line of the log
/// says how it went.
pub(super) fn answer(
    app: &App,
    actor: &Actor,
    headers: RequestHeaders,
    mut request: GraphQlRequest,
    id: String,
    door: &'static str,
) -> ResponseStream {
    if let Err(refusal) = app.documents().resolve(&mut request, actor) {
        refusal.reason.count();
        let mut refused = GraphQlResponse::refused(refusal);
        stamp(&mut refused, &id);
        return stream::once(std::future::ready(refused)).boxed();
    }
    let mut line = Line {
        door,
        operation: request.operation_name.as_deref().map(loggable),
        actor: actor.clone(),
        id: id.clone(),
        started: Instant::now(),
        responses: 0,
        codes: BTreeSet::new(),
    };
    let session = Session::new(actor.clone(), id, app.clock().clone(), app.ids().clone());
    let session = purposeful(session, &headers.0);
    let allowance = allowance(app, actor, &headers.0);
    let limit = app.graph().limits().response_bytes;
    app.graph()
        .subscribe(request, session, headers, allowance)
        .map(move |response| {
            let mut response = response.within(limit);
            line.responses += 1;
            line.codes.extend(stamp(&mut response, &line.id));
            response
        })
        .boxed()
}

/// Whether the request is for a subscription. What cannot be read is none: the graph says what is wrong with it.
pub(super) fn is_subscription(request: &GraphQlRequest, limits: &Limits) -> bool {
    if !request.query.contains("subscription") || refuse_excess(&request.query, limits).is_err() {
        return false;
    }
    let Ok(document) = parse_query(&request.query) else {
        return false;
    };
    chosen_kind(&document, request) == Some(OperationType::Subscription)
}

/// The fields at the root of the operation that the request chooses; none where it cannot be read, or chooses none.
pub(super) fn root_fields(request: &GraphQlRequest, limits: &Limits) -> Vec<String> {
    let mut names = Vec::new();
    if refuse_excess(&request.query, limits).is_err() {
        return names;
    }
    let Ok(document) = parse_query(&request.query) else {
        return names;
    };
    if let Some(operation) = chosen(&document, request) {
        gather(&operation.node.selection_set.node, &document, &mut names);
    }
    names
}

// Cycles of fragments were refused before.
fn gather(selection: &SelectionSet, document: &ExecutableDocument, names: &mut Vec<String>) {
    for item in &selection.items {
        match &item.node {
            Selection::Field(field) => names.push(field.node.name.node.to_string()),
            Selection::InlineFragment(inline) => {
                gather(&inline.node.selection_set.node, document, names);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    gather(&fragment.node.selection_set.node, document, names);
                }
            }
        }
    }
}

/// The kind of the operation that the request chooses; none where it names none that there is. The graph refuses that.
pub(super) fn chosen_kind(
    document: &ExecutableDocument,
    request: &GraphQlRequest,
) -> Option<OperationType> {
    chosen(document, request).map(|operation| operation.node.ty)
}

fn chosen<'a>(
    document: &'a ExecutableDocument,
    request: &GraphQlRequest,
) -> Option<&'a Positioned<OperationDefinition>> {
    match (&document.operations, &request.operation_name) {
        (DocumentOperations::Single(operation), _) => Some(operation),
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(name.as_str()),
        (DocumentOperations::Multiple(_), None) => None,
    }
}

struct Line {
    door: &'static str,
    operation: Option<String>,
    actor: Actor,
    id: String,
    started: Instant,
    responses: u64,
    codes: BTreeSet<String>,
}

impl Drop for Line {
    fn drop(&mut self) {
        let codes = (!self.codes.is_empty())
            .then(|| self.codes.iter().cloned().collect::<Vec<_>>().join(","));
        tracing::info!(
            request.id = self.id,
            duration_ms = self.started.elapsed().as_millis(),
            operation = self.operation,
            actor.id = self.actor.id(),
            actor.role = self.actor.role(),
            responses = self.responses,
            codes,
            "operation over {} ended",
            self.door
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_at_the_root_is_found_wherever_it_stands() {
        let of = |query: &str, name: Option<&str>| {
            let mut request = GraphQlRequest::new(query);
            request.operation_name = name.map(str::to_owned);
            root_fields(&request, &Limits::default())
        };
        let query = "mutation A { x: a { inner } ... { b } ...F } mutation B { d } fragment F on Mutation { c }";
        assert_eq!(of(query, Some("A")), ["a", "b", "c"]);
        assert_eq!(of(query, Some("B")), ["d"]);
        for none in [
            "{",
            "fragment F on Query { ...F } { ...F }",
            "query A { a } query B { b }",
        ] {
            assert_eq!(of(none, None), Vec::<String>::new(), "{none}");
        }
    }

    #[test]
    fn the_chosen_operation_decides() {
        let is = |query: &str, name: Option<&str>| {
            let mut request = GraphQlRequest::new(query);
            request.operation_name = name.map(str::to_owned);
            is_subscription(&request, &Limits::default())
        };
        assert!(is("subscription { a }", None));
        assert!(is("query A { a } subscription B { a }", Some("B")));
        assert!(!is("query A { a } subscription B { a }", Some("A")));
        assert!(!is("query A { a } subscription B { a }", None));
        assert!(!is("{ subscription }", None));
        assert!(!is("subscription {", None));
    }
}
