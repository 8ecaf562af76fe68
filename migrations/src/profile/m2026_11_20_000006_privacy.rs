use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "profile_m2026_11_20_000006_privacy"
    }
}

/// Indexes by name, table and columns.
const INDEXES: &[(&str, &str, &[&str])] = &[
    (
        "profile_data_request_by_customer",
        "profile_data_request",
        &["customer_id", "requested_at", "id"],
    ),
    (
        "profile_data_request_by_due",
        "profile_data_request",
        &["requested_at", "id"],
    ),
    (
        "profile_consent_by_customer",
        "profile_consent",
        &["customer_id", "purpose", "at", "id"],
    ),
    (
        "profile_consent_by_token",
        "profile_consent",
        &["token_hash"],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [data_request(), tombstone(), restriction(), consent()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(Alias::new(*table));
            for column in *columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index.to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "profile_consent",
            "profile_restriction",
            "profile_tombstone",
            "profile_data_request",
        ] {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn data_request() -> TableCreateStatement {
    Table::create()
        .table("profile_data_request")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("kind", 16))
        .col(string_len("state", 24))
        .col(string("requested_by"))
        .col(string_null("verified_by"))
        .col(string_null("decided_by"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(timestamp_with_time_zone("due_at"))
        .col(boolean("is_extended"))
        .col(timestamp_with_time_zone_null("completed_at"))
        .col(json("answers"))
        .col(text_null("certificate"))
        .col(integer("version"))
        .to_owned()
}

fn tombstone() -> TableCreateStatement {
    Table::create()
        .table("profile_tombstone")
        .col(string_len("hash", 64).primary_key())
        .col(timestamp_with_time_zone("erased_at"))
        .to_owned()
}

fn restriction() -> TableCreateStatement {
    Table::create()
        .table("profile_restriction")
        .col(uuid("customer_id"))
        .col(string_len("kind", 16))
        .col(timestamp_with_time_zone("since"))
        .primary_key(Index::create().col("customer_id").col("kind"))
        .to_owned()
}

fn consent() -> TableCreateStatement {
    Table::create()
        .table("profile_consent")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("purpose", 24))
        .col(string_len("state", 16))
        .col(string_len("text_version", 40))
        .col(string_len("language", 35))
        .col(string("recorded_by"))
        .col(timestamp_with_time_zone_null("expires_at"))
        .col(string_len_null("token_hash", 64))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}
