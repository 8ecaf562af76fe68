use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entities::{
    compensation::evidence::{Column, Entity, EvidenceKind, Model},
    id::{ClaimId, CustomerId, EvidenceId},
};
use schema_kernel::{Error, Page, Permit, Reader, Result, keyset};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel, Iterable,
    Order, PaginatorTrait, QueryFilter, QuerySelect,
};

/// A page of a claim's evidence, oldest first, without the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct EvidenceOf {
    pub(crate) claim: ClaimId,
    pub(crate) page: Page,
}

/// The file of one piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ContentOf(pub(crate) EvidenceId);

/// A piece of evidence without its file.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Piece {
    pub(crate) id: EvidenceId,
    pub(crate) claim_id: ClaimId,
    pub(crate) kind: EvidenceKind,
    pub(crate) description: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) size: i32,
    pub(crate) sha256: Option<String>,
    pub(crate) added_by: String,
    pub(crate) added_at: DateTime<Utc>,
}

/// How many pieces of evidence a claim has.
pub(crate) async fn count(transaction: &DatabaseTransaction, claim: ClaimId) -> Result<u64> {
    Ok(Entity::find()
        .filter(Column::ClaimId.eq(claim))
        .count(transaction)
        .await?)
}

pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    evidence: Model,
) -> Result<()> {
    Entity::insert(evidence.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

impl Loader<EvidenceOf> for Reader {
    type Value = Vec<Piece>;
    type Error = Error;

    async fn load(&self, keys: &[EvidenceOf]) -> Result<HashMap<EvidenceOf, Vec<Piece>>> {
        let mut by_page: HashMap<&Page, Vec<ClaimId>> = HashMap::new();
        for key in keys {
            by_page.entry(&key.page).or_default().push(key.claim);
        }
        let mut found: HashMap<EvidenceOf, Vec<Piece>> = HashMap::new();
        for (page, claims) in by_page {
            let arms = claims.into_iter().map(|claim| {
                let select = Entity::find()
                    .select_only()
                    .columns(Column::iter().filter(|column| !matches!(column, Column::Content)))
                    .filter(Column::ClaimId.eq(claim));
                page.apply(select, Column::AddedAt, Column::Id, &Order::Asc)
            });
            let Some(statement) = keyset::union_of(self.database.backend(), arms) else {
                continue;
            };
            let pieces = Piece::find_by_statement(statement)
                .all(self.database.reader())
                .await?;
            for piece in pieces {
                let key = EvidenceOf {
                    claim: piece.claim_id,
                    page: page.clone(),
                };
                found.entry(key).or_default().push(piece);
            }
        }
        Ok(found)
    }
}

#[derive(FromQueryResult)]
struct File {
    id: EvidenceId,
    content: Option<Vec<u8>>,
}

impl Loader<ContentOf> for Reader {
    type Value = Vec<u8>;
    type Error = Error;

    async fn load(&self, keys: &[ContentOf]) -> Result<HashMap<ContentOf, Vec<u8>>> {
        let files = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Content])
            .filter(Column::Id.is_in(keys.iter().map(|key| key.0)))
            .into_model::<File>()
            .all(self.database.reader())
            .await?;
        Ok(files
            .into_iter()
            .filter_map(|file| Some((ContentOf(file.id), file.content?)))
            .collect())
    }
}
