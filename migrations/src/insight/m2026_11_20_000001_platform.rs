use sea_orm_migration::prelude::*;

use crate::platform;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "insight_m2026_11_20_000001_platform"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform::up(manager, "insight").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform::down(manager, "insight").await
    }
}
