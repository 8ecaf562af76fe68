use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "order_m2026_11_20_000005_flight_reports"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(flight_report()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("order_flight_report").to_owned())
            .await
    }
}

fn flight_report() -> TableCreateStatement {
    Table::create()
        .table("order_flight_report")
        .col(string_len("source", 64))
        .col(string_len("message_id", 128))
        .col(string_len("fingerprint", 64))
        .col(timestamp_with_time_zone("reported_at"))
        .col(timestamp_with_time_zone("received_at"))
        .col(string_len("carrier", 2))
        .col(integer("number"))
        .col(string_len("suffix", 1))
        .col(string_len("origin", 3))
        .col(date("departs_on"))
        .col(string_len("aspect", 16))
        .col(string_len("status", 16))
        .col(text_null("reason"))
        .col(uuid_null("flight_id"))
        .col(json("report"))
        .primary_key(Index::create().col("source").col("message_id"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    let index = |name: &str, columns: &[&str]| {
        let mut index = Index::create()
            .name(name)
            .table("order_flight_report")
            .to_owned();
        for column in columns {
            index.col(Alias::new(*column));
        }
        index
    };
    [
        // What waits for a flight, and how long it has waited.
        index(
            "order_flight_report_flight_key",
            &["status", "departs_on", "carrier", "number"],
        ),
        index(
            "order_flight_report_received",
            &["status", "received_at", "message_id"],
        ),
        // The newest that is known of a flight.
        index(
            "order_flight_report_newest",
            &["flight_id", "aspect", "reported_at"],
        ),
    ]
}
