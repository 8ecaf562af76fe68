use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "vault_m2026_11_20_000001_keys"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("vault_data_key")
            .col(uuid("owner_id"))
            .col(string_len("class", 16))
            .col(string_len("master", 64))
            .col(string_null("wrapped"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("destroyed_at"))
            .primary_key(Index::create().col("owner_id").col("class"))
            .to_owned();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let drop = Table::drop().table("vault_data_key").to_owned();
        manager.drop_table(drop).await
    }
}
