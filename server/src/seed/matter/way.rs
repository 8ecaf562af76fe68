//! The ways along which cases go.

use chrono::{DateTime, Utc};
use entities::case::{case::Status, case_event::CaseEventKind, comment::Visibility};
use serde::Serialize;

/// One line of a case's history.
pub(super) struct Entry {
    pub(super) at: DateTime<Utc>,
    pub(super) kind: CaseEventKind,
    pub(super) visibility: Visibility,
    pub(super) author: Author,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// Who does something to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Author {
    Customer,
    Agent,
    Program,
}

/// The states on the way to another one, each leading to the next.
pub(super) fn way_to(status: Status) -> &'static [Status] {
    use Status::{
        Assigned, Closed, InProgress, Merged, PendingApproval, PendingCustomer, PendingThirdParty,
        RejectedSpam, Reopened, Resolved, Triaged, Withdrawn,
    };
    match status {
        Status::New => &[],
        Triaged => &[Triaged],
        Assigned => &[Triaged, Assigned],
        InProgress => &[Triaged, Assigned, InProgress],
        PendingCustomer => &[Triaged, Assigned, InProgress, PendingCustomer],
        PendingThirdParty => &[Triaged, Assigned, InProgress, PendingThirdParty],
        PendingApproval => &[Triaged, Assigned, InProgress, PendingApproval],
        Resolved => &[Triaged, Assigned, InProgress, Resolved],
        Closed => &[
            Triaged,
            Assigned,
            InProgress,
            PendingCustomer,
            InProgress,
            Resolved,
            Closed,
        ],
        Reopened => &[Triaged, Assigned, InProgress, Resolved, Reopened],
        Withdrawn => &[Triaged, Assigned, Withdrawn],
        Merged => &[Triaged, Merged],
        RejectedSpam => &[RejectedSpam],
    }
}

/// A state as it is stored.
pub(super) fn spelled(value: impl Serialize) -> Option<String> {
    serde_json::to_value(value)
        .ok()?
        .as_str()
        .map(str::to_owned)
}
