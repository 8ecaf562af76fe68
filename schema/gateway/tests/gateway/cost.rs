//! What an operation may cost, by its document and its variables; and that it is never less than what is executed.

use schema_gateway::{
    Gateway, GraphQlRequest, GraphQlResponse, Limits, SubgraphSdl, Supergraph, compose,
};
use serde_json::{Value as Json, json};

use crate::{
    generated::query,
    toy::{Toy, context, generous},
};

fn requested(response: &GraphQlResponse) -> u64 {
    let cost = serde_json::to_value(&response.extensions["cost"]).unwrap();
    cost["requested"].as_u64().unwrap()
}

/// Answers nothing: what a request may cost is known without.
struct Nobody;

impl schema_gateway::Subgraph for Nobody {
    fn fetch<'a>(
        &'a self,
        _: schema_gateway::SubgraphFetch<'a>,
    ) -> futures_util::future::BoxFuture<'a, schema_gateway::SubgraphResponse> {
        Box::pin(async { schema_gateway::SubgraphResponse::default() })
    }
}

/// What a federation spec of this kind imports.
const FEDERATION: &str =
    r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: "#;

fn gateway_of(imports: &str, sdl: &str) -> Gateway {
    let sdl = compose(&[SubgraphSdl {
        name: "shop".into(),
        url: "http://shop.example/graphql".into(),
        sdl: format!("{FEDERATION}{imports})\n{sdl}"),
    }]);
    let supergraph = Supergraph::parse(&sdl.unwrap()).unwrap();
    let limits = Limits {
        cost: u64::MAX,
        ..Limits::default()
    };
    Gateway::builder(supergraph)
        .subgraph("shop", Nobody)
        .limits(limits)
        .build()
        .unwrap()
}

const SHOP: &str = r#"
type Query {
  one: Item
  many: [Item]
  few: [Item] @listSize(assumedSize: 3)
  page(first: Int, last: Int): ItemConnection
  tail(last: Int = 7): ItemConnection
  slice(limit: Int! = 4, page: PageInput): [Item] @listSize(slicingArguments: ["limit", "page.size"], requireOneSlicingArgument: false)
  pages(first: Int): Page
  limited(limit: Int): ItemConnection @listSize(slicingArguments: ["limit"])
  exact(first: Int, last: Int): [Item] @listSize(slicingArguments: ["first", "last"])
  matrix: [[Item]]
  thing: Thing
  any: Any
  search(text: String @cost(weight: 5), filter: Filter): Item
  rank: Int @cost(weight: 30)
  codes: [Code]
}
type Mutation { buy: Item sell: [Item] @listSize(assumedSize: 2) give: Item @cost(weight: 3) }
type ItemConnection implements Page { edges: [Edge] nodes: [Item] total: Int info: Info }
interface Page { nodes: [Item] }
type Edge { node: Item }
type Info { more: Boolean }
input PageInput { size: Int = 6 }
input Filter { near: Near @cost(weight: 4) also: [Filter] }
input Near { radius: Int @cost(weight: 2) }
scalar Code @cost(weight: 2)
type Item implements Thing { id: ID items: [Item] parts: [Item] @listSize(assumedSize: 20) }
type Heavy implements Thing @cost(weight: 9) { id: ID parts: [Item] @listSize(assumedSize: 40) }
interface Thing { id: ID parts: [Item] }
union Any = Item | Heavy
"#;

async fn cost_of(gateway: &Gateway, query: &str, variables: Json) -> GraphQlResponse {
    let request = GraphQlRequest::new(query).with_variables(variables.as_object().unwrap().clone());
    gateway.execute(request, context()).await
}

#[tokio::test]
async fn costs_follow_sizes_and_weights() {
    let gateway = gateway_of(r#"["@cost", "@listSize"]"#, SHOP);
    for (query, expected) in [
        ("{ one { id } }", 1),
        ("{ many { id } }", 10),
        ("{ few { id items { id } } }", 3 * (1 + 10)),
        ("{ page(first: 5) { total } }", 1),
        (
            "{ page(first: 5) { nodes { id } info { more } } }",
            1 + 5 + 1,
        ),
        (
            "{ page(first: 5) { edges { node { id } } nodes { id } } }",
            1 + 5 * 2 + 5,
        ),
        ("{ tail { nodes { id } } }", 1 + 7),
        (
            "{ page(first: 50) { ... on ItemConnection { ...f } } } fragment f on ItemConnection { nodes { id } }",
            1 + 50,
        ),
        ("{ page(first: -5, last: -1) { nodes { id } } }", 1),
        ("{ slice { id } }", 4),
        ("{ slice(limit: 2, page: {size: 9}) { id } }", 9),
        ("{ slice(limit: 2, page: {}) { id } }", 6),
        ("{ pages(first: 40) { nodes { id } } }", 1 + 40),
        ("{ limited(limit: 40) { nodes { id } } }", 1 + 40),
        ("{ matrix { id } }", 100),
        ("{ thing { id parts { id } } }", 9 + 40),
        ("{ any { ... on Item { id } } }", 9),
        (
            "{ search(text: \"x\", filter: {near: {radius: 1}, also: [{near: {}}]}) { id } }",
            1 + 5 + 4 + 2 + 4,
        ),
        ("{ rank }", 30),
        ("{ codes }", 20),
        ("mutation { buy { id } }", 10),
        (
            "mutation { a: buy { id items { id } } sell { id } give { id } }",
            10 + 10 + 10 + 2 + 3,
        ),
        (
            "{ __typename __schema { types { name } } one { __typename } }",
            1,
        ),
        ("{ one { id } one { id } }", 2),
    ] {
        let response = cost_of(&gateway, query, json!({})).await;
        assert!(response.refusal.is_none(), "{query}: {response:?}");
        assert_eq!(requested(&response), expected, "{query}");
    }
}

#[tokio::test]
async fn costs_follow_variables() {
    let gateway = gateway_of(r#"["@cost", "@listSize"]"#, SHOP);
    for (query, variables, expected) in [
        (
            "query($n: Int) { page(first: $n) { nodes { id } } }",
            json!({"n": 30}),
            31,
        ),
        (
            "query($n: Int = 8) { page(first: $n) { nodes { id } } }",
            json!({}),
            9,
        ),
        (
            "query($n: Int) { page(first: $n) { nodes { id } } }",
            json!({}),
            11,
        ),
        (
            "query($n: Int) { tail(last: $n) { nodes { id } } }",
            json!({}),
            8,
        ),
        (
            "query($p: PageInput) { slice(page: $p) { id } }",
            json!({"p": {"size": 12}}),
            12,
        ),
        (
            "query($p: PageInput) { slice(page: $p) { id } }",
            json!({"p": {}}),
            6,
        ),
        (
            "query($f: Filter) { search(filter: $f) { id } }",
            json!({"f": {"also": [{"near": {"radius": 1}}]}}),
            1 + 6,
        ),
        (
            "query($x: Boolean!) { one { id } many @skip(if: $x) { id } }",
            json!({"x": true}),
            1,
        ),
        (
            "query($x: Boolean!) { one { id } ... @include(if: $x) { many { id } } }",
            json!({"x": true}),
            11,
        ),
    ] {
        let response = cost_of(&gateway, query, variables).await;
        assert!(response.refusal.is_none(), "{query}: {response:?}");
        assert_eq!(requested(&response), expected, "{query}");
    }
}

#[tokio::test]
async fn a_list_that_needs_a_size_gets_one() {
    let gateway = gateway_of(r#"["@cost", "@listSize"]"#, SHOP);
    for query in ["{ exact { id } }", "{ exact(first: 1, last: 1) { id } }"] {
        let response = cost_of(&gateway, query, json!({})).await;
        assert_eq!(response.errors[0].code(), Some("BAD_USER_INPUT"), "{query}");
        assert!(response.errors[0].message.contains("`first`, `last`"));
    }
    let response = cost_of(&gateway, "{ exact(last: 3) { id } }", json!({})).await;
    assert_eq!(requested(&response), 3);
}

#[tokio::test]
async fn directives_that_a_subgraph_renames_are_the_same() {
    let renamed = SHOP
        .replace("@cost", "@weighs")
        .replace("@listSize", "@size");
    let imports = r#"[{ name: "@cost", as: "@weighs" }, { name: "@listSize", as: "@size" }]"#;
    let gateway = gateway_of(imports, &renamed);
    let response = cost_of(&gateway, "{ few { id } rank codes }", json!({})).await;
    assert_eq!(requested(&response), 3 + 30 + 20);
}

#[tokio::test]
async fn a_supergraph_that_others_composed_keeps_its_names() {
    let gateway = {
        let own = compose(&[SubgraphSdl {
            name: "shop".into(),
            url: "http://shop.example/graphql".into(),
            sdl: format!("{FEDERATION}[\"@cost\"])\n type Query {{ rank: Int @cost(weight: 30) }}"),
        }])
        .unwrap();
        let other = own
            .replace(
                "import: [\"@cost\", \"@listSize\"]",
                "import: [{ name: \"@cost\", as: \"@weighs\" }]",
            )
            .replace("@cost(", "@weighs(");
        assert_ne!(own, other);
        let supergraph = Supergraph::parse(&other).unwrap();
        Gateway::builder(supergraph)
            .subgraph("shop", Nobody)
            .build()
            .unwrap()
    };
    assert_eq!(
        requested(&cost_of(&gateway, "{ rank }", json!({})).await),
        30
    );
}

/// Objects in the data of an answer, the root left out.
fn objects(value: &Json) -> u64 {
    match value {
        Json::Object(fields) => 1 + fields.values().map(objects).sum::<u64>(),
        Json::Array(items) => items.iter().map(objects).sum(),
        _ => 0,
    }
}

#[tokio::test]
async fn what_is_executed_never_costs_more_than_was_said() {
    // No list of the toy is longer than seven.
    let toy = Toy::within(Limits {
        assumed_list_size: 7,
        ..generous()
    });
    let (mut compared, mut answered) = (0, 0);
    for seed in 0..1_500 {
        let query = query(seed);
        let response = toy
            .gateway
            .execute(GraphQlRequest::new(query.as_str()), context())
            .await;
        let Some(data) = &response.data else { continue };
        let found = objects(&serde_json::to_value(data).unwrap()).saturating_sub(1);
        assert!(
            found <= requested(&response),
            "{query}: {found} objects, {:?}",
            response.extensions
        );
        compared += 1;
        answered += found;
    }
    assert!(
        compared > 1_000 && answered > 9_000,
        "{compared} {answered}"
    );
}
