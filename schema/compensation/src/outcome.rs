//! What becomes of a mutation: what it made, or why it was refused.

use schema_kernel::{
    Error,
    problem::{
        ApprovalRequired, Conflict, InvalidInput, LimitExceeded, NotFound, StaleVersion,
        StepUpRequired, TransitionNotAllowed,
    },
};
use serde::{Deserialize, Serialize};

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Refusal {
    InvalidInput(InvalidInput),
    NotFound(NotFound),
    StaleVersion(StaleVersion),
    TransitionNotAllowed(TransitionNotAllowed),
    Conflict(Conflict),
    ApprovalRequired(ApprovalRequired),
    LimitExceeded(LimitExceeded),
    StepUpRequired(StepUpRequired),
}

/// What is kept under an idempotency key: what was made, by id, or the refusal.
pub(crate) type Verdict<T> = Result<T, Refusal>;

/// Refusals turn into verdicts where they are found.
macro_rules! refusals {
    ($($name:ident),*) => {$(
        impl From<$name> for Refusal {
            fn from(problem: $name) -> Self {
                Self::$name(problem)
            }
        }
    )*};
}

refusals!(
    InvalidInput,
    NotFound,
    StaleVersion,
    TransitionNotAllowed,
    Conflict,
    ApprovalRequired,
    LimitExceeded,
    StepUpRequired
);

/// The refusal of a key that was used before.
pub(crate) fn other_input() -> Refusal {
    let message = "This idempotency key was used for another request; take a new one.";
    Conflict::of(message).into()
}

/// What an outcome needs that cannot happen.
pub(crate) fn unforeseen(refusal: &Refusal) -> Error {
    Error::internal(anyhow::anyhow!(
        "a refusal that the schema does not know: {refusal:?}"
    ))
}

/// What was made, once it was read back as the actor sees it.
pub(crate) fn made<T>(read_back: Option<schema_kernel::Result<T>>) -> schema_kernel::Result<T> {
    read_back
        .transpose()?
        .ok_or_else(|| Error::internal(anyhow::anyhow!("what was written vanished")))
}

/// Writes the union of a mutation's outcomes: what it can make, then what can stand in the way.
macro_rules! outcomes {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$made_doc:meta])* $made:ident($type:ty),)*
    } refused by {
        $($(#[$refused_doc:meta])* $refused:ident,)*
    }) => {
        $(#[$doc])*
        #[derive(async_graphql::Union)]
        pub enum $name {
            $($(#[$made_doc])* $made($type),)*
            $($(#[$refused_doc])* $refused(schema_kernel::problem::$refused),)*
        }

        impl $name {
            pub(crate) fn refused(refusal: $crate::outcome::Refusal) -> schema_kernel::Result<Self> {
                match refusal {
                    $($crate::outcome::Refusal::$refused(problem) => Ok(Self::$refused(problem)),)*
                    other => Err($crate::outcome::unforeseen(&other)),
                }
            }
        }
    };
}

pub(crate) use outcomes;
