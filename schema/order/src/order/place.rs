//! Placing an order.

mod check;
mod rows;

use async_graphql::{ID, InputObject, InputType, SimpleObject, Union};
use entities::id::{CustomerId, OrderId};
use schema_kernel::{
    Database, Permit, Result, Session, id,
    idempotency::{self, Once},
    money::Long,
    outbox,
    problem::{Conflict, InvalidInput, NotFound},
    scalar::IataAirline,
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Order,
    collision::{Attempts, Repeated},
    contract, event,
    kind::{FareKind, OrderChannel, PaymentMethod},
    store,
};
use crate::{
    DOMAIN, ancillary::AncillaryKind, journey::SegmentInput, passenger::PassengerKind,
    reference::airlines_by_designator,
};

/// An order to place. Prices are those of the offer that the customer accepted.
#[derive(Clone, Debug, InputObject)]
pub struct PlaceOrderInput {
    /// A UUID of your own. The same request under the same key is done once and answered twice.
    pub idempotency_key: Uuid,
    /// The customer who orders.
    pub customer_id: ID,
    /// The IATA designator of the airline that owns the order and issues its tickets. Example: `"EK"`.
    pub owner_airline: IataAirline,
    /// Where the order is placed.
    pub channel: OrderChannel,
    /// The ISO 4217 code of every price. Example: `"EUR"`.
    pub currency: String,
    /// How the order is paid.
    pub payment_method: PaymentMethod,
    /// What kind of fare is paid.
    #[graphql(default_with = "FareKind::Public")]
    pub fare_kind: FareKind,
    /// Who travels: 1 to 9 passengers, with at least as many adults as infants without a seat, and one adult for any infant.
    pub passengers: Vec<PassengerInput>,
    /// What is flown: 1 to 6 journeys in order of travel. Out and back are two.
    pub journeys: Vec<JourneyInput>,
    /// What is bought beside the seats, at most 60.
    #[graphql(default)]
    pub ancillaries: Vec<AncillaryInput>,
}

/// A person who travels.
#[derive(Clone, Debug, InputObject)]
pub struct PassengerInput {
    /// Given names, as on the travel document: 1 to 100 characters.
    pub given_name: String,
    /// Family name, as on the travel document: 1 to 100 characters.
    pub family_name: String,
    /// What kind of passenger, by age on the day of travel.
    pub kind: PassengerKind,
    /// Whether they get a seat of their own. When absent: infants get none, everybody else gets one.
    pub has_seat: Option<bool>,
    /// The passenger's own customer record, where it is known.
    pub customer_id: Option<ID>,
}

/// A trip from a first origin to a final destination.
#[derive(Clone, Debug, InputObject)]
pub struct JourneyInput {
    /// The flights in order of travel, 1 to 8; each leaves from where the one before arrived, 20 minutes later or more.
    pub segments: Vec<SegmentInput>,
    /// What each passenger pays for the journey in minor units, in the order of `passengers`. Example: `[45000, 45000, 0]`.
    pub fares_minor: Vec<Long>,
    /// Seats to hold, at most one for each passenger and flight.
    #[graphql(default)]
    pub seats: Vec<SeatInput>,
}

/// A seat for one passenger on one flight of a journey.
#[derive(Clone, Debug, InputObject)]
pub struct SeatInput {
    /// The place of the passenger in `passengers`, from 0.
    pub passenger: i32,
    /// The place of the flight in `segments`, from 0.
    pub segment: i32,
    /// Row and letter. Example: `"12A"`.
    pub seat: String,
}

/// Something to buy beside the seat.
#[derive(Clone, Debug, InputObject)]
pub struct AncillaryInput {
    /// The place of the passenger in `passengers`, from 0.
    pub passenger: i32,
    /// The place of the journey in `journeys`, from 0; absent for what is tied to no flight. Goes with `segment`.
    pub journey: Option<i32>,
    /// The place of the flight in the journey's `segments`, from 0. Goes with `journey`.
    pub segment: Option<i32>,
    /// What it is. `SEAT`, `BAG`, `WIFI` and `UPGRADE` are tied to a flight.
    pub kind: AncillaryKind,
    /// The reason for issuance sub-code of the product: three letters or digits. Example: `"0AA"`.
    pub rfisc: String,
    /// The price in minor units.
    pub price_minor: Long,
}

/// The order was placed.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "order:read")]
pub struct OrderPlaced {
    /// The order, with its record locator and tickets.
    pub order: Order,
}

/// What can come of placing an order.
#[derive(Union)]
pub enum PlaceOrderOutcome {
    /// It was placed.
    Placed(OrderPlaced),
    /// Values cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such customer.
    NotFound(NotFound),
    /// The key was used for another order.
    Conflict(Conflict),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
enum Kept {
    Placed(OrderId),
    Refused(InvalidInput),
}

/// Places an order: tickets are issued, seats held, ancillaries paid, and `order.order.placed.v1` is published.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn place(
    database: &Database,
    session: &Session,
    input: PlaceOrderInput,
) -> Result<PlaceOrderOutcome> {
    let permit = id::try_read(&input.customer_id)
        .and_then(|customer| session.actor.permit("order:write", customer));
    let Some(permit) = permit else {
        return Ok(PlaceOrderOutcome::NotFound(NotFound::of("customer")));
    };
    let request = match check::shape(&input, &session.actor) {
        Ok(request) => request,
        Err(fields) => return Ok(PlaceOrderOutcome::InvalidInput(InvalidInput::of(fields))),
    };
    let fingerprint = input.to_value();
    let mut attempts = Attempts::default();
    let kept = loop {
        let outcome = database
            .transaction(async |transaction| {
                let work = async || write(transaction, session, &permit, &request).await;
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
            .await;
        if !attempts.again(&outcome) {
            break outcome?;
        }
    };
    Ok(match kept {
        Once::OtherInput => PlaceOrderOutcome::Conflict(Conflict::repeated()),
        Once::Outcome(Kept::Refused(refusal)) => PlaceOrderOutcome::InvalidInput(refusal),
        Once::Outcome(Kept::Placed(order)) => {
            match store::by_id(database, session.actor.rows("order:write"), order).await? {
                Some(order) => PlaceOrderOutcome::Placed(OrderPlaced {
                    order: Order(order),
                }),
                None => PlaceOrderOutcome::NotFound(NotFound::of("order")),
            }
        }
    })
}

async fn write(
    transaction: &DatabaseTransaction,
    session: &Session,
    permit: &Permit<CustomerId>,
    request: &check::Request,
) -> Result<Kept> {
    let flights = contract::store::flights(transaction, request.flight_ids()).await?;
    let taken = contract::store::taken(transaction, &request.wanted_seats()).await?;
    let owner = request.owner_airline.as_str();
    let prefix = airlines_by_designator(transaction, [owner])
        .await?
        .remove(owner)
        .and_then(|airline| airline.ticketing_prefix);
    let offer = match check::against(request, &flights, &taken, prefix, session.now()) {
        Ok(offer) => offer,
        Err(fields) => return Ok(Kept::Refused(InvalidInput::of(fields))),
    };
    let contract = rows::of(session, *permit.subject(), request, &offer);
    let names = event::Names::read(transaction, &contract.journeys, &flights).await?;
    let facts = event::OrderFacts::of(
        &contract.order,
        &contract.journeys,
        &contract.segments,
        &names,
    );
    let (order, placed_at) = (contract.order.id, contract.order.placed_at);
    contract::store::insert(transaction, permit, contract).await?;
    outbox::append(
        transaction,
        DOMAIN,
        session,
        &[facts.event("order.order.placed.v1", *permit.subject(), placed_at)],
    )
    .await?;
    Ok(Kept::Placed(order))
}
