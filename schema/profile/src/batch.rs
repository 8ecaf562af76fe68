//! Pages of many customers at once.

use std::{collections::HashMap, hash::Hash};

use schema_kernel::{
    Error, Page, PageArguments, Reader, Result,
    id::CustomerId,
    keyset::{self, Cursor, CursorKey},
};
use sea_orm::{EntityTrait, Select};

/// A page of one customer's rows: `Shape` says which rows, in which order, how many.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PageOf<Shape> {
    pub(crate) customer: CustomerId,
    pub(crate) shape: Shape,
}

/// Reads the pages, with one statement for all customers that are asked for the same shape.
pub(crate) async fn pages<E, Shape>(
    reader: &Reader,
    keys: &[PageOf<Shape>],
    select: impl Fn(CustomerId, &Shape) -> Select<E>,
    owner: impl Fn(&E::Model) -> CustomerId,
) -> Result<HashMap<PageOf<Shape>, Vec<E::Model>>>
where
    E: EntityTrait,
    Shape: Clone + Eq + Hash,
{
    let mut by_shape: HashMap<&Shape, Vec<CustomerId>> = HashMap::new();
    for key in keys {
        by_shape.entry(&key.shape).or_default().push(key.customer);
    }
    let mut pages: HashMap<PageOf<Shape>, Vec<E::Model>> = HashMap::with_capacity(keys.len());
    for (shape, customers) in by_shape {
        let arms = customers.iter().map(|customer| select(*customer, shape));
        let Some(statement) = keyset::union_of(reader.database.backend(), arms) else {
            continue;
        };
        for row in E::find()
            .from_raw_sql(statement)
            .all(reader.database.reader())
            .await?
        {
            let key = PageOf {
                customer: owner(&row),
                shape: shape.clone(),
            };
            pages.entry(key).or_default().push(row);
        }
    }
    Ok(pages)
}

/// Groups rows by the customer they are about.
pub(crate) fn by_customer<Row>(
    rows: Vec<Row>,
    owner: impl Fn(&Row) -> CustomerId,
) -> HashMap<CustomerId, Vec<Row>> {
    let mut groups: HashMap<CustomerId, Vec<Row>> = HashMap::new();
    for row in rows {
        groups.entry(owner(&row)).or_default().push(row);
    }
    groups
}

/// A page of a list that is sorted by instants.
pub(crate) fn page_by_instant(arguments: &PageArguments, default: Option<u32>) -> Result<Page> {
    page_by(arguments, default, |key| {
        matches!(key, CursorKey::Instant(_))
    })
}

/// A page of a list that is sorted by texts.
pub(crate) fn page_by_text(arguments: &PageArguments, default: Option<u32>) -> Result<Page> {
    page_by(arguments, default, |key| matches!(key, CursorKey::Text(_)))
}

// A cursor of a list with another order would compare values of different kinds, which PostgreSQL refuses.
fn page_by(
    arguments: &PageArguments,
    default: Option<u32>,
    fits: impl Fn(&CursorKey) -> bool,
) -> Result<Page> {
    for cursor in [&arguments.after, &arguments.before].into_iter().flatten() {
        if !fits(&Cursor::decode(cursor)?.key) {
            return Err(Error::bad_user_input(
                "This cursor was given out by a list in another order; take one from this list.",
            ));
        }
    }
    arguments.page(default)
}
