use std::collections::HashSet;

use entities::id::{FlightId, PassengerId};
use schema_kernel::problem::FieldProblem;

use super::{super::read::Wanted, Planner};

impl Planner<'_> {
    /// Plans the changes of seats: each is on a place that is still ahead, and free once the change is made.
    pub(super) fn seats(&mut self, wanted: &Wanted, taken: &[(FlightId, String)]) {
        let mut asked = HashSet::new();
        for (index, (id, seat)) in wanted.seats.iter().enumerate() {
            let path = format!("input.seats.{index}");
            let given_up = self
                .changes
                .given_up
                .iter()
                .any(|(segment, _)| segment == id);
            let Some(segment) = self
                .contract
                .segment(*id)
                .filter(|segment| !given_up && self.is_ahead(segment))
            else {
                self.problems.push(FieldProblem::at(
                    &format!("{path}.flightSegmentId"),
                    "There is no place with this id in the order whose flight is still ahead.",
                ));
                continue;
            };
            if let Some(seat) = seat {
                let place = (segment.flight_id, seat.clone());
                if !self.has_seat(segment.passenger_id) {
                    self.problems.push(FieldProblem::at(
                        &format!("{path}.seat"),
                        "This passenger travels on a lap and has no seat.",
                    ));
                }
                let is_free = !taken.contains(&place) || self.is_released(wanted, &place);
                if !is_free || !asked.insert(place) {
                    self.problems.push(FieldProblem::at(
                        &format!("{path}.seat"),
                        format!("Seat {seat} is taken; choose another one."),
                    ));
                }
            }
            self.changes.seats.push((*id, seat.clone()));
        }
    }

    fn has_seat(&self, passenger: PassengerId) -> bool {
        self.contract
            .passengers
            .iter()
            .any(|known| known.id == passenger && known.has_seat)
    }

    /// Whether the same change takes this seat from whoever has it now.
    fn is_released(&self, wanted: &Wanted, (flight, seat): &(FlightId, String)) -> bool {
        let mut holders =
            self.contract.segments.iter().filter(|segment| {
                segment.flight_id == *flight && segment.seat.as_ref() == Some(seat)
            });
        holders.any(|holder| {
            wanted
                .seats
                .iter()
                .any(|(segment, _)| *segment == holder.id)
                || self
                    .changes
                    .given_up
                    .iter()
                    .any(|(segment, _)| *segment == holder.id)
        })
    }
}
