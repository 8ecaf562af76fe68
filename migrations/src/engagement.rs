//! The engagement domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_notifications;
mod m2026_11_20_000003_transport;

/// Applies the engagement domain's migrations.
#[derive(Debug)]
pub struct EngagementMigrator;

#[async_trait::async_trait]
impl MigratorTrait for EngagementMigrator {
    fn migration_table_name() -> DynIden {
        "engagement_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_notifications::Migration),
            Box::new(m2026_11_20_000003_transport::Migration),
        ]
    }
}
