//! Expected refusals, as data in the schema.
//!
//! Every mutation answers with a union: what it made, or one of these. They all implement `Problem`, so that a client
//! can read `message` and `code` without knowing which one came.

use async_graphql::{Enum, Interface, SimpleObject};

use crate::scalar::DateTime;

/// The kinds of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, serde::Serialize, serde::Deserialize)]
pub enum ProblemCode {
    /// A value in the input cannot be right. `InvalidInput.fields` names each.
    InvalidInput,
    /// There is no such record, or none that you may know of.
    NotFound,
    /// The record has changed since you read it.
    StaleVersion,
    /// The record's state does not allow this step.
    TransitionNotAllowed,
    /// A limit would be passed.
    LimitExceeded,
    /// Somebody else has to approve this first.
    ApprovalRequired,
    /// The request contradicts what is stored.
    Conflict,
    /// You have to show again who you are, with a second factor where you have one.
    StepUpRequired,
}

/// Why something was refused. Every refusal says what is wrong, and which rule says so.
#[derive(Clone, Debug, Interface)]
#[graphql(
    requires_scopes = "public",
    field(
        name = "message",
        ty = "&String",
        desc = "What is wrong and what would be right, in one sentence for people. It never contains personal data."
    ),
    field(
        name = "code",
        ty = "&ProblemCode",
        desc = "The kind of refusal, for programs."
    ),
    field(
        name = "rule",
        ty = "&Option<String>",
        desc = "The rule that was broken, where one has a name. Example: `\"domain 2.4: CLOSED -> REOPENED within 60 days\"`."
    )
)]
pub enum Problem {
    /// A value cannot be right.
    InvalidInput(InvalidInput),
    /// There is no such record.
    NotFound(NotFound),
    /// The record has changed.
    StaleVersion(StaleVersion),
    /// The state does not allow it.
    TransitionNotAllowed(TransitionNotAllowed),
    /// A limit would be passed.
    LimitExceeded(LimitExceeded),
    /// Approval is missing.
    ApprovalRequired(ApprovalRequired),
    /// It contradicts what is stored.
    Conflict(Conflict),
    /// It is too long ago that the caller showed who they are.
    StepUpRequired(StepUpRequired),
}

/// One field of an input that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq, SimpleObject, serde::Serialize, serde::Deserialize)]
#[graphql(shareable, requires_scopes = "public")]
pub struct FieldProblem {
    /// Where it is, from the input downwards. Example: `["input", "segments", "0", "origin"]`.
    pub path: Vec<String>,
    /// What is wrong and what would be right. Example: `"An IATA airport code has three letters, like \"DXB\"."`.
    pub message: String,
    /// The rule, where one has a name. Example: `"IATA location identifier"`.
    pub rule: Option<String>,
}

impl FieldProblem {
    /// A problem at `path`, written with dots: `"input.segments.0.origin"`.
    pub fn at(path: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.split('.').map(str::to_owned).collect(),
            message: message.into(),
            rule: None,
        }
    }

    /// The same problem with the name of the rule.
    #[must_use]
    pub fn by(mut self, rule: impl Into<String>) -> Self {
        self.rule = Some(rule.into());
        self
    }
}

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, SimpleObject, serde::Serialize, serde::Deserialize)]
        #[graphql(shareable, requires_scopes = "public")]
        pub struct $name {
            /// What is wrong and what would be right, in one sentence for people.
            pub message: String,
            /// The kind of refusal, for programs.
            pub code: ProblemCode,
            /// The rule that was broken, where one has a name.
            pub rule: Option<String>,
            $($(#[$field_doc])* pub $field: $ty,)*
        }

        impl $name {
            /// The same refusal with the name of the rule.
            #[must_use]
            pub fn by(mut self, rule: impl Into<String>) -> Self {
                self.rule = Some(rule.into());
                self
            }
        }
    )*};
}

problems! {
    /// Values in the input cannot be right. Nothing was written.
    InvalidInput {
        /// Each field that cannot be right; all of them are reported at once.
        fields: Vec<FieldProblem>,
    }
    /// There is no such record, or none that you may know of. Nothing was written.
    NotFound {
        /// The kind of record that was looked for. Example: `"customer"`.
        kind: String,
    }
    /// The record has changed since you read it. Read it again, and repeat the change if it still makes sense.
    StaleVersion {
        /// The version the record has now.
        current: i32,
    }
    /// The record's state does not allow this step. Nothing was written.
    TransitionNotAllowed {
        /// The state it is in. Example: `"CLOSED"`.
        from: String,
        /// The state that was asked for. Example: `"IN_PROGRESS"`.
        to: String,
        /// The states that can be reached from here.
        allowed: Vec<String>,
    }
    /// A limit would be passed. Nothing was written.
    LimitExceeded {
        /// The limit.
        limit: i32,
    }
    /// Somebody else has to approve this first.
    ApprovalRequired {
        /// Who may approve it, as a role. Example: `"cmp-manager"`.
        approver_role: String,
    }
    /// The request contradicts what is stored: a duplicate, or an idempotency key that was used for something else.
    Conflict {
        /// When the request may be repeated, where repeating it can help.
        retry_at: Option<DateTime>,
    }
    /// It is too long ago that you showed who you are. Show it again (`POST /auth/step-up`), and repeat the request.
    StepUpRequired {
    }
}

impl StepUpRequired {
    /// Somebody has to show now who they are.
    pub fn now() -> Self {
        Self {
            message:
                "This asks for a fresh proof of who you are: confirm it, and repeat the request."
                    .to_owned(),
            code: ProblemCode::StepUpRequired,
            rule: None,
        }
    }
}

impl InvalidInput {
    /// A refusal that names every field.
    pub fn of(fields: Vec<FieldProblem>) -> Self {
        let message = match fields.as_slice() {
            [only] => only.message.clone(),
            several => format!("{} fields of the input cannot be right.", several.len()),
        };
        Self {
            message,
            code: ProblemCode::InvalidInput,
            rule: None,
            fields,
        }
    }
}

impl NotFound {
    /// There is no such `kind`: `"customer"`.
    pub fn of(kind: &str) -> Self {
        Self {
            message: format!("There is no {kind} with this id that you may see."),
            code: ProblemCode::NotFound,
            rule: None,
            kind: kind.to_owned(),
        }
    }
}

impl StaleVersion {
    /// The record has version `current` now.
    pub fn of(current: i32) -> Self {
        let message = format!(
            "The record has changed since you read it: it has version {current} now. Read it again before you change it."
        );
        Self {
            message,
            code: ProblemCode::StaleVersion,
            rule: None,
            current,
        }
    }
}

impl TransitionNotAllowed {
    /// `from` does not lead to `to`, only to `allowed`.
    pub fn of(from: &str, to: &str, allowed: Vec<String>) -> Self {
        let next = if allowed.is_empty() {
            "no other state".to_owned()
        } else {
            allowed.join(", ")
        };
        let message = format!("From {from} there is no way to {to}; it leads to {next}.");
        Self {
            message,
            code: ProblemCode::TransitionNotAllowed,
            rule: None,
            from: from.to_owned(),
            to: to.to_owned(),
            allowed,
        }
    }
}

impl LimitExceeded {
    /// `limit` would be passed; `message` says of what.
    pub fn of(limit: i32, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: ProblemCode::LimitExceeded,
            rule: None,
            limit,
        }
    }
}

impl ApprovalRequired {
    /// A person with `role` has to approve.
    pub fn of(role: &str, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: ProblemCode::ApprovalRequired,
            rule: None,
            approver_role: role.to_owned(),
        }
    }
}

impl Conflict {
    /// The request contradicts what is stored; `message` says how.
    pub fn of(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            code: ProblemCode::Conflict,
            rule: None,
            retry_at: None,
        }
    }
}
