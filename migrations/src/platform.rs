//! Tables that every domain has: outbox, inbox, dead letters, idempotency keys, leases and positions.

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

/// Gives the domain's dead letters their aggregate, so that order is kept behind them, and adds what a message broker needs:
/// who is at work, and how far a stream was read.
pub(crate) async fn up_with_transport(
    manager: &SchemaManager<'_>,
    domain: &str,
) -> Result<(), DbErr> {
    let named = |table: &str| Alias::new(format!("{domain}_{table}"));
    for column in letter_columns() {
        let mut alter = Table::alter();
        alter.table(named("dead_letter")).add_column(column);
        manager.alter_table(alter).await?;
    }
    let table = format!("{domain}_dead_letter");
    manager
        .get_connection()
        .execute_unprepared(&format!(
            "UPDATE {table} SET source = event ->> 'source', subject = event ->> 'subject', kind = event ->> 'type'"
        ))
        .await?;
    for (name, columns) in [
        ("aggregate", ["subject", "source", "position"].as_slice()),
        ("failed", &["failed_at", "event_id"]),
        ("state", &["state", "position"]),
    ] {
        let mut index = Index::create();
        index
            .name(format!("{table}_{name}"))
            .table(named("dead_letter"));
        for column in columns {
            index.col(Alias::new(*column));
        }
        manager.create_index(index).await?;
    }
    manager.create_table(lease(named("lease"))).await?;
    manager.create_table(position(named("position"))).await
}

/// Takes it back.
pub(crate) async fn down_with_transport(
    manager: &SchemaManager<'_>,
    domain: &str,
) -> Result<(), DbErr> {
    for table in ["position", "lease"] {
        let drop = Table::drop()
            .table(Alias::new(format!("{domain}_{table}")))
            .to_owned();
        manager.drop_table(drop).await?;
    }
    let table = format!("{domain}_dead_letter");
    for name in ["aggregate", "failed", "state"] {
        let drop = Index::drop()
            .name(format!("{table}_{name}"))
            .table(Alias::new(table.as_str()))
            .to_owned();
        manager.drop_index(drop).await?;
    }
    for column in ["source", "subject", "kind", "state", "attempts", "position"] {
        let mut alter = Table::alter();
        alter
            .table(Alias::new(table.as_str()))
            .drop_column(Alias::new(column));
        manager.alter_table(alter).await?;
    }
    Ok(())
}

// With defaults, because letters may lie there already.
fn letter_columns() -> [ColumnDef; 6] {
    [
        string("source").default("").take(),
        string("subject").default("").take(),
        string("kind").default("").take(),
        string_len("state", 8).default("DEAD").take(),
        integer("attempts").default(0).take(),
        big_integer("position").default(0).take(),
    ]
}

fn lease(table: Alias) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(string("name").primary_key())
        .col(string("holder"))
        .col(timestamp_with_time_zone("held_until"))
        .to_owned()
}

fn position(table: Alias) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(string("stream").primary_key())
        .col(string("incarnation"))
        .col(big_integer("sequence"))
        .to_owned()
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
