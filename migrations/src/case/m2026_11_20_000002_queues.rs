use sea_orm_migration::{
    prelude::*,
    schema::{boolean, json, string_len, string_len_uniq, uuid},
    sea_orm::prelude::Uuid,
};

pub(super) struct Migration;

/// Code and name of the queues that every airline has. A queue's id is its place here.
const QUEUES: [(&str, &str); 14] = [
    ("CustomerAffairs", "Customer affairs"),
    ("CustomerAffairs-Feedback", "Customer affairs: feedback"),
    ("Product", "Product"),
    ("Baggage", "Baggage"),
    ("BaggageClaims", "Baggage claims"),
    ("Refunds", "Refunds"),
    ("Compensation", "Compensation"),
    ("AirportDuty", "Airport duty desk"),
    ("SpecialAssist", "Special assistance"),
    ("DPO", "Data protection"),
    ("Loyalty", "Loyalty"),
    ("LostProperty", "Lost property"),
    ("Security", "Security"),
    ("Legal", "Legal"),
];

// A UUIDv7 of the day of this migration, so that the queues have the same ids everywhere.
const FIRST_QUEUE_ID: u128 = 0x01a1_f640_bc00_7000_8000_0000_0000_0000;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "case_m2026_11_20_000002_queues"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [queue(), agent(), agent_queue()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("case_agent_by_name")
                    .table("case_agent")
                    .col("name")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("case_agent_queue_of_queue")
                    .table("case_agent_queue")
                    .col("queue")
                    .col("agent_id")
                    .to_owned(),
            )
            .await?;
        manager.execute(queues()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["case_agent_queue", "case_agent", "case_queue"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn queue() -> TableCreateStatement {
    Table::create()
        .table("case_queue")
        .col(uuid("id").primary_key())
        .col(string_len_uniq("code", 32))
        .col(string_len("name", 64))
        .to_owned()
}

fn agent() -> TableCreateStatement {
    Table::create()
        .table("case_agent")
        .col(uuid("id").primary_key())
        .col(string_len("name", 128))
        .col(json("skills"))
        .col(json("languages"))
        .col(boolean("is_active"))
        .to_owned()
}

fn agent_queue() -> TableCreateStatement {
    Table::create()
        .table("case_agent_queue")
        .col(uuid("agent_id"))
        .col(string_len("queue", 32))
        .primary_key(Index::create().col("agent_id").col("queue"))
        .foreign_key(
            ForeignKey::create()
                .from("case_agent_queue", "agent_id")
                .to("case_agent", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .from("case_agent_queue", "queue")
                .to("case_queue", "code"),
        )
        .to_owned()
}

fn queues() -> InsertStatement {
    let mut insert = Query::insert();
    insert
        .into_table("case_queue")
        .columns(["id", "code", "name"]);
    for (place, (code, name)) in (0_u128..).zip(QUEUES) {
        let id = Uuid::from_u128(FIRST_QUEUE_ID + place);
        insert.values_panic([id.into(), code.into(), name.into()]);
    }
    insert
}
