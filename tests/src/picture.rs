//! What is stored, to tell whether anything was written.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// Every row of every table, but for reference data and for the book of idempotency keys, which also keeps refusals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture(BTreeMap<String, Vec<String>>);

impl Picture {
    /// What the database at `url` holds.
    pub(crate) async fn of(url: &str) -> Self {
        let database = Database::connect(url).await.expect("the database answers");
        let mut tables = BTreeMap::new();
        for table in tables_of(&database)
            .await
            .into_iter()
            .filter(|table| is_worth_looking_at(table))
        {
            let rows = rows_of(&database, &table).await;
            tables.insert(table, rows);
        }
        database.close().await.expect("the database lets go");
        Self(tables)
    }

    /// How many rows a table holds.
    pub fn count(&self, table: &str) -> usize {
        self.0
            .get(table)
            .unwrap_or_else(|| panic!("no table {table}"))
            .len()
    }

    /// What a table holds, as text.
    pub fn text(&self, table: &str) -> String {
        self.0
            .get(table)
            .map(|rows| rows.join("\n"))
            .unwrap_or_default()
    }

    /// The tables in which a text stands, whatever its case.
    pub fn tables_with(&self, text: &str) -> Vec<String> {
        let text = text.to_lowercase();
        let holds = |row: &String| row.to_lowercase().contains(&text);
        self.0
            .iter()
            .filter(|(_, rows)| rows.iter().any(holds))
            .map(|(table, _)| table.clone())
            .collect()
    }

    /// The texts among these that the rows of a table hold, one for each row that holds one.
    pub fn texts(&self, table: &str, texts: &[&str]) -> Vec<String> {
        let rows = self
            .0
            .get(table)
            .unwrap_or_else(|| panic!("no table {table}"));
        let held = |row: &String| texts.iter().find(|text| row.contains(**text));
        rows.iter()
            .filter_map(held)
            .map(|text| (*text).to_owned())
            .collect()
    }

    /// Fails when this table differs.
    #[track_caller]
    pub fn assert_same_in(&self, later: &Self, table: &str) {
        assert!(
            self.count(table) == later.count(table) && self.0.get(table) == later.0.get(table),
            "{table} differs"
        );
    }

    /// Fails with the names of the tables that differ.
    #[track_caller]
    pub fn assert_same(&self, later: &Self, what: &str) {
        let differ: Vec<&String> = self
            .0
            .keys()
            .filter(|table| self.0.get(*table) != later.0.get(*table))
            .collect();
        assert!(differ.is_empty(), "{what} wrote to {differ:?}");
    }
}

fn is_worth_looking_at(table: &str) -> bool {
    !matches!(table, "order_airport" | "order_airline")
        && !table.ends_with("_idempotency_key")
        && !table.contains("migration")
        // What is asked of the product is recorded, whatever becomes of it.
        && !matches!(table, "audit_record" | "audit_subject")
}

async fn tables_of(database: &DatabaseConnection) -> Vec<String> {
    let all = match database.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name AS text FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        }
        _ => {
            "SELECT table_name::text AS text FROM information_schema.tables WHERE table_schema = 'public'"
        }
    };
    texts(database, all).await
}

async fn rows_of(database: &DatabaseConnection, table: &str) -> Vec<String> {
    let all = match database.get_database_backend() {
        DbBackend::Sqlite => {
            let columns = texts(
                database,
                &format!("SELECT name AS text FROM pragma_table_info('{table}')"),
            )
            .await;
            let quoted: Vec<String> = columns
                .iter()
                .map(|column| format!("quote(\"{column}\")"))
                .collect();
            format!(
                "SELECT {} AS text FROM \"{table}\"",
                quoted.join(" || ',' || ")
            )
        }
        _ => format!("SELECT stored::text AS text FROM \"{table}\" AS stored"),
    };
    let mut rows = texts(database, &all).await;
    rows.sort_unstable();
    rows
}

async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let select = Statement::from_string(database.get_database_backend(), sql);
    let rows = database
        .query_all_raw(select)
        .await
        .expect("the database answers");
    rows.iter()
        .map(|row| row.try_get("", "text").expect("a text"))
        .collect()
}
