//! Notifications.

use serde_json::json;

use super::{Door, Known, Seen, mutation};

pub(super) fn mutations(known: &Known) -> Vec<Door> {
    let wish = json!({ "customerId": known.customer, "expectedVersion": 0, "isMailWanted": false, "isInAppWanted": true });
    vec![
        mutation(
            "markNotificationRead",
            json!({ "notificationId": known.notification }),
            Seen::NotFound,
        ),
        mutation("setChannelPreference", wish, Seen::NotFound),
        mutation(
            "retryDelivery",
            json!({ "deliveryId": known.delivery, "expectedVersion": 1 }),
            Seen::Forbidden,
        ),
    ]
}
