//! What the gateway promises about any bytes whatever. Each function panics where it does not hold.

use std::sync::OnceLock;

use futures_util::{FutureExt, future::BoxFuture};
use schema_gateway::{
    Gateway, GraphQlRequest, GraphQlResponse, Limits, RequestContext, Subgraph, SubgraphFetch,
    SubgraphResponse, Supergraph, read_object, refuse_excess,
};
use serde_json::{Map, Value as Json};

/// The product's own graph.
const PRODUCT: &str = include_str!("../../../supergraph.graphql");

/// A graph with every kind of input there is.
const INPUTS: &str = r#"
    schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
    enum join__Graph { A @join__graph(name: "a", url: "http://a.example") }
    enum Mode @join__type(graph: A) { ON OFF }
    scalar Blob @join__type(graph: A)
    input Filter @join__type(graph: A) {
        n: Int!
        ratio: Float = 0.5
        id: ID
        word: String = "w"
        flag: Boolean
        mode: Mode = ON
        tags: [String!]
        grid: [[Int!]]
        nested: Filter
        blob: Blob
    }
    type Query @join__type(graph: A) { ask(filter: Filter, filters: [Filter!]! = []): Int }
"#;

const ASK: &str =
    "query($filter: Filter, $filters: [Filter!]! = []) { ask(filter: $filter, filters: $filters) }";

/// The longest message that a client is shown, in bytes, with room for the names in it.
const MAX_MESSAGE: usize = 1_000;

/// A body of a request is read or refused, and what is read survives being written.
pub fn request_body(bytes: &[u8]) {
    if let Ok(request) = serde_json::from_slice::<GraphQlRequest>(bytes) {
        let written = serde_json::to_string(&request.variables).expect("read from JSON");
        let again = read_object(&written).expect("an object that was read can be read");
        assert_eq!(again, request.variables);
        check(&ask(product(), request));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        drop(read_object(text));
    }
}

/// A document is answered or refused with a code, and never for a reason of ours.
pub fn document(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let excess = refuse_excess(text, &Limits::default());
    let response = ask(product(), GraphQlRequest::new(text));
    check(&response);
    if let Err(refusal) = excess {
        assert!(response.is_request_error(), "{refusal:?}");
    }
}

/// Variables reach a subgraph as their types say, or not at all.
pub fn variables(bytes: &[u8]) {
    let Ok(Json::Object(given)) = serde_json::from_slice::<Json>(bytes) else {
        return;
    };
    let response = ask(inputs(), GraphQlRequest::new(ASK).with_variables(given));
    check(&response);
}

/// Answers nothing, and looks at what it is asked with.
struct Watchful;

impl Subgraph for Watchful {
    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        let variables = serde_json::to_value(&fetch.variables).expect("variables are JSON");
        let filters = variables["filters"].as_array().into_iter().flatten();
        filters.chain([&variables["filter"]]).for_each(check_filter);
        std::future::ready(SubgraphResponse::default()).boxed()
    }
}

fn check_filter(filter: &Json) {
    let Json::Object(filter) = filter else {
        assert!(filter.is_null(), "{filter}");
        return;
    };
    for (name, value) in filter {
        let fits = match name.as_str() {
            "n" => is_int(value),
            "ratio" => value.is_null() || value.is_number(),
            "id" | "word" => value.is_null() || value.is_string(),
            "flag" => value.is_null() || value.is_boolean(),
            "mode" => value.is_null() || *value == "ON" || *value == "OFF",
            "tags" => all(value, Json::is_string),
            "grid" => all(value, |row| all(row, is_int)),
            "nested" => {
                check_filter(value);
                true
            }
            other => other == "blob",
        };
        assert!(fits, "{name}: {value}");
    }
    assert!(
        filter.contains_key("n") && has_defaults(filter),
        "{filter:?}"
    );
}

fn has_defaults(filter: &Map<String, Json>) -> bool {
    ["ratio", "word", "mode"]
        .iter()
        .all(|name| filter.contains_key(*name))
}

fn is_int(value: &Json) -> bool {
    value
        .as_i64()
        .is_some_and(|number| i32::try_from(number).is_ok())
}

fn all(value: &Json, fits: impl Fn(&Json) -> bool) -> bool {
    match value {
        Json::Array(items) => items.iter().all(fits),
        other => other.is_null(),
    }
}

fn inputs() -> &'static Gateway {
    static GATEWAY: OnceLock<Gateway> = OnceLock::new();
    GATEWAY.get_or_init(|| serve(INPUTS))
}

fn product() -> &'static Gateway {
    static GATEWAY: OnceLock<Gateway> = OnceLock::new();
    GATEWAY.get_or_init(|| serve(PRODUCT))
}

fn serve(sdl: &str) -> Gateway {
    let supergraph = Supergraph::parse(sdl).expect("the supergraph is well formed");
    let names = supergraph.subgraphs().to_vec();
    let builder = names
        .into_iter()
        .fold(Gateway::builder(supergraph), |builder, name| {
            builder.subgraph(name, Watchful)
        });
    builder.build().expect("every subgraph is there")
}

fn ask(gateway: &Gateway, request: GraphQlRequest) -> GraphQlResponse {
    let context = RequestContext::new("request-1");
    gateway
        .execute(request, context)
        .now_or_never()
        .expect("nobody is waited for")
}

/// What holds for every response: a refusal says why, with a code that is the client's, in a few words.
fn check(response: &GraphQlResponse) {
    assert!(response.data.is_some() || !response.errors.is_empty());
    for error in &response.errors {
        let code = error.code().expect("every error has a code");
        assert!(error.message.len() <= MAX_MESSAGE, "{}", error.message);
        let is_ours = code == "INTERNAL_SERVER_ERROR";
        assert!(!(is_ours && response.is_request_error()), "{error:?}");
    }
}

/// Why the product refuses a document, if it does.
pub fn refusal(text: &str) -> Option<String> {
    let response = ask(product(), GraphQlRequest::new(text));
    let first = response
        .errors
        .first()
        .filter(|_| response.is_request_error());
    first.map(|error| error.message.clone())
}
