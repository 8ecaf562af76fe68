//! How far imports of files have come, so that one that was stopped goes on where it stopped.

use sea_orm::entity::prelude::*;

/// The import of one file with one set of options.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_import")]
pub struct Model {
    /// SHA-256 of the file and of the options that change what its rows mean.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// Bytes of the file whose rows are stored.
    pub position_bytes: i64,
    /// Lines of the file whose rows are stored.
    pub position_line: i64,
    /// Counts so far.
    pub totals: Json,
    /// When it was begun.
    pub started_at: DateTimeUtc,
    /// When its last chunk was stored.
    pub updated_at: DateTimeUtc,
    /// When it reached the end of the file.
    pub finished_at: Option<DateTimeUtc>,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
