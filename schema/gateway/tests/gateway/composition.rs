//! Composition keeps what people wrote, in the order in which they wrote it.

use schema_gateway::{
    CompositionError, Gateway, GatewayError, SubgraphSdl, Supergraph, SupergraphRule, compose,
};

use crate::toy::sdls;

#[test]
fn the_same_subgraphs_give_the_same_bytes() {
    assert_eq!(compose(&sdls()).unwrap(), compose(&sdls()).unwrap());
}

#[test]
fn descriptions_deprecations_and_scopes_survive() {
    let sdl = compose(&sdls()).unwrap();
    for kept in [
        "\"\"\"A person with an account.\"\"\"",
        "\"\"\"Identifies the person.\"\"\"",
        "\"\"\"Whose account.\"\"\"",
        "@deprecated(reason: \"Use `name`; goes on 2027-01-01.\")",
        "@requiresScopes(scopes: [[\"user:email\"]])",
        "@link(url: \"https://specs.apollo.dev/requiresScopes/v0.1\", for: SECURITY)",
    ] {
        assert!(sdl.contains(kept), "{kept} is missing in\n{sdl}");
    }
}

/// Rights that a subgraph imports under another name were lost in other compositions, and with them the right.
#[test]
fn scopes_under_another_name_survive() {
    let sdl = compose(&[SubgraphSdl {
        name: "one".into(),
        url: "http://one.example/graphql".into(),
        sdl: r#"extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [{ name: "@requiresScopes", as: "@needs" }])
            type Query { secret: String @needs(scopes: [["secret:read"]]) }"#
            .into(),
    }])
    .unwrap();
    assert!(
        sdl.contains("secret: String @requiresScopes(scopes: [[\"secret:read\"]])"),
        "{sdl}"
    );
}

#[test]
fn root_types_say_who_answers_them() {
    let sdl = compose(&sdls()).unwrap();
    assert!(sdl.contains(
        "type Query @join__type(graph: ACCOUNTS) @join__type(graph: PRODUCTS) @join__type(graph: REVIEWS) {"
    ));
    assert!(
        sdl.contains("type Mutation @join__type(graph: ACCOUNTS) @join__type(graph: REVIEWS) {")
    );
}

/// Apollo's gateway does not serve a supergraph in which a subgraph uses a scalar that is nobody's.
#[test]
fn scalars_say_who_defines_them() {
    let one = subgraph("one", "type Query { at: Instant } scalar Instant");
    let two = subgraph(
        "two",
        "type Query { code: Code since: Instant } scalar Instant scalar Code",
    );
    let sdl = compose(&[one, two]).unwrap();
    for said in [
        "scalar Instant @join__type(graph: ONE) @join__type(graph: TWO)\n",
        "scalar Code @join__type(graph: TWO)\n",
    ] {
        assert!(sdl.contains(said), "{said} is missing in\n{sdl}");
    }
}

#[test]
fn fields_stay_in_reading_order() {
    let sdl = compose(&sdls()).unwrap();
    let user = &sdl[sdl.find("type User ").unwrap()..];
    let order = [
        "  id:",
        "  name:",
        "  nickname:",
        "  email:",
        "  favourite:",
        "  reviews:",
    ];
    let positions = order.map(|field| user.find(field).unwrap());
    assert!(positions.is_sorted(), "{user}");
}

#[test]
fn clients_see_neither_plumbing_nor_inaccessible_fields() {
    let supergraph = Supergraph::parse(&compose(&sdls()).unwrap()).unwrap();
    let api = supergraph.api_schema_sdl();
    for hidden in [
        "join__",
        "link__",
        "@link",
        "secret",
        "requiresScopes",
        "_entities",
        "_Any",
    ] {
        assert!(!api.contains(hidden), "{hidden} is in\n{api}");
    }
    assert_eq!(supergraph.subgraphs(), ["accounts", "products", "reviews"]);
}

#[test]
fn text_that_is_no_schema_names_its_subgraph() {
    let error = compose(&[subgraph("broken", "type Query {")]).unwrap_err();
    assert!(matches!(error, CompositionError::Parse { subgraph, .. } if subgraph == "broken"));
}

#[test]
fn contradictions_are_told() {
    let link = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.5\", import: [\"@shareable\"]) ";
    let one = subgraph("one", &format!("{link} type Query {{ a: Int @shareable }}"));
    let two = subgraph(
        "two",
        &format!("{link} type Query {{ a: [String] @shareable }}"),
    );
    let error = compose(&[one, two]).unwrap_err();
    assert!(
        matches!(&error, CompositionError::Conflict(reasons) if !reasons.is_empty()),
        "{error}"
    );
}

#[test]
fn what_is_no_supergraph_is_refused() {
    let plain = Supergraph::parse("type Query { a: Int }").unwrap_err();
    assert_eq!(plain.rule(), SupergraphRule::Graphs);
    let broken = Supergraph::parse("type Query { a: ").unwrap_err();
    assert_eq!(broken.rule(), SupergraphRule::Syntax);
}

#[test]
fn a_gateway_needs_every_subgraph_of_its_supergraph() {
    let supergraph = Supergraph::parse(&compose(&sdls()).unwrap()).unwrap();
    let error = Gateway::builder(supergraph).build().unwrap_err();
    let GatewayError::MissingSubgraphs(names) = error else {
        panic!("{error}");
    };
    assert_eq!(names, ["accounts", "products", "reviews"]);
}

fn subgraph(name: &str, sdl: &str) -> SubgraphSdl {
    SubgraphSdl {
        name: name.to_owned(),
        url: format!("http://{name}.example"),
        sdl: sdl.to_owned(),
    }
}
