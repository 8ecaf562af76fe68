use std::sync::{Arc, PoisonError, RwLock};

use schema_kernel::{Error, Result, Session};
use sea_orm::ConnectionTrait;

use super::store;
use crate::engine::{PackProblem, RuleSet};

/// The rules in force, read again whenever they have changed. Cloning is cheap, and clones share what they know.
///
/// Every use asks the database for one number, so a change is seen by every replica at its next decision.
#[derive(Clone, Debug, Default)]
pub struct RuleBook {
    known: Arc<RwLock<Option<Known>>>,
}

#[derive(Clone, Debug)]
struct Known {
    revision: i64,
    rules: Arc<RuleSet>,
}

impl RuleBook {
    /// The rules in force, for a decision that is about to be written. The first use of all stores the packs that come
    /// with the program.
    pub(crate) async fn for_writing(
        &self,
        transaction: &impl ConnectionTrait,
        session: &Session,
    ) -> Result<Arc<RuleSet>> {
        let mut revision = store::revision(transaction).await?;
        if revision == store::NOTHING_STORED {
            revision = store::ship(transaction, session).await?;
        }
        self.at(transaction, revision).await
    }

    /// The rules in force, for an answer that is not written.
    pub(crate) async fn for_reading(
        &self,
        connection: &impl ConnectionTrait,
    ) -> Result<Arc<RuleSet>> {
        match store::revision(connection).await? {
            store::NOTHING_STORED => Ok(RuleSet::shipped().clone()),
            revision => self.at(connection, revision).await,
        }
    }

    async fn at(&self, connection: &impl ConnectionTrait, revision: i64) -> Result<Arc<RuleSet>> {
        if let Some(known) = self.known()
            && known.revision == revision
        {
            return Ok(known.rules);
        }
        let stored = store::in_force(connection).await?;
        let rules = Arc::new(stored.read().map_err(unreadable)?);
        let known = Known {
            revision,
            rules: rules.clone(),
        };
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(rules)
    }

    fn known(&self) -> Option<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }
}

/// What was activated was right when it was activated.
fn unreadable(problems: Vec<PackProblem>) -> Error {
    let problems: Vec<_> = problems.iter().map(PackProblem::to_string).collect();
    Error::internal(anyhow::anyhow!(
        "the stored rules cannot be read: {}",
        problems.join("; ")
    ))
}
