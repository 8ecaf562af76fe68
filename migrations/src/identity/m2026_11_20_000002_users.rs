use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const ROLE: &str = "identity_role";
const USER: &str = "identity_user";
const SESSION: &str = "identity_session";
const TICKET: &str = "identity_ticket";
const THROTTLE: &str = "identity_throttle";

/// Indexes by name, table, columns and whether they are unique: what is looked up by, the pages that people read, and what
/// is swept away when its time is over.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    ("identity_user_by_email", USER, &["email"], true),
    ("identity_user_by_customer", USER, &["customer_id"], true),
    (
        "identity_user_by_creation",
        USER,
        &["created_at", "id"],
        false,
    ),
    (
        "identity_user_by_role",
        USER,
        &["role", "created_at", "id"],
        false,
    ),
    ("identity_session_by_token", SESSION, &["token_hash"], true),
    (
        "identity_session_by_user",
        SESSION,
        &["user_id", "created_at", "id"],
        false,
    ),
    ("identity_session_by_end", SESSION, &["revoked_at"], false),
    (
        "identity_session_by_expiry",
        SESSION,
        &["expires_at"],
        false,
    ),
    ("identity_ticket_by_token", TICKET, &["token_hash"], true),
    ("identity_ticket_by_expiry", TICKET, &["expires_at"], false),
    (
        "identity_ticket_by_user",
        TICKET,
        &["user_id", "purpose"],
        false,
    ),
    (
        "identity_throttle_by_reset",
        THROTTLE,
        &["resets_at"],
        false,
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "identity_m2026_11_20_000002_users"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [role(), user(), session(), ticket(), throttle()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, is_unique) in INDEXES {
            manager
                .create_index(index(name, table, columns, *is_unique))
                .await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [THROTTLE, TICKET, SESSION, USER, ROLE] {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn index(name: &str, table: &str, columns: &[&str], is_unique: bool) -> IndexCreateStatement {
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

fn role() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(ROLE))
        .col(string_len("name", 64).primary_key())
        .col(string_len("kind", 16))
        .col(json("scopes"))
        .col(boolean("is_second_factor_required"))
        .col(boolean("is_built_in"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}

fn user() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(USER))
        .col(uuid("id").primary_key())
        .col(string_len("email", 254))
        .col(string("display_name"))
        .col(string_len("language", 35))
        .col(string_len("role", 64))
        .col(uuid_null("customer_id"))
        .col(string_len("state", 16))
        .col(string_null("password_hash"))
        .col(timestamp_with_time_zone_null("password_changed_at"))
        .col(timestamp_with_time_zone_null("signed_in_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(SESSION))
        .col(uuid("id").primary_key())
        .col(string_len("token_hash", 64))
        .col(uuid("user_id"))
        .col(string_null("browser"))
        .col(boolean("is_for_enrolment"))
        .col(boolean("has_second_factor"))
        .col(timestamp_with_time_zone_null("stepped_up_until"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("last_seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .to_owned()
}

fn ticket() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(TICKET))
        .col(uuid("id").primary_key())
        .col(string_len("token_hash", 64))
        .col(string_len("purpose", 24))
        .col(uuid_null("user_id"))
        .col(json_null("data"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .to_owned()
}

fn throttle() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(THROTTLE))
        .col(string("bucket").primary_key())
        .col(integer("tries"))
        .col(timestamp_with_time_zone("resets_at"))
        .to_owned()
}
