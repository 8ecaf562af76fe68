//! Airports in this process, and the weather at them from elsewhere.

use std::time::{Duration, Instant};

use async_graphql::{
    EmptyMutation, EmptySubscription, Object, SDLExportOptions, Schema, SimpleObject,
};
use futures_util::{StreamExt, stream::BoxStream};
use http::{HeaderMap, HeaderValue};
use schema_gateway::{
    Gateway, GraphQlRequest, HttpClient, HttpOptions, HttpSubgraph, InProcess, RequestContext,
    RequestHeaders, SubgraphSdl, Supergraph, compose,
};
use serde_json::{Value as Json, json};

use super::wire::{Reply, Seen, Wire};
use crate::toy::to_json;

/// The subgraph elsewhere, as its owners wrote it.
pub(crate) const WEATHER: &str = r#"
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])
    type Query { storms: [String!] }
    type Mutation { report(storm: String!): Boolean }
    type Subscription { weatherChanged: Airport }
    type Airport @key(fields: "code") { code: ID! temperature: Float sky: Sky wind: Wind }
    type Wind { knots: Int! gusts: [Int!] }
    enum Sky { CLEAR CLOUDY }
"#;

/// What is asked nearly always.
pub(crate) const QUESTION: &str = "{ airports { code city temperature sky } }";

#[derive(SimpleObject)]
struct Airport {
    code: &'static str,
    city: &'static str,
}

struct Query;

#[Object]
impl Query {
    async fn airports(&self) -> Vec<Airport> {
        [("DXB", "Dubai"), ("FRA", "Frankfurt"), ("LHR", "London")]
            .map(|(code, city)| Airport { code, city })
            .into()
    }
}

/// A gateway over both, and who asks it.
pub(crate) struct World {
    gateway: Gateway,
    headers: HeaderMap,
}

impl World {
    /// The weather comes from here.
    pub(crate) fn with(wire: &Wire) -> Self {
        Self::at(&wire.url, HttpOptions::default())
    }

    pub(crate) fn at(url: &str, options: HttpOptions) -> Self {
        let airports = Schema::new(Query, EmptyMutation, EmptySubscription);
        let sdl = airports
            .sdl_with_options(SDLExportOptions::new().federation())
            .replace("type Airport", "type Airport @key(fields: \"code\")")
            .replace("code: String!", "code: ID!")
            .replace("\"@key\", ", "")
            .replace("import: [", "import: [\"@key\", ");
        let client = HttpClient::new(Duration::from_secs(1)).unwrap();
        let weather = HttpSubgraph::new("weather", url, client, options).unwrap();
        let supergraph = compose(&[subgraph("airports", &sdl), subgraph("weather", WEATHER)]);
        let gateway = Gateway::builder(Supergraph::parse(&supergraph.unwrap()).unwrap())
            .subgraph("airports", InProcess::new(airports, |request, _| request))
            .subgraph("weather", weather)
            .build()
            .unwrap();
        Self {
            gateway,
            headers: HeaderMap::new(),
        }
    }

    /// The same, asked with one more header.
    pub(crate) fn from(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.append(name, HeaderValue::from_static(value));
        self
    }

    /// The same gateway, asked with one more header.
    pub(crate) fn as_caller(&self, name: &'static str, value: &'static str) -> Self {
        let same = Self {
            gateway: self.gateway.clone(),
            headers: self.headers.clone(),
        };
        same.from(name, value)
    }

    pub(crate) async fn ask(&self, query: &str) -> Json {
        self.ask_until(query, Instant::now() + Duration::from_secs(10))
            .await
    }

    pub(crate) async fn ask_until(&self, query: &str, deadline: Instant) -> Json {
        let (request, context) = (GraphQlRequest::new(query), self.context(deadline));
        to_json(&self.gateway.execute(request, context).await)
    }

    /// The responses to a subscription.
    pub(crate) fn follow(&self, query: &str) -> BoxStream<'static, Json> {
        let context = self.context(Instant::now() + Duration::from_secs(10));
        let responses = self.gateway.subscribe(GraphQlRequest::new(query), context);
        responses.map(|response| to_json(&response)).boxed()
    }

    fn context(&self, deadline: Instant) -> RequestContext {
        RequestContext::new("request-1")
            .with_deadline(deadline)
            .with(RequestHeaders(self.headers.clone()))
    }
}

fn subgraph(name: &str, sdl: &str) -> SubgraphSdl {
    SubgraphSdl {
        name: name.to_owned(),
        url: format!("http://{name}.example/graphql"),
        sdl: sdl.to_owned(),
    }
}

/// The weather at every airport that was asked for, as it should be told.
pub(crate) fn weather(request: &Seen) -> Json {
    let representations = request.body["variables"]
        .as_object()
        .and_then(|variables| variables.values().find_map(Json::as_array));
    let at = |airport: &Json| match airport["code"].as_str() {
        Some("DXB") => json!({"__typename": "Airport", "temperature": 41.5, "sky": "CLEAR"}),
        Some("FRA") => json!({"__typename": "Airport", "temperature": 9, "sky": "CLOUDY"}),
        _ => Json::Null,
    };
    let entities = representations.into_iter().flatten().map(at);
    json!({"data": {"_entities": entities.collect::<Vec<_>>()}})
}

/// A server that tells it.
pub(crate) async fn well() -> Wire {
    Wire::start(|_, request| {
        let reply = Reply::json(&weather(&request));
        Box::pin(async move { reply })
    })
    .await
}
