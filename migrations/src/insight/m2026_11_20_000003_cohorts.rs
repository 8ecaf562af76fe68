use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const STALE: &str = "insight_stale";
const CONSENT: &str = "insight_consent";
const JOURNEY: &str = "insight_journey";
const RELEASE: &str = "insight_release";
const BLOCK: &str = "insight_block";
const OPENING: &str = "insight_opening";
const QUERY: &str = "insight_query";
const RECEIPT_KEY: &str = "insight_receipt_key";

/// Indexes by name, table and columns.
const INDEXES: &[(&str, &str, &[&str])] = &[
    (
        "insight_stale_by_mark",
        STALE,
        &["marked_at", "customer_id"],
    ),
    ("insight_journey_by_person", JOURNEY, &["person"]),
    ("insight_journey_by_month", JOURNEY, &["month", "person"]),
    (
        "insight_opening_by_time",
        OPENING,
        &["partner", "opened_at"],
    ),
    ("insight_query_by_time", QUERY, &["asked_at", "id"]),
    (
        "insight_query_by_partner",
        QUERY,
        &["partner", "asked_at", "id"],
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "insight_m2026_11_20_000003_cohorts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            stale(),
            consent(),
            journey(),
            release(),
            block(),
            opening(),
            query(),
            receipt_key(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(Alias::new(*table));
            for column in *columns {
                index.col(Alias::new(*column));
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            RECEIPT_KEY,
            QUERY,
            OPENING,
            BLOCK,
            RELEASE,
            JOURNEY,
            CONSENT,
            STALE,
        ];
        for table in tables {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn stale() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(STALE))
        .col(uuid("customer_id").primary_key())
        .col(timestamp_with_time_zone("marked_at"))
        .col(integer("marks"))
        .to_owned()
}

fn consent() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(CONSENT))
        .col(string_len("person", 64).primary_key())
        .col(boolean("is_granted"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned()
}

fn journey() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(JOURNEY))
        .col(string_len("id", 64).primary_key())
        .col(string_len("person", 64))
        .col(string_len("month", 7))
        .col(date("counts_from"))
        .col(string_len("tier", 16))
        .col(string_len("age_band", 16))
        .col(string_len("residence", 16))
        .col(string_len("language", 16))
        .col(string_len("home_airport", 16))
        .col(string_len("account_age", 16))
        .col(string_len("route", 48))
        .col(string_len("cabin", 16))
        .col(string_len("channel", 24))
        .col(string_len("disruption", 16))
        .col(integer("delay_minutes"))
        .col(string_len("claim_band", 16))
        .col(integer("claimed_euro"))
        .col(timestamp_with_time_zone("read_at"))
        .to_owned()
}

fn release() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(RELEASE))
        .col(string_len("month", 7).primary_key())
        .col(timestamp_with_time_zone("published_at"))
        .col(string_len("revision", 64))
        .col(integer("k"))
        .col(double("epsilon"))
        .to_owned()
}

fn block() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(BLOCK))
        .col(string_len("month", 7))
        .col(string_len("cube", 16))
        .col(integer("place"))
        .col(json("content"))
        .primary_key(Index::create().col("month").col("cube").col("place"))
        .to_owned()
}

fn opening() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(OPENING))
        .col(string("partner"))
        .col(string_len("cube", 16))
        .col(string_len("month", 7))
        .col(timestamp_with_time_zone("opened_at"))
        .col(double("epsilon"))
        .primary_key(Index::create().col("partner").col("cube").col("month"))
        .to_owned()
}

fn query() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(QUERY))
        .col(uuid("id").primary_key())
        .col(string("partner"))
        .col(string("role"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(json("question"))
        .col(string_len("question_hash", 64))
        .col(string_len_null("refusal", 32))
        .col(integer("cohorts"))
        .col(double("epsilon"))
        .col(text_null("receipt"))
        .to_owned()
}

fn receipt_key() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(RECEIPT_KEY))
        .col(string_len("id", 64).primary_key())
        .col(json("jwk"))
        .col(timestamp_with_time_zone("first_used_at"))
        .to_owned()
}
