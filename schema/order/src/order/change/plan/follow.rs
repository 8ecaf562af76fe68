use entities::{
    id::{FlightSegmentId, PassengerId},
    order::{
        flight_segment,
        order_item::OrderItemKind,
        service::{self, DeliveryStatus},
        ticket::CouponStatus,
    },
};

use super::{Planner, position};
use crate::ticket;

impl Planner<'_> {
    /// The services of the old places are taken out, those of the new ones are added under the same item.
    pub(super) fn services(&mut self, model: &flight_segment::Model, new: &[FlightSegmentId]) {
        let (journey, passenger) = (model.journey_id, model.passenger_id);
        let mut items = self
            .contract
            .items
            .iter()
            .filter(|item| item.kind == OrderItemKind::Flight);
        let Some(item) =
            items.find(|item| item.journey_id == Some(journey) && item.passenger_id == passenger)
        else {
            return;
        };
        let carried = self.contract.services.iter().filter(|service| {
            service.order_item_id == item.id && service.delivery_status != DeliveryStatus::Removed
        });
        self.changes
            .services
            .extend(carried.map(|service| (service.id, DeliveryStatus::Removed)));
        for segment in new {
            let place = self.contract.services.len() + self.changes.new_services.len();
            self.changes.new_services.push(service::Model {
                id: self.session.new_id(),
                order_id: item.order_id,
                order_item_id: item.id,
                customer_id: item.customer_id,
                passenger_id: item.passenger_id,
                flight_segment_id: Some(*segment),
                ancillary_id: None,
                delivery_status: DeliveryStatus::ReadyToProceed,
                position: position(place),
            });
        }
    }

    /// Coupons of the old places are exchanged for new tickets of the airline that issued the old ones.
    pub(super) fn exchange(
        &mut self,
        passenger: PassengerId,
        old: &[FlightSegmentId],
        new: &[FlightSegmentId],
    ) {
        // A ticket may hold coupons of two journeys that are moved at once: the later change starts from the earlier.
        let changed = std::mem::take(&mut self.changes.tickets);
        let unchanged = self
            .contract
            .tickets
            .iter()
            .filter(|ticket| changed.iter().all(|other| other.id != ticket.id));
        let current: Vec<_> = changed.iter().chain(unchanged).cloned().collect();
        let closed = ticket::closed(&current, old, CouponStatus::Exchanged);
        let others = changed
            .into_iter()
            .filter(|ticket| closed.iter().all(|other| other.id != ticket.id))
            .collect::<Vec<_>>();
        self.changes.tickets = closed.into_iter().chain(others).collect();

        let Some(prefix) = self
            .contract
            .tickets
            .first()
            .and_then(|ticket| ticket.number.get(..3))
        else {
            return;
        };
        let Some(passenger) = self
            .contract
            .passengers
            .iter()
            .find(|known| known.id == passenger)
        else {
            return;
        };
        self.changes
            .new_tickets
            .extend(ticket::issue(self.session, prefix, passenger, new));
    }
}
