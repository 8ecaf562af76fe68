use std::collections::BTreeMap;

use async_graphql::ID;
use chrono::NaiveDate;
use entities::{
    compensation::{
        rule_pack_version::{self, RulePackStatus},
        rule_revision,
    },
    id::RulePackVersionId,
};
use schema_kernel::{Error, Result, Session};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use sha2::{Digest, Sha256};

use crate::engine::{PackProblem, PackStatus, RuleSet, ShippedPack, shipped_packs};

/// The revision of a database into which no packs have been put.
pub(super) const NOTHING_STORED: i64 = 0;

/// The one row of the table of revisions.
const THE_ROW: i32 = 1;

/// Who wrote the packs that come with the program.
pub(super) const SHIPPED_WITH_THE_PROGRAM: &str = "shipped with the program";

/// The name under which the zones are kept.
const JURISDICTIONS: &str = "JURISDICTIONS";

/// How often the rules in force have changed.
pub(super) async fn revision(connection: &impl ConnectionTrait) -> Result<i64> {
    let row = rule_revision::Entity::find_by_id(THE_ROW)
        .one(connection)
        .await?;
    Ok(row.map_or(NOTHING_STORED, |row| row.revision))
}

/// Tells every replica that the rules in force have changed, and returns the new revision.
pub(super) async fn revise(connection: &impl ConnectionTrait) -> Result<i64> {
    rule_revision::Entity::update_many()
        .col_expr(
            rule_revision::Column::Revision,
            Expr::col(rule_revision::Column::Revision).add(1),
        )
        .filter(rule_revision::Column::Id.eq(THE_ROW))
        .exec(connection)
        .await?;
    revision(connection).await
}

/// Stores the packs that come with the program, unless another replica just did, and returns the revision.
pub(super) async fn ship(connection: &impl ConnectionTrait, session: &Session) -> Result<i64> {
    let rows = shipped_packs().map(|pack| shipped_row(session, &pack).into_active_model());
    let known = OnConflict::columns([
        rule_pack_version::Column::PackId,
        rule_pack_version::Column::Version,
    ])
    .do_nothing()
    .to_owned();
    rule_pack_version::Entity::insert_many(rows)
        .on_conflict(known)
        .exec_without_returning(connection)
        .await?;
    revise(connection).await
}

/// The row of a pack that comes with the program.
pub(super) fn shipped_row(session: &Session, pack: &ShippedPack) -> rule_pack_version::Model {
    let status = match pack.status {
        PackStatus::Enabled => RulePackStatus::Active,
        PackStatus::Disabled => RulePackStatus::Disabled,
    };
    let now = session.now();
    rule_pack_version::Model {
        id: session.new_id(),
        pack_id: pack.id.to_owned(),
        version: i32::try_from(pack.version).unwrap_or(i32::MAX),
        title: pack.title.to_owned(),
        text: pack.text.to_owned(),
        sha256: fingerprint(pack.text),
        status,
        active_from: None,
        active_to: None,
        author: SHIPPED_WITH_THE_PROGRAM.to_owned(),
        approver: None,
        note: None,
        created_at: now,
        submitted_at: None,
        approved_at: None,
        activated_at: (status == RulePackStatus::Active).then_some(now),
        retired_at: None,
        row_version: 1,
    }
}

/// SHA-256 in hexadecimal.
pub(super) fn fingerprint(text: &str) -> String {
    format!("{:x}", Sha256::digest(text))
}

/// The texts of packs that answer together, and of the zones they speak of.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    jurisdictions: String,
    packs: Vec<(String, Option<NaiveDate>, Option<NaiveDate>)>,
}

impl Stored {
    pub(super) fn of(rows: Vec<rule_pack_version::Model>) -> Result<Self> {
        let (zones, mut packs): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .partition(|row| row.pack_id == JURISDICTIONS);
        let newest = zones.into_iter().max_by_key(|row| row.version);
        let jurisdictions = newest
            .ok_or_else(|| Error::internal(anyhow::anyhow!("no zones are stored")))?
            .text;
        // The order of answers is that of the program, whatever order the rows come in.
        let place = |id: &str| {
            shipped_packs()
                .position(|pack| pack.id == id)
                .unwrap_or(usize::MAX)
        };
        packs.sort_by_cached_key(|row| (place(&row.pack_id), row.pack_id.clone(), row.version));
        let packs = packs
            .into_iter()
            .map(|row| (row.text, row.active_from, row.active_to));
        Ok(Self {
            jurisdictions,
            packs: packs.collect(),
        })
    }

    /// Checks everything and makes it ready to answer.
    pub(super) fn read(&self) -> Result<RuleSet, Vec<PackProblem>> {
        let packs = self.packs.iter();
        let texts = packs.map(|(text, from, to)| (text.as_str(), (*from, *to)));
        RuleSet::of_versions(&self.jurisdictions, texts)
    }
}

/// The versions that answer, whatever the day.
pub(super) async fn in_force(connection: &impl ConnectionTrait) -> Result<Stored> {
    Stored::of(active_rows(connection).await?)
}

/// The versions that answer, whatever the day, as rows.
pub(super) async fn active_rows(
    connection: &impl ConnectionTrait,
) -> Result<Vec<rule_pack_version::Model>> {
    let rows = rule_pack_version::Entity::find()
        .filter(rule_pack_version::Column::Status.eq(RulePackStatus::Active))
        .order_by_asc(rule_pack_version::Column::Id)
        .all(connection)
        .await?;
    Ok(rows)
}

/// The rules in force with this version in place of every other of its pack.
pub(super) async fn with(
    connection: &impl ConnectionTrait,
    version: rule_pack_version::Model,
) -> Result<Stored> {
    let mut rows = active_rows(connection).await?;
    rows.retain(|row| row.pack_id != version.pack_id);
    rows.push(rule_pack_version::Model {
        active_from: None,
        active_to: None,
        ..version
    });
    Stored::of(rows)
}

/// The zones in force; those that come with the program where none are stored yet.
pub(super) async fn zones_in_force(connection: &impl ConnectionTrait) -> Result<String> {
    let stored = rule_pack_version::Entity::find()
        .filter(rule_pack_version::Column::PackId.eq(JURISDICTIONS))
        .filter(rule_pack_version::Column::Status.eq(RulePackStatus::Active))
        .order_by_desc(rule_pack_version::Column::Version)
        .one(connection)
        .await?;
    let shipped = || {
        shipped_packs()
            .find(|pack| pack.id == JURISDICTIONS)
            .map(|pack| pack.text.to_owned())
    };
    Ok(stored
        .map(|row| row.text)
        .or_else(shipped)
        .unwrap_or_default())
}

/// Every version by pack, the newest first; of one pack, or of all.
pub(super) async fn newest_first(
    connection: &impl ConnectionTrait,
    only: Option<&str>,
) -> Result<Vec<rule_pack_version::Model>> {
    let mut select = rule_pack_version::Entity::find();
    if let Some(pack) = only {
        select = select.filter(rule_pack_version::Column::PackId.eq(pack));
    }
    let rows = select
        .order_by_asc(rule_pack_version::Column::PackId)
        .order_by_desc(rule_pack_version::Column::Version)
        .all(connection)
        .await?;
    Ok(rows)
}

/// The number of the newest version of a pack; 0 when there is none.
pub(super) async fn newest_version(connection: &impl ConnectionTrait, pack: &str) -> Result<i32> {
    let newest = newest_first(connection, Some(pack)).await?;
    Ok(newest.first().map_or(0, |row| row.version))
}

/// The version that a client names.
pub(super) async fn find(
    connection: &impl ConnectionTrait,
    id: &ID,
) -> Result<Option<rule_pack_version::Model>> {
    match super::advance::read(id) {
        Some(id) => by_id(connection, id).await,
        None => Ok(None),
    }
}

/// The version with this id.
pub(super) async fn by_id(
    connection: &impl ConnectionTrait,
    id: RulePackVersionId,
) -> Result<Option<rule_pack_version::Model>> {
    let select = rule_pack_version::Entity::find_by_id(id);
    Ok(select.one(connection).await?)
}

/// The version with this id, held until the transaction ends.
pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    id: &ID,
) -> Result<Option<rule_pack_version::Model>> {
    let Some(id) = super::advance::read(id) else {
        return Ok(None);
    };
    let select = rule_pack_version::Entity::find_by_id(id).lock_exclusive();
    Ok(select.one(transaction).await?)
}

pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    row: rule_pack_version::Model,
) -> Result<()> {
    rule_pack_version::Entity::insert(row.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Writes every column of a version that is held.
pub(super) async fn update(
    transaction: &DatabaseTransaction,
    row: rule_pack_version::Model,
) -> Result<()> {
    let id = row.id;
    rule_pack_version::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(rule_pack_version::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Stores the packs that come with the program where none are stored yet.
pub(super) async fn ship_if_empty(
    transaction: &DatabaseTransaction,
    session: &Session,
) -> Result<()> {
    if revision(transaction).await? == NOTHING_STORED {
        ship(transaction, session).await?;
    }
    Ok(())
}

/// Exactly these versions, by pack, as they answered together once.
pub(super) async fn exactly(
    connection: &impl ConnectionTrait,
    versions: &BTreeMap<String, u32>,
) -> Result<Stored> {
    let each = versions
        .iter()
        .fold(Condition::any(), |any, (pack, version)| {
            any.add(
                rule_pack_version::Column::PackId
                    .eq(pack)
                    .and(rule_pack_version::Column::Version.eq(*version)),
            )
        });
    let rows = rule_pack_version::Entity::find()
        .filter(each)
        .all(connection)
        .await?;
    if rows.len() != versions.len() {
        return Err(Error::internal(anyhow::anyhow!(
            "{} of {} rule packs of the decision are stored",
            rows.len(),
            versions.len()
        )));
    }
    let always = rows.into_iter().map(|row| rule_pack_version::Model {
        active_from: None,
        active_to: None,
        ..row
    });
    Stored::of(always.collect())
}
