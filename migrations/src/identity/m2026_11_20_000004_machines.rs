use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const API_CLIENT: &str = "identity_api_client";
const REFRESH_TOKEN: &str = "identity_refresh_token";
const REVOKED_TOKEN: &str = "identity_revoked_token";
const DEVICE: &str = "identity_device";

/// Indexes by name, table, columns and whether they are unique.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    (
        "identity_api_client_by_creation",
        API_CLIENT,
        &["created_at", "id"],
        false,
    ),
    (
        "identity_refresh_token_by_token",
        REFRESH_TOKEN,
        &["token_hash"],
        true,
    ),
    (
        "identity_refresh_token_by_family",
        REFRESH_TOKEN,
        &["family"],
        false,
    ),
    (
        "identity_refresh_token_by_client",
        REFRESH_TOKEN,
        &["client_id"],
        false,
    ),
    (
        "identity_refresh_token_by_expiry",
        REFRESH_TOKEN,
        &["expires_at"],
        false,
    ),
    (
        "identity_revoked_token_by_expiry",
        REVOKED_TOKEN,
        &["expires_at"],
        false,
    ),
    (
        "identity_device_by_creation",
        DEVICE,
        &["created_at", "id"],
        false,
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_m2026_11_20_000004_machines"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [api_client(), refresh_token(), revoked_token(), device()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, is_unique) in INDEXES {
            manager
                .create_index(index(name, table, columns, *is_unique))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [DEVICE, REVOKED_TOKEN, REFRESH_TOKEN, API_CLIENT] {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn index(name: &str, table: &str, columns: &[&str], is_unique: bool) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    if is_unique {
        index.unique();
    }
    index
}

fn api_client() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(API_CLIENT))
        .col(uuid("id").primary_key())
        .col(string("name"))
        .col(string_len("role", 64))
        .col(json("scopes"))
        .col(string_len("secret_hash", 64))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(integer("version"))
        .to_owned()
}

fn refresh_token() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(REFRESH_TOKEN))
        .col(uuid("id").primary_key())
        .col(string_len("token_hash", 64))
        .col(uuid("family"))
        .col(uuid("client_id"))
        .col(json("scopes"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .to_owned()
}

fn revoked_token() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(REVOKED_TOKEN))
        .col(string("name").primary_key())
        .col(timestamp_with_time_zone("revoked_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .to_owned()
}

fn device() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(DEVICE))
        .col(uuid("id").primary_key())
        .col(string("name"))
        .col(string_len_null("station", 3))
        .col(string_len("role", 64))
        .col(json_null("public_key"))
        .col(uuid_null("created_by"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("enrolled_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .col(integer("version"))
        .to_owned()
}
