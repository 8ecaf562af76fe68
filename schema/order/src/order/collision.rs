//! Numbers made from random ids can be the same as one that is there already; the database says so, and other ids are
//! taken.

use schema_kernel::{Error, Result, database::violated_constraint, problem::Conflict};
use sea_orm::DbErr;

const ATTEMPTS: u32 = 5;

/// Counts how often a transaction was tried that writes what must be unique.
#[derive(Debug, Default)]
pub(crate) struct Attempts(u32);

impl Attempts {
    /// Whether the transaction ended because something it wrote was not unique, and is to be run again with new ids.
    pub(crate) fn again<T>(&mut self, outcome: &Result<T>) -> bool {
        self.0 += 1;
        self.0 < ATTEMPTS && outcome.as_ref().is_err_and(is_collision)
    }
}

fn is_collision(error: &Error) -> bool {
    let cause = error
        .cause()
        .and_then(|cause| cause.downcast_ref::<DbErr>());
    cause.and_then(violated_constraint).is_some()
}

/// A refusal that several verbs share.
pub(crate) trait Repeated {
    /// The idempotency key was used for another input.
    fn repeated() -> Self;
}

impl Repeated for Conflict {
    fn repeated() -> Self {
        Self::of("This idempotency key was used for another request before; take a new key for a new request.").by("idempotency keys")
    }
}
