//! Writing many rows at once.

use schema_kernel::Error;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityName, EntityTrait, IntoActiveModel, Iterable,
    ModelTrait,
    sea_query::{Expr, OnConflict, Query, SimpleExpr},
};

/// Values in one statement: SQLite takes 32,766, PostgreSQL 65,535. Fewer keep statements short enough to be parsed fast.
const VALUES: usize = 16_000;

/// Inserts rows, many in one statement. A row that stands already is left as it is, so that what was stopped half-way can
/// be done again.
pub(super) async fn insert<Model>(
    transaction: &DatabaseTransaction,
    rows: &[Model],
) -> Result<(), Error>
where
    Model:
        ModelTrait + IntoActiveModel<<<Model as ModelTrait>::Entity as EntityTrait>::ActiveModel>,
{
    type Column<Model> = <<Model as ModelTrait>::Entity as EntityTrait>::Column;
    let columns: Vec<Column<Model>> = Column::<Model>::iter().collect();
    for chunk in rows.chunks((VALUES / columns.len().max(1)).max(1)) {
        let mut statement = Query::insert();
        statement
            .into_table(<Model as ModelTrait>::Entity::default().table_ref())
            .columns(columns.iter().copied())
            .on_conflict(OnConflict::new().do_nothing().to_owned());
        for row in chunk {
            statement.values_panic(
                columns
                    .iter()
                    .map(|column| SimpleExpr::from(Expr::val(row.get(*column)))),
            );
        }
        transaction.execute(&statement).await?;
    }
    Ok(())
}
