//! The committed schemas are what the code says; `make schema` writes them.

use server::graph::subgraph::{SUPERGRAPH, SubgraphName, compose, expect_same};

#[test]
fn no_subgraph_has_drifted() {
    for name in SubgraphName::ALL {
        let file = format!(
            "{}/../schema/{}/schema.graphql",
            env!("CARGO_MANIFEST_DIR"),
            name.as_str()
        );
        let committed = std::fs::read_to_string(&file).unwrap();
        expect_same(&file, &committed, &name.sdl().unwrap()).unwrap();
    }
}

#[test]
fn the_supergraph_is_composed_of_them() {
    expect_same("schema/supergraph.graphql", SUPERGRAPH, &compose().unwrap()).unwrap();
}

#[test]
fn composing_twice_gives_the_same_bytes() {
    assert_eq!(compose().unwrap(), compose().unwrap());
}
