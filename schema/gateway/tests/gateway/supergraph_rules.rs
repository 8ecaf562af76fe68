//! Supergraphs that contradict themselves: refused with file, line and rule.

use schema_gateway::{Supergraph, SupergraphRule};

/// A supergraph of two subgraphs in twelve lines, as any composition could have written it.
const RIGHT: &str = r#"schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
enum join__Graph {
  ONE @join__graph(name: "one", url: "http://127.0.0.1:4001/graphql")
  TWO @join__graph(name: "two", url: "")
}
type Query @join__type(graph: ONE) @join__type(graph: TWO) { user: User @join__field(graph: ONE) }
interface Named @join__type(graph: ONE) { name: String }
type User implements Named @join__implements(graph: ONE, interface: "Named") @join__type(graph: ONE, key: "id") @join__type(graph: TWO, key: "id") {
  id: ID!
  name: String @join__field(graph: ONE)
  greeting: String @join__field(graph: TWO, requires: "name") @join__field(graph: ONE, external: true)
}
union Any @join__type(graph: ONE) @join__unionMember(graph: ONE, member: "User") = User
"#;

/// The refusal after one change.
fn refusal(from: &str, to: &str) -> (SupergraphRule, usize, String) {
    assert!(RIGHT.contains(from), "{from}");
    let error = Supergraph::parse_file(&RIGHT.replacen(from, to, 1), "mine.graphql").unwrap_err();
    let line = error.place().map_or(0, |place| place.line);
    (error.rule(), line, error.to_string())
}

#[test]
fn what_is_right_is_served() {
    let supergraph = Supergraph::parse(RIGHT).unwrap();
    assert_eq!(supergraph.subgraphs(), ["one", "two"]);
    assert_eq!(
        supergraph.url("one").unwrap(),
        "http://127.0.0.1:4001/graphql"
    );
}

#[test]
fn a_contradiction_is_told_with_file_line_and_rule() {
    use SupergraphRule::{FieldSet, Graphs, Ownership, Syntax, ValidSchema};
    for (from, to, rule, line) in [
        ("  id: ID!\n", "  id: ID!!\n", Syntax, 9),
        ("enum join__Graph", "enum Other", Graphs, 0),
        ("@join__graph(name: \"two\", url: \"\")", "", Graphs, 4),
        ("name: \"two\"", "name: \"one\"", Graphs, 4),
        ("name: \"two\"", "name: \"\"", Graphs, 4),
        ("field(graph: ONE) }", "field(graph: SIX) }", Ownership, 6),
        (
            "type Query @join__type(graph: ONE)",
            "type Query",
            Ownership,
            6,
        ),
        ("interface: \"Named\"", "interface: \"User\"", Ownership, 8),
        (
            "@join__type(graph: TWO, key: \"id\")",
            "@join__type(graph: SIX, key: \"id\")",
            Ownership,
            8,
        ),
        ("member: \"User\"", "member: \"Query\"", Ownership, 13),
        ("ONE, key: \"id\"", "ONE, key: \"email\"", FieldSet, 8),
        ("ONE, key: \"id\"", "ONE, key: \"id {\"", FieldSet, 8),
        ("requires: \"name\"", "requires: \"surname\"", FieldSet, 11),
        (
            "  name: String @join",
            "  name: Name @join",
            ValidSchema,
            10,
        ),
        ("user: User", "user: Person", ValidSchema, 6),
    ] {
        let (broken, at, message) = refusal(from, to);
        assert_eq!((broken, at), (rule, line), "{to}: {message}");
        assert!(
            message.starts_with("mine.graphql") && message.contains(rule.as_str()),
            "{message}"
        );
    }
}

#[test]
fn an_address_that_is_missing_is_told_where_it_should_stand() {
    let supergraph = Supergraph::parse_file(RIGHT, "mine.graphql").unwrap();
    let error = supergraph.url("two").unwrap_err();
    assert_eq!(error.rule(), SupergraphRule::SubgraphUrl);
    assert!(error.to_string().starts_with("mine.graphql:4:"), "{error}");
    assert!(supergraph.url("three").is_err());
}

#[test]
fn a_supergraph_without_queries_is_no_reason_to_panic() {
    let sdl = "enum join__Graph { A @join__graph(name: \"a\", url: \"http://a.example\") } type User @join__type(graph: A) { id: ID! }";
    assert!(Supergraph::parse(sdl).is_err());
    for cut in (0..RIGHT.len()).filter(|cut| RIGHT.is_char_boundary(*cut)) {
        // Whether it is one or not, it is read to the end.
        let _ = Supergraph::parse(&RIGHT[..cut]);
    }
}
