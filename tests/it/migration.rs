//! Migrations lead up, down and up again, and what they make is what the entities read.

use std::collections::{BTreeMap, BTreeSet};

use entities::{audit, case, compensation, engagement, identity, order, profile};
use migrations::{
    AuditMigrator, CaseMigrator, CompensationMigrator, EngagementMigrator, IdentityMigrator,
    MigratorTrait, OrderMigrator, ProfileMigrator,
};
use schema_kernel::Database;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, IdenStatic, Iterable,
    Statement,
};
use tests::Storage;

/// Columns of each table, and whether they may be null.
type Tables = BTreeMap<String, BTreeMap<String, bool>>;

/// Tables of the platform, which no entity reads.
const PLATFORM: [&str; 7] = [
    "outbox",
    "inbox",
    "dead_letter",
    "idempotency_key",
    "lease",
    "position",
    "migration",
];

fn columns<E: EntityTrait + Default>() -> (String, BTreeMap<String, bool>) {
    let columns =
        E::Column::iter().map(|column| (column.as_str().to_owned(), column.def().is_null()));
    (E::default().table_name().to_owned(), columns.collect())
}

macro_rules! columns_of {
    ($($domain:ident: $($table:ident)*;)*) => {
        BTreeMap::from([$($(columns::<$domain::$table::Entity>(),)*)*])
    };
}

fn entities() -> Tables {
    columns_of! {
        profile: consent contact_point customer data_request interaction loyalty_membership preference restriction timeline_entry tombstone
            travel_document;
        order: airline airport ancillary bag_tag flight flight_event flight_report flight_segment import journey order order_item passenger
            purchase service ticket;
        case: agent agent_queue baggage_bag baggage_expense baggage_report case case_claim case_event comment incident queue;
        compensation: assessment claim claim_event disruption entitlement evidence filing journey ledger_entry payout
            payout_agreement payout_event rule_pack_version rule_revision;
        engagement: channel_preference delivery notification;
        identity: api_client device recovery_code refresh_token revoked_token role second_factor session throttle ticket user;
        audit: record subject;
    }
}

async fn tables(database: &DatabaseConnection) -> Tables {
    let sql = match database.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT t.name AS table_name, c.name AS column_name, c.\"notnull\" = 0 AS may_be_null FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text, column_name::text, is_nullable = 'YES' AS may_be_null FROM information_schema.columns
             WHERE table_schema = 'public'"
        }
    };
    let rows = database
        .query_all_raw(Statement::from_string(database.get_database_backend(), sql))
        .await
        .unwrap();
    let mut tables = Tables::new();
    for row in rows {
        let (table, column): (String, String) = (
            row.try_get("", "table_name").unwrap(),
            row.try_get("", "column_name").unwrap(),
        );
        tables
            .entry(table)
            .or_default()
            .insert(column, row.try_get("", "may_be_null").unwrap());
    }
    tables
}

async fn up(database: &DatabaseConnection) {
    ProfileMigrator::up(database, None).await.unwrap();
    OrderMigrator::up(database, None).await.unwrap();
    CaseMigrator::up(database, None).await.unwrap();
    CompensationMigrator::up(database, None).await.unwrap();
    EngagementMigrator::up(database, None).await.unwrap();
    IdentityMigrator::up(database, None).await.unwrap();
    AuditMigrator::up(database, None).await.unwrap();
}

async fn down(database: &DatabaseConnection) {
    AuditMigrator::down(database, None).await.unwrap();
    IdentityMigrator::down(database, None).await.unwrap();
    EngagementMigrator::down(database, None).await.unwrap();
    CompensationMigrator::down(database, None).await.unwrap();
    CaseMigrator::down(database, None).await.unwrap();
    OrderMigrator::down(database, None).await.unwrap();
    ProfileMigrator::down(database, None).await.unwrap();
}

async fn up_down_up(storage: Storage) {
    let connections = Database::connect(storage.url(), 1).await.unwrap();
    let database = connections.writer();
    up(database).await;
    let first = tables(database).await;
    down(database).await;
    let left: BTreeSet<String> = tables(database)
        .await
        .into_keys()
        .filter(|table| !table.ends_with("_migration"))
        .collect();
    assert_eq!(left, BTreeSet::new(), "what no migration takes down");
    up(database).await;
    let mut second = tables(database).await;
    assert_eq!(first, second);

    second.retain(|table, _| {
        !PLATFORM.iter().any(|platform| {
            table
                .split_once('_')
                .is_some_and(|(_, name)| name == *platform)
        })
    });
    let entities = entities();
    assert_eq!(
        entities.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    for (table, columns) in &entities {
        assert_eq!(columns, &second[table], "{table}");
    }
}

#[tokio::test]
async fn they_lead_up_and_down_on_sqlite() {
    up_down_up(Storage::sqlite()).await;
}

#[tokio::test]
async fn they_lead_up_and_down_on_postgres() {
    up_down_up(Storage::postgres().await).await;
}
