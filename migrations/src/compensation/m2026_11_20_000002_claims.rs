use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const DISRUPTION: &str = "compensation_disruption";
const ASSESSMENT: &str = "compensation_assessment";
const ENTITLEMENT: &str = "compensation_entitlement";
const CLAIM: &str = "compensation_claim";
const CLAIM_EVENT: &str = "compensation_claim_event";

/// Indexes by table, columns and whether they are unique. The unique ones are what makes a repeated report harmless;
/// the others are the pages that people read, each with the columns it is sorted by.
const INDEXES: &[(&str, &[&str], bool)] = &[
    (
        DISRUPTION,
        &["passenger_id", "journey_id", "flight_id"],
        true,
    ),
    (
        ASSESSMENT,
        &["disruption_id", "regime", "rule_version", "inputs_hash"],
        true,
    ),
    (ASSESSMENT, &["disruption_id", "assessed_at", "id"], false),
    (ENTITLEMENT, &["assessment_id"], false),
    (
        CLAIM,
        &[
            "passenger_id",
            "journey_id",
            "flight_id",
            "regime",
            "entitlement_kind",
        ],
        true,
    ),
    (CLAIM, &["disruption_id"], false),
    (CLAIM, &["customer_id", "opened_at", "id"], false),
    (CLAIM, &["order_id", "opened_at", "id"], false),
    (CLAIM, &["journey_id", "opened_at", "id"], false),
    (CLAIM, &["case_id", "opened_at", "id"], false),
    (CLAIM, &["flight_id", "status"], false),
    (CLAIM, &["status", "due_by", "id"], false),
    (CLAIM, &["due_by", "id"], false),
    (CLAIM, &["opened_at", "id"], false),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "compensation_m2026_11_20_000002_claims"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            disruption(),
            assessment(),
            entitlement(),
            claim(),
            claim_event(),
        ] {
            manager.create_table(table).await?;
        }
        for (table, columns, is_unique) in INDEXES {
            manager
                .create_index(index(table, columns, *is_unique))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [CLAIM_EVENT, CLAIM, ENTITLEMENT, ASSESSMENT, DISRUPTION] {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn index(table: &str, columns: &[&str], is_unique: bool) -> IndexCreateStatement {
    // PostgreSQL cuts names at 63 bytes, so a name says the table and the first two columns' words.
    let name = format!(
        "{table}_by_{}",
        columns
            .iter()
            .take(2)
            .copied()
            .collect::<Vec<_>>()
            .join("_")
    );
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

fn disruption() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(DISRUPTION))
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(uuid("order_id"))
        .col(uuid("journey_id"))
        .col(uuid("passenger_id"))
        .col(uuid("flight_id"))
        .col(string_len("flight_designator", 8))
        .col(uuid("flight_event_id"))
        .col(string_len("kind", 16))
        .col(date("incident_on"))
        .col(big_integer_null("arrival_delay_minutes"))
        .col(string_len_null("cause_code", 8))
        .col(json("facts"))
        .col(string_len("fingerprint", 64))
        .col(json("established"))
        .col(timestamp_with_time_zone("reported_at"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(integer("version"))
        .to_owned()
}

fn assessment() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(ASSESSMENT))
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(uuid("disruption_id"))
        .col(string_len("regime", 16))
        .col(string_len("rule_id", 64))
        .col(integer("rule_version"))
        .col(boolean("applies"))
        .col(text("why"))
        .col(json("flags"))
        .col(json("inputs"))
        .col(string_len("inputs_hash", 64))
        .col(integer_null("distance_metres"))
        .col(timestamp_with_time_zone("assessed_at"))
        .to_owned()
}

fn entitlement() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(ENTITLEMENT))
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(uuid("assessment_id"))
        .col(string_len("kind", 32))
        .col(big_integer("amount_minor"))
        .col(string_len("currency", 3))
        .col(boolean("cash_required"))
        .col(date_null("due_by"))
        .col(string("basis"))
        .col(boolean("is_provisional"))
        .to_owned()
}

fn claim() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(CLAIM))
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(uuid("order_id"))
        .col(uuid("journey_id"))
        .col(uuid("passenger_id"))
        .col(uuid("flight_id"))
        .col(uuid("disruption_id"))
        .col(uuid("assessment_id"))
        .col(uuid_null("case_id"))
        .col(string_len("regime", 16))
        .col(string_len("entitlement_kind", 32))
        .col(big_integer("amount_minor"))
        .col(string_len("currency", 3))
        .col(string("basis"))
        .col(string_len("status", 16))
        .col(json("review_reasons"))
        .col(date("due_by"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}

fn claim_event() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(CLAIM_EVENT))
        .col(uuid("claim_id"))
        .col(integer("version"))
        .col(uuid("customer_id"))
        .col(string_len_null("from_status", 16))
        .col(string_len("to_status", 16))
        .col(big_integer("amount_minor"))
        .col(string_len("currency", 3))
        .col(uuid("assessment_id"))
        .col(string("actor"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("claim_id").col("version"))
        .to_owned()
}
