//! The lifecycle of a case: which state leads where, and who may take it there.
//!
//! ```text
//! NEW -> TRIAGED -> ASSIGNED -> IN_PROGRESS -> RESOLVED -> CLOSED
//! IN_PROGRESS <-> PENDING_CUSTOMER | PENDING_THIRD_PARTY | PENDING_APPROVAL
//! RESOLVED -> REOPENED -> IN_PROGRESS
//! CLOSED   -> REOPENED
//! any open -> MERGED | WITHDRAWN | REJECTED_SPAM
//! ```

use chrono::{DateTime, Duration, Utc};
use entities::case::case::Status;

/// A customer may come back to an answer within this time.
pub const REOPEN_RESOLVED: Duration = Duration::days(14);
/// A supervisor may come back to a closed case within this time.
pub const REOPEN_CLOSED: Duration = Duration::days(60);

/// What the lifecycle asks of a case.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// How far it has come.
    pub status: Status,
    /// When it was resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whose request waits for approval.
    pub approval_requested_by: Option<&'a str>,
}

/// Who moves a case.
#[derive(Clone, Copy, Debug)]
pub struct Mover<'a> {
    /// As histories show actors.
    pub actor: &'a str,
    /// What they are to the case.
    pub part: Part,
}

/// What somebody is to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The customer it is about, who may give it up or come back to it.
    Customer,
    /// Somebody who works on it.
    Staff,
    /// Somebody who answers for those who work on it.
    Supervisor,
}

/// Why a case may not go where it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such way, or not any more, or not for this mover; the text names the rule.
    NoWay(&'static str),
    /// Nobody approves their own request.
    OwnRequest,
}

const ENDS: [Status; 3] = [Status::Merged, Status::Withdrawn, Status::RejectedSpam];

/// Every state, for those who ask which can be reached.
pub const ALL: [Status; 13] = [
    Status::New,
    Status::Triaged,
    Status::Assigned,
    Status::InProgress,
    Status::PendingCustomer,
    Status::PendingThirdParty,
    Status::PendingApproval,
    Status::Resolved,
    Status::Closed,
    Status::Reopened,
    Status::Merged,
    Status::Withdrawn,
    Status::RejectedSpam,
];

/// Whether somebody still has to work on a case in this state.
pub fn is_open(status: Status) -> bool {
    match status {
        Status::New
        | Status::Triaged
        | Status::Assigned
        | Status::InProgress
        | Status::PendingCustomer
        | Status::PendingThirdParty
        | Status::PendingApproval
        | Status::Reopened => true,
        Status::Resolved
        | Status::Closed
        | Status::Merged
        | Status::Withdrawn
        | Status::RejectedSpam => false,
    }
}

/// Whether a case in this state has an end, for now or for ever.
pub fn is_ended(status: Status) -> bool {
    status == Status::Closed || ENDS.contains(&status)
}

/// Whether the table has a way from one state to the other, whoever goes and whenever.
pub fn leads(from: Status, to: Status) -> bool {
    if is_open(from) && ENDS.contains(&to) {
        return true;
    }
    let onwards: &[Status] = match from {
        Status::New => &[Status::Triaged],
        Status::Triaged => &[Status::Assigned],
        Status::Assigned
        | Status::PendingCustomer
        | Status::PendingThirdParty
        | Status::PendingApproval
        | Status::Reopened => &[Status::InProgress],
        Status::InProgress => &[
            Status::PendingCustomer,
            Status::PendingThirdParty,
            Status::PendingApproval,
            Status::Resolved,
        ],
        Status::Resolved => &[Status::Closed, Status::Reopened],
        Status::Closed => &[Status::Reopened],
        Status::Merged | Status::Withdrawn | Status::RejectedSpam => &[],
    };
    onwards.contains(&to)
}

/// Decides one step at the instant `at`.
pub fn step(
    standing: &Standing<'_>,
    mover: &Mover<'_>,
    to: Status,
    at: DateTime<Utc>,
) -> Result<(), Refusal> {
    let from = standing.status;
    if !leads(from, to) {
        return Err(Refusal::NoWay("domain 2.4: lifecycle of a case"));
    }
    if mover.part == Part::Customer && !matches!(to, Status::Withdrawn | Status::Reopened) {
        return Err(Refusal::NoWay(
            "domain 2.4: a customer may withdraw or reopen a case, nothing else",
        ));
    }
    if from == Status::Resolved
        && to == Status::Reopened
        && !within(standing.resolved_at, REOPEN_RESOLVED, at)
    {
        return Err(Refusal::NoWay(
            "domain 2.4: RESOLVED -> REOPENED within 14 days",
        ));
    }
    if from == Status::Closed && to == Status::Reopened {
        if mover.part != Part::Supervisor {
            return Err(Refusal::NoWay(
                "domain 2.4: CLOSED -> REOPENED by a supervisor",
            ));
        }
        if !within(standing.closed_at, REOPEN_CLOSED, at) {
            return Err(Refusal::NoWay(
                "domain 2.4: CLOSED -> REOPENED within 60 days",
            ));
        }
    }
    let is_approval = from == Status::PendingApproval && to == Status::InProgress;
    if is_approval && standing.approval_requested_by == Some(mover.actor) {
        return Err(Refusal::OwnRequest);
    }
    Ok(())
}

/// The states this mover can bring the case to at the instant `at`.
pub fn reachable(standing: &Standing<'_>, mover: &Mover<'_>, at: DateTime<Utc>) -> Vec<Status> {
    ALL.into_iter()
        .filter(|to| step(standing, mover, *to, at).is_ok())
        .collect()
}

/// Where a customer's reply takes a case: an answer they come back to is reopened, and work that waited for them goes on.
pub fn after_reply(standing: &Standing<'_>, at: DateTime<Utc>) -> Option<Status> {
    match standing.status {
        Status::Resolved => {
            within(standing.resolved_at, REOPEN_RESOLVED, at).then_some(Status::Reopened)
        }
        Status::PendingCustomer => Some(Status::InProgress),
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

/// The states a case passes when it is given to somebody: nobody is given a case that was not triaged.
pub fn on_assignment(status: Status) -> &'static [Status] {
    match status {
        Status::New => &[Status::Triaged, Status::Assigned],
        Status::Triaged => &[Status::Assigned],
        Status::Assigned
        | Status::InProgress
        | Status::PendingCustomer
        | Status::PendingThirdParty
        | Status::PendingApproval
        | Status::Resolved
        | Status::Closed
        | Status::Reopened
        | Status::Merged
        | Status::Withdrawn
        | Status::RejectedSpam => &[],
    }
}

// Exactly at the limit is still in time.
fn within(since: Option<DateTime<Utc>>, limit: Duration, at: DateTime<Utc>) -> bool {
    since.is_some_and(|since| at - since <= limit)
}

#[cfg(test)]
mod tests;
