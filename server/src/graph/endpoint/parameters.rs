//! The parameters of a request, read strictly.

use std::collections::HashMap;

use async_graphql::parser::{parse_query, types::OperationType};
use axum::http::StatusCode;
use schema_gateway::{
    ErrorCode, GraphQlRequest, Limits, RefusalReason, read_object, refuse_excess,
};
use serde_json::{Map, Value};

use super::Refusal;
use crate::graph::operation::chosen_kind;

const KNOWN: [&str; 5] = [
    "query",
    "documentId",
    "operationName",
    "variables",
    "extensions",
];

/// Reads a JSON body.
pub(super) fn from_body(bytes: &[u8]) -> Result<GraphQlRequest, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        bad(format!(
            "The body is not UTF-8: byte {} cannot stand there.",
            error.valid_up_to()
        ))
    })?;
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {}
        Some(b'[') => {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                RefusalReason::Batch,
                "Batches are not answered: send one object with `query`, and what belongs together in one document.",
            ));
        }
        None => return Err(bad("The body is empty: send an object with `query`.")),
        Some(_) => return Err(bad("The body is not an object: send one with `query`.")),
    }
    let request: GraphQlRequest =
        serde_json::from_str(text).map_err(|error| bad(explain(&error)))?;
    check(request)
}

/// Reads the parameters of a URL. What it may be is [`reads_only`]'s to say, when the document is known.
pub(super) fn from_query(query: &str) -> Result<GraphQlRequest, Refusal> {
    let mut parameters: HashMap<String, String> = HashMap::new();
    for (name, value) in axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri(query)?)
        .map_err(|error| bad(format!("The URL's parameters cannot be read: {error}.")))?
        .0
    {
        if KNOWN.contains(&name.as_str()) && parameters.insert(name.clone(), value).is_some() {
            return Err(bad(format!(
                "The parameter `{name}` stands in the URL twice."
            )));
        }
    }
    let request = GraphQlRequest {
        query: parameters.remove("query").unwrap_or_default(),
        document_id: parameters.remove("documentId").filter(|id| !id.is_empty()),
        operation_name: parameters
            .remove("operationName")
            .filter(|name| !name.is_empty()),
        variables: object("variables", parameters.remove("variables"))?,
        extensions: object("extensions", parameters.remove("extensions"))?,
    };
    check(request)
}

fn uri(query: &str) -> Result<axum::http::Uri, Refusal> {
    format!("/graphql?{query}")
        .parse()
        .map_err(|_| bad("The URL's parameters cannot be read."))
}

fn object(name: &str, text: Option<String>) -> Result<Map<String, Value>, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(Map::new());
    };
    read_object(&text).map_err(|_| {
        bad(format!(
            "The parameter `{name}` is not a JSON object in which every name stands once."
        ))
    })
}

fn check(request: GraphQlRequest) -> Result<GraphQlRequest, Refusal> {
    if request.query.trim().is_empty() && request.document_id().is_none() {
        return Err(bad(
            "There is no document: send it as `query`, or name one that is known here by `documentId`.",
        ));
    }
    Ok(request)
}

/// Refuses what is not a query; or a subscription, where events are taken. A document that is not understood here never
/// reaches the graph by GET, so no two readings of it can differ.
pub(super) fn reads_only(
    request: &GraphQlRequest,
    limits: &Limits,
    takes_events: bool,
) -> Result<(), Refusal> {
    refuse_excess(&request.query, limits).map_err(Refusal::of_document)?;
    let document = parse_query(&request.query).map_err(|_| {
        Refusal::of_document(schema_gateway::Refusal::new(
            RefusalReason::Parse,
            ErrorCode::ParseFailed,
            "The document cannot be read.",
        ))
    })?;
    let is_refused = match chosen_kind(&document, request) {
        Some(OperationType::Query) | None => false,
        Some(OperationType::Mutation) => true,
        Some(OperationType::Subscription) => !takes_events,
    };
    if is_refused {
        return Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            RefusalReason::Protocol,
            "By GET there are queries alone: send a mutation by POST.",
        ));
    }
    Ok(())
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, RefusalReason::Protocol, message)
}

// The text around the place is not repeated: it may be anything.
fn explain(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    match error.classify() {
        Category::Data => format!("The body is not a GraphQL request: {error}."),
        Category::Syntax | Category::Eof | Category::Io => {
            format!(
                "The body is not JSON: see line {}, column {}.",
                error.line(),
                error.column()
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn from_query(query: &str, takes_events: bool) -> Result<GraphQlRequest, Refusal> {
        let request = super::from_query(query)?;
        reads_only(&request, &Limits::default(), takes_events)?;
        Ok(request)
    }

    fn status(result: Result<GraphQlRequest, Refusal>) -> u16 {
        result.err().map_or(200, |refusal| refusal.status.as_u16())
    }

    #[test]
    fn a_body_is_one_object() {
        assert_eq!(status(from_body(br#"{"query":"{ __typename }"}"#)), 200);
        assert_eq!(
            status(from_body(
                br#"{"query":"{ a }","variables":null,"operationName":null,"extensions":null}"#
            )),
            200
        );
        for body in [
            "",
            " ",
            "null",
            "1",
            "[]",
            r#"["{ a }"]"#,
            r#"[{"query":"{ a }"}]"#,
            "{",
            "{}",
            r#"{"query":""}"#,
            r#"{"query":1}"#,
            r#"{"query":{"a":1}}"#,
            r#"{"query":"{ a }","variables":[]}"#,
            r#"{"query":"{ a }","variables":"{}"}"#,
            r#"{"query":"{ a }","operationName":1}"#,
            r#"{"query":"{ a }","extensions":0}"#,
            r#"{"query":"{ a }","query":"{ b }"}"#,
            r#"{"query":"{ a }","variables":{"a":1,"a":2}}"#,
            r#"{"query":"{ a }","variables":{"a":[{"b":1,"b":2}]}}"#,
        ] {
            assert_eq!(status(from_body(body.as_bytes())), 400, "{body}");
        }
        assert_eq!(status(from_body(b"{\"query\":\"\xff\"}")), 400);
    }

    #[test]
    fn by_get_nothing_is_written() {
        assert_eq!(status(from_query("query=%7B+__typename+%7D", false)), 200);
        assert_eq!(status(from_query("query=mutation%7Ba%7D", false)), 405);
        assert_eq!(
            status(from_query(
                "query=query+A%7Ba%7D+mutation+B%7Ba%7D&operationName=A",
                false
            )),
            200
        );
        assert_eq!(
            status(from_query(
                "query=query+A%7Ba%7D+mutation+B%7Ba%7D&operationName=B",
                false
            )),
            405
        );
        assert_eq!(status(from_query("query=subscription%7Ba%7D", false)), 405);
        assert_eq!(status(from_query("query=subscription%7Ba%7D", true)), 200);
        assert_eq!(status(from_query("query=mutation%7Ba%7D", true)), 405);
        assert_eq!(status(from_query("", false)), 400);
        assert_eq!(
            status(from_query("query=%7Ba%7D&query=mutation%7Ba%7D", false)),
            400
        );
        assert_eq!(status(from_query("query=%7Ba%7D&variables=1", false)), 400);
        assert_eq!(
            status(from_query(
                "query=%7Ba%7D&variables=%7B%22a%22%3A1%2C%22a%22%3A2%7D",
                false
            )),
            400
        );
        assert_eq!(
            from_query(
                "query=query(%24a%3AInt)%7Ba%7D&variables=%7B%22a%22%3A1%7D",
                false
            )
            .unwrap()
            .variables["a"],
            1
        );
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_can_crash_it(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".*") {
            let _ = (from_body(&bytes), from_body(text.as_bytes()), from_query(&text, false));
        }
    }
}
