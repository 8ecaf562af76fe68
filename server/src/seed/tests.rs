//! Worlds on a database: that they repeat, and that everything in them fits together.

mod fit;
mod repeat;

use migrations::{
    CaseMigrator, CompensationMigrator, EngagementMigrator, MigratorTrait, OrderMigrator,
    ProfileMigrator,
};
use sea_orm::{ConnectionTrait, Statement};

use super::*;

const SEED: u64 = 42;

fn options(customers: u64) -> SeedOptions {
    SeedOptions {
        customers,
        seed: SEED,
        today: "2026-11-20".parse().unwrap(),
        if_empty: false,
    }
}

async fn databases() -> Databases {
    let database = Database::connect("sqlite::memory:", 1).await.unwrap();
    OrderMigrator::up(database.writer(), None).await.unwrap();
    ProfileMigrator::up(database.writer(), None).await.unwrap();
    CaseMigrator::up(database.writer(), None).await.unwrap();
    EngagementMigrator::up(database.writer(), None)
        .await
        .unwrap();
    CompensationMigrator::up(database.writer(), None)
        .await
        .unwrap();
    let (airports, airlines) = (
        include_str!("../../data/airports.csv"),
        include_str!("../../data/airlines.csv"),
    );
    schema_order::reference::load_airports(&database, airports.as_bytes())
        .await
        .unwrap();
    schema_order::reference::load_airlines(&database, airlines.as_bytes())
        .await
        .unwrap();
    Databases {
        profile: database.clone(),
        order: database.clone(),
        case: database.clone(),
        compensation: database.clone(),
        engagement: database,
    }
}

async fn made(customers: u64) -> Databases {
    let databases = databases().await;
    run(&databases, options(customers), |_| {}).await.unwrap();
    databases
}

async fn column(databases: &Databases, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    let rows = databases
        .order
        .reader()
        .query_all_raw(statement)
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap())
        .collect()
}

/// How many rows a query finds that should find none.
async fn count(databases: &Databases, from: &str) -> String {
    column(
        databases,
        &format!("SELECT CAST(COUNT(*) AS TEXT) FROM {from}"),
    )
    .await
    .remove(0)
}
