//! What this domain tells the others. Ids and codes only: what people wrote stays here.

use entities::{
    case::{
        case::{CaseType, Priority, Status},
        comment::{AuthorKind, Visibility},
    },
    id::{CaseId, ClaimId, FlightId, IncidentId, OrderId},
};
use serde::Serialize;

pub(crate) const CASE_OPENED: &str = "case.case.opened.v1";
pub(crate) const CASE_CHANGED: &str = "case.case.changed.v1";
pub(crate) const CASE_REVISED: &str = "case.case.revised.v1";
pub(crate) const CASE_COMMENTED: &str = "case.case.commented.v1";
pub(crate) const CLAIM_LINKED: &str = "case.claim.linked.v1";

/// A case was opened.
#[derive(Debug, Serialize)]
pub(crate) struct CaseOpened<'a> {
    pub(crate) case_id: CaseId,
    pub(crate) reference: &'a str,
    pub(crate) case_type: CaseType,
    pub(crate) priority: Priority,
    pub(crate) queue: &'a str,
    pub(crate) order_id: Option<OrderId>,
    pub(crate) flight_id: Option<FlightId>,
    pub(crate) incident_id: Option<IncidentId>,
    pub(crate) claim_ids: &'a [ClaimId],
}

/// A case came to another state. The reason is the code of the answer; the actor's own words may name people.
#[derive(Debug, Serialize)]
pub(crate) struct CaseChanged<'a> {
    pub(crate) case_id: CaseId,
    pub(crate) reference: &'a str,
    pub(crate) queue: &'a str,
    pub(crate) from: Status,
    pub(crate) to: Status,
    pub(crate) reason: Option<entities::case::case::ResolutionCode>,
}

/// A case stays in its state, and something else about it is different: who has it, or how it is weighed.
#[derive(Debug, Serialize)]
pub(crate) struct CaseRevised<'a> {
    pub(crate) case_id: CaseId,
    pub(crate) reference: &'a str,
    pub(crate) queue: &'a str,
}

/// Somebody wrote on a case.
#[derive(Debug, Serialize)]
pub(crate) struct CaseCommented<'a> {
    pub(crate) case_id: CaseId,
    pub(crate) reference: &'a str,
    pub(crate) queue: &'a str,
    pub(crate) visibility: Visibility,
    pub(crate) author_kind: AuthorKind,
}

/// A claim was linked to a case.
#[derive(Debug, Serialize)]
pub(crate) struct ClaimLinked {
    pub(crate) case_id: CaseId,
    pub(crate) claim_id: ClaimId,
}
