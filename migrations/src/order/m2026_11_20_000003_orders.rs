use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, integer, json, string_len, string_len_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "order_m2026_11_20_000003_orders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            order(),
            order_item(),
            service(),
            journey(),
            passenger(),
            flight_segment(),
            ticket(),
            ancillary(),
            bag_tag(),
            purchase(),
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
            "order_purchase",
            "order_bag_tag",
            "order_ancillary",
            "order_ticket",
            "order_flight_segment",
            "order_passenger",
            "order_journey",
            "order_service",
            "order_order_item",
            "order_order",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

/// A table whose rows belong to an order, and through it to a customer.
fn part_of_order(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(uuid("id").primary_key())
        .col(uuid("order_id"))
        .col(uuid("customer_id"))
        .to_owned()
}

fn order() -> TableCreateStatement {
    Table::create()
        .table("order_order")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("record_locator", 6))
        .col(string_len("owner_airline", 2))
        .col(string_len("channel", 24))
        .col(string_len("status", 24))
        .col(string_len("currency", 3))
        .col(big_integer("total_minor"))
        .col(big_integer("refund_minor"))
        .col(string_len("payment_method", 24))
        .col(string_len("fare_kind", 24))
        .col(timestamp_with_time_zone("placed_at"))
        .col(timestamp_with_time_zone_null("cancelled_at"))
        .col(integer("version"))
        .to_owned()
}

fn order_item() -> TableCreateStatement {
    part_of_order("order_order_item")
        .col(uuid("passenger_id"))
        .col(uuid_null("journey_id"))
        .col(uuid_null("ancillary_id"))
        .col(string_len("kind", 24))
        .col(string_len("status", 24))
        .col(big_integer("price_minor"))
        .col(integer("position"))
        .to_owned()
}

fn service() -> TableCreateStatement {
    part_of_order("order_service")
        .col(uuid("order_item_id"))
        .col(uuid("passenger_id"))
        .col(uuid_null("flight_segment_id"))
        .col(uuid_null("ancillary_id"))
        .col(string_len("delivery_status", 24))
        .col(integer("position"))
        .to_owned()
}

fn journey() -> TableCreateStatement {
    part_of_order("order_journey")
        .col(string_len("origin", 3))
        .col(string_len("destination", 3))
        .col(timestamp_with_time_zone("departs_at"))
        .col(timestamp_with_time_zone("arrives_at"))
        .col(string_len("direction", 24))
        .col(integer("position"))
        .to_owned()
}

fn passenger() -> TableCreateStatement {
    part_of_order("order_passenger")
        .col(uuid_null("traveller_id"))
        .col(string_len("given_name", 100))
        .col(string_len("family_name", 100))
        .col(string_len("family_name_key", 100))
        .col(string_len("kind", 24))
        .col(boolean("has_seat"))
        .col(integer("position"))
        .to_owned()
}

fn flight_segment() -> TableCreateStatement {
    part_of_order("order_flight_segment")
        .col(uuid("journey_id"))
        .col(uuid("passenger_id"))
        .col(uuid("flight_id"))
        .col(integer("sequence"))
        .col(string_len("booking_class", 1))
        .col(string_len("cabin", 1))
        .col(string_len_null("seat", 4))
        .col(string_len_null("fare_basis", 15))
        .col(string_len("status", 24))
        .col(string_len("travel_status", 24))
        .to_owned()
}

fn ticket() -> TableCreateStatement {
    part_of_order("order_ticket")
        .col(uuid("passenger_id"))
        .col(string_len("number", 13))
        .col(timestamp_with_time_zone("issued_at"))
        .col(json("coupons"))
        .to_owned()
}

fn ancillary() -> TableCreateStatement {
    part_of_order("order_ancillary")
        .col(uuid("passenger_id"))
        .col(uuid_null("flight_segment_id"))
        .col(string_len("kind", 24))
        .col(string_len("rfic", 1))
        .col(string_len("rfisc", 3))
        .col(string_len_null("emd_number", 13))
        .col(string_len("status", 24))
        .col(big_integer("price_minor"))
        .col(integer("position"))
        .to_owned()
}

fn bag_tag() -> TableCreateStatement {
    part_of_order("order_bag_tag")
        .col(uuid("passenger_id"))
        .col(uuid("flight_segment_id"))
        .col(string_len("number", 10))
        .col(integer("weight_kg"))
        .to_owned()
}

fn purchase() -> TableCreateStatement {
    Table::create()
        .table("order_purchase")
        .col(uuid("id").primary_key())
        .col(uuid("customer_id"))
        .col(string_len("channel", 24))
        .col(uuid_null("flight_id"))
        .col(json("items"))
        .col(string_len("currency", 3))
        .col(big_integer("total_minor"))
        .col(string_len_null("payment_last4", 4))
        .col(timestamp_with_time_zone("purchased_at"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let mut open_locator = unique(
        "order_order_open_locator",
        "order_order",
        &["record_locator"],
    );
    // Locators are used again once an order is closed; only open ones must not collide.
    open_locator.and_where(Expr::col("status").eq("OPEN"));
    vec![
        open_locator,
        index(
            "order_order_locator",
            "order_order",
            &["record_locator", "placed_at"],
        ),
        index(
            "order_order_by_customer",
            "order_order",
            &["customer_id", "placed_at", "id"],
        ),
        index("order_order_by_time", "order_order", &["placed_at", "id"]),
        index(
            "order_order_by_status",
            "order_order",
            &["status", "placed_at", "id"],
        ),
        index(
            "order_order_item_by_order",
            "order_order_item",
            &["order_id", "position"],
        ),
        index(
            "order_service_by_order",
            "order_service",
            &["order_id", "position"],
        ),
        index("order_service_by_item", "order_service", &["order_item_id"]),
        index(
            "order_journey_by_order",
            "order_journey",
            &["order_id", "position"],
        ),
        index(
            "order_journey_by_customer",
            "order_journey",
            &["customer_id", "departs_at", "id"],
        ),
        index(
            "order_passenger_by_order",
            "order_passenger",
            &["order_id", "position"],
        ),
        index(
            "order_flight_segment_by_order",
            "order_flight_segment",
            &["order_id"],
        ),
        index(
            "order_flight_segment_by_journey",
            "order_flight_segment",
            &["journey_id", "sequence"],
        ),
        index(
            "order_flight_segment_by_flight",
            "order_flight_segment",
            &["flight_id"],
        ),
        unique(
            "order_flight_segment_seat",
            "order_flight_segment",
            &["flight_id", "seat"],
        ),
        unique("order_ticket_number", "order_ticket", &["number"]),
        index("order_ticket_by_order", "order_ticket", &["order_id"]),
        unique(
            "order_ancillary_emd_number",
            "order_ancillary",
            &["emd_number"],
        ),
        index(
            "order_ancillary_by_order",
            "order_ancillary",
            &["order_id", "position"],
        ),
        index("order_bag_tag_by_order", "order_bag_tag", &["order_id"]),
        index("order_bag_tag_number", "order_bag_tag", &["number"]),
        index(
            "order_purchase_by_customer",
            "order_purchase",
            &["customer_id", "purchased_at", "id"],
        ),
    ]
}

fn index(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

fn unique(name: &str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(name, table, columns).unique().to_owned()
}
