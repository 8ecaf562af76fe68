#![doc = include_str!("../README.md")]

pub mod account;
pub mod audit;
pub mod client;
pub mod device;
mod erasure;
mod input;
mod mutation;
pub mod options;
mod paging;
pub mod password;
pub mod postman;
mod query;
pub mod reference;
pub mod role;
mod seal;
pub mod second_factor;
pub mod secret;
pub mod session;
pub mod standing;
pub mod throttle;
mod ticket;
pub mod user;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, Schema, SchemaBuilder};
use schema_kernel::{
    Database, Error, Result, Session,
    dispatcher::Consumer,
    erasure::Eraser,
    guard::{RightsError, guard},
    outbox::Domain,
    problem::Problem,
};

pub use self::{mutation::Mutation, options::Options, query::Query, seal::Sealer};
use self::{postman::Postman, standing::Standing};

/// This domain: the prefix of its tables and the source of its events.
pub const DOMAIN: Domain = Domain("identity");

/// What everything in this domain needs: its database, what its host does for it, and how it is set. Cloning is cheap.
#[derive(Clone)]
pub struct Identity(Arc<Parts>);

struct Parts {
    database: Database,
    standing: Standing,
    postman: Arc<dyn Postman>,
    options: Options,
    sealer: Sealer,
}

impl Identity {
    /// On this database, with a host that brings letters.
    pub fn new(
        database: Database,
        standing: Standing,
        postman: Arc<dyn Postman>,
        options: Options,
        sealer: Sealer,
    ) -> Self {
        Self(Arc::new(Parts {
            database,
            standing,
            postman,
            options,
            sealer,
        }))
    }

    /// The database of this domain.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// What this process knows by heart.
    pub fn standing(&self) -> &Standing {
        &self.0.standing
    }

    /// How it is set.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    pub(crate) fn sealer(&self) -> &Sealer {
        &self.0.sealer
    }

    pub(crate) fn postman(&self) -> &dyn Postman {
        self.0.postman.as_ref()
    }

    /// Looks at what is stored, after something was revoked or changed. Where that fails, the next look finds it.
    pub(crate) async fn revise(&self, session: &Session) {
        if let Err(error) = self
            .standing()
            .refresh(self.database(), session.now())
            .await
        {
            tracing::warn!(error = error.report(), "rights could not be read anew");
        }
    }

    /// Forgets what is over: tickets, windows of tries, sessions that ended long ago.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self, session: &Session) -> Result<()> {
        let (writer, now) = (self.database().writer(), session.now());
        throttle::sweep(writer, now).await?;
        ticket::store::sweep(writer, now).await?;
        client::store::sweep(writer, now).await?;
        session::store::sweep(writer, now).await
    }
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Identity").finish_non_exhaustive()
    }
}

pub(crate) trait IdentityExt<'a> {
    /// This domain, as the host set it up.
    fn identity(&self) -> Result<&'a Identity>;
}

impl<'a> IdentityExt<'a> for Context<'a> {
    fn identity(&self) -> Result<&'a Identity> {
        self.data_opt::<Identity>()
            .ok_or_else(|| Error::internal(anyhow::anyhow!("the host attached no identity")))
    }
}

/// What this domain does with the events of others: it takes away who was erased.
pub fn consumer(database: Database) -> Arc<dyn Consumer> {
    Arc::new(Eraser::new(DOMAIN, database, &erasure::PLAN))
}

/// The subgraph's schema, still open.
pub fn builder(identity: Identity) -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    open().data(identity)
}

/// The subgraph's definition in the schema language, as it is published.
///
/// # Errors
/// When the guard cannot read the schema back.
pub fn sdl() -> Result<String, RightsError> {
    guard(open()).map(|guarded| guarded.sdl().to_owned())
}

fn open() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .register_output_type::<Problem>()
}
