use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, boolean, date, date_null, integer, string_len,
        string_len_null, text, timestamp_with_time_zone, uuid, uuid_null, uuid_uniq,
    },
};

/// Bags that came late, damaged or not at all.
pub(super) struct Migration;

const REPORT: &str = "case_baggage_report";
const BAG: &str = "case_baggage_bag";
const EXPENSE: &str = "case_baggage_expense";

/// Name, table, columns and whether it is unique; the others are each the order in which one list is read.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    (
        "case_baggage_report_by_reference",
        REPORT,
        &["reference", "reported_on"],
        true,
    ),
    (
        "case_baggage_report_of_customer",
        REPORT,
        &["customer_id", "reported_at", "id"],
        false,
    ),
    (
        "case_baggage_report_of_order",
        REPORT,
        &["order_id", "reported_at", "id"],
        false,
    ),
    (
        "case_baggage_report_in_state",
        REPORT,
        &["state", "reported_at", "id"],
        false,
    ),
    (
        "case_baggage_report_at_station",
        REPORT,
        &["station", "reported_at", "id"],
        false,
    ),
    (
        "case_baggage_report_by_report",
        REPORT,
        &["reported_at", "id"],
        false,
    ),
    ("case_baggage_bag_by_tag", BAG, &["tag"], false),
    (
        "case_baggage_expense_of_report",
        EXPENSE,
        &["report_id", "added_at", "id"],
        false,
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "case_m2026_11_20_000005_baggage"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [report(), bag(), expense()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, is_unique) in INDEXES {
            let mut index = Index::create();
            index.name(*name).table(*table);
            for column in *columns {
                index.col(*column);
            }
            if *is_unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [EXPENSE, BAG, REPORT] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn report() -> TableCreateStatement {
    Table::create()
        .table(REPORT)
        .col(uuid("id").primary_key())
        .col(string_len("reference", 10))
        .col(date("reported_on"))
        .col(string_len("station", 3))
        .col(string_len("kind", 24))
        .col(string_len("state", 24))
        .col(uuid("customer_id"))
        .col(uuid_null("order_id"))
        .col(uuid_null("journey_id"))
        .col(uuid_null("flight_id"))
        .col(uuid_null("passenger_id"))
        .col(uuid_uniq("case_id"))
        .col(date("arrived_on"))
        .col(date_null("at_disposal_on"))
        .col(date_null("complained_on"))
        .col(boolean("is_loss_admitted"))
        .col(integer("travellers"))
        .col(big_integer_null("declared_minor"))
        .col(string_len_null("declared_currency", 3))
        .col(text("description"))
        .col(timestamp_with_time_zone("reported_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .foreign_key(
            ForeignKey::create()
                .from(REPORT, "case_id")
                .to("case_case", "id"),
        )
        .to_owned()
}

/// A table whose rows belong to a report.
fn part_of_report(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("report_id"))
        .foreign_key(
            ForeignKey::create()
                .from(table, "report_id")
                .to(REPORT, "id"),
        )
        .to_owned()
}

fn bag() -> TableCreateStatement {
    part_of_report(BAG)
        .col(string_len("tag", 10))
        .col(string_len_null("colour_type", 4))
        .primary_key(Index::create().col("report_id").col("tag"))
        .to_owned()
}

fn expense() -> TableCreateStatement {
    part_of_report(EXPENSE)
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("kind", 24))
        .col(big_integer("amount_minor"))
        .col(string_len("currency", 3))
        .col(date("spent_on"))
        .col(text("description"))
        .col(string_len_null("receipt", 200))
        .col(timestamp_with_time_zone("added_at"))
        .to_owned()
}
