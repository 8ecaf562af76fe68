use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "order_m2026_11_20_000002_flights"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [airport(), airline(), flight(), flight_event(), import()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "order_import",
            "order_flight_event",
            "order_flight",
            "order_airline",
            "order_airport",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn airport() -> TableCreateStatement {
    Table::create()
        .table("order_airport")
        .col(string_len("iata", 3).primary_key())
        .col(string_len_null("icao", 4))
        .col(string("name"))
        .col(string("city"))
        .col(string_len("country", 2))
        .col(double("latitude"))
        .col(double("longitude"))
        .col(string("time_zone"))
        .col(string("search_name"))
        .col(string("search_city"))
        .to_owned()
}

fn airline() -> TableCreateStatement {
    Table::create()
        .table("order_airline")
        .col(string_len("designator", 2).primary_key())
        .col(string_len_null("ticketing_prefix", 3))
        .col(string("name"))
        .col(string_len("licence_country", 2))
        .to_owned()
}

fn flight() -> TableCreateStatement {
    Table::create()
        .table("order_flight")
        .col(uuid("id").primary_key())
        .col(string_len("carrier", 2))
        .col(integer("number"))
        .col(string_len("suffix", 1))
        .col(string_len("origin", 3))
        .col(string_len("destination", 3))
        .col(date("departs_on"))
        .col(timestamp_with_time_zone("scheduled_departure_at"))
        .col(timestamp_with_time_zone("scheduled_arrival_at"))
        .col(timestamp_with_time_zone_null("estimated_departure_at"))
        .col(timestamp_with_time_zone_null("estimated_arrival_at"))
        .col(timestamp_with_time_zone_null("actual_departure_at"))
        .col(timestamp_with_time_zone_null("actual_arrival_at"))
        .col(integer_null("departure_delay_minutes"))
        .col(integer_null("arrival_delay_minutes"))
        .col(string_len("status", 16))
        .col(string_len_null("cause_code", 3))
        .col(string_len_null("gate", 8))
        .col(string_len_null("aircraft_registration", 10))
        .col(double("distance_km"))
        .col(string_len_null("diverted_to", 3))
        .col(big_integer_null("fingerprint"))
        .col(integer("version"))
        .to_owned()
}

fn flight_event() -> TableCreateStatement {
    Table::create()
        .table("order_flight_event")
        .col(uuid("id").primary_key())
        .col(uuid("flight_id"))
        .col(string_len("kind", 16))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(json("old_values"))
        .col(json("new_values"))
        .col(string_len_null("cause_code", 3))
        .col(string_len("source", 8))
        .col(string("actor"))
        .to_owned()
}

fn import() -> TableCreateStatement {
    Table::create()
        .table("order_import")
        .col(string_len("source", 64).primary_key())
        .col(big_integer("position_bytes"))
        .col(big_integer("position_line"))
        .col(json("totals"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone("updated_at"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 6] {
    let index = |name: &str, table: &str, columns: &[&str]| {
        let mut index = Index::create()
            .name(name)
            .table(Alias::new(table))
            .to_owned();
        for column in columns {
            index.col(Alias::new(*column));
        }
        index
    };
    [
        // The day comes first, so that an import, which goes from day to day, writes one end of the index.
        index(
            "order_flight_unique",
            "order_flight",
            &["departs_on", "carrier", "number", "suffix", "origin"],
        )
        .unique()
        .to_owned(),
        index(
            "order_flight_schedule",
            "order_flight",
            &["scheduled_departure_at", "id"],
        ),
        index(
            "order_flight_origin",
            "order_flight",
            &["origin", "scheduled_departure_at", "id"],
        ),
        index(
            "order_flight_event_flight",
            "order_flight_event",
            &["flight_id", "recorded_at", "id"],
        ),
        index("order_airport_name", "order_airport", &["search_name"]),
        index("order_airport_city", "order_airport", &["search_city"]),
    ]
}
