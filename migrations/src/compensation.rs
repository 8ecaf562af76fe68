//! The compensation domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_claims;
mod m2026_11_20_000003_rules;
mod m2026_11_20_000004_payouts;
mod m2026_11_20_000005_transport;
mod m2026_11_20_000006_matters;

/// Applies the compensation domain's migrations.
#[derive(Debug)]
pub struct CompensationMigrator;

#[async_trait::async_trait]
impl MigratorTrait for CompensationMigrator {
    fn migration_table_name() -> DynIden {
        "compensation_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_claims::Migration),
            Box::new(m2026_11_20_000003_rules::Migration),
            Box::new(m2026_11_20_000005_transport::Migration),
            Box::new(m2026_11_20_000004_payouts::Migration),
            Box::new(m2026_11_20_000006_matters::Migration),
        ]
    }
}
