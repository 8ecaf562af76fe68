use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const NOTIFICATION: &str = "engagement_notification";
const DELIVERY: &str = "engagement_delivery";
const CHANNEL_PREFERENCE: &str = "engagement_channel_preference";

/// Indexes by name, table, columns and whether they are unique. The unique ones make that something is told once; the
/// others are the pages that people read, and the line in which deliveries wait.
const INDEXES: &[(&str, &str, &[&str], bool)] = &[
    (
        "engagement_notification_by_topic",
        NOTIFICATION,
        &["topic", "revision"],
        true,
    ),
    (
        "engagement_notification_by_customer",
        NOTIFICATION,
        &["customer_id", "created_at", "id"],
        false,
    ),
    (
        "engagement_notification_by_unread",
        NOTIFICATION,
        &["customer_id", "is_unread", "created_at", "id"],
        false,
    ),
    (
        "engagement_notification_by_creation",
        NOTIFICATION,
        &["created_at", "id"],
        false,
    ),
    (
        "engagement_delivery_by_notification",
        DELIVERY,
        &["notification_id", "channel"],
        true,
    ),
    (
        "engagement_delivery_by_due",
        DELIVERY,
        &["due_at", "id"],
        false,
    ),
    (
        "engagement_delivery_by_state",
        DELIVERY,
        &["state", "updated_at", "id"],
        false,
    ),
    (
        "engagement_delivery_by_change",
        DELIVERY,
        &["updated_at", "id"],
        false,
    ),
];

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "engagement_m2026_11_20_000002_notifications"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [notification(), delivery(), channel_preference()] {
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
        for table in [CHANNEL_PREFERENCE, DELIVERY, NOTIFICATION] {
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

fn notification() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(NOTIFICATION))
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("class", 16))
        .col(string_len("kind", 32))
        .col(string_len("template_version", 16))
        .col(string_len("topic", 128))
        .col(integer("revision"))
        .col(uuid_null("corrects_id"))
        .col(uuid("event_id"))
        .col(uuid_null("order_id"))
        .col(uuid_null("journey_id"))
        .col(uuid_null("passenger_id"))
        .col(uuid_null("flight_id"))
        .col(uuid_null("claim_id"))
        .col(uuid_null("case_id"))
        .col(json("facts"))
        .col(json_null("places"))
        .col(string_len_null("language", 35))
        .col(timestamp_with_time_zone_null("relevant_until"))
        .col(boolean("is_in_app"))
        .col(boolean("is_unread"))
        .col(timestamp_with_time_zone_null("read_at"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned()
}

fn delivery() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(DELIVERY))
        .col(uuid("id").primary_key())
        .col(uuid("notification_id"))
        .col(uuid("customer_id"))
        .col(string_len("channel", 16))
        .col(string_len("state", 16))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone_null("due_at"))
        .col(uuid_null("lease"))
        .col(string_len_null("reason", 24))
        .col(string_len_null("reply", 32))
        .col(string_null("masked_address"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}

fn channel_preference() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(CHANNEL_PREFERENCE))
        .col(uuid("customer_id").primary_key())
        .col(boolean("is_mail_wanted"))
        .col(boolean("is_in_app_wanted"))
        .col(integer_null("quiet_from"))
        .col(integer_null("quiet_until"))
        .col(string_len_null("time_zone", 64))
        .col(timestamp_with_time_zone("updated_at"))
        .col(integer("version"))
        .to_owned()
}
