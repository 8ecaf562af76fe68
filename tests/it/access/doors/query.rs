//! Everything that is read.

use serde_json::json;

use super::{Door, Known, Seen, query};

pub(super) fn all(known: &Known) -> Vec<Door> {
    vec![
        query(
            "customer",
            "id",
            json!(known.customer),
            "displayName",
            Seen::Nothing,
        ),
        query(
            "order",
            "id",
            json!(known.order),
            "recordLocator",
            Seen::Nothing,
        ),
        query(
            "orders",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { recordLocator }",
            Seen::EmptyList,
        ),
        query(
            "flight",
            "id",
            json!(known.flight),
            "designator",
            Seen::Everything,
        ),
        query("case", "id", json!(known.case), "subject", Seen::Nothing),
        query(
            "cases",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { subject }",
            Seen::EmptyList,
        ),
        query(
            "baggageReport",
            "id",
            json!(known.report),
            "reference",
            Seen::Nothing,
        ),
        query(
            "baggageReports",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { reference }",
            Seen::EmptyList,
        ),
        query("agent", "id", json!(known.agent), "name", Seen::Forbidden),
        query(
            "incident",
            "id",
            json!(known.incident),
            "title",
            Seen::Everything,
        ),
        query("claim", "id", json!(known.claim), "status", Seen::Nothing),
        query(
            "claims",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { status }",
            Seen::EmptyList,
        ),
        query(
            "notification",
            "id",
            json!(known.notification),
            "kind",
            Seen::Nothing,
        ),
        query(
            "notifications",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { kind }",
            Seen::EmptyList,
        ),
        query("payout", "id", json!(known.payout), "status", Seen::Nothing),
        query(
            "payouts",
            "filter",
            json!({ "customerId": known.customer }),
            "nodes { status }",
            Seen::EmptyList,
        ),
    ]
}
