//! Electronic tickets and their coupons.

use async_graphql::{Context, Enum, ID, Object};
use entities::{
    id::{FlightSegmentId, OrderId, TicketId},
    order::{passenger, ticket},
};
use schema_kernel::guard::Personal;
use schema_kernel::{
    Error, Result, Session,
    id::show,
    scalar::{DateTime, TicketNumber},
};

use crate::{
    journey::FlightSegment,
    order::{edge, reference_number},
    passenger::Passenger,
};

/// How many coupons a ticket has; longer trips get several tickets, issued in conjunction.
const COUPONS: usize = 4;

/// The status of a coupon, written as its IATA letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::ticket::CouponStatus")]
pub enum CouponStatus {
    /// Open for use.
    Open,
    /// Under the control of the airport.
    AirportControl,
    /// The passenger has checked in.
    CheckedIn,
    /// The passenger has boarded.
    Lifted,
    /// Used.
    Flown,
    /// Exchanged for another ticket.
    Exchanged,
    /// Paid back.
    Refunded,
    /// Never valid.
    Void,
    /// Suspended.
    Suspended,
    /// Released for irregular operations.
    IrregularOperations,
    /// Closed.
    Closed,
}

/// An electronic ticket.
#[derive(Clone, Debug)]
pub struct Ticket(pub(crate) ticket::Model);

/// An electronic ticket: the right of one passenger to up to four flights.
#[Object(requires_scopes = "order:read", directive = Personal::apply("TRAVEL"))]
impl Ticket {
    /// The id of the ticket.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// The ticket number: 13 digits, the first three of them the airline's. Example: `"1762345678901"`.
    async fn number(&self) -> Result<TicketNumber> {
        ticket_number(&self.0.number)
    }

    /// Who may travel on it.
    async fn passenger(&self, context: &Context<'_>) -> Option<Result<Passenger>> {
        edge::passenger(context, self.0.order_id, self.0.passenger_id).await
    }

    /// When it was issued.
    async fn issued_at(&self) -> DateTime {
        self.0.issued_at
    }

    /// Its coupons, one to four, in order of travel.
    async fn coupons(&self) -> Vec<Coupon> {
        self.0
            .coupons
            .0
            .iter()
            .map(|coupon| Coupon {
                order_id: self.0.order_id,
                row: coupon.clone(),
            })
            .collect()
    }
}

/// A stored document number as the graph shows it.
pub(crate) fn ticket_number(stored: &str) -> Result<TicketNumber> {
    TicketNumber::parse(stored)
        .map_err(|reason| Error::internal(anyhow::anyhow!("a stored document number: {reason}")))
}

/// One coupon of a ticket.
#[derive(Clone, Debug)]
pub struct Coupon {
    order_id: OrderId,
    row: ticket::Coupon,
}

/// One coupon of a ticket: the right to one flight.
#[Object(requires_scopes = "order:read")]
impl Coupon {
    /// Its number on the ticket, 1 to 4.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// What has become of it.
    async fn status(&self) -> CouponStatus {
        self.row.status.into()
    }

    /// The flight segment it is for.
    async fn segment(&self, context: &Context<'_>) -> Option<Result<FlightSegment>> {
        edge::segment(context, self.order_id, self.row.flight_segment_id).await
    }
}

/// The tickets of one passenger for these segments, in order of travel: one for each four flights.
pub(crate) fn issue(
    session: &Session,
    ticketing_prefix: &str,
    passenger: &passenger::Model,
    segments: &[FlightSegmentId],
) -> Vec<ticket::Model> {
    let issue = |segments: &[FlightSegmentId]| {
        let id: TicketId = session.new_id();
        let coupons = segments
            .iter()
            .zip(1..)
            .map(|(segment, number)| ticket::Coupon {
                number,
                flight_segment_id: *segment,
                status: ticket::CouponStatus::Open,
            });
        ticket::Model {
            id,
            order_id: passenger.order_id,
            customer_id: passenger.customer_id,
            passenger_id: passenger.id,
            number: reference_number::document(ticketing_prefix, id.0),
            issued_at: session.now(),
            coupons: ticket::Coupons(coupons.collect()),
        }
    };
    segments.chunks(COUPONS).map(issue).collect()
}

/// The tickets on which a coupon of one of `segments` was still open, with those coupons set to `status`.
pub(crate) fn closed(
    tickets: &[ticket::Model],
    segments: &[FlightSegmentId],
    status: ticket::CouponStatus,
) -> Vec<ticket::Model> {
    let is_hit = |coupon: &ticket::Coupon| {
        is_usable(coupon.status) && segments.contains(&coupon.flight_segment_id)
    };
    let hit = tickets
        .iter()
        .filter(|ticket| ticket.coupons.0.iter().any(is_hit));
    hit.cloned()
        .map(|mut ticket| {
            for coupon in ticket.coupons.0.iter_mut().filter(|coupon| is_hit(coupon)) {
                coupon.status = status;
            }
            ticket
        })
        .collect()
}

/// Whether a coupon can still be used, exchanged or paid back.
fn is_usable(status: ticket::CouponStatus) -> bool {
    use ticket::CouponStatus as Status;
    match status {
        Status::Open
        | Status::AirportControl
        | Status::CheckedIn
        | Status::Suspended
        | Status::IrregularOperations => true,
        Status::Lifted
        | Status::Flown
        | Status::Exchanged
        | Status::Refunded
        | Status::Void
        | Status::Closed => false,
    }
}
