//! The identity domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_users;
mod m2026_11_20_000003_transport;
mod m2026_11_20_000004_machines;
mod m2026_11_20_000005_second_factors;

/// Applies the identity domain's migrations.
#[derive(Debug)]
pub struct IdentityMigrator;

#[async_trait::async_trait]
impl MigratorTrait for IdentityMigrator {
    fn migration_table_name() -> DynIden {
        "identity_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_users::Migration),
            Box::new(m2026_11_20_000003_transport::Migration),
            Box::new(m2026_11_20_000004_machines::Migration),
            Box::new(m2026_11_20_000005_second_factors::Migration),
        ]
    }
}
