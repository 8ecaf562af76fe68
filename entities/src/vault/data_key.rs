//! Data keys: what seals one class of one owner's values, itself wrapped by a master key.

use sea_orm::entity::prelude::*;

/// One data key, or what is left of one that was destroyed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vault_data_key")]
pub struct Model {
    /// Whose values it seals: a customer, or a user who is none. The nil UUID is the installation itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    /// Which of them: `CONTACT`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub class: String,
    /// The name of the master key that it is wrapped with; empty once it is destroyed.
    pub master: String,
    /// The wrapped key; none once it is destroyed, and then none is ever made in its place.
    pub wrapped: Option<String>,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it was destroyed.
    pub destroyed_at: Option<DateTimeUtc>,
}

/// None that the database knows of.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
