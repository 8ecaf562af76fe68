//! What a function knows about the request it serves.

use async_graphql::dataloader::DataLoader;
use chrono::{DateTime, Utc};
use entities::id::TypedId;

use crate::{
    Actor, Clock, Database, Error, Feed, IdSource, Reader, Result,
    audit::{Purpose, Trail},
};

/// One request, or one run of a job: on whose behalf, at what time, under which request id.
///
/// It is attached to every GraphQL request and passed to every verb. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Session {
    /// On whose behalf.
    pub actor: Actor,
    /// Ties log lines, events and answers together.
    pub request_id: String,
    clock: Clock,
    ids: IdSource,
    purpose: Option<Purpose>,
    justification: Option<std::sync::Arc<str>>,
    trail: Option<Trail>,
}

impl Session {
    /// A session of `actor` with its sources of time and identifiers.
    pub fn new(actor: Actor, request_id: impl Into<String>, clock: Clock, ids: IdSource) -> Self {
        Self {
            actor,
            request_id: request_id.into(),
            clock,
            ids,
            purpose: None,
            justification: None,
            trail: None,
        }
    }

    /// The same session for this purpose, justified by this case or in these words.
    #[must_use]
    pub fn used_for(mut self, purpose: Option<Purpose>, justification: Option<&str>) -> Self {
        self.purpose = purpose.or(self.purpose);
        self.justification = justification.map(Into::into).or(self.justification);
        self
    }

    /// The same session, what it does with personal data being recorded.
    #[must_use]
    pub fn audited(mut self, trail: Trail) -> Self {
        self.trail = Some(trail);
        self
    }

    /// What personal data is used for, where somebody has said.
    pub fn purpose(&self) -> Option<Purpose> {
        self.purpose
    }

    /// The case, or the words, that justify it.
    pub fn justification(&self) -> Option<&str> {
        self.justification.as_deref()
    }

    /// Where it is recorded; `None` where no log is kept.
    pub fn trail(&self) -> Option<&Trail> {
        self.trail.as_ref()
    }

    /// A session of one of the airline's own programs, on the machine's clock.
    pub fn service(name: &str) -> Self {
        Self::new(
            Actor::service(name),
            name,
            Clock::system(),
            IdSource::random(),
        )
    }

    /// The same session under the request that caused `event`, so that a chain of events can be followed.
    #[must_use]
    pub fn caused_by(&self, event: &crate::Event) -> Self {
        Self {
            request_id: event.correlation_id.clone(),
            ..self.clone()
        }
    }

    /// The same request, done by one of the airline's own programs: what follows from events is nobody else's doing.
    #[must_use]
    pub(crate) fn by_service(&self, name: &str) -> Self {
        Self {
            actor: Actor::service(name),
            ..self.clone()
        }
    }

    /// The same session for one piece of its work: where identifiers follow from a seed, those of this piece follow from
    /// the seed and `piece` alone. Work that may be interrupted and gone on with needs it.
    #[must_use]
    pub fn apart(&self, piece: u64) -> Self {
        Self {
            ids: self.ids.apart(piece),
            ..self.clone()
        }
    }

    /// The present instant, in whole milliseconds.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new identifier.
    pub fn new_id<Id: TypedId>(&self) -> Id {
        self.ids.next(self.clock.now())
    }

    /// A new identifier for something that happens at `at`.
    pub fn new_id_at<Id: TypedId>(&self, at: DateTime<Utc>) -> Id {
        self.ids.next(at)
    }
}

/// Finds what a host attached to the request or to the schema, in a resolver's context.
pub trait ContextExt<'a> {
    /// The session of this request.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the host attached none, which is a mistake of the host.
    fn session(&self) -> Result<&'a Session>;

    /// The database of this subgraph.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the host attached none, which is a mistake of the host.
    fn database(&self) -> Result<&'a Database>;

    /// The loader of this request.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the host attached none, which is a mistake of the host.
    fn loader(&self) -> Result<&'a DataLoader<Reader>>;

    /// The live events of this subgraph.
    ///
    /// # Errors
    /// `INTERNAL_SERVER_ERROR` when the host attached none, which is a mistake of the host.
    fn feed(&self) -> Result<&'a Feed>;
}

impl<'a> ContextExt<'a> for async_graphql::Context<'a> {
    fn session(&self) -> Result<&'a Session> {
        attached(self, "session")
    }

    fn database(&self) -> Result<&'a Database> {
        attached(self, "database")
    }

    fn loader(&self) -> Result<&'a DataLoader<Reader>> {
        attached(self, "loader")
    }

    fn feed(&self) -> Result<&'a Feed> {
        attached(self, "feed")
    }
}

fn attached<'a, T: Send + Sync + 'static>(
    context: &async_graphql::Context<'a>,
    what: &str,
) -> Result<&'a T> {
    context
        .data_opt::<T>()
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the host attached no {what}")))
}
