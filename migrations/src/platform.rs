//! Tables that every domain has: outbox, inbox, dead letters, idempotency keys.

use sea_orm_migration::{prelude::*, schema::*};

/// Creates the domain's platform tables: `order_outbox` and so on.
pub(crate) async fn up(manager: &SchemaManager<'_>, domain: &str) -> Result<(), DbErr> {
    let named = |table: &str| Alias::new(format!("{domain}_{table}"));
    manager.create_table(outbox(named("outbox"))).await?;
    manager
        .create_index(
            Index::create()
                .name(format!("{domain}_outbox_pending"))
                .table(named("outbox"))
                .col("dispatched_at")
                .col("sequence")
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table(named("inbox"))
                .col(uuid("event_id").primary_key())
                .col(timestamp_with_time_zone("consumed_at"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(dead_letter(named("dead_letter")))
        .await?;
    manager
        .create_table(idempotency_key(named("idempotency_key")))
        .await
}

/// Drops them again.
pub(crate) async fn down(manager: &SchemaManager<'_>, domain: &str) -> Result<(), DbErr> {
    for table in ["idempotency_key", "dead_letter", "inbox", "outbox"] {
        manager
            .drop_table(
                Table::drop()
                    .table(Alias::new(format!("{domain}_{table}")))
                    .to_owned(),
            )
            .await?;
    }
    Ok(())
}

fn outbox(table: Alias) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(big_pk_auto("sequence"))
        .col(uuid_uniq("id"))
        .col(string("kind"))
        .col(string("subject"))
        .col(uuid_null("customer_id"))
        .col(timestamp_with_time_zone("time"))
        .col(string("correlation_id"))
        .col(json("data"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("dispatched_at"))
        .to_owned()
}

fn dead_letter(table: Alias) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("event_id").primary_key())
        .col(json("event"))
        .col(text("reason"))
        .col(timestamp_with_time_zone("failed_at"))
        .to_owned()
}

fn idempotency_key(table: Alias) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(string("actor"))
        .col(uuid("key"))
        .col(string("fingerprint"))
        .col(json_null("outcome"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("actor").col("key"))
        .to_owned()
}
