//! Cases and bags.

use serde_json::json;

use super::{Door, Known, Seen, mutation, new_key};

pub(super) fn mutations(known: &Known) -> Vec<Door> {
    let open = json!({ "type": "COMPLAINT", "subject": "Mine", "description": "Give it to me.", "customerId": known.customer });
    let missing = json!({
        "kind": "DELAYED", "reference": "DXBEK00002", "arrivedOn": tests::build::baggage::ARRIVED_ON, "description": "It is mine.",
        "customerId": known.customer,
    });
    vec![
        mutation("openCase", open, Seen::NotFound),
        mutation(
            "commentOnCase",
            json!({ "caseId": known.case, "text": "I am Amara." }),
            Seen::NotFound,
        ),
        mutation(
            "assignCase",
            json!({ "caseId": known.case, "expectedVersion": 2, "agentId": known.agent }),
            Seen::Forbidden,
        ),
        mutation(
            "changeCaseState",
            json!({ "caseId": known.case, "expectedVersion": 2, "to": "WITHDRAWN" }),
            Seen::NotFound,
        ),
        mutation(
            "changeCasePriority",
            json!({ "caseId": known.case, "expectedVersion": 2, "impact": "SAFETY" }),
            Seen::Forbidden,
        ),
        mutation(
            "linkClaim",
            json!({ "caseId": known.case, "claimId": known.claim }),
            Seen::Forbidden,
        ),
        mutation("reportBaggage", missing, Seen::NotFound),
        mutation(
            "changeBaggageState",
            json!({ "reportId": known.report, "expectedVersion": 1, "to": "DELIVERED" }),
            Seen::NotFound,
        ),
        mutation(
            "addBaggageExpense",
            json!({
                "reportId": known.report, "idempotencyKey": new_key(), "kind": "CLOTHING", "amountMinor": 100, "currency": "EUR",
                "spentOn": "2026-01-01", "description": "Mine.",
            }),
            Seen::NotFound,
        ),
        mutation(
            "decideClaim",
            json!({ "claimId": known.claim, "expectedVersion": 1, "decision": "APPROVE" }),
            Seen::Forbidden,
        ),
    ]
}
