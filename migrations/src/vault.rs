//! The migrations of the database that holds the keys of sealed data, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_keys;

/// Applies the migrations of the vault.
#[derive(Debug)]
pub struct VaultMigrator;

#[async_trait::async_trait]
impl MigratorTrait for VaultMigrator {
    fn migration_table_name() -> DynIden {
        "vault_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m2026_11_20_000001_keys::Migration)]
    }
}
