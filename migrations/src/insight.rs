//! The insight domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_transport;
mod m2026_11_20_000003_cohorts;

/// Applies the insight domain's migrations.
#[derive(Debug)]
pub struct InsightMigrator;

#[async_trait::async_trait]
impl MigratorTrait for InsightMigrator {
    fn migration_table_name() -> DynIden {
        "insight_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_transport::Migration),
            Box::new(m2026_11_20_000003_cohorts::Migration),
        ]
    }
}
