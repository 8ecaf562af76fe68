//! A world behind the gateway, and the same world as one schema.

use std::sync::{Arc, Mutex};

use async_graphql::{Value, Variables, parser::parse_query};
use futures_util::future::BoxFuture;
use schema_gateway::{
    Gateway, GraphQlError, GraphQlRequest, Limits, RequestContext, Subgraph, SubgraphFetch,
    SubgraphResponse, SubgraphSdl, Supergraph, compose,
};
use serde_json::{Map, Value as Json};

use crate::{
    executor::{Executor, State},
    query::Operation,
    world::World,
};

/// One answer, whoever gave it.
#[derive(Debug)]
pub(crate) struct Answer {
    /// None where the request was refused.
    pub(crate) data: Option<Value>,
    pub(crate) errors: Vec<GraphQlError>,
}

pub(crate) struct Toy {
    pub(crate) world: Arc<World>,
    pub(crate) supergraph: String,
    gateway: Gateway,
    log: Fetches,
}

/// What subgraphs were asked and answered, as text.
type Fetches = Arc<Mutex<Vec<String>>>;

struct Part {
    world: Arc<World>,
    number: usize,
    log: Fetches,
}

impl Subgraph for Part {
    fn fetch<'a>(&'a self, fetch: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        let fresh = State::default();
        let state = fetch.context.extensions.get::<State>().unwrap_or(&fresh);
        let document = &fetch.operation.document;
        let (data, errors) = Executor::run(
            &self.world,
            Some(self.number),
            document,
            &fetch.variables,
            state,
        );
        self.log.lock().unwrap().push(format!(
            "s{} {}\n   {}\n   {data}",
            self.number,
            fetch.operation.text,
            serde_json::to_string(&fetch.variables).unwrap(),
        ));
        Box::pin(async { SubgraphResponse { data, errors } })
    }
}

impl Toy {
    /// Composes the world; the error says why that cannot be done.
    pub(crate) fn new(world: World) -> Result<Self, String> {
        let world = Arc::new(world);
        let log = Fetches::default();
        let parts = (0..world.subgraphs).map(|number| SubgraphSdl {
            name: format!("s{number}"),
            url: format!("http://s{number}.example/graphql"),
            sdl: world.sdl(number),
        });
        let supergraph = compose(&parts.collect::<Vec<_>>()).map_err(|error| error.to_string())?;
        let parsed = Supergraph::parse(&supergraph).map_err(|error| error.to_string())?;
        let builder = Gateway::builder(parsed).limits(generous());
        let builder = (0..world.subgraphs).fold(builder, |builder, number| {
            let (world, log) = (Arc::clone(&world), Arc::clone(&log));
            builder.subgraph(format!("s{number}"), Part { world, number, log })
        });
        Ok(Self {
            gateway: builder.build().map_err(|error| error.to_string())?,
            supergraph,
            world,
            log,
        })
    }

    /// How many fetches there have been.
    pub(crate) fn fetches(&self) -> usize {
        self.log.lock().unwrap().len()
    }

    /// The fetches of one operation.
    pub(crate) async fn seen(&self, operation: &Operation) -> String {
        let before = self.fetches();
        self.ask_gateway(&operation.text(), &operation.given())
            .await;
        self.log.lock().unwrap()[before..].join("\n")
    }

    pub(crate) async fn ask_gateway(&self, query: &str, variables: &Map<String, Json>) -> Answer {
        let request = GraphQlRequest::new(query).with_variables(variables.clone());
        let context = RequestContext::new("request-1").with(State::default());
        let response = self.gateway.execute(request, context).await;
        Answer {
            data: response.data,
            errors: response.errors,
        }
    }

    pub(crate) fn ask_one_schema(&self, query: &str, variables: &Map<String, Json>) -> Answer {
        let document = match parse_query(query) {
            Ok(document) => document,
            Err(error) => {
                return Answer {
                    data: None,
                    errors: vec![GraphQlError {
                        message: error.to_string(),
                        ..GraphQlError::default()
                    }],
                };
            }
        };
        let variables = Variables::from_json(Json::Object(variables.clone()));
        let (data, errors) =
            Executor::run(&self.world, None, &document, &variables, &State::default());
        Answer {
            data: Some(data),
            errors,
        }
    }
}

/// What queries mean is asked here, not how large they may be.
fn generous() -> Limits {
    Limits {
        tokens: 100_000,
        depth: 64,
        aliases: 10_000,
        root_fields: 10_000,
        directives: 10_000,
        fields: 100_000,
        cost: u64::MAX,
        ..Limits::default()
    }
}
