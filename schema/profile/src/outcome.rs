//! What a verb answers: what it did, or why not.

use schema_kernel::problem::{Conflict, InvalidInput, LimitExceeded, NotFound, StaleVersion};
use serde::{Deserialize, Serialize};

/// What was done, or the refusal. It is kept with an idempotency key, so it holds ids and no personal data.
pub(crate) type Outcome<T> = Result<T, Refusal>;

/// The refusals of this subgraph.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Refusal {
    InvalidInput(InvalidInput),
    NotFound(NotFound),
    StaleVersion(StaleVersion),
    Conflict(Conflict),
    LimitExceeded(LimitExceeded),
}

impl From<InvalidInput> for Refusal {
    fn from(problem: InvalidInput) -> Self {
        Self::InvalidInput(problem)
    }
}

impl Refusal {
    /// There is no such record for this actor.
    pub(crate) fn missing(kind: &str) -> Self {
        Self::NotFound(NotFound::of(kind))
    }

    /// The idempotency key was used for something else.
    pub(crate) fn key_reused() -> Self {
        let problem = Conflict::of(
            "This idempotency key was used for another input before. Use a new key for a new request.",
        );
        Self::Conflict(problem.by("idempotency key"))
    }
}

/// Declares the union that a mutation answers with, from the success type and the refusals that can happen.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident = $done:ident $(| $problem:ident)+) => {
        $(#[$doc])*
        #[derive(async_graphql::Union)]
        #[expect(clippy::large_enum_variant, reason = "one is made for each request and lives as long as its answer")]
        pub enum $name {
            /// What was done.
            $done($done),
            $(
                /// Why it was not done.
                $problem(schema_kernel::problem::$problem),
            )+
        }

        impl $name {
            fn of(outcome: crate::outcome::Outcome<$done>) -> schema_kernel::Result<Self> {
                match outcome {
                    Ok(done) => Ok(Self::$done(done)),
                    $(Err(crate::outcome::Refusal::$problem(problem)) => Ok(Self::$problem(problem)),)+
                    Err(other) => Err(schema_kernel::Error::internal(anyhow::anyhow!(
                        "{} does not declare the refusal {other:?}", stringify!($name)
                    ))),
                }
            }
        }
    };
}
pub(crate) use payload;
