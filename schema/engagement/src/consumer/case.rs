use entities::{
    case::{
        case::Status,
        comment::{AuthorKind, Visibility},
    },
    engagement::notification::Kind,
    id::{CaseId, ClaimId, CustomerId, FlightId, OrderId},
};
use schema_kernel::{Event, Result, Session};
use sea_orm::DatabaseTransaction;
use serde::Deserialize;

use super::{CASE_CHANGED, CASE_COMMENTED};
use crate::{
    notification::{About, Draft, tell},
    template::{Fact, Facts},
};

/// What this domain reads of `case.case.*`.
#[derive(Debug, Deserialize)]
struct Case {
    case_id: CaseId,
    reference: String,
    order_id: Option<OrderId>,
    flight_id: Option<FlightId>,
    #[serde(default)]
    claim_ids: Vec<ClaimId>,
    to: Option<Status>,
    visibility: Option<Visibility>,
    author_kind: Option<AuthorKind>,
}

/// A case was opened, answered, or came to another state.
pub(super) async fn came(
    transaction: &DatabaseTransaction,
    session: &Session,
    event: &Event,
    customer: CustomerId,
) -> Result<()> {
    let case: Case = event.facts()?;
    let kind = match event.kind.as_str() {
        CASE_COMMENTED => case.answered(),
        CASE_CHANGED => case.changed(),
        _ => case.opened(),
    };
    let Some(kind) = kind else { return Ok(()) };
    let draft = Draft {
        kind,
        // Each of these is news.
        topic: format!("case:{}:{}", case.case_id, event.id),
        about: About {
            order_id: case.order_id,
            flight_id: case.flight_id,
            case_id: Some(case.case_id),
            ..About::default()
        },
        facts: Facts::default().with("reference", Fact::Text(case.reference)),
        relevant_until: None,
    };
    tell(transaction, session, event, customer, None, draft).await
}

impl Case {
    /// Of a case that was opened for a claim, the claim itself tells.
    fn opened(&self) -> Option<Kind> {
        self.claim_ids.is_empty().then_some(Kind::CaseOpened)
    }

    /// What customers write themselves is no news to them.
    fn answered(&self) -> Option<Kind> {
        let is_public = self.visibility == Some(Visibility::Public);
        let is_ours = matches!(
            self.author_kind,
            Some(AuthorKind::Staff | AuthorKind::Service)
        );
        (is_public && is_ours).then_some(Kind::CaseAnswered)
    }

    fn changed(&self) -> Option<Kind> {
        match self.to? {
            Status::PendingCustomer => Some(Kind::CaseWaiting),
            Status::Resolved => Some(Kind::CaseResolved),
            Status::New
            | Status::Triaged
            | Status::Assigned
            | Status::InProgress
            | Status::PendingThirdParty
            | Status::PendingApproval
            | Status::Closed
            | Status::Reopened
            | Status::Merged
            | Status::Withdrawn
            | Status::RejectedSpam => None,
        }
    }
}
