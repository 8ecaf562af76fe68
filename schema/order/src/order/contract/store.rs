//! Reading and writing whole orders.

use entities::{
    id::{AncillaryId, CustomerId, FlightId, FlightSegmentId, OrderId, OrderItemId, ServiceId},
    order::{
        ancillary::{self, AncillaryStatus},
        bag_tag, flight,
        flight_segment::{self, SegmentStatus},
        journey, order,
        order_item::{self, OrderItemStatus},
        passenger,
        service::{self, DeliveryStatus},
        ticket,
    },
};
use schema_kernel::{Permit, Result, Rows};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, sea_query::Expr,
};

use super::{Contract, Flights};
use crate::order::store::visible_to;

/// One order that the actor reaches, held against changes until the transaction ends.
pub(crate) async fn held(
    transaction: &DatabaseTransaction,
    rows: Rows,
    id: OrderId,
) -> Result<Option<order::Model>> {
    Ok(visible_to(rows)
        .filter(order::Column::Id.eq(id))
        .lock_exclusive()
        .one(transaction)
        .await?)
}

/// Everything that belongs to `order`.
pub(crate) async fn read(
    transaction: &DatabaseTransaction,
    order: order::Model,
) -> Result<Contract> {
    macro_rules! parts {
        ($table:ident by $column:ident) => {
            $table::Entity::find()
                .filter($table::Column::OrderId.eq(order.id))
                .order_by_asc($table::Column::$column)
                .order_by_asc($table::Column::Id)
                .all(transaction)
                .await?
        };
    }
    Ok(Contract {
        items: parts!(order_item by Position),
        services: parts!(service by Position),
        journeys: parts!(journey by Position),
        passengers: parts!(passenger by Position),
        segments: parts!(flight_segment by Sequence),
        tickets: parts!(ticket by IssuedAt),
        ancillaries: parts!(ancillary by Position),
        bag_tags: parts!(bag_tag by Number),
        order,
    })
}

/// The flights with these ids as they stand, held against changes until the transaction ends, so that no seat is sold
/// on a flight that is being cancelled.
pub(crate) async fn flights(
    transaction: &DatabaseTransaction,
    ids: impl IntoIterator<Item = FlightId>,
) -> Result<Flights> {
    let ids: std::collections::BTreeSet<FlightId> = ids.into_iter().collect();
    let rows = flight::Entity::find()
        .filter(flight::Column::Id.is_in(ids))
        .order_by_asc(flight::Column::Id)
        .lock_shared()
        .all(transaction)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Which of these seats somebody has already.
pub(crate) async fn taken(
    transaction: &DatabaseTransaction,
    wanted: &[(FlightId, String)],
) -> Result<Vec<(FlightId, String)>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows = flight_segment::Entity::find()
        .filter(flight_segment::Column::FlightId.is_in(wanted.iter().map(|(flight, _)| *flight)))
        .filter(flight_segment::Column::Seat.is_in(wanted.iter().map(|(_, seat)| seat.as_str())))
        .all(transaction)
        .await?;
    let seats = rows
        .into_iter()
        .filter_map(|row| Some((row.flight_id, row.seat?)));
    Ok(seats.filter(|seat| wanted.contains(seat)).collect())
}

/// Writes a new order.
pub(crate) async fn insert(
    transaction: &DatabaseTransaction,
    _: &Permit<CustomerId>,
    contract: Contract,
) -> Result<()> {
    order::Entity::insert(contract.order.into_active_model())
        .exec_without_returning(transaction)
        .await?;
    many::<journey::Entity, _>(transaction, contract.journeys).await?;
    many::<passenger::Entity, _>(transaction, contract.passengers).await?;
    many::<order_item::Entity, _>(transaction, contract.items).await?;
    many::<flight_segment::Entity, _>(transaction, contract.segments).await?;
    many::<ancillary::Entity, _>(transaction, contract.ancillaries).await?;
    many::<service::Entity, _>(transaction, contract.services).await?;
    many::<ticket::Entity, _>(transaction, contract.tickets).await?;
    many::<bag_tag::Entity, _>(transaction, contract.bag_tags).await
}

async fn many<E, M>(transaction: &DatabaseTransaction, rows: Vec<M>) -> Result<()>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: Send,
{
    if !rows.is_empty() {
        let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        E::insert_many(rows)
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}

/// What a change does to rows that are there already, and which it adds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    pub(crate) items: Vec<(OrderItemId, OrderItemStatus)>,
    pub(crate) services: Vec<(ServiceId, DeliveryStatus)>,
    pub(crate) ancillaries: Vec<(AncillaryId, AncillaryStatus)>,
    /// Ancillaries and services of a moved segment follow it.
    pub(crate) followed: Vec<(FlightSegmentId, FlightSegmentId)>,
    /// The places given up, with what they become; their seats are free again.
    pub(crate) given_up: Vec<(FlightSegmentId, SegmentStatus)>,
    pub(crate) seats: Vec<(FlightSegmentId, Option<String>)>,
    pub(crate) journeys: Vec<journey::Model>,
    pub(crate) tickets: Vec<ticket::Model>,
    pub(crate) new_segments: Vec<flight_segment::Model>,
    pub(crate) new_services: Vec<service::Model>,
    pub(crate) new_tickets: Vec<ticket::Model>,
}

/// Writes the order itself, with its version counted up, and all changes to its parts.
pub(crate) async fn save(
    transaction: &DatabaseTransaction,
    permit: &Permit<CustomerId>,
    order: &order::Model,
    changes: Changes,
) -> Result<()> {
    let owner = *permit.subject();
    order::Entity::update_many()
        .col_expr(order::Column::Version, Expr::value(order.version))
        .col_expr(order::Column::Status, Expr::value(order.status))
        .col_expr(order::Column::RefundMinor, Expr::value(order.refund_minor))
        .col_expr(order::Column::CancelledAt, Expr::value(order.cancelled_at))
        .filter(order::Column::Id.eq(order.id))
        .filter(order::Column::CustomerId.eq(owner))
        .exec(transaction)
        .await?;
    save_states(transaction, &changes).await?;
    many::<flight_segment::Entity, _>(transaction, changes.new_segments).await?;
    many::<service::Entity, _>(transaction, changes.new_services).await?;
    for (from, to) in changes.followed {
        ancillary::Entity::update_many()
            .col_expr(ancillary::Column::FlightSegmentId, Expr::value(to))
            .filter(ancillary::Column::FlightSegmentId.eq(from))
            .exec(transaction)
            .await?;
        service::Entity::update_many()
            .col_expr(service::Column::FlightSegmentId, Expr::value(to))
            .filter(service::Column::FlightSegmentId.eq(from))
            .filter(service::Column::AncillaryId.is_not_null())
            .exec(transaction)
            .await?;
    }
    save_seats(transaction, changes.seats).await?;
    for journey in changes.journeys {
        journey
            .into_active_model()
            .reset_all()
            .update(transaction)
            .await?;
    }
    for ticket in changes.tickets {
        ticket
            .into_active_model()
            .reset_all()
            .update(transaction)
            .await?;
    }
    many::<ticket::Entity, _>(transaction, changes.new_tickets).await
}

async fn save_states(transaction: &DatabaseTransaction, changes: &Changes) -> Result<()> {
    macro_rules! set {
        ($table:ident . $column:ident = $changes:expr) => {
            for (state, ids) in by_state($changes) {
                $table::Entity::update_many()
                    .col_expr($table::Column::$column, Expr::value(state))
                    .filter($table::Column::Id.is_in(ids))
                    .exec(transaction)
                    .await?;
            }
        };
    }
    set!(order_item.Status = &changes.items);
    set!(service.DeliveryStatus = &changes.services);
    set!(ancillary.Status = &changes.ancillaries);
    set!(flight_segment.Status = &changes.given_up);
    free_seats(transaction, changes.given_up.iter().map(|(id, _)| *id)).await
}

/// The ids of each state, so that each state is one statement.
fn by_state<Id: Copy, State: Copy + PartialEq>(changes: &[(Id, State)]) -> Vec<(State, Vec<Id>)> {
    let mut groups: Vec<(State, Vec<Id>)> = Vec::new();
    for (id, state) in changes {
        match groups.iter_mut().find(|(known, _)| known == state) {
            Some((_, ids)) => ids.push(*id),
            None => groups.push((*state, vec![*id])),
        }
    }
    groups
}

async fn free_seats(
    transaction: &DatabaseTransaction,
    segments: impl Iterator<Item = FlightSegmentId>,
) -> Result<()> {
    flight_segment::Entity::update_many()
        .col_expr(flight_segment::Column::Seat, Expr::value(None::<String>))
        .filter(flight_segment::Column::Id.is_in(segments))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn save_seats(
    transaction: &DatabaseTransaction,
    seats: Vec<(FlightSegmentId, Option<String>)>,
) -> Result<()> {
    // Two passengers may swap: nobody may sit on the seat of the other while it is written.
    free_seats(transaction, seats.iter().map(|(id, _)| *id)).await?;
    for (segment, seat) in seats {
        if seat.is_some() {
            flight_segment::Entity::update_many()
                .col_expr(flight_segment::Column::Seat, Expr::value(seat))
                .filter(flight_segment::Column::Id.eq(segment))
                .exec(transaction)
                .await?;
        }
    }
    Ok(())
}
