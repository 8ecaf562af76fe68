//! What the guard has recorded of a request: what it read of persons, what it changed, what it was refused.

use std::collections::BTreeSet;

use async_graphql::{Request, Response, Value};

use super::{
    Guarded, attached,
    reading::{self, Reading},
    rights::Rights,
    walk::{self, Mark},
};
use crate::{
    ActorKind, Session,
    audit::{AuditKind, AuditResult, Entry, Trail},
};

/// One request that is being recorded.
pub(super) struct Watch {
    session: Session,
    trail: Trail,
    domain: std::sync::Arc<str>,
    rights: std::sync::Arc<Rights>,
    reading: Reading,
}

impl<S> Guarded<S> {
    /// Records what the request was refused and is about to change, and sees to it that what it reads can be recorded.
    /// `None` when there is nothing to record.
    pub(super) async fn watch(
        &self,
        mut request: Request,
        refused: Vec<String>,
    ) -> (Request, Option<Watch>) {
        let Some(session) = attached::<Session>(&request).cloned() else {
            return (request, None);
        };
        let Some(trail) = session.trail().cloned() else {
            return (request, None);
        };
        if trail.log().is_down() {
            return (self.without_persons(request), None);
        }
        let Some(reading) = self.reading(&mut request) else {
            return (request, None);
        };
        let needs_subjects = reading.needs_subjects();
        let is_recorded = reading.is_personal() || !reading.mutations.is_empty();
        let watch = Watch {
            session,
            trail,
            domain: self.domain.clone(),
            rights: self.rights.clone(),
            reading,
        };
        watch.refused(refused).await;
        if !is_recorded {
            return (request, None);
        }
        if watch.begin().await.is_err() {
            return (self.without_persons(request), None);
        }
        if needs_subjects && let Ok(document) = request.parsed_query() {
            let mut document = document.clone();
            reading::inject(&mut document, &self.rights);
            request.set_parsed_query(document);
        }
        (request, Some(watch))
    }

    fn reading(&self, request: &mut Request) -> Option<Reading> {
        let variables = std::mem::take(&mut request.variables);
        let reading = self.read(request, &variables);
        request.variables = variables;
        reading
    }

    fn read(&self, request: &mut Request, variables: &async_graphql::Variables) -> Option<Reading> {
        let name = request.operation_name.clone();
        let document = request.parsed_query().ok()?;
        let operation = walk::chosen_of(document, name.as_deref())?;
        Some(Reading::of(operation, document, &self.rights, variables))
    }

    /// The request with everything that would have to be recorded left out.
    fn without_persons(&self, mut request: Request) -> Request {
        if let Ok(document) = request.parsed_query() {
            let mut document = document.clone();
            walk::mark(&mut document, &self.rights, Mark::Unavailable);
            request.set_parsed_query(document);
        }
        request
    }
}

impl Watch {
    fn entry(&self, kind: AuditKind, action: &str) -> Entry {
        Entry::new(kind, &*self.domain, action)
    }

    fn action(&self) -> String {
        match self.trail.operation() {
            Some(operation) => operation.to_owned(),
            None => self.reading.roots.join(" "),
        }
    }

    async fn refused(&self, fields: Vec<String>) {
        // Who has not said who they are has no rights to go beyond; the request log tells of them.
        if fields.is_empty() || self.session.actor.kind() == ActorKind::Anonymous {
            return;
        }
        let entry = self
            .entry(AuditKind::Refusal, &self.action())
            .fields(fields.into_iter().collect::<BTreeSet<_>>())
            .result(AuditResult::Refused);
        self.trail.submit(&self.session, entry).await;
    }

    /// What is about to be changed is durable before it is changed.
    async fn begin(&self) -> crate::Result<()> {
        for verb in &self.reading.mutations {
            let entry = self
                .entry(AuditKind::Write, &verb.name)
                .about_all(verb.subjects.iter().copied())
                .fields(verb.inputs.iter().cloned())
                .result(AuditResult::Begun);
            self.trail.submit(&self.session, entry).await;
        }
        if self.reading.mutations.is_empty() {
            return Ok(());
        }
        self.trail.durable().await
    }

    /// Records what the answer holds, and what became of the changes.
    pub(super) async fn see(&self, response: &mut Response) {
        for verb in &self.reading.mutations {
            let mut entry = self
                .entry(AuditKind::Write, &verb.name)
                .about_all(verb.subjects.iter().copied())
                .result(self.outcome(&verb.key, &response.data));
            if let Some(customer) = customer_of(&response.data, &verb.key) {
                entry = entry.about(customer);
            }
            self.trail.submit(&self.session, entry).await;
        }
        if !self.reading.is_personal() {
            return;
        }
        let held = self.reading.take(&mut response.data);
        if !held.fields.is_empty() {
            let entry = self
                .entry(AuditKind::Read, &self.action())
                .about_all(held.subjects)
                .fields(held.fields);
            self.trail.submit(&self.session, entry).await;
        }
    }

    fn outcome(&self, key: &str, data: &Value) -> AuditResult {
        let Value::Object(data) = data else {
            return AuditResult::Failed;
        };
        match data.get(key) {
            None | Some(Value::Null) => AuditResult::Failed,
            Some(Value::Object(payload)) => match payload.get("__typename") {
                Some(Value::String(name)) if self.rights.is_problem(name) => AuditResult::Refused,
                _ => AuditResult::Done,
            },
            Some(_) => AuditResult::Done,
        }
    }
}

fn customer_of(data: &Value, key: &str) -> Option<entities::id::CustomerId> {
    let Value::Object(data) = data else {
        return None;
    };
    let Some(Value::Object(payload)) = data.get(key) else {
        return None;
    };
    let Some(Value::Object(customer)) = payload.get("customer") else {
        return None;
    };
    match customer.get("id") {
        Some(Value::String(id)) => uuid::Uuid::try_parse(id).ok().map(Into::into),
        _ => None,
    }
}
