#![doc = include_str!("../README.md")]

pub mod cohort;
mod consumer;
pub mod cube;
mod dead_letter;
mod fingerprint;
pub mod log;
pub mod model;
mod month;
mod mutation;
pub mod notary;
pub mod options;
pub mod pseudonym;
pub mod publish;
mod query;

use std::sync::Arc;

use async_graphql::{Context, EmptySubscription, Schema, SchemaBuilder};
use schema_kernel::{
    Database, Error, Result,
    guard::{RightsError, guard},
    outbox::Domain,
    problem::Problem,
};

pub use self::{
    consumer::consumer, month::Month, mutation::Mutation, options::Options, query::Query,
};
use self::{notary::Notary, pseudonym::Pseudonyms};

/// This domain: the prefix of its tables.
pub const DOMAIN: Domain = Domain("insight");

/// What everything in this domain needs. Cloning is cheap.
#[derive(Clone)]
pub struct Insight(Arc<Parts>);

struct Parts {
    database: Database,
    pseudonyms: Pseudonyms,
    notary: Arc<dyn Notary>,
    options: Options,
}

impl Insight {
    /// On this database, with names that follow from this key, and a host that signs receipts.
    pub fn new(
        database: Database,
        pseudonyms: Pseudonyms,
        notary: Arc<dyn Notary>,
        options: Options,
    ) -> Self {
        Self(Arc::new(Parts {
            database,
            pseudonyms,
            notary,
            options,
        }))
    }

    /// The database of this domain.
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// How it is set.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// Under which names people are known here.
    pub fn pseudonyms(&self) -> &Pseudonyms {
        &self.0.pseudonyms
    }

    pub(crate) fn notary(&self) -> &dyn Notary {
        self.0.notary.as_ref()
    }
}

impl std::fmt::Debug for Insight {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Insight").finish_non_exhaustive()
    }
}

pub(crate) trait InsightExt<'a> {
    /// This domain, as the host set it up.
    fn insight(&self) -> Result<&'a Insight>;
}

impl<'a> InsightExt<'a> for Context<'a> {
    fn insight(&self) -> Result<&'a Insight> {
        self.data_opt::<Insight>()
            .ok_or_else(|| Error::internal(anyhow::anyhow!("the host attached no insight")))
    }
}

/// The subgraph's schema, still open.
pub fn builder(insight: Insight) -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    open().data(insight)
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
