//! Whose scalars are whose, which composition leaves out: stock routers refuse a supergraph that does not say.

use std::collections::HashMap;

use apollo_compiler::{Name, Schema, schema::ExtendedType};

use super::{reading_order::ReadingOrder, supergraph_spec::join_type};

/// A scalar is of every subgraph that defines it.
pub(super) fn mark_scalars(schema: &mut Schema, order: &ReadingOrder) {
    let graphs = graphs_by_subgraph(schema);
    for (name, definition) in &mut schema.types {
        let ExtendedType::Scalar(scalar) = definition else {
            continue;
        };
        if scalar.is_built_in() || scalar.directives.has("join__type") {
            continue;
        }
        let subgraphs = order.subgraphs(name).iter();
        let owners = subgraphs.filter_map(|subgraph| graphs.get(subgraph).cloned());
        let marks: Vec<_> = owners.map(join_type).collect();
        if !marks.is_empty() {
            scalar.make_mut().directives.0.splice(0..0, marks);
        }
    }
}

/// The value of `join__Graph` for each subgraph.
fn graphs_by_subgraph(schema: &Schema) -> HashMap<String, Name> {
    let Some(ExtendedType::Enum(graphs)) = schema.types.get("join__Graph") else {
        return HashMap::new();
    };
    let values = graphs.values.iter();
    values
        .filter_map(|(graph, value)| {
            let directive = value.directives.get("join__graph")?;
            let subgraph = directive.specified_argument_by_name("name")?.as_str()?;
            Some((subgraph.to_owned(), graph.clone()))
        })
        .collect()
}
