//! What every list of this subgraph shares.

use async_graphql::connection::{Connection, EmptyFields};
use schema_kernel::{
    Page, PageArguments, Result,
    keyset::{Cursor, SortedBy},
};

/// A page of a list, as the graph shows it.
pub(crate) type List<Node> = Connection<Cursor, Node, EmptyFields, EmptyFields>;

/// How many records a list inside another record holds when nobody says.
pub(crate) const USUAL: u32 = 10;

/// The page that was asked for. Every list of this subgraph is sorted by an instant.
pub(crate) fn page(arguments: &PageArguments, usual: Option<u32>) -> Result<Page> {
    arguments.page(usual)?.sorted_by(SortedBy::Instant)
}
