use entities::{
    compensation::{
        disruption,
        journey::{self, Column, Entity},
    },
    id::{CustomerId, FlightId, JourneyId},
};
use schema_kernel::{Permit, Result};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::OnConflict,
};

use super::{Known, OrderTold};

/// How many journeys of a customer are looked through for a flight.
const MOST: u64 = 200;

/// Notes the journeys of an order as they are now.
pub(crate) async fn note(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    told: &OrderTold,
) -> Result<()> {
    let mut rows = Vec::new();
    for journey in &told.journeys {
        let Some(id) = journey.journey_id else {
            continue;
        };
        rows.push(
            journey::Model {
                id,
                customer_id: *permit.subject(),
                order_id: told.order_id,
                departs_at: journey.departs_at,
                passenger_ids: serde_json::to_value(&journey.passenger_ids)?,
                flight_ids: serde_json::to_value(&journey.flight_ids)?,
                course: journey.course().map(serde_json::to_value).transpose()?,
            }
            .into_active_model(),
        );
    }
    if rows.is_empty() {
        return Ok(());
    }
    let newest = OnConflict::column(Column::Id)
        .update_columns([
            Column::DepartsAt,
            Column::PassengerIds,
            Column::FlightIds,
            Column::Course,
        ])
        .to_owned();
    Entity::insert_many(rows)
        .on_conflict(newest)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// What is known of a journey: what was told when it was sold, or else what went wrong with it.
pub(crate) async fn known(
    transaction: &DatabaseTransaction,
    id: JourneyId,
) -> Result<Option<Known>> {
    if let Some(row) = Entity::find_by_id(id).one(transaction).await? {
        return Known::told(row).map(Some);
    }
    let disrupted = disruption::Entity::find()
        .filter(disruption::Column::JourneyId.eq(id))
        .all(transaction)
        .await?;
    Ok(Known::disrupted(&disrupted))
}

/// The journey of a customer with this flight; the newest, should there be several.
pub(crate) async fn known_by_flight(
    transaction: &DatabaseTransaction,
    customer: CustomerId,
    flight: FlightId,
) -> Result<Option<Known>> {
    let rows = Entity::find()
        .filter(Column::CustomerId.eq(customer))
        .order_by_desc(Column::DepartsAt)
        .limit(MOST)
        .all(transaction)
        .await?;
    for row in rows {
        let known = Known::told(row)?;
        if known.flights.contains(&flight) {
            return Ok(Some(known));
        }
    }
    Ok(None)
}
