use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, integer_null, json, json_null, string_len, string_len_null,
        string_len_uniq, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
        uuid, uuid_null, uuid_uniq,
    },
};

pub(super) struct Migration;

const TABLES: [&str; 5] = [
    "case_incident",
    "case_case",
    "case_case_event",
    "case_comment",
    "case_case_claim",
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "case_m2026_11_20_000003_cases"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [incident(), case(), case_event(), comment(), case_claim()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table);
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in TABLES.into_iter().rev() {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// Name, table and columns; each is the order in which one list is read.
const INDEXES: &[(&str, &str, &[&str])] = &[
    (
        "case_case_of_customer",
        "case_case",
        &["customer_id", "opened_at", "id"],
    ),
    (
        "case_case_of_order",
        "case_case",
        &["order_id", "opened_at", "id"],
    ),
    (
        "case_case_of_incident",
        "case_case",
        &["incident_id", "opened_at", "id"],
    ),
    ("case_case_of_flight", "case_case", &["flight_id"]),
    ("case_case_by_opening", "case_case", &["opened_at", "id"]),
    (
        "case_case_in_queue",
        "case_case",
        &["queue", "is_open", "rank", "id"],
    ),
    (
        "case_case_of_assignee",
        "case_case",
        &["assignee_id", "is_open", "rank", "id"],
    ),
    ("case_case_by_rank", "case_case", &["is_open", "rank", "id"]),
    (
        "case_case_event_of_case",
        "case_case_event",
        &["case_id", "at", "id"],
    ),
    (
        "case_comment_of_case",
        "case_comment",
        &["case_id", "at", "id"],
    ),
    (
        "case_comment_of_customer",
        "case_comment",
        &["customer_id", "at", "id"],
    ),
    ("case_case_claim_of_case", "case_case_claim", &["case_id"]),
];

fn incident() -> TableCreateStatement {
    Table::create()
        .table("case_incident")
        .col(uuid("id").primary_key())
        .col(uuid_uniq("flight_id"))
        .col(string_len("designator", 8))
        .col(string_len_null("origin", 3))
        .col(string_len_null("destination", 3))
        .col(timestamp_with_time_zone_null("scheduled_departure_at"))
        .col(string_len("kind", 24))
        .col(integer_null("delay_minutes"))
        .col(string_len_null("diverted_to", 3))
        .col(integer("affected_passengers"))
        .col(string_len("status", 24))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .to_owned()
}

fn case() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("case_case")
        .col(uuid("id").primary_key())
        .col(string_len_uniq("reference", 16));
    content(&mut table);
    work(&mut table);
    links(&mut table);
    answer(&mut table);
    table
        .col(string_len_null("approval_requested_by", 128))
        .col(integer("version"))
        .foreign_key(
            ForeignKey::create()
                .from("case_case", "queue")
                .to("case_queue", "code"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("case_case", "assignee_id")
                .to("case_agent", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("case_case", "incident_id")
                .to("case_incident", "id"),
        )
        .to_owned()
}

fn content(table: &mut TableCreateStatement) {
    table
        .col(string_len("case_type", 4))
        .col(text("subject"))
        .col(text("description"))
        .col(string_len("channel", 24));
}

fn work(table: &mut TableCreateStatement) {
    table
        .col(string_len("status", 24))
        .col(boolean("is_open"))
        .col(string_len("priority", 2))
        .col(string_len("impact", 24))
        .col(string_len("urgency", 24))
        .col(json("modifiers"))
        .col(big_integer("rank"))
        .col(string_len("queue", 32))
        .col(uuid_null("assignee_id"))
        .col(boolean("is_escalated"))
        .col(boolean("is_on_legal_hold"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone("clock_started_at"))
        .col(timestamp_with_time_zone("target_at"));
}

fn links(table: &mut TableCreateStatement) {
    table
        .col(uuid_null("customer_id"))
        .col(uuid_null("order_id"))
        .col(uuid_null("flight_id"))
        .col(uuid_null("incident_id"))
        .col(uuid_null("merged_into_id"))
        .col(string_len_null("source_key", 128).unique_key());
}

fn answer(table: &mut TableCreateStatement) {
    table
        .col(string_len_null("resolution_code", 24))
        .col(text_null("resolution_summary"))
        .col(text_null("resolution_basis"))
        .col(json_null("resolution_evidence"))
        .col(timestamp_with_time_zone_null("resolved_at"))
        .col(timestamp_with_time_zone_null("closed_at"));
}

/// A table whose rows belong to a case.
fn part_of_case(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("case_id"))
        .foreign_key(
            ForeignKey::create()
                .from(table, "case_id")
                .to("case_case", "id"),
        )
        .to_owned()
}

fn case_event() -> TableCreateStatement {
    part_of_case("case_case_event")
        .col(uuid("id").primary_key())
        .col(string_len("kind", 24))
        .col(string_len("visibility", 24))
        .col(string_len("actor", 128))
        .col(string_len("actor_kind", 24))
        .col(text_null("old_value"))
        .col(text_null("new_value"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}

fn comment() -> TableCreateStatement {
    part_of_case("case_comment")
        .col(uuid("id").primary_key())
        .col(uuid_null("customer_id"))
        .col(string_len("visibility", 24))
        .col(string_len("author", 128))
        .col(string_len("author_kind", 24))
        .col(text("text"))
        .col(timestamp_with_time_zone("at"))
        .to_owned()
}

fn case_claim() -> TableCreateStatement {
    part_of_case("case_case_claim")
        .col(uuid("claim_id").primary_key())
        .col(uuid_null("passenger_id"))
        .col(timestamp_with_time_zone("linked_at"))
        .to_owned()
}
