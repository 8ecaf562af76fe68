//! Recording a purchase.

use async_graphql::{ID, InputObject, InputType, SimpleObject, Union};
use entities::{
    id::{CustomerId, PurchaseId},
    order::purchase,
};
use schema_kernel::{
    Database, NewEvent, Permit, Result, Session, id,
    idempotency::{self, Once},
    money::Long,
    outbox,
    problem::{Conflict, FieldProblem, InvalidInput, NotFound},
    scalar::DateTime,
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Purchase, PurchaseCategory, PurchaseChannel, check, store};
use crate::{DOMAIN, order::collision::Repeated};

/// Something that a customer bought.
#[derive(Clone, Debug, InputObject)]
pub struct RecordPurchaseInput {
    /// A UUID of your own. The same request under the same key is done once and answered twice.
    pub idempotency_key: Uuid,
    /// Who bought it.
    pub customer_id: ID,
    /// Where it was bought.
    pub channel: PurchaseChannel,
    /// The flight; needed for `INFLIGHT`, and absent for `WEB`.
    pub flight_id: Option<ID>,
    /// What was bought: 1 to 50 lines.
    pub items: Vec<PurchaseItemInput>,
    /// The ISO 4217 code of every price. Example: `"AED"`.
    pub currency: String,
    /// The last four digits of the card, and never more of it; absent when it was not paid by card. Example: `"4242"`.
    pub payment_last4: Option<String>,
    /// When it was bought, not in the future; now when absent.
    pub purchased_at: Option<DateTime>,
}

/// One line of a purchase.
#[derive(Clone, Debug, InputObject)]
pub struct PurchaseItemInput {
    /// What kind of thing it is.
    pub category: PurchaseCategory,
    /// The code of the product in the catalogue: 1 to 40 characters. Example: `"DF-1042"`.
    pub product_code: String,
    /// How many, 1 to 1,000.
    pub quantity: i32,
    /// The price of one in minor units, 0 to 1,000,000,000.
    pub unit_price_minor: Long,
}

/// The purchase was recorded.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "order:read")]
pub struct PurchaseRecorded {
    /// The purchase.
    pub purchase: Purchase,
}

/// What can come of recording a purchase.
#[derive(Union)]
pub enum RecordPurchaseOutcome {
    /// It was recorded.
    Recorded(PurchaseRecorded),
    /// Values cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer.
    NotFound(NotFound),
    /// The key was used for another purchase.
    Conflict(Conflict),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Kept {
    Recorded(PurchaseId),
    Refused(InvalidInput),
}

/// The facts of `order.purchase.made.v1`.
#[derive(Serialize)]
struct PurchaseFacts {
    purchase_id: PurchaseId,
    channel: purchase::PurchaseChannel,
    description_code: String,
    total_minor: i64,
    currency: String,
}

/// Records a purchase, and publishes `order.purchase.made.v1`.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn record(
    database: &Database,
    session: &Session,
    input: RecordPurchaseInput,
) -> Result<RecordPurchaseOutcome> {
    let permit = id::try_read(&input.customer_id)
        .and_then(|customer| session.actor.permit("order:write", customer));
    let Some(permit) = permit else {
        return Ok(RecordPurchaseOutcome::NotFound(NotFound::of("customer")));
    };
    let purchase = match check::purchase(session, *permit.subject(), &input) {
        Ok(purchase) => purchase,
        Err(fields) => {
            return Ok(RecordPurchaseOutcome::InvalidInput(InvalidInput::of(
                fields,
            )));
        }
    };
    let fingerprint = input.to_value();
    let kept = database
        .transaction(async |transaction| {
            let work = async || write(transaction, session, &permit, purchase.clone()).await;
            idempotency::once(
                transaction,
                DOMAIN,
                session,
                Some(input.idempotency_key),
                &fingerprint,
                work,
            )
            .await
        })
        .await?;
    Ok(match kept {
        Once::OtherInput => RecordPurchaseOutcome::Conflict(Conflict::repeated()),
        Once::Outcome(Kept::Refused(refusal)) => RecordPurchaseOutcome::InvalidInput(refusal),
        Once::Outcome(Kept::Recorded(purchase)) => {
            match store::by_id(database, session.actor.rows("order:write"), purchase).await? {
                Some(purchase) => RecordPurchaseOutcome::Recorded(PurchaseRecorded {
                    purchase: Purchase(purchase),
                }),
                None => RecordPurchaseOutcome::NotFound(NotFound::of("purchase")),
            }
        }
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    purchase: purchase::Model,
) -> Result<Kept> {
    if let Some(flight) = purchase.flight_id
        && !store::has_flight(transaction, flight).await?
    {
        return Ok(Kept::Refused(InvalidInput::of(vec![FieldProblem::at(
            "input.flightId",
            "There is no flight with this id.",
        )])));
    }
    let facts = PurchaseFacts {
        purchase_id: purchase.id,
        channel: purchase.channel,
        description_code: description_code(&purchase.items),
        total_minor: purchase.total_minor,
        currency: purchase.currency.clone(),
    };
    let event = NewEvent {
        kind: "order.purchase.made.v1",
        subject: purchase.id.to_string(),
        customer_id: Some(purchase.customer_id),
        time: purchase.purchased_at,
        data: &facts,
    };
    store::insert(transaction, permit, purchase).await?;
    outbox::append(transaction, DOMAIN, session, &[event]).await?;
    Ok(Kept::Recorded(facts.purchase_id))
}

/// What was bought in one word: the category that all lines share, or `MIXED`.
fn description_code(items: &purchase::PurchaseItems) -> String {
    let first = items.0.first().map(|item| item.category);
    let shared = first.filter(|first| items.0.iter().all(|item| item.category == *first));
    shared
        .map_or("MIXED", |category| match category {
            purchase::PurchaseCategory::DutyFree => "DUTY_FREE",
            purchase::PurchaseCategory::FoodAndDrink => "FOOD_AND_DRINK",
            purchase::PurchaseCategory::Connectivity => "CONNECTIVITY",
            purchase::PurchaseCategory::Entertainment => "ENTERTAINMENT",
            purchase::PurchaseCategory::Merchandise => "MERCHANDISE",
            purchase::PurchaseCategory::Bundle => "BUNDLE",
        })
        .to_owned()
}
