use chrono::NaiveDate;
use entities::{
    engagement::notification::Kind,
    id::{CaseId, CustomerId, FlightId, OrderId},
};
use schema_kernel::{Error, Event, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use super::BAGGAGE_COMPLAINT_DUE;
use crate::{
    notification::{About, Draft, tell},
    template::{Fact, Facts},
};

/// What this domain reads of `case.baggage.*`.
#[derive(Debug, Deserialize)]
struct Baggage {
    case_id: CaseId,
    reference: String,
    order_id: Option<OrderId>,
    flight_id: Option<FlightId>,
    complaint_due_on: Option<NaiveDate>,
    deemed_lost_on: NaiveDate,
}

/// A period of the Montreal Convention is near its end, or over.
pub(super) async fn period(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    customer: CustomerId,
) -> Result<()> {
    let baggage: Baggage = event.facts()?;
    let (kind, day) = if event.kind == BAGGAGE_COMPLAINT_DUE {
        let last = baggage.complaint_due_on.ok_or_else(|| {
            Error::internal(anyhow::anyhow!("a period of complaint without a last day"))
        })?;
        (Kind::BaggageComplaintDue, last)
    } else {
        (Kind::BaggageDeemedLost, baggage.deemed_lost_on)
    };
    let draft = Draft {
        kind,
        // Each of these is news.
        topic: format!("case:{}:{}", baggage.case_id, event.id),
        about: About {
            order_id: baggage.order_id,
            flight_id: baggage.flight_id,
            case_id: Some(baggage.case_id),
            ..About::default()
        },
        facts: Facts::default()
            .with("reference", Fact::Text(baggage.reference))
            .with("day", Fact::Text(day.to_string())),
        relevant_until: None,
    };
    tell(transaction, session, event, customer, None, draft).await
}
