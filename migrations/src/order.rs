//! The order domain's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_platform;
mod m2026_11_20_000002_flights;
mod m2026_11_20_000003_orders;
mod m2026_11_20_000004_transport;
mod m2026_11_20_000005_flight_reports;

/// Applies the order domain's migrations.
#[derive(Debug)]
pub struct OrderMigrator;

#[async_trait::async_trait]
impl MigratorTrait for OrderMigrator {
    fn migration_table_name() -> DynIden {
        "order_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m2026_11_20_000001_platform::Migration),
            Box::new(m2026_11_20_000002_flights::Migration),
            Box::new(m2026_11_20_000003_orders::Migration),
            Box::new(m2026_11_20_000004_transport::Migration),
            Box::new(m2026_11_20_000005_flight_reports::Migration),
        ]
    }
}
