use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entities::{
    audit::record::{AuditKind, AuditResult},
    id::CustomerId,
};

use super::Purpose;
use crate::Session;

/// How many customers one record names at most; a page holds no more. What is over is counted.
const MOST_SUBJECTS: usize = 500;

/// The longest justification, in characters.
const LONGEST_JUSTIFICATION: usize = 200;

/// What is to be recorded. Who, when and under which request follow from the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(super) kind: AuditKind,
    pub(super) domain: String,
    pub(super) action: String,
    pub(super) subjects: BTreeSet<CustomerId>,
    pub(super) fields: BTreeSet<String>,
    pub(super) justification: Option<String>,
    pub(super) purpose: Option<Purpose>,
    pub(super) result: AuditResult,
}

impl Entry {
    /// An act of this kind that was done, in a domain: `Entry::new(AuditKind::Reveal, "profile", "reveal")`.
    pub fn new(kind: AuditKind, domain: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            kind,
            domain: domain.into(),
            action: action.into(),
            subjects: BTreeSet::new(),
            fields: BTreeSet::new(),
            justification: None,
            purpose: None,
            result: AuditResult::Done,
        }
    }

    /// About this customer.
    #[must_use]
    pub fn about(mut self, customer: CustomerId) -> Self {
        self.subjects.insert(customer);
        self
    }

    /// About these customers.
    #[must_use]
    pub fn about_all(mut self, customers: impl IntoIterator<Item = CustomerId>) -> Self {
        self.subjects.extend(customers);
        self
    }

    /// With this field: `"ContactPoint.value"`. Names alone; values never stand in the log.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.fields.insert(name.into());
        self
    }

    /// With these fields.
    #[must_use]
    pub fn fields(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.fields.extend(names);
        self
    }

    /// For this purpose, whatever the session says.
    #[must_use]
    pub fn purpose(mut self, purpose: Purpose) -> Self {
        self.purpose = Some(purpose);
        self
    }

    /// Justified by a case, or in words that name no person. At most 200 characters are kept.
    #[must_use]
    pub fn justification(mut self, words: impl Into<String>) -> Self {
        let words: String = words.into();
        self.justification = Some(words.chars().take(LONGEST_JUSTIFICATION).collect());
        self
    }

    /// Ended like this.
    #[must_use]
    pub fn result(mut self, result: AuditResult) -> Self {
        self.result = result;
        self
    }

    /// The entry as it is written for a session.
    pub(super) fn written(self, session: &Session) -> Written {
        let actor = &session.actor;
        let purpose = self.purpose.or(session.purpose());
        let mut fields = self.fields;
        let over = self.subjects.len().saturating_sub(MOST_SUBJECTS);
        if over > 0 {
            fields.insert(format!("(and {over} more customers)"));
        }
        Written {
            at: session.now(),
            kind: self.kind,
            domain: self.domain,
            actor: actor.id().to_owned(),
            role: actor.role().to_owned(),
            purpose: purpose
                .unwrap_or_else(|| Purpose::usual(actor))
                .as_str()
                .to_owned(),
            action: self.action,
            subjects: self.subjects.into_iter().take(MOST_SUBJECTS).collect(),
            fields: fields.into_iter().collect(),
            justification: self
                .justification
                .or_else(|| session.justification().map(str::to_owned)),
            result: self.result,
            request_id: session.request_id.clone(),
        }
    }
}

/// A record before it has its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub(super) at: DateTime<Utc>,
    pub(super) kind: AuditKind,
    pub(super) domain: String,
    pub(super) actor: String,
    pub(super) role: String,
    pub(super) purpose: String,
    pub(super) action: String,
    pub(super) subjects: Vec<CustomerId>,
    pub(super) fields: Vec<String>,
    pub(super) justification: Option<String>,
    pub(super) result: AuditResult,
    pub(super) request_id: String,
}
