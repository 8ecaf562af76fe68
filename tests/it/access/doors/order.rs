//! Orders and flights.

use serde_json::json;

use super::{Door, Known, Seen, mutation, new_key};

pub(super) fn mutations(known: &Known) -> Vec<Door> {
    let segment = json!({ "flightId": known.flight, "cabin": "Y", "bookingClass": "Y" });
    let place = json!({
        "idempotencyKey": new_key(), "customerId": known.customer, "ownerAirline": "EK", "channel": "WEB", "currency": "EUR", "paymentMethod": "CARD",
        "passengers": [{ "givenName": "Eve", "familyName": "Khoury", "kind": "ADULT" }], "journeys": [{ "segments": [segment], "faresMinor": [100] }],
    });
    let bought = json!({
        "idempotencyKey": new_key(), "customerId": known.customer, "channel": "WEB", "currency": "EUR",
        "items": [{ "category": "MERCHANDISE", "productCode": "MUG-1", "quantity": 1, "unitPriceMinor": 1200 }],
    });
    let schedule = json!({ "flightId": known.flight, "idempotencyKey": new_key(), "kind": "CANCELLATION", "cancellation": { "causeCode": "41" } });
    vec![
        mutation("placeOrder", place, Seen::NotFound),
        mutation(
            "changeOrder",
            json!({
                "orderId": known.order, "expectedVersion": 1, "seats": [{ "flightSegmentId": known.segment, "seat": "1A" }],
                "moveJourneys": [{ "journeyId": known.journey, "segments": [segment] }],
            }),
            Seen::NotFound,
        ),
        mutation(
            "cancelOrder",
            json!({ "orderId": known.order, "expectedVersion": 1 }),
            Seen::NotFound,
        ),
        mutation("recordPurchase", bought, Seen::NotFound),
        mutation("recordFlightEvent", schedule, Seen::Forbidden),
    ]
}
