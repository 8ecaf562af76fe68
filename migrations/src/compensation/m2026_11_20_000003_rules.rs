use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

const PACK_VERSION: &str = "compensation_rule_pack_version";
const REVISION: &str = "compensation_rule_revision";
const ASSESSMENT: &str = "compensation_assessment";
const ENTITLEMENT: &str = "compensation_entitlement";

/// The one row of the table of revisions.
const THE_ROW: i32 = 1;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "compensation_m2026_11_20_000003_rules"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(pack_version()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        manager.create_table(revision()).await?;
        let first = Query::insert()
            .into_table(Alias::new(REVISION))
            .columns([Alias::new("id"), Alias::new("revision")])
            .values_panic([THE_ROW.into(), 0_i64.into()])
            .to_owned();
        manager.execute(first).await?;
        // SQLite adds one column at a time.
        for (table, column) in added() {
            let table = Table::alter()
                .table(Alias::new(table))
                .add_column(column)
                .to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in added().into_iter().rev() {
            let table = Table::alter()
                .table(Alias::new(table))
                .drop_column(column.get_column_name())
                .to_owned();
            manager.alter_table(table).await?;
        }
        for table in [REVISION, PACK_VERSION] {
            manager
                .drop_table(Table::drop().table(Alias::new(table)).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn pack_version() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(PACK_VERSION))
        .col(uuid("id").primary_key())
        .col(string_len("pack_id", 64))
        .col(integer("version"))
        .col(string("title"))
        .col(text("text"))
        .col(string_len("sha256", 64))
        .col(string_len("status", 16))
        .col(date_null("active_from"))
        .col(date_null("active_to"))
        .col(string("author"))
        .col(string_null("approver"))
        .col(text_null("note"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(timestamp_with_time_zone_null("approved_at"))
        .col(timestamp_with_time_zone_null("activated_at"))
        .col(timestamp_with_time_zone_null("retired_at"))
        .col(integer("row_version"))
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 2] {
    let unique = Index::create()
        .name("compensation_rule_pack_version_by_pack_id_version")
        .table(Alias::new(PACK_VERSION))
        .col(Alias::new("pack_id"))
        .col(Alias::new("version"))
        .unique()
        .to_owned();
    let by_status = Index::create()
        .name("compensation_rule_pack_version_by_status")
        .table(Alias::new(PACK_VERSION))
        .col(Alias::new("status"))
        .to_owned();
    [unique, by_status]
}

/// A number that rises with every change of the rules in force, so that every replica sees that it has to read them again.
fn revision() -> TableCreateStatement {
    Table::create()
        .table(Alias::new(REVISION))
        .col(integer("id").primary_key())
        .col(big_integer("revision"))
        .to_owned()
}

/// What a replay needs besides the inputs: the question, the versions that answered together, and the very bytes.
fn added() -> Vec<(&'static str, ColumnDef)> {
    vec![
        (ASSESSMENT, string_len("answer", 32).default("").to_owned()),
        (ASSESSMENT, json_null("rules")),
        (ASSESSMENT, text_null("result")),
        (ENTITLEMENT, json_null("care")),
        (ENTITLEMENT, boolean("is_choice").default(false).to_owned()),
        (ENTITLEMENT, string_len_null("satisfied_by", 16)),
    ]
}
