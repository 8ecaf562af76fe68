use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "profile_m2026_11_20_000002_customers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        let tables = [
            customer(backend),
            contact_point(backend),
            loyalty_membership(),
            preference(),
            travel_document(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "profile_travel_document",
            "profile_preference",
            "profile_loyalty_membership",
            "profile_contact_point",
            "profile_customer",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// A text that is searched by its beginning. PostgreSQL would compare by the rules of a language, under which a range
/// is not a prefix; SQLite compares bytes already.
fn search_key(backend: DbBackend, name: &'static str) -> ColumnDef {
    let mut column = string(name).take();
    if backend == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

fn customer(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("profile_customer")
        .col(uuid("id").primary_key())
        .col(string_len("status", 16))
        .col(string_len_null("title", 8))
        .col(string_null("given_name"))
        .col(string("family_name"))
        .col(search_key(backend, "document_given_name"))
        .col(search_key(backend, "document_family_name"))
        .col(search_key(backend, "given_search"))
        .col(search_key(backend, "family_search"))
        .col(string_len("gender", 1))
        .col(date_null("birth_date"))
        .col(string_len_null("nationality", 2))
        .col(string_len("language", 35))
        .col(string_len_null("country_of_residence", 2))
        .col(string_len_null("home_airport", 3))
        .col(boolean("is_vip"))
        .col(boolean("needs_assistance"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}

fn contact_point(backend: DbBackend) -> TableCreateStatement {
    Table::create()
        .table("profile_contact_point")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("kind", 8))
        .col(string("value"))
        .col(search_key(backend, "normalised_value"))
        .col(string_len_null("label", 40))
        .col(boolean("is_primary"))
        .col(timestamp_with_time_zone_null("verified_at"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn loyalty_membership() -> TableCreateStatement {
    Table::create()
        .table("profile_loyalty_membership")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("programme", 20))
        .col(string_len("number", 20))
        .col(string_len("tier", 12))
        .col(date("valid_from"))
        .col(date_null("valid_to"))
        .col(big_integer("qualifying_miles"))
        .col(big_integer("redeemable_miles"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn preference() -> TableCreateStatement {
    Table::create()
        .table("profile_preference")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("kind", 12))
        .col(string_len("value", 40))
        .col(timestamp_with_time_zone("updated_at"))
        .to_owned()
}

fn travel_document() -> TableCreateStatement {
    Table::create()
        .table("profile_travel_document")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("kind", 16))
        .col(string_len("issuing_country", 2))
        .col(string_len("last_three", 3))
        .col(date("expires_on"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 13] {
    [
        index(
            "customer",
            "family_search",
            &["family_search", "given_search", "id"],
        ),
        index("customer", "family_page", &["family_search", "id"]),
        index(
            "customer",
            "given_search",
            &["given_search", "family_search"],
        ),
        index(
            "customer",
            "document_family",
            &["document_family_name", "document_given_name"],
        ),
        index(
            "customer",
            "document_given",
            &["document_given_name", "document_family_name"],
        ),
        index("customer", "created", &["created_at", "id"]),
        unique(
            "contact_point",
            "value",
            &["customer_id", "kind", "normalised_value"],
        ),
        index(
            "contact_point",
            "search",
            &["normalised_value", "customer_id"],
        ),
        unique("loyalty_membership", "number", &["number", "programme"]),
        index("loyalty_membership", "customer", &["customer_id", "tier"]),
        index("loyalty_membership", "tier", &["tier", "customer_id"]),
        unique("preference", "kind", &["customer_id", "kind"]),
        index("travel_document", "customer", &["customer_id"]),
    ]
}

fn index(table: &str, name: &str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("profile_{table}_{name}"))
        .table(Alias::new(format!("profile_{table}")));
    for column in columns {
        index.col(*column);
    }
    index.take()
}

fn unique(table: &str, name: &str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, name, columns).unique().take()
}
