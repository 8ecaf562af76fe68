//! Customers.

use serde_json::json;

use super::{Door, Known, Seen, mutation};

pub(super) fn mutations(known: &Known) -> Vec<Door> {
    let customer = &known.customer;
    let point = json!({ "customerId": customer, "contactPointId": known.contact_point });
    vec![
        mutation(
            "updateCustomer",
            json!({ "customerId": customer, "expectedVersion": 1, "givenName": "Eve" }),
            Seen::NotFound,
        ),
        mutation(
            "addContactPoint",
            json!({ "customerId": customer, "kind": "EMAIL", "value": "eve@example.com" }),
            Seen::NotFound,
        ),
        mutation("removeContactPoint", point.clone(), Seen::NotFound),
        mutation("setPrimaryContactPoint", point, Seen::NotFound),
        mutation(
            "addLoyaltyMembership",
            json!({ "customerId": customer, "membership": { "programme": "MILES", "number": "EVE123" } }),
            Seen::NotFound,
        ),
        mutation(
            "setPreference",
            json!({ "customerId": customer, "kind": "SEAT", "value": "WINDOW" }),
            Seen::NotFound,
        ),
        mutation(
            "removePreference",
            json!({ "customerId": customer, "kind": "SEAT" }),
            Seen::NotFound,
        ),
        mutation(
            "recordInteraction",
            json!({ "customerId": customer, "kind": "CALL", "channel": "PHONE", "direction": "INBOUND", "summary": "I am Amara." }),
            Seen::NotFound,
        ),
    ]
}
