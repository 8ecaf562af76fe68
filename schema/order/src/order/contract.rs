//! An order with all its parts: what is written when it is placed, and read when it is changed.

pub(crate) mod store;

use std::collections::HashMap;

use entities::{
    id::{FlightId, FlightSegmentId, JourneyId},
    order::{
        ancillary, bag_tag, flight, flight_segment, journey, order, order_item, passenger, service,
        ticket,
    },
};

/// Flights by id, as they stand now.
pub(crate) type Flights = HashMap<FlightId, flight::Model>;

/// The most that an order holds; larger parties are groups, which are sold otherwise.
pub(crate) mod limit {
    /// Passengers of one order, as in a passenger name record.
    pub(crate) const PASSENGERS: usize = 9;
    /// Journeys of one order.
    pub(crate) const JOURNEYS: usize = 6;
    /// Flights of one journey.
    pub(crate) const FLIGHTS: usize = 8;
    /// Ancillaries of one order.
    pub(crate) const ANCILLARIES: usize = 60;
}

/// The parts of one order.
#[derive(Clone, Debug)]
pub(crate) struct Contract {
    pub(crate) order: order::Model,
    pub(crate) items: Vec<order_item::Model>,
    pub(crate) services: Vec<service::Model>,
    pub(crate) journeys: Vec<journey::Model>,
    pub(crate) passengers: Vec<passenger::Model>,
    pub(crate) segments: Vec<flight_segment::Model>,
    pub(crate) tickets: Vec<ticket::Model>,
    pub(crate) ancillaries: Vec<ancillary::Model>,
    pub(crate) bag_tags: Vec<bag_tag::Model>,
}

impl Contract {
    /// The segments of one journey, whatever became of them.
    pub(crate) fn segments_of(
        &self,
        journey: JourneyId,
    ) -> impl Iterator<Item = &flight_segment::Model> {
        self.segments
            .iter()
            .filter(move |segment| segment.journey_id == journey)
    }

    /// One segment.
    pub(crate) fn segment(&self, id: FlightSegmentId) -> Option<&flight_segment::Model> {
        self.segments.iter().find(|segment| segment.id == id)
    }

    /// The flights of all segments, each once.
    pub(crate) fn flight_ids(&self) -> impl Iterator<Item = FlightId> {
        self.segments.iter().map(|segment| segment.flight_id)
    }
}
