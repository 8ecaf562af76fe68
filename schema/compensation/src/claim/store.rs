use std::{
    collections::HashMap,
    mem::{Discriminant, discriminant},
};

use async_graphql::dataloader::Loader;
use entities::{
    compensation::{
        claim::{self, Column, Entity, Model},
        disruption,
    },
    id::{CaseId, ClaimId, CustomerId, DisruptionId, JourneyId, OrderId, PassengerId},
};
use schema_kernel::{Database, Error, Page, Permit, Reader, Result, Rows, keyset, loader::Visible};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait,
    IntoActiveModel, Order, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};

use super::{
    list::{ClaimFilter, ClaimSort},
    plan::Plan,
};

/// The claim with this id, as its asker sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClaimById(pub(crate) Visible<ClaimId>);

/// What a list of claims hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Parent {
    Customer(CustomerId),
    Order(OrderId),
    Journey(JourneyId),
    Case(CaseId),
}

/// A page of the claims of a parent, newest first, as their asker sees them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClaimsOf {
    pub(crate) parent: Parent,
    pub(crate) page: Page,
    pub(crate) rows: Rows,
}

impl Parent {
    fn filter(self) -> sea_orm::sea_query::SimpleExpr {
        match self {
            Self::Customer(id) => Column::CustomerId.eq(id),
            Self::Order(id) => Column::OrderId.eq(id),
            Self::Journey(id) => Column::JourneyId.eq(id),
            Self::Case(id) => Column::CaseId.eq(id),
        }
    }

    /// The parent of the same kind that the claim hangs on.
    fn of(self, claim: &Model) -> Option<Self> {
        match self {
            Self::Customer(_) => Some(Self::Customer(claim.customer_id)),
            Self::Order(_) => Some(Self::Order(claim.order_id)),
            Self::Journey(_) => Some(Self::Journey(claim.journey_id)),
            Self::Case(_) => claim.case_id.map(Self::Case),
        }
    }
}

/// The rows an actor reaches. Every read that answers an actor goes through it.
pub(crate) fn visible_to(rows: Rows) -> Condition {
    match rows {
        Rows::All => Condition::all(),
        Rows::Of(customer) => Condition::all().add(Column::CustomerId.eq(customer)),
        Rows::None => Condition::all().add(Expr::val(1).eq(0)),
    }
}

/// All claims of a passenger's journey, of whatever flight, held until the transaction ends.
pub(crate) async fn hold_of_journey(
    transaction: &DatabaseTransaction,
    passenger: PassengerId,
    journey: JourneyId,
) -> Result<Vec<Model>> {
    let select = Entity::find()
        .filter(Column::PassengerId.eq(passenger))
        .filter(Column::JourneyId.eq(journey))
        .lock_exclusive();
    Ok(select.all(transaction).await?)
}

/// The claims of a passenger's journey that are about this matter, of whatever flight, held until the transaction ends.
pub(crate) async fn hold_of_matter(
    transaction: &DatabaseTransaction,
    disruption: &disruption::Model,
) -> Result<Vec<Model>> {
    let select = Entity::find()
        .filter(Column::PassengerId.eq(disruption.passenger_id))
        .filter(Column::JourneyId.eq(disruption.journey_id))
        .filter(Column::Matter.eq(disruption.matter.as_str()))
        .order_by_asc(Column::Part)
        .lock_exclusive();
    Ok(select.all(transaction).await?)
}

/// The claim with this id, where the actor reaches it.
pub(crate) async fn find(
    transaction: &DatabaseTransaction,
    id: ClaimId,
    rows: Rows,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(rows))
        .one(transaction)
        .await?)
}

/// The claim with this id, where the actor reaches it, held until the transaction ends.
pub(crate) async fn hold(
    transaction: &DatabaseTransaction,
    id: ClaimId,
    rows: Rows,
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id(id)
        .filter(visible_to(rows))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// What went wrong.
pub(crate) async fn disruption(
    transaction: &DatabaseTransaction,
    id: DisruptionId,
) -> Result<disruption::Model> {
    disruption::Entity::find_by_id(id)
        .one(transaction)
        .await?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("a claim has lost its disruption")))
}

/// Writes what a plan says about claims.
pub(crate) async fn write(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    plan: &Plan,
) -> Result<()> {
    let (opened, changed): (Vec<_>, Vec<_>) =
        plan.moves.iter().partition(|step| step.from.is_none());
    if !opened.is_empty() {
        let rows = opened
            .into_iter()
            .map(|step| step.claim.clone().into_active_model());
        Entity::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    for step in changed {
        let claim = &step.claim;
        let written = Entity::update_many()
            .set(claim.clone().into_active_model().reset_all())
            .filter(Column::Id.eq(claim.id))
            .filter(Column::Version.eq(claim.version - 1))
            .exec(transaction)
            .await?;
        if written.rows_affected != 1 {
            return Err(Error::internal(anyhow::anyhow!(
                "a claim changed while it was held"
            )));
        }
    }
    for (claim, assessment) in &plan.rests_on {
        Entity::update_many()
            .col_expr(Column::AssessmentId, Expr::value(*assessment))
            .filter(Column::Id.eq(*claim))
            .exec(transaction)
            .await?;
    }
    Ok(())
}

/// Notes the case in which people work on these claims. It is no change of the claim, so its version stays.
pub(crate) async fn link_case(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    claims: &[ClaimId],
    case: CaseId,
) -> Result<()> {
    if claims.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::CaseId, Expr::value(case))
        .filter(Column::Id.is_in(claims.iter().copied()))
        .filter(Column::CustomerId.eq(*permit.subject()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// A page of the claims that a filter leaves.
pub(crate) async fn list(
    database: &Database,
    filter: &ClaimFilter,
    customer: Option<CustomerId>,
    sort: ClaimSort,
    page: &Page,
    rows: Rows,
) -> Result<Vec<Model>> {
    let condition = visible_to(rows)
        .add_option(
            filter
                .status
                .map(|status| Column::Status.eq(claim::ClaimStatus::from(status))),
        )
        .add_option(
            filter
                .regime
                .map(|regime| Column::Regime.eq(claim_regime(regime))),
        )
        .add_option(
            filter
                .origin
                .map(|origin| Column::Origin.eq(claim::ClaimOrigin::from(origin))),
        )
        .add_option(customer.map(|customer| Column::CustomerId.eq(customer)))
        .add_option(filter.due_before.map(|day| Column::DueBy.lt(day.0)));
    let select = Entity::find().filter(condition);
    let select = match sort {
        ClaimSort::DueBy => page.apply(select, Column::DueBy, Column::Id, &Order::Asc),
        ClaimSort::OpenedAt => page.apply(select, Column::OpenedAt, Column::Id, &Order::Desc),
    };
    Ok(select.all(database.reader()).await?)
}

fn claim_regime(regime: crate::assessment::Regime) -> entities::compensation::assessment::Regime {
    regime.into()
}

fn page_of(parent: Parent, page: &Page, rows: Rows) -> Select<Entity> {
    let select = Entity::find()
        .filter(parent.filter())
        .filter(visible_to(rows));
    page.apply(select, Column::OpenedAt, Column::Id, &Order::Desc)
}

impl Loader<ClaimById> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[ClaimById]) -> Result<HashMap<ClaimById, Model>> {
        let rows = Entity::find()
            .filter(Column::Id.is_in(keys.iter().map(|key| key.0.key)))
            .all(self.database.reader())
            .await?;
        let by_id: HashMap<ClaimId, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        let seen = keys.iter().filter_map(|key| {
            let claim = by_id
                .get(&key.0.key)
                .filter(|claim| key.0.rows.include(Some(claim.customer_id)))?;
            Some((*key, claim.clone()))
        });
        Ok(seen.collect())
    }
}

impl Loader<ClaimsOf> for Reader {
    type Value = Vec<Model>;
    type Error = Error;

    async fn load(&self, keys: &[ClaimsOf]) -> Result<HashMap<ClaimsOf, Vec<Model>>> {
        // Parents of one kind that ask for the same page are answered by one statement.
        let mut lists: HashMap<(Discriminant<Parent>, &Page, Rows), Vec<Parent>> = HashMap::new();
        for key in keys {
            lists
                .entry((discriminant(&key.parent), &key.page, key.rows))
                .or_default()
                .push(key.parent);
        }
        let mut found: HashMap<ClaimsOf, Vec<Model>> = HashMap::new();
        for ((_, page, rows), parents) in lists {
            let Some(kind) = parents.first().copied() else {
                continue;
            };
            let arms = parents
                .into_iter()
                .map(|parent| page_of(parent, page, rows));
            let Some(statement) = keyset::union_of(self.database.backend(), arms) else {
                continue;
            };
            for claim in Entity::find()
                .from_raw_sql(statement)
                .all(self.database.reader())
                .await?
            {
                if let Some(parent) = kind.of(&claim) {
                    found
                        .entry(ClaimsOf {
                            parent,
                            page: page.clone(),
                            rows,
                        })
                        .or_default()
                        .push(claim);
                }
            }
        }
        Ok(found)
    }
}
