//! A small world in three subgraphs, and the same world in one schema to compare with.

pub(crate) mod accounts;
pub(crate) mod data;
pub(crate) mod merged;
pub(crate) mod products;
pub(crate) mod reviews;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_graphql::{Executor, SDLExportOptions, Value};
use futures_util::{StreamExt, future::BoxFuture};
use schema_gateway::{
    Gateway, GraphQlError, GraphQlRequest, GraphQlResponse, HttpClient, HttpOptions, HttpSubgraph,
    InProcess, Limits, RequestContext, Subgraph, SubgraphFetch, SubgraphResponse, SubgraphSdl,
    SubgraphStream, Supergraph, compose,
};
use serde_json::{Value as Json, json};

use crate::remote::wire::{Reply, Wire};

/// One fetch as a subgraph saw it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) subgraph: String,
    pub(crate) text: String,
    pub(crate) variables: Json,
}

impl Seen {
    /// How many representations the fetch carried.
    pub(crate) fn entities(&self) -> usize {
        let variables = self.variables.as_object().unwrap();
        let lists = variables.values().filter_map(Json::as_array);
        lists
            .flatten()
            .filter(|item| item.get("__typename").is_some())
            .count()
    }
}

/// How a subgraph misbehaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    Well,
    Down,
    Silent,
    Stuck,
}

struct Observed<S> {
    name: &'static str,
    inner: S,
    mood: Mood,
    log: Arc<Mutex<Vec<Seen>>>,
}

impl<S> Observed<S> {
    fn note(&self, fetch: &SubgraphFetch<'_>) {
        self.log.lock().unwrap().push(Seen {
            subgraph: self.name.to_owned(),
            text: fetch.operation.text.clone(),
            variables: serde_json::to_value(&fetch.variables).unwrap(),
        });
    }
}

impl<S: Subgraph> Subgraph for Observed<S> {
    fn subscribe<'a>(
        &'a self,
        fetch: SubgraphFetch<'a>,
    ) -> BoxFuture<'a, Result<SubgraphStream, Vec<GraphQlError>>> {
        self.note(&fetch);
        self.inner.subscribe(fetch)
    }

    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        self.note(&fetch);
        match self.mood {
            Mood::Well => self.inner.fetch(fetch),
            Mood::Down => Box::pin(async {
                SubgraphResponse::failed(GraphQlError {
                    message: "connection refused".into(),
                    ..GraphQlError::default()
                })
            }),
            Mood::Silent => Box::pin(async {
                SubgraphResponse {
                    data: Value::Null,
                    errors: Vec::new(),
                }
            }),
            Mood::Stuck => Box::pin(std::future::pending()),
        }
    }
}

pub(crate) struct Toy {
    pub(crate) gateway: Gateway,
    log: Arc<Mutex<Vec<Seen>>>,
}

impl Toy {
    pub(crate) fn new() -> Self {
        Self::within(generous())
    }

    /// The toy with one subgraph misbehaving.
    pub(crate) fn but(subgraph: &'static str, mood: Mood) -> Self {
        Self::with(
            |name| if name == subgraph { mood } else { Mood::Well },
            generous(),
        )
    }

    /// The toy with every subgraph at the end of a wire. The servers end with the second value.
    pub(crate) async fn over_http() -> (Self, [Wire; 3]) {
        let wires = [
            serve(accounts::schema()).await,
            serve(products::schema()).await,
            serve(reviews::schema()).await,
        ];
        let log = Arc::new(Mutex::new(Vec::new()));
        let client = HttpClient::new(Duration::from_secs(1)).unwrap();
        let supergraph = Supergraph::parse(&compose(&sdls()).unwrap()).unwrap();
        let mut builder = Gateway::builder(supergraph);
        for (name, wire) in ["accounts", "products", "reviews"].into_iter().zip(&wires) {
            let options = HttpOptions::default();
            let inner = HttpSubgraph::new(name, &wire.url, client.clone(), options).unwrap();
            builder = builder.subgraph(
                name,
                Observed {
                    name,
                    inner,
                    mood: Mood::Well,
                    log: Arc::clone(&log),
                },
            );
        }
        let gateway = builder.limits(generous()).build().unwrap();
        (Self { gateway, log }, wires)
    }

    /// The toy within these limits.
    pub(crate) fn within(limits: Limits) -> Self {
        Self::with(|_| Mood::Well, limits)
    }

    fn with(mood: impl Fn(&str) -> Mood, limits: Limits) -> Self {
        let log = Arc::new(Mutex::new(Vec::new()));
        let supergraph = Supergraph::parse(&compose(&sdls()).unwrap()).unwrap();
        let gateway = Gateway::builder(supergraph)
            .subgraph(
                "accounts",
                observe("accounts", accounts::schema(), &mood, &log),
            )
            .subgraph(
                "products",
                observe("products", products::schema(), &mood, &log),
            )
            .subgraph(
                "reviews",
                observe("reviews", reviews::schema(), &mood, &log),
            )
            .limits(limits)
            .build()
            .unwrap();
        Self { gateway, log }
    }

    pub(crate) async fn ask(&self, query: &str) -> Json {
        self.ask_with(query, json!({})).await
    }

    pub(crate) async fn ask_with(&self, query: &str, variables: Json) -> Json {
        let request =
            GraphQlRequest::new(query).with_variables(variables.as_object().unwrap().clone());
        to_json(&self.gateway.execute(request, context()).await)
    }

    /// Every response to an operation, until it ends.
    pub(crate) async fn follow(&self, query: &str) -> Vec<Json> {
        let responses = self
            .gateway
            .subscribe(GraphQlRequest::new(query), context());
        responses.map(|response| to_json(&response)).collect().await
    }

    /// What the subgraphs have been asked since the last time.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.log.lock().unwrap())
    }
}

/// Serves a schema as its own process would.
async fn serve(schema: impl Executor) -> Wire {
    Wire::start(move |_, request| {
        let schema = schema.clone();
        Box::pin(async move {
            let request = serde_json::from_value::<async_graphql::Request>(request.body).unwrap();
            Reply::json(&serde_json::to_value(schema.execute(request).await).unwrap())
        })
    })
    .await
}

pub(crate) fn context() -> RequestContext {
    RequestContext::new("request-1").with_introspection()
}

/// For tests of what queries mean, which may be large.
pub(crate) fn generous() -> Limits {
    Limits {
        depth: 64,
        aliases: 1_000,
        root_fields: 1_000,
        directives: 1_000,
        cost: u64::MAX,
        ..Limits::default()
    }
}

/// The response without what it cost.
pub(crate) fn to_json(response: &GraphQlResponse) -> Json {
    let mut json = serde_json::to_value(response).unwrap();
    json.as_object_mut().unwrap().remove("extensions");
    json
}

pub(crate) fn sdls() -> Vec<SubgraphSdl> {
    let options = SDLExportOptions::new().federation();
    [
        ("accounts", accounts::schema().sdl_with_options(options)),
        ("products", products::schema().sdl_with_options(options)),
        ("reviews", reviews::schema().sdl_with_options(options)),
    ]
    .into_iter()
    .map(|(name, sdl)| SubgraphSdl {
        name: name.to_owned(),
        url: format!("http://{name}.example/graphql"),
        sdl,
    })
    .collect()
}

fn observe<E: Executor>(
    name: &'static str,
    schema: E,
    mood: &impl Fn(&str) -> Mood,
    log: &Arc<Mutex<Vec<Seen>>>,
) -> impl Subgraph {
    Observed {
        name,
        inner: InProcess::new(schema, |request, _| request),
        mood: mood(name),
        log: Arc::clone(log),
    }
}

/// The errors of a response as `path: code`, sorted.
pub(crate) fn error_paths(response: &Json) -> Vec<String> {
    let mut errors = response["errors"]
        .as_array()
        .map(|errors| {
            errors
                .iter()
                .map(|error| {
                    let path = error["path"].as_array().map_or(String::new(), |path| {
                        path.iter()
                            .map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned))
                            .collect::<Vec<_>>()
                            .join(".")
                    });
                    format!("{path}: {}", error["extensions"]["code"].as_str().unwrap())
                })
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    errors.sort();
    errors
}
