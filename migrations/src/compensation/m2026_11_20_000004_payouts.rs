use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

/// Claims that people file, evidence for them, and how claims are paid.
pub(super) struct Migration;

const CLAIM: &str = "compensation_claim";
const CLAIM_EVENT: &str = "compensation_claim_event";
const DISRUPTION: &str = "compensation_disruption";
const JOURNEY: &str = "compensation_journey";
const FILING: &str = "compensation_filing";
const EVIDENCE: &str = "compensation_evidence";
const PAYOUT: &str = "compensation_payout";
const PAYOUT_EVENT: &str = "compensation_payout_event";
const AGREEMENT: &str = "compensation_payout_agreement";
const LEDGER: &str = "compensation_ledger_entry";

/// Columns that a claim which was filed does not have, by table.
const LOOSENED: &[(&str, &str)] = &[
    (CLAIM, "disruption_id"),
    (CLAIM, "assessment_id"),
    (CLAIM, "regime"),
    (CLAIM_EVENT, "assessment_id"),
];

/// New columns of a claim, the last one first.
const ADDED: &[&str] = &[
    "due_notice",
    "appealed_at",
    "proposed_by",
    "decided_by",
    "origin",
];

/// Indexes by name, table, columns and whether they are unique. Those that begin with a notice find what is due; those that
/// begin with a status find the payouts to work on and the pages that people read.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    (
        "due_notice",
        CLAIM,
        &["due_notice", "status", "due_by"],
        false,
    ),
    ("journey_id", DISRUPTION, &["journey_id"], false),
    (
        "customer_id_departs_at",
        JOURNEY,
        &["customer_id", "departs_at", "id"],
        false,
    ),
    (
        "claim_id_added_at",
        EVIDENCE,
        &["claim_id", "added_at", "id"],
        false,
    ),
    ("live_claim_id", PAYOUT, &["live_claim_id"], true),
    (
        "claim_id_requested_at",
        PAYOUT,
        &["claim_id", "requested_at", "id"],
        false,
    ),
    (
        "status_next_attempt_at",
        PAYOUT,
        &["status", "next_attempt_at", "id"],
        false,
    ),
    (
        "due_notice",
        PAYOUT,
        &["due_notice", "status", "due_by"],
        false,
    ),
    ("due_by_id", PAYOUT, &["due_by", "id"], false),
    ("status_due_by", PAYOUT, &["status", "due_by", "id"], false),
    (
        "customer_id_requested_at",
        PAYOUT,
        &["customer_id", "requested_at", "id"],
        false,
    ),
    ("requested_at_id", PAYOUT, &["requested_at", "id"], false),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "compensation_m2026_11_20_000004_payouts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        loosen(manager).await?;
        for column in [
            string_len("origin", 16).default("AUTOMATIC").to_owned(),
            string_null("decided_by"),
            string_null("proposed_by"),
            timestamp_with_time_zone_null("appealed_at"),
            string_len("due_notice", 8).default("NONE").to_owned(),
        ] {
            let alter = Table::alter()
                .table(Alias::new(CLAIM))
                .add_column(column)
                .to_owned();
            manager.alter_table(alter).await?;
        }
        for table in [
            journey(),
            filing(),
            evidence(),
            payout(),
            payout_event(),
            agreement(),
            ledger(),
        ] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, is_unique) in INDEXES {
            let mut index = Index::create();
            index
                .name(format!("{table}_by_{name}"))
                .table(Alias::new(*table));
            for column in *columns {
                index.col(Alias::new(*column));
            }
            if *is_unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            LEDGER,
            AGREEMENT,
            PAYOUT_EVENT,
            PAYOUT,
            EVIDENCE,
            FILING,
            JOURNEY,
        ] {
            let drop = Table::drop().table(Alias::new(table)).to_owned();
            manager.drop_table(drop).await?;
        }
        for (name, table, _, _) in INDEXES
            .iter()
            .filter(|(_, table, _, _)| [CLAIM, DISRUPTION].contains(table))
        {
            let index = Index::drop()
                .name(format!("{table}_by_{name}"))
                .table(Alias::new(*table))
                .to_owned();
            manager.drop_index(index).await?;
        }
        for column in ADDED {
            let alter = Table::alter()
                .table(Alias::new(CLAIM))
                .drop_column(Alias::new(*column))
                .to_owned();
            manager.alter_table(alter).await?;
        }
        tighten(manager).await
    }
}

/// Lets the columns be absent.
async fn loosen(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column) in LOOSENED {
        match manager.get_database_backend() {
            DbBackend::Sqlite => requalify(manager, table, column, false).await?,
            _ => {
                run(
                    manager,
                    &format!("ALTER TABLE {table} ALTER COLUMN {column} DROP NOT NULL"),
                )
                .await?;
            }
        }
    }
    Ok(())
}

/// Takes away the claims that have no such values, and asks for them again.
async fn tighten(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, column) in LOOSENED {
        run(
            manager,
            &format!("DELETE FROM {table} WHERE {column} IS NULL"),
        )
        .await?;
        match manager.get_database_backend() {
            DbBackend::Sqlite => requalify(manager, table, column, true).await?,
            _ => {
                run(
                    manager,
                    &format!("ALTER TABLE {table} ALTER COLUMN {column} SET NOT NULL"),
                )
                .await?;
            }
        }
    }
    Ok(())
}

/// SQLite changes no column in place. The new one is filled from the old one and takes its name; no index is on any of
/// these columns but `disruption_id` and `regime`, whose indexes are made again.
async fn requalify(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
    is_needed: bool,
) -> Result<(), DbErr> {
    let indexes = indexes_on(table, column);
    for (name, _, _) in &indexes {
        run(manager, &format!("DROP INDEX {name}")).await?;
    }
    let (kind, default) = match column {
        "regime" => ("varchar(16)", "''"),
        _ => ("uuid_text", "x'00000000000000000000000000000000'"),
    };
    let rule = if is_needed {
        format!("NOT NULL DEFAULT {default}")
    } else {
        String::new()
    };
    for statement in [
        format!("ALTER TABLE {table} RENAME COLUMN {column} TO {column}_before"),
        format!("ALTER TABLE {table} ADD COLUMN {column} {kind} {rule}"),
        format!("UPDATE {table} SET {column} = {column}_before"),
        format!("ALTER TABLE {table} DROP COLUMN {column}_before"),
    ] {
        run(manager, &statement).await?;
    }
    for (name, columns, is_unique) in indexes {
        let unique = if is_unique { "UNIQUE" } else { "" };
        run(
            manager,
            &format!("CREATE {unique} INDEX {name} ON {table} ({columns})"),
        )
        .await?;
    }
    Ok(())
}

/// The indexes of the earlier migration on a column: name, columns, whether it is unique.
fn indexes_on(table: &str, column: &str) -> Vec<(&'static str, &'static str, bool)> {
    match (table, column) {
        (CLAIM, "disruption_id") => vec![(
            "compensation_claim_by_disruption_id",
            "disruption_id",
            false,
        )],
        (CLAIM, "regime") => vec![(
            "compensation_claim_by_passenger_id_journey_id",
            "passenger_id, journey_id, flight_id, regime, entitlement_kind",
            true,
        )],
        _ => Vec::new(),
    }
}

async fn run(manager: &SchemaManager<'_>, statement: &str) -> Result<(), DbErr> {
    manager
        .get_connection()
        .execute_unprepared(statement)
        .await
        .map(drop)
}

fn journey() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(JOURNEY))
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(uuid("order_id"))
        .col(timestamp_with_time_zone("departs_at"))
        .col(json("passenger_ids"))
        .col(json("flight_ids"))
        .to_owned()
}

fn filing() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(FILING))
        .col(uuid("claim_id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("incident", 24))
        .col(date("incident_on"))
        .col(text("statement"))
        .col(string_len_null("regime", 16))
        .col(big_integer_null("claimed_minor"))
        .col(string_len_null("claimed_currency", 3))
        .col(string("filed_by"))
        .col(timestamp_with_time_zone("filed_at"))
        .to_owned()
}

fn evidence() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(EVIDENCE))
        .col(uuid("id").primary_key())
        .col(uuid("claim_id"))
        .col(uuid("customer_id"))
        .col(string_len("kind", 24))
        .col(text("description"))
        .col(string_null("file_name"))
        .col(string_len_null("content_type", 64))
        .col(integer("size"))
        .col(string_len_null("sha256", 64))
        .col(blob_null("content"))
        .col(string("added_by"))
        .col(timestamp_with_time_zone("added_at"))
        .to_owned()
}

fn payout() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(PAYOUT))
        .col(uuid("id").primary_key())
        .col(uuid("claim_id"))
        .col(uuid_null("live_claim_id"))
        .col(uuid("customer_id"))
        .col(string_len("method", 32))
        .col(string_len("status", 16))
        .col(big_integer("amount_minor"))
        .col(string_len("currency", 3))
        .col(big_integer("delivered_minor"))
        .col(string_len("delivered_currency", 3))
        .col(string_null("destination_token"))
        .col(string("requested_by"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(string_null("approved_by"))
        .col(date("due_by"))
        .col(string_len("due_notice", 8))
        .col(string_null("reason"))
        .col(string_null("provider_reference"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone_null("next_attempt_at"))
        .col(uuid_null("leased_by"))
        .col(timestamp_with_time_zone_null("leased_until"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}

fn payout_event() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(PAYOUT_EVENT))
        .col(uuid("payout_id"))
        .col(integer("version"))
        .col(uuid("customer_id"))
        .col(string_len_null("from_status", 16))
        .col(string_len("to_status", 16))
        .col(string("actor"))
        .col(string_null("reason"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("payout_id").col("version"))
        .to_owned()
}

fn agreement() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(AGREEMENT))
        .col(uuid("payout_id").primary_key())
        .col(uuid("claim_id"))
        .col(uuid("customer_id"))
        .col(uuid("passenger_id"))
        .col(string_len("channel", 16))
        .col(string_len("text_version", 64))
        .col(timestamp_with_time_zone("signed_at"))
        .col(string("recorded_by"))
        .col(timestamp_with_time_zone("recorded_at"))
        .to_owned()
}

fn ledger() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(LEDGER))
        .col(uuid("payout_id"))
        .col(integer("version"))
        .col(integer("line"))
        .col(string_len("account", 32))
        .col(big_integer("amount_minor"))
        .col(string_len("currency", 3))
        .col(timestamp_with_time_zone("posted_at"))
        .primary_key(Index::create().col("payout_id").col("version").col("line"))
        .to_owned()
}
