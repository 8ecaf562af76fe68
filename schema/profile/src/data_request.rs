//! What people ask for that is theirs by law: a copy, a correction, an end of use, an erasure.

mod advance;
mod answer;
mod event;
mod mutation;
mod open;
mod query;
mod state;
mod store;

use async_graphql::{Enum, ID, Object, SimpleObject};
use entities::profile::data_request::{self, Kind, Model};
use schema_kernel::{guard::Personal, id, scalar::DateTime};

pub(crate) use self::answer::{answered, ordered, wants};
pub use self::{
    advance::{AdvanceDataRequestInput, AdvanceDataRequestOutcome, DataRequestAdvanced},
    mutation::DataRequestMutation,
    open::{DataRequestOpened, OpenDataRequestInput, OpenDataRequestOutcome},
    query::{DataRequestFilter, DataRequestQuery},
};

/// The right to read requests: customers their own.
pub(crate) const READ: &str = "privacy:read";
/// The right to ask.
pub(crate) const REQUEST: &str = "privacy:request";
/// The right to carry out what was asked.
pub(crate) const EXECUTE: &str = "privacy:execute";

/// What a person can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "Kind")]
pub enum DataRequestKind {
    /// A copy of everything the airline holds (article 15).
    Access,
    /// A copy, in a form for programs, of what they gave (article 20).
    Portability,
    /// Something is wrong and is to be put right (article 16).
    Rectify,
    /// What is kept is not to be used (article 18).
    Restrict,
    /// Direct marketing and profiling are to stop (article 21).
    Object,
    /// Everything is to go (article 17).
    Erase,
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Enum)]
#[graphql(remote = "data_request::State")]
pub enum DataRequestState {
    /// Somebody has asked.
    Requested,
    /// It is known that it is the person who asked.
    IdentityVerified,
    /// Every domain has said that nothing stands in the way.
    Assessed,
    /// Something stands in the way, for now.
    PartialHold,
    /// It is being done.
    Executing,
    /// It is done.
    Completed,
    /// It was refused, with a reason.
    Refused,
}

/// What one domain answered about an erasure.
#[derive(Clone, Debug, SimpleObject)]
#[graphql(requires_scopes = "privacy:read")]
pub struct ErasurePart {
    /// The domain. Example: `"order"`.
    pub domain: String,
    /// What stands in the way there. Example: `["OPEN_CASE"]`.
    pub holds: Vec<String>,
    /// How many rows were erased there; `null` while nothing was.
    pub erased_rows: Option<i32>,
}

/// Something that a person asked for, and that is theirs by law.
#[derive(Clone, Debug)]
pub struct DataRequest(pub(crate) Model);

/// Something that a person asked for, and that is theirs by law.
#[Object(requires_scopes = "privacy:read", directive = Personal::apply("PRIVACY"))]
impl DataRequest {
    /// Its id, opaque: take it as it is given.
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// The id of the customer whose data it is about.
    async fn customer_id(&self) -> ID {
        id::show(self.0.customer_id)
    }

    /// What was asked for.
    async fn kind(&self) -> DataRequestKind {
        self.0.kind.into()
    }

    /// How far it has come.
    async fn state(&self) -> DataRequestState {
        self.0.state.into()
    }

    /// When it was asked.
    async fn requested_at(&self) -> DateTime {
        self.0.requested_at
    }

    /// When it has to be answered: a month after it was asked, or three where it was extended.
    async fn due_at(&self) -> DateTime {
        self.0.due_at
    }

    /// Whether the answer was put off by two months, which the law allows once.
    async fn is_extended(&self) -> bool {
        self.0.is_extended
    }

    /// Why it was refused or extended; `null` when it was not.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it was done or refused; `null` before that.
    async fn completed_at(&self) -> Option<DateTime> {
        self.0.completed_at
    }

    /// What each domain answered about an erasure; empty before they were asked.
    async fn parts(&self) -> Vec<ErasurePart> {
        answer::parts(&self.0)
    }

    /// The signed statement that the person was erased, a JWS; `null` before that. `jetbridge privacy verify` reads it.
    async fn certificate(&self) -> Option<&str> {
        self.0.certificate.as_deref()
    }

    /// Counted up by each change; give it as `expectedVersion` when you advance the request.
    async fn version(&self) -> i32 {
        self.0.version
    }
}
