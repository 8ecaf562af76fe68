use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    compensation::claim_event::{Column, Entity, Model},
    id::{ClaimId, CustomerId},
};
use schema_kernel::{Error, Page, Permit, Reader, Result, Session, keyset};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, Order, QueryFilter};

use crate::claim::plan::Move;

/// A page of a claim's history, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct HistoryOf {
    pub(crate) claim: ClaimId,
    pub(crate) page: Page,
}

/// Adds every step to the history of its claim.
pub(crate) async fn append(
    transaction: &DatabaseTransaction,
    session: &Session,
    _: &Permit<CustomerId>,
    moves: &[Move],
) -> Result<()> {
    if moves.is_empty() {
        return Ok(());
    }
    let rows = moves.iter().map(|step| {
        let claim = &step.claim;
        let row = Model {
            claim_id: claim.id,
            version: claim.version,
            customer_id: claim.customer_id,
            from_status: step.from,
            to_status: claim.status,
            amount_minor: claim.amount_minor,
            currency: claim.currency.clone(),
            assessment_id: claim.assessment_id,
            actor: session.actor.id().to_owned(),
            reason: step.reason.clone(),
            at: session.now(),
        };
        row.into_active_model()
    });
    Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

impl Loader<HistoryOf> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(&self, keys: &[HistoryOf]) -> Result<HashMap<HistoryOf, Vec<Model>>> {
        let mut by_page: HashMap<&Page, Vec<ClaimId>> = HashMap::new();
        for key in keys {
            by_page.entry(&key.page).or_default().push(key.claim);
        }
        let mut found: HashMap<HistoryOf, Vec<Model>> = HashMap::new();
        for (page, claims) in by_page {
            let arms = claims.into_iter().map(|claim| {
                let select = Entity::find().filter(Column::ClaimId.eq(claim));
                page.apply(select, Column::Version, Column::ClaimId, &Order::Asc)
            });
            let Some(statement) = keyset::union_of(self.database.backend(), arms) else {
                continue;
            };
            for event in Entity::find()
                .from_raw_sql(statement)
                .all(self.database.reader())
                .await?
            {
                let key = HistoryOf {
                    claim: event.claim_id,
                    page: page.clone(),
                };
                found.entry(key).or_default().push(event);
            }
        }
        Ok(found)
    }
}
