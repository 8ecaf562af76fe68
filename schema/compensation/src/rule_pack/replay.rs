use std::collections::BTreeMap;

use entities::{compensation::assessment, id::AssessmentId};
use schema_kernel::{Database, Error};
use sea_orm::EntityTrait;
use serde::Serialize;

use super::store;
use crate::engine::{self, CaseFacts};

/// A decision that was made again from its stored inputs under the stored rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// The decision.
    pub assessment_id: AssessmentId,
    /// The rule that decided, and its version.
    pub rule: String,
    /// The versions of the packs that answered together, by name.
    pub versions: BTreeMap<String, u32>,
    /// Whether both are the same, byte for byte.
    pub is_same: bool,
    /// What was stored.
    pub stored: String,
    /// What came out now; absent when the rules no longer give that answer at all.
    pub recomputed: Option<String>,
}

/// Why a decision cannot be made again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// There is none of this id.
    #[error("there is no assessment {0}")]
    NotFound(AssessmentId),
    /// It was made before results and versions were kept.
    #[error("assessment {0} was made before results and versions of rules were kept")]
    NotKept(AssessmentId),
    /// What is stored cannot be read.
    #[error("what is stored cannot be read: {0}")]
    Unreadable(String),
    /// The database did not answer, or a pack of the decision is not stored.
    #[error("the decision cannot be read from the database: {0:?}")]
    Database(Error),
}

impl From<Error> for ReplayError {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

/// Makes a decision again from its stored inputs under the stored text of its rules. It writes nothing.
///
/// # Errors
/// When there is no such decision, or not everything was kept, or the database does not answer.
pub async fn replay(database: &Database, id: AssessmentId) -> Result<Replay, ReplayError> {
    let unreadable = |error: serde_json::Error| ReplayError::Unreadable(error.to_string());
    let row = assessment::Entity::find_by_id(id)
        .one(database.reader())
        .await
        .map_err(Error::from)?
        .ok_or(ReplayError::NotFound(id))?;
    let (Some(rules), Some(stored)) = (row.rules, row.result) else {
        return Err(ReplayError::NotKept(id));
    };
    let versions: BTreeMap<String, u32> = serde_json::from_value(rules).map_err(unreadable)?;
    let facts: CaseFacts = serde_json::from_value(row.inputs).map_err(unreadable)?;

    let rules = store::exactly(database.reader(), &versions).await?;
    let rules = rules.read().map_err(|problems| {
        let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
        ReplayError::Unreadable(problems.join("; "))
    })?;
    let regime = engine::Regime::from(row.regime);
    let again = engine::assess(&facts, &rules)
        .into_iter()
        .find(|again| again.regime == regime && again.answer == row.answer);
    let recomputed = again
        .map(|again| serde_json::to_string(&again))
        .transpose()
        .map_err(unreadable)?;
    Ok(Replay {
        assessment_id: id,
        rule: format!("{} version {}", row.rule_id, row.rule_version),
        versions,
        is_same: recomputed.as_ref() == Some(&stored),
        stored,
        recomputed,
    })
}
