use std::collections::HashSet;

use entities::{
    id::FlightId,
    order::{
        flight,
        flight_segment::{self, SegmentStatus},
        journey, order,
        order_item::{self, OrderItemStatus},
        passenger,
    },
};
use schema_kernel::Result;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::SelectStatement,
};

use super::{AffectedJourney, Facts, assemble};
use crate::journey::state;

// SQLite takes 32,766 values in a statement.
const FLIGHTS_PER_STATEMENT: usize = 10_000;

/// The passenger journeys with a place held on any of `flights`, in six statements however many there are; one
/// statement when there are none. Read it on the transaction that changed the flights, to see them as they are now.
///
/// # Errors
/// `INTERNAL_SERVER_ERROR` when the database fails.
pub async fn of_flights(
    connection: &impl ConnectionTrait,
    flights: &[FlightId],
) -> Result<Vec<AffectedJourney>> {
    let mut affected = Vec::new();
    for chunk in flights.chunks(FLIGHTS_PER_STATEMENT) {
        let facts = read(connection, chunk).await?;
        affected.extend(assemble(
            &chunk.iter().copied().collect::<HashSet<_>>(),
            facts,
        ));
    }
    Ok(affected)
}

async fn read(connection: &impl ConnectionTrait, flights: &[FlightId]) -> Result<Facts> {
    let on_flights = |column| {
        column_of(
            holding().filter(flight_segment::Column::FlightId.is_in(flights.to_vec())),
            column,
        )
    };
    let of_journeys = |column| {
        let journeys = on_flights(flight_segment::Column::JourneyId);
        column_of(
            holding().filter(flight_segment::Column::JourneyId.in_subquery(journeys)),
            column,
        )
    };
    let segments = holding()
        .filter(
            flight_segment::Column::JourneyId
                .in_subquery(on_flights(flight_segment::Column::JourneyId)),
        )
        .order_by_asc(flight_segment::Column::JourneyId)
        .order_by_asc(flight_segment::Column::PassengerId)
        .order_by_asc(flight_segment::Column::Sequence)
        .all(connection)
        .await?;
    if segments.is_empty() {
        return Ok(Facts::default());
    }
    let orders = || on_flights(flight_segment::Column::OrderId);
    Ok(Facts {
        segments,
        flights: flight::Entity::find()
            .filter(flight::Column::Id.in_subquery(of_journeys(flight_segment::Column::FlightId)))
            .all(connection)
            .await?,
        journeys: journey::Entity::find()
            .filter(journey::Column::Id.in_subquery(on_flights(flight_segment::Column::JourneyId)))
            .all(connection)
            .await?,
        passengers: passenger::Entity::find()
            .filter(
                passenger::Column::Id.in_subquery(on_flights(flight_segment::Column::PassengerId)),
            )
            .all(connection)
            .await?,
        orders: order::Entity::find()
            .filter(order::Column::Id.in_subquery(orders()))
            .all(connection)
            .await?,
        items: order_item::Entity::find()
            .filter(order_item::Column::OrderId.in_subquery(orders()))
            .filter(order_item::Column::Status.ne(OrderItemStatus::Cancelled))
            .all(connection)
            .await?,
    })
}

fn holding() -> sea_orm::Select<flight_segment::Entity> {
    flight_segment::Entity::find().filter(
        flight_segment::Column::Status
            .is_in(SegmentStatus::iter().filter(|status| state::holds(*status))),
    )
}

fn column_of(
    select: sea_orm::Select<flight_segment::Entity>,
    column: flight_segment::Column,
) -> SelectStatement {
    select.select_only().column(column).into_query()
}
