//! The audit log's migrations, in order.

use sea_orm_migration::prelude::*;

mod m2026_11_20_000001_records;

/// Applies the audit log's migrations.
#[derive(Debug)]
pub struct AuditMigrator;

#[async_trait::async_trait]
impl MigratorTrait for AuditMigrator {
    fn migration_table_name() -> DynIden {
        "audit_migration".into_iden()
    }

    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m2026_11_20_000001_records::Migration)]
    }
}
