//! Where journeys begin and end, as orders tell it.

use schema_order::flight::disruption::designator;
use serde_json::json;

use super::{order::Draft, reference::Airport, rows::Rows};

/// Notes the courses of an order's journeys.
pub(super) fn note(draft: &Draft<'_>, rows: &mut Rows) {
    for (journey, flights) in draft.journeys.iter().zip(&draft.trip.journeys) {
        let airport = |iata: &str| draft.world.reference.airport(iata);
        let (Some(origin), Some(destination)) = (
            airport(&journey.origin).ok(),
            airport(&journey.destination).ok(),
        ) else {
            continue;
        };
        let place = |airport: &Airport| {
            let row = &airport.row;
            json!({ "iata": row.iata, "country": row.country, "latitude": row.latitude, "longitude": row.longitude })
        };
        let names: Vec<_> = flights
            .iter()
            .map(|place| draft.world.timetable.flight(*place))
            .map(|flight| json!({ "flight_id": flight.id, "designator": designator(flight) }))
            .collect();
        rows.courses.insert(
            journey.id,
            json!({ "origin": place(origin), "destination": place(destination), "flights": names }),
        );
    }
}
