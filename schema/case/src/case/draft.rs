use chrono::{DateTime, Utc};
use entities::{
    case::case::{CaseType, Channel, Impact, Model, Modifiers, Status, Urgency},
    id::{CaseId, CustomerId, FlightId, IncidentId, OrderId},
};
use serde::Serialize;

use super::{policy, priority, revision::Derived};

/// A case that is not open yet: everything that does not follow from something else.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Draft {
    pub(crate) case_type: CaseType,
    pub(crate) subject: String,
    pub(crate) description: String,
    pub(crate) channel: Channel,
    pub(crate) impact: Impact,
    pub(crate) urgency: Urgency,
    pub(crate) modifiers: Modifiers,
    pub(crate) customer_id: Option<CustomerId>,
    pub(crate) order_id: Option<OrderId>,
    pub(crate) flight_id: Option<FlightId>,
    pub(crate) source_key: Option<String>,
}

impl Draft {
    /// The case as it is when it is opened at the instant `at`.
    pub(crate) fn open(
        self,
        id: CaseId,
        reference: String,
        incident_id: Option<IncidentId>,
        at: DateTime<Utc>,
    ) -> Model {
        let mut case = Model {
            id,
            reference,
            case_type: self.case_type,
            subject: self.subject,
            description: self.description,
            status: Status::New,
            is_open: true,
            priority: priority::of(self.impact, self.urgency, self.modifiers),
            impact: self.impact,
            urgency: self.urgency,
            modifiers: self.modifiers,
            rank: 0,
            queue: policy::queue_of(self.case_type).to_owned(),
            assignee_id: None,
            customer_id: self.customer_id,
            order_id: self.order_id,
            flight_id: self.flight_id,
            incident_id,
            merged_into_id: None,
            source_key: self.source_key,
            channel: self.channel,
            resolution_code: None,
            resolution_summary: None,
            resolution_basis: None,
            resolution_evidence: None,
            opened_at: at,
            updated_at: at,
            clock_started_at: at,
            target_at: at,
            resolved_at: None,
            closed_at: None,
            is_escalated: false,
            is_on_legal_hold: false,
            approval_requested_by: None,
            version: 1,
        };
        case.aim();
        case
    }
}
