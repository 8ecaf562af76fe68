use sea_orm_migration::prelude::*;

use crate::platform;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "insight_m2026_11_20_000002_transport"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform::up_with_transport(manager, "insight").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform::down_with_transport(manager, "insight").await
    }
}
