use sea_orm_migration::{prelude::*, schema::date_null};

/// Which periods of a bag customers were told of, and how those are found that nobody was.
pub(super) struct Migration;

const REPORT: &str = "case_baggage_report";
const COLUMNS: [&str; 2] = ["complaint_told_on", "loss_told_on"];

/// Name, the day that starts the period, and the column that says it was told of.
const INDEXES: [(&str, &str, &str); 2] = [
    (
        "case_baggage_report_to_complain_of",
        "at_disposal_on",
        "complaint_told_on",
    ),
    ("case_baggage_report_missing", "arrived_on", "loss_told_on"),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "case_m2026_11_20_000006_baggage_periods"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut alter = Table::alter();
            alter.table(REPORT).add_column(date_null(column));
            manager.alter_table(alter).await?;
        }
        for (name, starts, told) in INDEXES {
            let mut index = Index::create();
            index.name(name).table(REPORT).col(told).col(starts);
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _, _) in INDEXES {
            let mut drop = Index::drop();
            drop.name(name).table(REPORT);
            manager.drop_index(drop).await?;
        }
        for column in COLUMNS {
            let mut alter = Table::alter();
            alter.table(REPORT).drop_column(column);
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
