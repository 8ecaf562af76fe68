//! How long a document takes that nobody has sent before: read, validated and planned over five subgraphs.
//!
//! `bash tests/bench.sh --part plan` runs it. Subgraphs answer at once with nothing, so that what a known document takes
//! less is the time for reading, validation and planning.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot go on has failed"
)]

use std::time::{Duration, Instant};

use async_graphql::Value;
use futures_util::{FutureExt, future::BoxFuture};
use schema_gateway::{
    Gateway, GraphQlRequest, RequestContext, Subgraph, SubgraphFetch, SubgraphResponse,
    SubgraphSdl, Supergraph, compose,
};

/// Documents of each kind.
const ROUNDS: usize = 2_000;

const LINK: &str = r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])"#;

const SUBGRAPHS: [(&str, &str); 5] = [
    (
        "profile",
        r#"type Query { customer(id: ID!): Customer }
           type Customer @key(fields: "id") { id: ID! name: String tier: Tier points: Int }
           enum Tier { BLUE SILVER GOLD }"#,
    ),
    (
        "order",
        r#"type Customer @key(fields: "id") { id: ID! orders(first: Int!): [Order!]! }
           type Order @key(fields: "id") { id: ID! number: String! journeys: [Journey!]! }
           type Journey @key(fields: "id") { id: ID! from: String to: String }"#,
    ),
    (
        "case",
        r#"type Customer @key(fields: "id") { id: ID! cases(first: Int!): [Case!]! }
           type Case @key(fields: "id") { id: ID! subject: String order: Order }
           type Order @key(fields: "id") { id: ID! }"#,
    ),
    (
        "compensation",
        r#"type Journey @key(fields: "id") { id: ID! claims: [Claim!]! }
           type Claim @key(fields: "id") { id: ID! amount: Float case: Case }
           type Case @key(fields: "id") { id: ID! }"#,
    ),
    (
        "loyalty",
        r#"type Customer @key(fields: "id") { id: ID! points: Int @external offer: Offer @requires(fields: "points") }
           type Offer { text: String miles: Int }
           type Claim @key(fields: "id") { id: ID! gesture: String }"#,
    ),
];

/// Asks all five, the first by a key and each of the others by what another one told.
const PAGE: &str = "query($id: ID!) { customer(id: $id) { name tier orders(first: 5) { number journeys { from to claims { amount gesture case { subject } } } } cases(first: 5) { subject order { number } } } }";

/// The same, and a field that requires another.
const OFFER: &str = "query($id: ID!) { customer(id: $id) { name tier offer { text miles } orders(first: 5) { number journeys { from to claims { amount gesture case { subject } } } } cases(first: 5) { subject order { number } } } }";

struct Nothing;

impl Subgraph for Nothing {
    fn fetch<'a>(&'a self, _: SubgraphFetch<'a>) -> BoxFuture<'a, SubgraphResponse> {
        let data = Value::Object(
            [(async_graphql::Name::new("customer"), Value::Null)]
                .into_iter()
                .collect(),
        );
        let errors = Vec::new();
        async { SubgraphResponse { data, errors } }.boxed()
    }
}

fn gateway() -> Gateway {
    let sdls = SUBGRAPHS.map(|(name, sdl)| SubgraphSdl {
        name: name.to_owned(),
        url: format!("http://{name}.example/graphql"),
        sdl: format!("{LINK} {sdl}"),
    });
    let supergraph = Supergraph::parse(&compose(&sdls).unwrap()).unwrap();
    let builder = Gateway::builder(supergraph);
    let builder = SUBGRAPHS.iter().fold(builder, |builder, (name, _)| {
        builder.subgraph(*name, Nothing)
    });
    builder.build().unwrap()
}

async fn time(gateway: &Gateway, text: String) -> Duration {
    let variables = serde_json::json!({"id": "1"});
    let request = GraphQlRequest::new(text).with_variables(variables.as_object().unwrap().clone());
    let context = RequestContext::new("request-1");
    let start = Instant::now();
    let response = gateway.execute(request, context).await;
    let time = start.elapsed();
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    time
}

/// Median and 98th percentile.
fn quantiles(mut times: Vec<Duration>) -> [Duration; 2] {
    times.sort();
    [times.len() / 2, times.len() * 98 / 100].map(|index| times[index])
}

#[tokio::main]
async fn main() {
    let gateway = gateway();
    for (name, text) in [("five subgraphs", PAGE), ("and a requirement", OFFER)] {
        let (mut new, mut known) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            // A comment makes the text another one, and nothing else.
            let text = format!("{text} #{round}");
            new.push(time(&gateway, text.clone()).await);
            known.push(time(&gateway, text).await);
        }
        for (state, times) in [("new", new), ("known", known)] {
            let [median, slow] = quantiles(times);
            eprintln!("{name}, {state} document: median {median:?}, p98 {slow:?}");
        }
    }
}
