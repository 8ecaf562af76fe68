//! What people ask for that is theirs by law, what they allow, and who looked at them.

use serde_json::json;

use super::{Door, Known, Seen, mutation, query};

/// What people ask for that is theirs by law, what they allow, and who looked at them.
pub(super) fn all(known: &Known) -> Vec<Door> {
    let customer = json!({ "customerId": known.customer });
    let list = |field: &'static str, kind: &str, selection: &str, seen| Door {
        field,
        document: format!(
            "query($value: {kind}) {{ {field}(filter: $value, first: 10) {{ nodes {{ {selection} }} }} }}"
        ),
        variables: json!({ "value": customer }),
        seen,
    };
    let step =
        json!({ "dataRequestId": known.data_request, "expectedVersion": 1, "step": "VERIFY" });
    let consent = json!({ "customerId": known.customer, "purpose": "PROFILING" });
    let mut grant = consent.clone();
    grant["textVersion"] = "2026-11".into();
    vec![
        query(
            "dataRequest",
            "id",
            json!(known.data_request),
            "state",
            Seen::Nothing,
        ),
        list(
            "dataRequests",
            "DataRequestFilter",
            "state",
            Seen::EmptyList,
        ),
        list(
            "auditRecords",
            "AuditRecordFilter",
            "action",
            Seen::Forbidden,
        ),
        mutation(
            "openDataRequest",
            json!({ "customerId": known.customer, "kind": "ACCESS" }),
            Seen::NotFound,
        ),
        mutation("advanceDataRequest", step, Seen::Forbidden),
        mutation("grantConsent", grant, Seen::NotFound),
        mutation("withdrawConsent", consent, Seen::NotFound),
    ]
}
