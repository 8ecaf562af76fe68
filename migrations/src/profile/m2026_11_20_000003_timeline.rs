use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "profile_m2026_11_20_000003_timeline"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(interaction()).await?;
        manager.create_table(timeline_entry()).await?;
        for table in ["profile_interaction", "profile_timeline_entry"] {
            manager.create_index(page_index(table)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["profile_timeline_entry", "profile_interaction"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn interaction() -> TableCreateStatement {
    Table::create()
        .table("profile_interaction")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("kind", 20))
        .col(timestamp_with_time_zone("occurred_at"))
        .col(string_len("channel", 16))
        .col(string_len("direction", 8))
        .col(string_null("agent_id"))
        .col(uuid_null("flight_id"))
        .col(uuid_null("order_id"))
        .col(uuid_null("case_id"))
        .col(text("summary"))
        .col(string_len_null("sentiment", 8))
        .col(string_len("purpose", 16))
        .col(string_len("retention", 16))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn timeline_entry() -> TableCreateStatement {
    Table::create()
        .table("profile_timeline_entry")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(timestamp_with_time_zone("occurred_at"))
        .col(uuid_uniq("source_event_id"))
        .col(string_len("kind", 80))
        .col(string_len("source", 16))
        .col(string_len("category", 8))
        .col(uuid_null("order_id"))
        .col(uuid_null("journey_id"))
        .col(uuid_null("flight_id"))
        .col(uuid_null("case_id"))
        .col(uuid_null("claim_id"))
        .col(json("data"))
        .to_owned()
}

/// A page of a customer's rows is one range of this index.
fn page_index(table: &'static str) -> IndexCreateStatement {
    Index::create()
        .name(format!("{table}_page"))
        .table(table)
        .col("customer_id")
        .col("occurred_at")
        .col("id")
        .to_owned()
}
