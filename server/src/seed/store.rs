//! What the seed reads back, and the one thing it changes.

use chrono::{DateTime, NaiveDate, Utc};
use entities::{
    compensation::{
        claim::{self, ClaimStatus},
        claim_event,
    },
    id::{CustomerId, EventId, JourneyId},
    order::flight,
    profile::customer,
};
use schema_kernel::{
    Database, Error, NewEvent, Session,
    outbox::{self, Domain},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Alias, Expr, Query},
};
use serde_json::json;

/// When a customer became known; `None` when there is no such customer.
pub(super) async fn known_since(
    database: &Database,
    id: CustomerId,
) -> Result<Option<DateTime<Utc>>, Error> {
    let row = customer::Entity::find_by_id(id)
        .one(database.reader())
        .await?;
    Ok(row.map(|row| row.created_at))
}

/// Whether there is any customer.
pub(super) async fn has_customers(database: &Database) -> Result<bool, Error> {
    Ok(customer::Entity::find()
        .limit(1)
        .one(database.reader())
        .await?
        .is_some())
}

/// Every flight that departs between two days, both included, in an order that is always the same.
pub(super) async fn flights(
    database: &Database,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<flight::Model>, Error> {
    let select = flight::Entity::find().filter(flight::Column::DepartsOn.between(from, to));
    let select = select
        .order_by_asc(flight::Column::DepartsOn)
        .order_by_asc(flight::Column::Carrier);
    Ok(select
        .order_by_asc(flight::Column::Number)
        .order_by_asc(flight::Column::Origin)
        .all(database.reader())
        .await?)
}

/// Whether an event has been put on a domain's outbox.
pub(super) async fn is_told(
    database: &Database,
    domain: Domain,
    event: EventId,
) -> Result<bool, Error> {
    let select = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new(format!("{}_outbox", domain.0)))
        .and_where(Expr::col(Alias::new("id")).eq(event))
        .to_owned();
    Ok(database.reader().query_one(&select).await?.is_some())
}

/// Notes that the claims for these journeys which are owed were paid, and tells it.
pub(super) async fn pay_claims(
    database: &Database,
    session: &Session,
    journeys: &[JourneyId],
) -> Result<(), Error> {
    database
        .transaction(async |transaction| {
            let owed = claim::Entity::find()
                .filter(claim::Column::JourneyId.is_in(journeys.iter().copied()))
                .filter(claim::Column::Status.eq(ClaimStatus::Approved))
                .order_by_asc(claim::Column::Id)
                .all(transaction)
                .await?;
            for claim in owed {
                pay(transaction, session, claim).await?;
            }
            Ok(())
        })
        .await
}

async fn pay(
    transaction: &DatabaseTransaction,
    session: &Session,
    claim: claim::Model,
) -> Result<(), Error> {
    let facts = json!({
        "claim_id": claim.id, "order_id": claim.order_id, "journey_id": claim.journey_id, "passenger_id": claim.passenger_id,
        "flight_id": claim.flight_id, "entitlement_kind": claim.entitlement_kind, "basis": claim.basis,
        "amount_minor": claim.amount_minor, "currency": claim.currency, "status": ClaimStatus::Paid.as_str(),
        "needs_review": false, "review_reasons": claim.review_reasons,
        "from": claim.status.as_str(), "to": ClaimStatus::Paid.as_str(), "reason": null,
    });
    let told = NewEvent {
        kind: "compensation.claim.changed.v1",
        subject: claim.id.to_string(),
        customer_id: Some(claim.customer_id),
        time: session.now(),
        data: &facts,
    };
    let paid = claim::ActiveModel {
        id: Set(claim.id),
        status: Set(ClaimStatus::Paid),
        version: Set(claim.version + 1),
        updated_at: Set(session.now()),
        ..Default::default()
    };
    let step = payment(session, claim).into_active_model();
    claim_event::Entity::insert(step)
        .exec_without_returning(transaction)
        .await?;
    claim::Entity::update(paid).exec(transaction).await?;
    outbox::append(transaction, schema_compensation::DOMAIN, session, &[told]).await
}

/// The step in a claim's history by which it was paid.
fn payment(session: &Session, claim: claim::Model) -> claim_event::Model {
    claim_event::Model {
        claim_id: claim.id,
        version: claim.version + 1,
        customer_id: claim.customer_id,
        from_status: Some(claim.status),
        to_status: ClaimStatus::Paid,
        amount_minor: claim.amount_minor,
        currency: claim.currency,
        assessment_id: claim.assessment_id,
        actor: session.actor.id().to_owned(),
        reason: None,
        at: session.now(),
    }
}
