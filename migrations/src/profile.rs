//! The profile domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_customers;
mod m2026_11_20_000003_timeline;
mod m2026_11_20_000004_transport;
mod m2026_11_20_000006_privacy;

/// Applies the profile domain's migrations.
#[derive(Debug)]
pub struct ProfileMigrator;

#[async_trait::async_trait]
impl MigratorTrait for ProfileMigrator {
    fn migration_table_name() -> DynIden {
        "profile_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_customers::Migration),
            Box::new(m2026_11_20_000003_timeline::Migration),
            Box::new(m2026_11_20_000004_transport::Migration),
            Box::new(m2026_11_20_000006_privacy::Migration),
        ]
    }
}
