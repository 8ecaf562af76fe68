//! Which cases a list holds, and in what order.

use async_graphql::{Enum, ID, InputObject};
use chrono::{DateTime, Utc};
use entities::{
    case as stored,
    id::{AgentId, CustomerId, OrderId},
};
use schema_kernel::{Error, Result, id};

use crate::kind::{CasePriority, CaseStatus, CaseType};

/// Which cases to list. Every part that is given has to fit; an empty filter fits every case.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseFilter {
    /// The queue in which it waits.
    pub queue: Option<CaseQueueFilter>,
    /// How far it has come.
    pub status: Option<CaseStatusFilter>,
    /// Whether somebody still has to work on it.
    pub is_open: Option<bool>,
    /// How soon it is to be worked on.
    pub priority: Option<CasePriorityFilter>,
    /// What it is about.
    #[graphql(name = "type")]
    pub case_type: Option<CaseTypeFilter>,
    /// Who has it.
    pub assignee: Option<CaseAssigneeFilter>,
    /// The id of the customer it is about.
    pub customer_id: Option<ID>,
    /// The id of the order it is about.
    pub order_id: Option<ID>,
    /// When it was opened.
    pub opened_between: Option<CasePeriod>,
}

/// Queues by code. Example: `{ eq: "CustomerAffairs" }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseQueueFilter {
    /// It is this one.
    pub eq: Option<String>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<String>>,
}

/// States. Example: `{ in: [NEW, TRIAGED] }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseStatusFilter {
    /// It is this one.
    pub eq: Option<CaseStatus>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<CaseStatus>>,
}

/// Priorities. Example: `{ in: [P1, P2] }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CasePriorityFilter {
    /// It is this one.
    pub eq: Option<CasePriority>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<CasePriority>>,
}

/// Types. Example: `{ eq: REFUND }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseTypeFilter {
    /// It is this one.
    pub eq: Option<CaseType>,
    /// It is one of these.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<CaseType>>,
}

/// Agents. Example: `{ isNull: true }` for cases that nobody has.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CaseAssigneeFilter {
    /// The agent with this id has it.
    pub eq: Option<ID>,
    /// Nobody has it (`true`), or somebody has (`false`).
    pub is_null: Option<bool>,
}

/// A period. Example: `{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }`.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CasePeriod {
    /// Its first instant.
    pub from: Option<DateTime<Utc>>,
    /// The first instant after it.
    pub to: Option<DateTime<Utc>>,
}

/// The order of a list of cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CaseSort {
    /// The order of work: priority, then the earliest target. Holds open cases alone, unless the filter says otherwise.
    Priority,
    /// The newest first.
    OpenedAt,
}

/// The filter, understood.
#[derive(Clone, Debug, Default)]
pub(crate) struct Criteria {
    pub(crate) queues: Option<Vec<String>>,
    pub(crate) statuses: Option<Vec<stored::case::Status>>,
    pub(crate) priorities: Option<Vec<stored::case::Priority>>,
    pub(crate) case_types: Option<Vec<stored::case::CaseType>>,
    pub(crate) assignee: Assignee,
    pub(crate) customer_id: Option<CustomerId>,
    pub(crate) order_id: Option<OrderId>,
    pub(crate) opened_from: Option<DateTime<Utc>>,
    pub(crate) opened_before: Option<DateTime<Utc>>,
    open: Option<bool>,
}

/// Who has the cases of a list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Assignee {
    #[default]
    Any,
    Agent(AgentId),
    Nobody,
    Somebody,
}

impl Criteria {
    /// Whether the list holds open cases, others, or (`None`) both.
    pub(crate) fn is_open(&self, sort: CaseSort) -> Option<bool> {
        match sort {
            CaseSort::Priority if self.statuses.is_none() => self.open.or(Some(true)),
            CaseSort::Priority | CaseSort::OpenedAt => self.open,
        }
    }

    /// Reads a filter.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` when an id in it cannot be one, or it asks for more values than a filter can hold.
    pub(crate) fn read(filter: CaseFilter) -> Result<Self> {
        let (queue, status) = (
            filter.queue.unwrap_or_default(),
            filter.status.unwrap_or_default(),
        );
        let (priority, case_type) = (
            filter.priority.unwrap_or_default(),
            filter.case_type.unwrap_or_default(),
        );
        let period = filter.opened_between.unwrap_or_default();
        Ok(Self {
            queues: values(queue.eq, queue.one_of)?,
            statuses: values(status.eq, status.one_of)?,
            priorities: values(priority.eq, priority.one_of)?,
            case_types: values(case_type.eq, case_type.one_of)?,
            assignee: assignee(&filter.assignee.unwrap_or_default())?,
            customer_id: filter.customer_id.as_ref().map(id::read).transpose()?,
            order_id: filter.order_id.as_ref().map(id::read).transpose()?,
            opened_from: period.from,
            opened_before: period.to,
            open: filter.is_open,
        })
    }
}

fn assignee(filter: &CaseAssigneeFilter) -> Result<Assignee> {
    match (&filter.eq, filter.is_null) {
        (Some(_), Some(true)) => Err(Error::bad_user_input(
            "`assignee` is either one agent (`eq`) or nobody (`isNull`), not both.",
        )),
        (Some(agent), Some(false) | None) => Ok(Assignee::Agent(id::read(agent)?)),
        (None, Some(true)) => Ok(Assignee::Nobody),
        (None, Some(false)) => Ok(Assignee::Somebody),
        (None, None) => Ok(Assignee::Any),
    }
}

/// What `eq` and `in` allow together.
pub(crate) fn values<Shown, Stored>(
    eq: Option<Shown>,
    one_of: Option<Vec<Shown>>,
) -> Result<Option<Vec<Stored>>>
where
    Shown: PartialEq + Into<Stored>,
{
    const MOST: usize = 50;
    let values = match (eq, one_of) {
        (None, None) => return Ok(None),
        (Some(eq), None) => vec![eq],
        (None, Some(one_of)) => one_of,
        (Some(eq), Some(one_of)) => one_of.into_iter().filter(|value| *value == eq).collect(),
    };
    if values.len() > MOST {
        return Err(Error::bad_user_input(format!(
            "`in` holds at most {MOST} values."
        )));
    }
    Ok(Some(values.into_iter().map(Into::into).collect()))
}
