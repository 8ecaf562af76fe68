//! The life of a case: from state to state along its lifecycle, with what is written on the way.

use chrono::{DateTime, TimeDelta, Utc};
use entities::{
    case::{
        case::{self, ResolutionCode, Status},
        case_event::{self, CaseEventKind},
        comment::{self, AuthorKind, Visibility},
    },
    id::CaseId,
};
use schema_case::case::{policy, state};
use schema_kernel::Error;
use serde_json::{Value, json};

use super::{
    template::Template,
    way::{Author, Entry, spelled, way_to},
};
use crate::seed::{rows::Rows, stream::Stream, timeline, world::World};

/// A case in the making.
pub(in crate::seed) struct Life<'a> {
    world: &'a World,
    template: &'a Template,
    case: case::Model,
    entries: Vec<Entry>,
    comments: Vec<(DateTime<Utc>, Author, Visibility, &'static str)>,
    /// Changes of state, for the customer's timeline.
    steps: Vec<(DateTime<Utc>, Status, Status)>,
}

impl<'a> Life<'a> {
    /// A case that was just opened.
    pub(super) fn new(world: &'a World, template: &'a Template, case: case::Model) -> Self {
        let opened = Entry {
            at: case.opened_at,
            kind: CaseEventKind::Opened,
            visibility: Visibility::Public,
            author: Author::Customer,
            old: None,
            new: spelled(case.status),
        };
        Self {
            world,
            template,
            case,
            entries: vec![opened],
            comments: Vec::new(),
            steps: Vec::new(),
        }
    }

    pub(super) fn id(&self) -> CaseId {
        self.case.id
    }

    /// Brings the case to a state, in the time that such cases take and no later than now.
    pub(super) fn reach(&mut self, status: Status, stream: &mut Stream) {
        let way = way_to(status);
        let left = (self.world.calendar.now() - self.case.opened_at).num_minutes();
        let span = stream.between(600, 9 * 1_440).min(left);
        let count = i64::try_from(way.len()).unwrap_or(1) + 1;
        let opened_at = self.case.opened_at;
        for (number, to) in (1_i64..).zip(way) {
            self.enter(
                *to,
                opened_at + TimeDelta::minutes(span * number / count),
                stream,
            );
        }
    }

    fn enter(&mut self, to: Status, at: DateTime<Utc>, stream: &mut Stream) {
        match to {
            Status::Assigned => self.assign(at, stream),
            Status::Resolved => self.answer(at),
            Status::Reopened => self.reopen(at),
            _ => {}
        }
        if let Some((author, visibility, text)) = self.words(to) {
            self.comments.push((at, author, visibility, text));
        }
        let from = std::mem::replace(&mut self.case.status, to);
        self.case.is_open = state::is_open(to);
        self.case.approval_requested_by = if to == Status::PendingApproval {
            self.case.assignee_id.map(|agent| agent.to_string())
        } else {
            None
        };
        if state::is_ended(to) {
            self.case.closed_at = Some(at);
        }
        let author = match to {
            Status::Withdrawn | Status::Reopened => Author::Customer,
            Status::Closed => Author::Program,
            _ => Author::Agent,
        };
        self.note(Entry {
            at,
            kind: CaseEventKind::StateChanged,
            visibility: Visibility::Public,
            author,
            old: spelled(from),
            new: spelled(to),
        });
        self.steps.push((at, from, to));
    }

    /// What is written when the case comes to a state.
    fn words(&self, to: Status) -> Option<(Author, Visibility, &'static str)> {
        let public = |author, text| Some((author, Visibility::Public, text));
        let note = |text| Some((Author::Agent, Visibility::Internal, text));
        match to {
            Status::PendingCustomer => public(Author::Agent, self.template.message),
            Status::PendingThirdParty => note("Waiting for an answer of the airport."),
            Status::PendingApproval => note("Above my limit: please approve."),
            Status::InProgress if self.comments.is_empty() => note(self.template.note),
            Status::InProgress => public(Author::Customer, "Thank you. That helps; please go on."),
            Status::Reopened => public(
                Author::Customer,
                "I do not agree with this answer. Please look at it again.",
            ),
            Status::New
            | Status::Triaged
            | Status::Assigned
            | Status::Resolved
            | Status::Closed
            | Status::Merged
            | Status::Withdrawn
            | Status::RejectedSpam => None,
        }
    }

    fn assign(&mut self, at: DateTime<Utc>, stream: &mut Stream) {
        self.case.assignee_id = self.world.staff.of_queue(&self.case.queue, stream);
        let new = self.case.assignee_id.map(|agent| agent.to_string());
        self.note(Entry {
            at,
            kind: CaseEventKind::Assigned,
            visibility: Visibility::Internal,
            author: Author::Agent,
            old: None,
            new,
        });
    }

    fn answer(&mut self, at: DateTime<Utc>) {
        let case = &mut self.case;
        case.resolution_code = Some(self.template.code);
        case.resolution_summary = Some(self.template.answer.to_owned());
        case.resolution_basis = (self.template.code == ResolutionCode::RejectedNotEntitled)
            .then(|| "Conditions of carriage, article 6.2: boarding times".to_owned());
        case.resolved_at = Some(at);
    }

    fn reopen(&mut self, at: DateTime<Utc>) {
        let case = &mut self.case;
        (
            case.resolution_code,
            case.resolution_summary,
            case.resolution_basis,
            case.resolved_at,
            case.closed_at,
        ) = (None, None, None, None, None);
        case.clock_started_at = at;
        case.target_at = at + policy::resolution_target(case.priority);
        case.rank = policy::rank(case.priority, case.target_at);
    }

    /// Takes another case in.
    pub(super) fn absorb(&mut self, other: &case::Model) {
        let at = other.opened_at + TimeDelta::hours(3);
        self.note(Entry {
            at,
            kind: CaseEventKind::Merged,
            visibility: Visibility::Public,
            author: Author::Agent,
            old: None,
            new: Some(other.id.to_string()),
        });
    }

    /// Ends in another case.
    pub(super) fn merge_into(&mut self, other: CaseId, stream: &mut Stream) {
        let at = self.case.opened_at + TimeDelta::hours(3);
        self.case.merged_into_id = Some(other);
        self.enter(Status::Triaged, at - TimeDelta::minutes(5), stream);
        self.enter(Status::Merged, at, stream);
    }

    fn note(&mut self, entry: Entry) {
        self.case.updated_at = self.case.updated_at.max(entry.at);
        self.case.version += 1;
        self.entries.push(entry);
    }

    /// Writes the case with its history and comments, and what the customer sees of it on the timeline.
    pub(super) fn write(mut self, stream: &Stream, rows: &mut Rows) -> Result<(), Error> {
        self.tell(stream, rows)?;
        for (at, author, visibility, text) in std::mem::take(&mut self.comments) {
            let id: entities::id::CommentId = stream.id(at);
            let (name, kind) = self.name(author);
            self.note(Entry {
                at,
                kind: CaseEventKind::Commented,
                visibility,
                author,
                old: None,
                new: Some(id.to_string()),
            });
            rows.comments.push(comment::Model {
                id,
                case_id: self.case.id,
                customer_id: self.case.customer_id,
                visibility,
                author: name,
                author_kind: kind,
                text: text.to_owned(),
                at,
            });
        }
        for entry in &self.entries {
            let (actor, actor_kind) = self.name(entry.author);
            rows.case_events.push(case_event::Model {
                id: stream.id(entry.at),
                case_id: self.case.id,
                kind: entry.kind,
                visibility: entry.visibility,
                actor,
                actor_kind,
                old_value: entry.old.clone(),
                new_value: entry.new.clone(),
                reason: None,
                at: entry.at,
            });
        }
        rows.cases.push(self.case);
        Ok(())
    }

    fn tell(&self, stream: &Stream, rows: &mut Rows) -> Result<(), Error> {
        let case = &self.case;
        let Some(customer) = case.customer_id else {
            return Ok(());
        };
        let mut say = |kind, at, data: Value| {
            timeline::tell(
                &mut rows.timeline,
                stream,
                (kind, at),
                (case.id, customer),
                data,
            )
        };
        let opened = json!({
            "case_id": case.id, "reference": case.reference, "case_type": case.case_type, "priority": case.priority, "queue": case.queue,
            "order_id": case.order_id, "flight_id": case.flight_id, "incident_id": null, "claim_ids": [],
        });
        say("case.case.opened.v1", case.opened_at, opened)?;
        for (at, from, to) in &self.steps {
            say(
                "case.case.changed.v1",
                *at,
                json!({ "case_id": case.id, "reference": case.reference, "from": from, "to": to, "reason": null }),
            )?;
        }
        for (at, _, visibility, _) in &self.comments {
            say(
                "case.case.commented.v1",
                *at,
                json!({ "case_id": case.id, "reference": case.reference, "visibility": visibility }),
            )?;
        }
        Ok(())
    }

    /// Who did something, as histories show actors.
    fn name(&self, author: Author) -> (String, AuthorKind) {
        let (id, kind) = match author {
            Author::Customer => (
                self.case.customer_id.map(|id| id.to_string()),
                AuthorKind::Customer,
            ),
            Author::Agent => (
                self.case.assignee_id.map(|id| id.to_string()),
                AuthorKind::Staff,
            ),
            Author::Program => (None, AuthorKind::Service),
        };
        // What nobody did by hand, the program did that sorts new cases.
        id.map_or_else(
            || ("dispatcher".to_owned(), AuthorKind::Service),
            |id| (id, kind),
        )
    }
}
