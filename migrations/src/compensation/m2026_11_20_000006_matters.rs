use sea_orm_migration::{prelude::*, schema::*};

/// What else can be owed for one flight: damage to baggage, and the rest of what was paid too low.
pub(super) struct Migration;

const DISRUPTION: &str = "compensation_disruption";
const CLAIM: &str = "compensation_claim";
const JOURNEY: &str = "compensation_journey";

/// Unique indexes by name, table and columns: a repeated report meets them.
const ONCE: &[(&str, &str, &[&str])] = &[
    (
        "compensation_disruption_by_matter",
        DISRUPTION,
        &["passenger_id", "journey_id", "flight_id", "matter"],
    ),
    (
        "compensation_claim_by_matter",
        CLAIM,
        &[
            "passenger_id",
            "journey_id",
            "flight_id",
            "regime",
            "entitlement_kind",
            "matter",
            "part",
        ],
    ),
];

/// Those that they take the place of.
const BEFORE: &[(&str, &str, &[&str])] = &[
    (
        "compensation_disruption_by_passenger_id_journey_id",
        DISRUPTION,
        &["passenger_id", "journey_id", "flight_id"],
    ),
    (
        "compensation_claim_by_passenger_id_journey_id",
        CLAIM,
        &[
            "passenger_id",
            "journey_id",
            "flight_id",
            "regime",
            "entitlement_kind",
        ],
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "compensation_m2026_11_20_000006_matters"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let matter = || string_len("matter", 48).default("").to_owned();
        add(manager, DISRUPTION, matter()).await?;
        add(manager, CLAIM, matter()).await?;
        add(manager, CLAIM, integer("part").default(0).to_owned()).await?;
        add(manager, JOURNEY, json_null("course")).await?;
        replace(manager, BEFORE, ONCE).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What the older version cannot tell apart goes.
        for statement in [
            "DELETE FROM compensation_claim WHERE part > 0 OR matter <> ''",
            "DELETE FROM compensation_disruption WHERE matter <> ''",
        ] {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        replace(manager, ONCE, BEFORE).await?;
        for (table, column) in [
            (JOURNEY, "course"),
            (CLAIM, "part"),
            (CLAIM, "matter"),
            (DISRUPTION, "matter"),
        ] {
            let alter = Table::alter()
                .table(Alias::new(table))
                .drop_column(Alias::new(column))
                .to_owned();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

async fn add(manager: &SchemaManager<'_>, table: &str, column: ColumnDef) -> Result<(), DbErr> {
    let alter = Table::alter()
        .table(Alias::new(table))
        .add_column(column)
        .to_owned();
    manager.alter_table(alter).await
}

async fn replace(
    manager: &SchemaManager<'_>,
    old: &[(&str, &str, &[&str])],
    new: &[(&str, &str, &[&str])],
) -> Result<(), DbErr> {
    for (name, table, _) in old {
        let drop = Index::drop()
            .name(*name)
            .table(Alias::new(*table))
            .to_owned();
        manager.drop_index(drop).await?;
    }
    for (name, table, columns) in new {
        let mut index = Index::create();
        index.name(*name).table(Alias::new(*table)).unique();
        for column in *columns {
            index.col(Alias::new(*column));
        }
        manager.create_index(index).await?;
    }
    Ok(())
}
