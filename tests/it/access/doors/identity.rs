//! Who can sign in, and where they are signed in.

use serde_json::json;

use super::{Door, Known, Seen, mutation, query};

/// Who can sign in, and where they are signed in.
pub(super) fn all(known: &Known) -> Vec<Door> {
    let invitation = json!({ "email": "somebody@example.com", "displayName": "Somebody", "role": "customer", "customerId": known.customer });
    let role = json!({ "userId": known.user, "expectedVersion": 1, "role": "analyst" });
    let state = json!({ "userId": known.user, "expectedVersion": 1 });
    let sessions = "query($value: ID) { sessions(userId: $value, first: 10) { nodes { id } } }";
    vec![
        query("user", "id", json!(known.user), "email", Seen::Forbidden),
        Door {
            field: "sessions",
            document: sessions.to_owned(),
            variables: json!({ "value": known.user }),
            seen: Seen::EmptyList,
        },
        query(
            "apiClient",
            "id",
            json!(known.client),
            "name",
            Seen::Forbidden,
        ),
        mutation(
            "revokeApiClient",
            json!({ "apiClientId": known.client }),
            Seen::Forbidden,
        ),
        query("device", "id", json!(known.device), "name", Seen::Forbidden),
        mutation(
            "revokeDevice",
            json!({ "deviceId": known.device }),
            Seen::Forbidden,
        ),
        mutation("inviteUser", invitation, Seen::Forbidden),
        mutation("changeUserRole", role, Seen::Forbidden),
        mutation("disableUser", state.clone(), Seen::Forbidden),
        mutation("enableUser", state, Seen::Forbidden),
        mutation(
            "resetSecondFactors",
            json!({ "userId": known.user }),
            Seen::Forbidden,
        ),
        mutation(
            "revokeSession",
            json!({ "sessionId": known.session }),
            Seen::NotFound,
        ),
        mutation(
            "revokeSessions",
            json!({ "userId": known.user }),
            Seen::NotFound,
        ),
    ]
}
