//! A change to a case in the making: the row as it will be, and what its history will say about the way there.

use chrono::{DateTime, Utc};
use entities::{
    case::{
        case::{Evidence, Impact, Model, Modifiers, ResolutionCode, Status, Urgency},
        case_event::CaseEventKind,
        comment::Visibility,
    },
    id::AgentId,
};
use serde::Serialize;

use super::{
    policy::{self, Resolution},
    priority, state,
};

/// One entry that the history will have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) kind: CaseEventKind,
    pub(crate) visibility: Visibility,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    pub(crate) reason: Option<String>,
}

/// One step along the lifecycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) from: Status,
    pub(crate) to: Status,
    pub(crate) answer: Option<ResolutionCode>,
}

/// The change.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    pub(crate) case: Model,
    pub(crate) entries: Vec<Entry>,
    pub(crate) steps: Vec<Step>,
}

impl Revision {
    /// No change yet.
    pub(crate) fn of(case: Model) -> Self {
        Self {
            case,
            entries: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Goes to another state. That the lifecycle allows it was decided before.
    pub(crate) fn enter(
        &mut self,
        to: Status,
        actor: &str,
        at: DateTime<Utc>,
        reason: Option<&str>,
    ) {
        let case = &mut self.case;
        let from = std::mem::replace(&mut case.status, to);
        case.is_open = state::is_open(to);
        case.approval_requested_by = (to == Status::PendingApproval).then(|| actor.to_owned());
        if to == Status::Resolved {
            case.resolved_at = Some(at);
        }
        if state::is_ended(to) {
            case.closed_at = Some(at);
        }
        if to == Status::Reopened {
            case.resolved_at = None;
            case.closed_at = None;
            case.clock_started_at = at;
            case.answer(Resolution::default());
            case.aim();
        }
        let answer = self.case.resolution_code;
        self.steps.push(Step { from, to, answer });
        self.note(
            CaseEventKind::StateChanged,
            Visibility::Public,
            Some(spelled(from)),
            Some(spelled(to)),
            reason,
        );
    }

    /// Keeps the answer.
    pub(crate) fn answer(&mut self, resolution: Resolution) {
        self.case.answer(resolution);
    }

    /// Gives the case to an agent, or to nobody.
    pub(crate) fn assign(&mut self, agent: Option<AgentId>, reason: Option<&str>) {
        let before = std::mem::replace(&mut self.case.assignee_id, agent);
        let text = |agent: Option<AgentId>| agent.map(|agent| agent.to_string());
        self.note(
            CaseEventKind::Assigned,
            Visibility::Internal,
            text(before),
            text(agent),
            reason,
        );
    }

    /// Takes new inputs of the priority, and the priority that follows from them.
    pub(crate) fn weigh(
        &mut self,
        impact: Impact,
        urgency: Urgency,
        modifiers: Modifiers,
        reason: Option<&str>,
    ) {
        let case = &mut self.case;
        (case.impact, case.urgency, case.modifiers) = (impact, urgency, modifiers);
        let computed = priority::of(impact, urgency, modifiers);
        let revised = priority::revised(case.case_type, case.priority, computed);
        let before = std::mem::replace(&mut case.priority, revised);
        case.aim();
        if before != revised {
            self.note(
                CaseEventKind::PriorityChanged,
                Visibility::Internal,
                Some(spelled(before)),
                Some(spelled(revised)),
                reason,
            );
        }
    }

    /// Adds an entry to the history.
    pub(crate) fn note(
        &mut self,
        kind: CaseEventKind,
        visibility: Visibility,
        old: Option<String>,
        new: Option<String>,
        reason: Option<&str>,
    ) {
        self.entries.push(Entry {
            kind,
            visibility,
            old,
            new,
            reason: reason.map(str::to_owned),
        });
    }
}

/// What follows from other columns of the row.
pub(crate) trait Derived {
    /// Sets the target, and with it the place in the queue, from the priority and the start of the clock.
    fn aim(&mut self);

    /// Sets the columns of the answer.
    fn answer(&mut self, resolution: Resolution);
}

impl Derived for Model {
    fn aim(&mut self) {
        self.target_at = self.clock_started_at + policy::resolution_target(self.priority);
        self.rank = policy::rank(self.priority, self.target_at);
    }

    fn answer(&mut self, resolution: Resolution) {
        self.resolution_code = resolution.code;
        self.resolution_summary = resolution.summary;
        self.resolution_basis = resolution.basis;
        self.resolution_evidence =
            (!resolution.evidence.is_empty()).then_some(Evidence(resolution.evidence));
    }
}

/// A state or priority as it is stored: `IN_PROGRESS`, `P2`.
pub(crate) fn spelled(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
