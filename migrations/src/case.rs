//! The case domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_queues;
mod m2026_11_20_000003_cases;
mod m2026_11_20_000004_transport;
mod m2026_11_20_000005_baggage;
mod m2026_11_20_000006_baggage_periods;

/// Applies the case domain's migrations.
#[derive(Debug)]
pub struct CaseMigrator;

#[async_trait::async_trait]
impl MigratorTrait for CaseMigrator {
    fn migration_table_name() -> DynIden {
        "case_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_queues::Migration),
            Box::new(m2026_11_20_000003_cases::Migration),
            Box::new(m2026_11_20_000004_transport::Migration),
            Box::new(m2026_11_20_000005_baggage::Migration),
            Box::new(m2026_11_20_000006_baggage_periods::Migration),
        ]
    }
}
