//! What a supergraph says of a subgraph that answers in this process, compared with what that subgraph is.

use schema_gateway::{SupergraphRule, check_agreement};

const KNOWN: &str = r#"schema @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION) { query: Query }
enum join__Graph {
  OURS @join__graph(name: "ours", url: "")
  THEIRS @join__graph(name: "theirs", url: "")
}
type Query @join__type(graph: OURS) @join__type(graph: THEIRS) {
  user(id: ID!, kind: Kind, filter: Filter): User @join__field(graph: OURS)
  other: Int @join__field(graph: THEIRS)
}
interface Named @join__type(graph: OURS) { name: String! }
type User implements Named @join__implements(graph: OURS, interface: "Named") @join__type(graph: OURS, key: "id") @join__type(graph: THEIRS, key: "id") {
  id: ID!
  name: String! @join__field(graph: OURS)
  age: Int @join__field(graph: THEIRS) @join__field(graph: OURS, external: true)
}
union Any @join__type(graph: OURS) @join__unionMember(graph: OURS, member: "User") = User
enum Kind @join__type(graph: OURS) { STAFF @join__enumValue(graph: OURS) GUEST @join__enumValue(graph: OURS) }
input Filter @join__type(graph: OURS) { name: String! city: String }
"#;

/// What comes of it after these changes.
fn compare(changes: &[(&str, &str)]) -> Result<Vec<String>, schema_gateway::SupergraphError> {
    let given = changes.iter().fold(KNOWN.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    check_agreement(&given, "mine.graphql", KNOWN, ["ours", "nobody"])
}

#[test]
fn the_first_difference_is_told_at_its_place() {
    for (from, to, line, message) in [
        (
            "name: String! @",
            "name: Int! @",
            13,
            "`User.name` is `String!` there and `Int!` here",
        ),
        (
            "graph: THEIRS) @join__field(graph: OURS, external: true)",
            "graph: OURS)",
            14,
            "`User.age` is not there",
        ),
        (
            "id: ID!, kind: Kind",
            "id: ID!, sort: Kind",
            7,
            "`Query.user` has no argument `sort`",
        ),
        (
            "kind: Kind",
            "kind: String",
            7,
            "`Query.user(kind:)` is `Kind` there and `String` here",
        ),
        (
            "id: ID!, kind",
            "kind",
            7,
            "`Query.user` needs the argument `id`",
        ),
        (
            "OURS, key: \"id\"",
            "OURS, key: \"name\"",
            11,
            "`User` has no key `name`",
        ),
        ("GUEST", "VISITOR", 17, "`Kind` has no value `VISITOR`"),
        (
            "{ name: String! city",
            "{ city",
            18,
            "`Filter` needs the field `name`",
        ),
        (
            "enum Kind",
            "type More @join__type(graph: OURS) { a: Int }\nenum Kind",
            17,
            "type `More` is not there",
        ),
        (
            "union Any @join__type(graph: OURS) @join__unionMember(graph: OURS, member: \"User\") = User",
            "scalar Any @join__type(graph: OURS)",
            16,
            "type `Any` is of another kind",
        ),
    ] {
        let error = compare(&[(from, to)]).unwrap_err();
        assert_eq!(error.rule(), SupergraphRule::Agreement, "{error}");
        let text = error.to_string();
        assert!(text.starts_with(&format!("mine.graphql:{line}:")), "{text}");
        assert!(
            text.contains(message) && text.contains("\"ours\""),
            "{text}"
        );
    }
}

#[test]
fn what_promises_less_or_is_about_others_is_no_difference() {
    for changes in [
        &[("name: String! @", "name: String @")] as &[_],
        &[("id: ID!, kind: Kind", "id: ID!")],
        &[("city: String", "city: String!")],
        &[("other: Int", "another: [Int]")],
        &[("GUEST @join__enumValue(graph: OURS)", "")],
        &[(
            "name: String! @join__field(graph: OURS)",
            "name: Int! @join__field(graph: OURS, type: \"String!\")",
        )],
    ] {
        assert_eq!(
            compare(changes).unwrap(),
            Vec::<String>::new(),
            "{changes:?}"
        );
    }
}

#[test]
fn what_is_left_out_is_named() {
    let user = "  user(id: ID!, kind: Kind, filter: Filter): User @join__field(graph: OURS)\n";
    let input = "input Filter @join__type(graph: OURS) { name: String! city: String }\n";
    let left_out = compare(&[(user, ""), (input, "")]).unwrap();
    assert_eq!(left_out, ["Query.user", "Filter"]);
}
