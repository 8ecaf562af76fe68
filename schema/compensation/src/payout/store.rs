use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use entities::{
    compensation::{
        ledger_entry,
        payout::{Column, Entity, Model, PayoutStatus},
        payout_agreement, payout_event,
    },
    id::{ClaimId, CustomerId, PayoutId, PayoutWorkerId},
};
use schema_kernel::{Database, Error, Page, Permit, Reader, Result, Rows, keyset, loader::Visible};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait,
    IntoActiveModel, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};

use super::{
    ledger::Line,
    list::{PayoutFilter, PayoutSort},
};

/// The payout with this id, as its asker sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PayoutById(pub(crate) Visible<PayoutId>);

/// A page of the payouts of a claim, newest first, as their asker sees them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PayoutsOf {
    pub(crate) claim: ClaimId,
    pub(crate) page: Page,
    pub(crate) rows: Rows,
}

/// What was signed for this payout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct AgreementOf(pub(crate) PayoutId);

/// A page of a payout's history, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct HistoryOf {
    pub(crate) payout: PayoutId,
    pub(crate) page: Page,
}

/// The rows an actor reaches. Every read that answers an actor goes through it.
fn visible_to(rows: Rows) -> Condition {
    match rows {
        Rows::All => Condition::all(),
        Rows::Of(customer) => Condition::all().add(Column::CustomerId.eq(customer)),
        Rows::None => Condition::all().add(Expr::val(1).eq(0)),
    }
}

/// The payout with this id, where the actor reaches it, held until the transaction ends.
pub(super) async fn hold(
    transaction: &DatabaseTransaction,
    id: PayoutId,
    rows: Rows,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(rows))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// The payout that has waited longest for a program to work on it, held until the transaction ends; those that another
/// transaction holds are passed over.
pub(super) async fn hold_next(
    transaction: &DatabaseTransaction,
    now: DateTime<Utc>,
) -> Result<Option<Model>> {
    let statuses = [
        PayoutStatus::Approved,
        PayoutStatus::Sending,
        PayoutStatus::Sent,
    ];
    let is_free = Condition::any()
        .add(Column::LeasedUntil.is_null())
        .add(Column::LeasedUntil.lte(now));
    Ok(Entity::find()
        .filter(Column::Status.is_in(statuses))
        .filter(Column::NextAttemptAt.lte(now))
        .filter(is_free)
        .order_by_asc(Column::NextAttemptAt)
        .order_by_asc(Column::Id)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(transaction)
        .await?)
}

/// Whether the claim has a payout that is not cancelled.
pub(super) async fn has_live(transaction: &DatabaseTransaction, claim: ClaimId) -> Result<bool> {
    let count = Entity::find()
        .filter(Column::LiveClaimId.eq(claim))
        .count(transaction)
        .await?;
    Ok(count > 0)
}

pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    payout: &Model,
) -> Result<()> {
    Entity::insert(payout.clone().into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Writes every column of a payout that is held, with its new version.
pub(super) async fn update(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    payout: &Model,
) -> Result<()> {
    let written = Entity::update_many()
        .set(payout.clone().into_active_model().reset_all())
        .filter(Column::Id.eq(payout.id))
        .filter(Column::Version.eq(payout.version - 1))
        .exec(transaction)
        .await?;
    if written.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::internal(anyhow::anyhow!(
            "a payout changed while it was held"
        )))
    }
}

/// Notes who works on a payout, until when, and when it is looked at next. It is no change of the payout, so its version
/// stays.
pub(super) async fn schedule(
    transaction: &DatabaseTransaction,
    payout: PayoutId,
    lease: Option<(PayoutWorkerId, DateTime<Utc>)>,
    (attempts, next_attempt_at): (i32, Option<DateTime<Utc>>),
) -> Result<()> {
    let (worker, until) = lease.unzip();
    Entity::update_many()
        .col_expr(Column::LeasedBy, Expr::value(worker))
        .col_expr(Column::LeasedUntil, Expr::value(until))
        .col_expr(Column::Attempts, Expr::value(attempts))
        .col_expr(Column::NextAttemptAt, Expr::value(next_attempt_at))
        .filter(Column::Id.eq(payout))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Adds a step to a payout's history.
pub(super) async fn append(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    step: payout_event::Model,
) -> Result<()> {
    payout_event::Entity::insert(step.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Keeps what was signed for a payout.
pub(super) async fn sign(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    agreement: payout_agreement::Model,
) -> Result<()> {
    payout_agreement::Entity::insert(agreement.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Enters a posting into the books.
pub(super) async fn post(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    payout: &Model,
    lines: &[Line],
    at: DateTime<Utc>,
) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows = (1..).zip(lines).map(|(line, entry)| {
        ledger_entry::Model {
            payout_id: payout.id,
            version: payout.version,
            line,
            account: entry.account,
            amount_minor: entry.amount_minor,
            currency: entry.currency.clone(),
            posted_at: at,
        }
        .into_active_model()
    });
    ledger_entry::Entity::insert_many(rows)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// A page of the payouts that a filter leaves.
pub(super) async fn list(
    database: &Database,
    filter: &PayoutFilter,
    customer: Option<CustomerId>,
    sort: PayoutSort,
    page: &Page,
    rows: Rows,
) -> Result<Vec<Model>> {
    let condition = visible_to(rows)
        .add_option(
            filter
                .status
                .map(|status| Column::Status.eq(PayoutStatus::from(status))),
        )
        .add_option(customer.map(|customer| Column::CustomerId.eq(customer)))
        .add_option(filter.due_before.map(|day| Column::DueBy.lt(day.0)));
    let select = Entity::find().filter(condition);
    let select = match sort {
        PayoutSort::DueBy => page.apply(select, Column::DueBy, Column::Id, &Order::Asc),
        PayoutSort::RequestedAt => {
            page.apply(select, Column::RequestedAt, Column::Id, &Order::Desc)
        }
    };
    Ok(select.all(database.reader()).await?)
}

impl Loader<PayoutById> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[PayoutById]) -> Result<HashMap<PayoutById, Model>> {
        let rows = Entity::find()
            .filter(Column::Id.is_in(keys.iter().map(|key| key.0.key)))
            .all(self.database.reader())
            .await?;
        let by_id: HashMap<PayoutId, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        let seen = keys.iter().filter_map(|key| {
            let payout = by_id
                .get(&key.0.key)
                .filter(|payout| key.0.rows.include(Some(payout.customer_id)))?;
            Some((*key, payout.clone()))
        });
        Ok(seen.collect())
    }
}

impl Loader<PayoutsOf> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(&self, keys: &[PayoutsOf]) -> Result<HashMap<PayoutsOf, Vec<Model>>> {
        let mut lists: HashMap<(&Page, Rows), Vec<ClaimId>> = HashMap::new();
        for key in keys {
            lists
                .entry((&key.page, key.rows))
                .or_default()
                .push(key.claim);
        }
        let mut found: HashMap<PayoutsOf, Vec<Model>> = HashMap::new();
        for ((page, rows), claims) in lists {
            let arms = claims.into_iter().map(|claim| {
                let select = Entity::find()
                    .filter(Column::ClaimId.eq(claim))
                    .filter(visible_to(rows));
                page.apply(select, Column::RequestedAt, Column::Id, &Order::Desc)
            });
            let Some(statement) = keyset::union_of(self.database.backend(), arms) else {
                continue;
            };
            for payout in Entity::find()
                .from_raw_sql(statement)
                .all(self.database.reader())
                .await?
            {
                let key = PayoutsOf {
                    claim: payout.claim_id,
                    page: page.clone(),
                    rows,
                };
                found.entry(key).or_default().push(payout);
            }
        }
        Ok(found)
    }
}

impl Loader<AgreementOf> for Reader {
    type Value = payout_agreement::Model;
    type Error = Error;

    async fn load(
        &self,
        keys: &[AgreementOf],
    ) -> Result<HashMap<AgreementOf, payout_agreement::Model>> {
        let rows = payout_agreement::Entity::find()
            .filter(payout_agreement::Column::PayoutId.is_in(keys.iter().map(|key| key.0)))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (AgreementOf(row.payout_id), row))
            .collect())
    }
}

impl Loader<HistoryOf> for Reader {
    type Value = Vec<payout_event::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[HistoryOf],
    ) -> Result<HashMap<HistoryOf, Vec<payout_event::Model>>> {
        use payout_event::{Column, Entity};
        let mut by_page: HashMap<&Page, Vec<PayoutId>> = HashMap::new();
        for key in keys {
            by_page.entry(&key.page).or_default().push(key.payout);
        }
        let mut found: HashMap<HistoryOf, Vec<payout_event::Model>> = HashMap::new();
        for (page, payouts) in by_page {
            let arms = payouts.into_iter().map(|payout| {
                let select = Entity::find().filter(Column::PayoutId.eq(payout));
                page.apply(select, Column::Version, Column::PayoutId, &Order::Asc)
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
                    payout: event.payout_id,
                    page: page.clone(),
                };
                found.entry(key).or_default().push(event);
            }
        }
        Ok(found)
    }
}
