use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const SECOND_FACTOR: &str = "identity_second_factor";
const RECOVERY_CODE: &str = "identity_recovery_code";

/// Indexes by name, table, columns and whether they are unique.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    (
        "identity_second_factor_by_user",
        SECOND_FACTOR,
        &["user_id"],
        false,
    ),
    (
        "identity_recovery_code_by_code",
        RECOVERY_CODE,
        &["user_id", "code_hash"],
        true,
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_m2026_11_20_000005_second_factors"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [second_factor(), recovery_code()] {
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
        for table in [RECOVERY_CODE, SECOND_FACTOR] {
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

fn second_factor() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(SECOND_FACTOR))
        .col(uuid("id").primary_key())
        .col(uuid("user_id"))
        .col(string_len("kind", 16))
        .col(string("name"))
        .col(text("secret"))
        .col(big_integer_null("last_step"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("confirmed_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .to_owned()
}

fn recovery_code() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(RECOVERY_CODE))
        .col(uuid("id").primary_key())
        .col(uuid("user_id"))
        .col(string_len("code_hash", 64))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .to_owned()
}
