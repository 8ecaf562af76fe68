//! Pages by keyset: a page is found by the place where the last one ended, so that page 1,000 costs what page 1 costs.

mod cursor;

use async_graphql::connection::{Connection, Edge, EmptyFields};
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, Statement,
    sea_query::{Alias, Asterisk, Expr, Query, SelectStatement, SimpleExpr, UnionType},
};

pub use self::cursor::{Cursor, CursorKey, SortedBy};
use crate::{Error, Result};

/// The most that one page can hold.
pub const MAXIMUM: u32 = 100;

/// The four arguments of a Relay connection, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PageArguments {
    /// How many from the start, or after `after`.
    pub first: Option<i32>,
    /// The cursor after which to begin.
    pub after: Option<String>,
    /// How many from the end, or before `before`.
    pub last: Option<i32>,
    /// The cursor before which to end.
    pub before: Option<String>,
}

/// A page that was understood: how many, which way, from where.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Page {
    limit: u32,
    backward: bool,
    from: Option<Cursor>,
}

impl PageArguments {
    /// Checks the arguments. One of `first` and `last` is needed, between 1 and 100; or else `default` of them are taken
    /// from the start, for lists inside another record.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` with the rule that was broken.
    pub fn page(&self, default: Option<u32>) -> Result<Page> {
        let (count, cursor, backward) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(Error::bad_user_input(
                    "Give either `first` or `last`, not both.",
                ));
            }
            (Some(first), None) => (first, &self.after, false),
            (None, Some(last)) => (last, &self.before, true),
            (None, None) => match default {
                Some(default) => (i32::try_from(default).unwrap_or(1), &self.after, false),
                None => {
                    return Err(Error::bad_user_input(
                        "A list needs `first` or `last`, between 1 and 100.",
                    ));
                }
            },
        };
        if (backward && self.after.is_some()) || (!backward && self.before.is_some()) {
            return Err(Error::bad_user_input(
                "`after` goes with `first`, `before` goes with `last`.",
            ));
        }
        let limit = u32::try_from(count)
            .ok()
            .filter(|limit| (1..=MAXIMUM).contains(limit));
        let Some(limit) = limit else {
            return Err(Error::bad_user_input(
                "`first` and `last` are between 1 and 100.",
            ));
        };
        let from = cursor.as_deref().map(Cursor::decode).transpose()?;
        Ok(Page {
            limit,
            backward,
            from,
        })
    }
}

impl Page {
    /// The same page of a list that is sorted by values of this kind. A cursor of a list in another order is refused: to
    /// compare its key with a column of another kind is an error to one database and an empty page to the other.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when the cursor is not one of such a list.
    pub fn sorted_by(self, kind: SortedBy) -> Result<Self> {
        match &self.from {
            Some(cursor) if cursor.key.kind() != kind => Err(Error::bad_user_input(
                "This cursor was given out by a list in another order; take it from `pageInfo` or `edges.cursor` of this list.",
            )),
            _ => Ok(self),
        }
    }

    /// The first `limit` rows.
    pub fn first(limit: u32) -> Self {
        Self {
            limit: limit.clamp(1, MAXIMUM),
            backward: false,
            from: None,
        }
    }

    /// Narrows a query to this page of the list that is sorted by `key`, then by `id`, both in `order`. One more row than
    /// the page holds is asked for, to know whether there is another page.
    pub fn apply<E, Key, Id>(&self, select: Select<E>, key: Key, id: Id, order: &Order) -> Select<E>
    where
        E: EntityTrait,
        Key: ColumnTrait,
        Id: ColumnTrait,
    {
        let descending = matches!(order, Order::Desc) != self.backward;
        let select = match &self.from {
            None => select,
            Some(cursor) => {
                let place: [SimpleExpr; 2] = [key.into_expr(), id.into_expr()];
                let bound: [SimpleExpr; 2] = [cursor.key.value().into(), cursor.id.into()];
                let (place, bound) = (Expr::tuple(place), Expr::tuple(bound));
                select.filter(if descending {
                    place.lt(bound)
                } else {
                    place.gt(bound)
                })
            }
        };
        let direction = if descending { Order::Desc } else { Order::Asc };
        select
            .order_by(key, direction.clone())
            .order_by(id, direction)
            .limit(u64::from(self.limit) + 1)
    }

    /// The same for a statement over a table that no entity stands for.
    pub(crate) fn apply_to(
        &self,
        select: &mut SelectStatement,
        key: &Alias,
        id: &Alias,
        order: &Order,
    ) {
        let descending = matches!(order, Order::Desc) != self.backward;
        if let Some(cursor) = &self.from {
            let place = Expr::tuple([Expr::col(key.clone()), Expr::col(id.clone())]);
            let bound = Expr::tuple([Expr::value(cursor.key.value()), Expr::value(cursor.id)]);
            select.and_where(if descending {
                place.lt(bound)
            } else {
                place.gt(bound)
            });
        }
        let direction = if descending { Order::Desc } else { Order::Asc };
        select
            .order_by(key.clone(), direction.clone())
            .order_by(id.clone(), direction)
            .limit(u64::from(self.limit) + 1);
    }

    /// Narrows a query to this page of a list that is sorted by one column whose values are unique, such as a code. Its
    /// cursors carry the nil id.
    pub fn apply_unique<E, Key>(&self, select: Select<E>, key: Key, order: &Order) -> Select<E>
    where
        E: EntityTrait,
        Key: ColumnTrait,
    {
        let descending = matches!(order, Order::Desc) != self.backward;
        let select = match &self.from {
            None => select,
            Some(cursor) => {
                let bound = cursor.key.value();
                select.filter(if descending {
                    key.lt(bound)
                } else {
                    key.gt(bound)
                })
            }
        };
        let direction = if descending { Order::Desc } else { Order::Asc };
        select
            .order_by(key, direction)
            .limit(u64::from(self.limit) + 1)
    }

    /// Makes the connection from the rows that [`Page::apply`] asked for.
    pub fn connection<Row, Node>(
        &self,
        mut rows: Vec<Row>,
        cursor: impl Fn(&Row) -> Cursor,
        node: impl Fn(Row) -> Node,
    ) -> Connection<Cursor, Node, EmptyFields, EmptyFields>
    where
        Node: async_graphql::OutputType,
    {
        let more = rows.len() > self.limit as usize;
        rows.truncate(self.limit as usize);
        if self.backward {
            rows.reverse();
        }
        let (previous, next) = if self.backward {
            (more, self.from.is_some())
        } else {
            (self.from.is_some(), more)
        };
        let mut connection = Connection::new(previous, next);
        connection.edges.extend(
            rows.into_iter()
                .map(|row| Edge::new(cursor(&row), node(row))),
        );
        connection
    }
}

/// One statement for the same page of many parents: an arm for each, every one of them stopped by its own limit, so that
/// the cost is the rows asked for and not the rows there are. `None` when there is no arm.
pub fn union_of<E: EntityTrait>(
    backend: DbBackend,
    arms: impl IntoIterator<Item = Select<E>>,
) -> Option<Statement> {
    let mut arms = arms.into_iter().map(|arm| {
        let inner: SelectStatement = arm.into_query();
        // SQLite takes a limit in an arm only when the arm is a subquery.
        Query::select()
            .column(Asterisk)
            .from_subquery(inner, Alias::new("page"))
            .to_owned()
    });
    let mut statement = arms.next()?;
    for arm in arms {
        statement.union(UnionType::All, arm);
    }
    Some(backend.build(&statement))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(first: Option<i32>, last: Option<i32>) -> PageArguments {
        PageArguments {
            first,
            last,
            ..PageArguments::default()
        }
    }

    #[test]
    fn a_list_is_asked_for_with_a_size() {
        assert!(arguments(None, None).page(None).is_err());
        assert!(arguments(Some(0), None).page(None).is_err());
        assert!(arguments(Some(101), None).page(None).is_err());
        assert!(arguments(Some(-1), None).page(None).is_err());
        assert!(arguments(Some(1), Some(1)).page(None).is_err());
        assert_eq!(arguments(Some(100), None).page(None).unwrap().limit, 100);
        assert_eq!(arguments(None, None).page(Some(10)).unwrap().limit, 10);
    }

    #[test]
    fn cursors_go_with_their_direction() {
        let wrong = PageArguments {
            first: Some(1),
            before: Some("x".to_owned()),
            ..PageArguments::default()
        };
        assert!(wrong.page(None).is_err());
        let forged = PageArguments {
            first: Some(1),
            after: Some("x".to_owned()),
            ..PageArguments::default()
        };
        assert!(forged.page(None).unwrap_err().message().contains("cursor"));
    }

    #[test]
    fn a_cursor_of_a_list_in_another_order_is_refused() {
        use async_graphql::connection::CursorType;

        let page = PageArguments {
            first: Some(1),
            after: Some(Cursor::by_text("a", uuid::Uuid::nil()).encode_cursor()),
            ..PageArguments::default()
        }
        .page(None)
        .unwrap();
        assert!(page.clone().sorted_by(SortedBy::Text).is_ok());
        for kind in [SortedBy::Instant, SortedBy::Number, SortedBy::Date] {
            let error = page.clone().sorted_by(kind).unwrap_err();
            assert_eq!(error.code(), crate::Code::BadUserInput);
        }
        assert!(Page::first(1).sorted_by(SortedBy::Instant).is_ok());
    }
}
