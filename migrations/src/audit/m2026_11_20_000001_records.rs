use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "audit_m2026_11_20_000001_records"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(record()).await?;
        manager.create_table(subject()).await?;
        // Who asks what one person did asks for their latest acts; retention asks for the oldest of all.
        for (name, column) in [("audit_record_actor", "actor"), ("audit_record_at", "at")] {
            manager
                .create_index(
                    Index::create()
                        .name(name)
                        .table("audit_record")
                        .col(column)
                        .col("sequence")
                        .to_owned(),
                )
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["audit_subject", "audit_record"] {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn record() -> TableCreateStatement {
    Table::create()
        .table("audit_record")
        .col(big_integer("sequence").primary_key())
        .col(timestamp_with_time_zone("at"))
        .col(string_len("kind", 16))
        .col(string("domain"))
        .col(string("actor"))
        .col(string("role"))
        .col(string("purpose"))
        .col(string("action"))
        .col(text("subjects"))
        .col(text("fields"))
        .col(text_null("justification"))
        .col(string_len("result", 16))
        .col(string("request_id"))
        .col(string_len("previous", 64))
        .col(string_len("hash", 64))
        .to_owned()
}

fn subject() -> TableCreateStatement {
    Table::create()
        .table("audit_subject")
        .col(uuid("customer_id"))
        .col(big_integer("sequence"))
        .primary_key(Index::create().col("customer_id").col("sequence"))
        .to_owned()
}
