//! What every list of this subgraph shares.

use async_graphql::connection::{Connection, EmptyFields};
use schema_kernel::{
    Page, PageArguments, Result, Rows,
    keyset::{Cursor, CursorKey},
};

use schema_kernel::Error;

/// A page of a list, as the graph shows it.
pub(crate) type List<Node> = Connection<Cursor, Node, EmptyFields, EmptyFields>;

/// How many records a list inside another record holds when nobody says.
pub(crate) const USUAL: u32 = 10;

/// What a list is sorted by, which is what its cursors hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortedBy {
    Instant,
    Number,
    Text,
}

/// The page that was asked for. A cursor of another list is refused here, because the database would compare its key
/// with a column of another type.
pub(crate) fn page(
    arguments: &PageArguments,
    usual: Option<u32>,
    sorted_by: SortedBy,
) -> Result<Page> {
    let page = arguments.page(usual)?;
    for text in [&arguments.after, &arguments.before].into_iter().flatten() {
        let fits = match Cursor::decode(text)?.key {
            CursorKey::Instant(_) => sorted_by == SortedBy::Instant,
            CursorKey::Number(_) => sorted_by == SortedBy::Number,
            CursorKey::Text(_) => sorted_by == SortedBy::Text,
            CursorKey::Date(_) => false,
        };
        if !fits {
            return Err(Error::bad_user_input(
                "This cursor belongs to a list that is sorted in another way; take it from `pageInfo` or `edges.cursor` of this list.",
            ));
        }
    }
    Ok(page)
}

/// One page of the list that belongs to `parent`, seen through `view`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageOf<Parent, View> {
    pub(crate) parent: Parent,
    pub(crate) view: View,
    pub(crate) page: Page,
}

/// Cases, as far as somebody reaches them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cases(pub(crate) Rows);

/// Baggage reports, as far as somebody reaches them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Baggage(pub(crate) Rows);

/// The comments on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Comments(pub(crate) Reach);

/// The history of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct History(pub(crate) Reach);

/// How much of a case somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reach {
    /// What the customer reads.
    Public,
    /// That, and what staff keep among themselves.
    Internal,
}
