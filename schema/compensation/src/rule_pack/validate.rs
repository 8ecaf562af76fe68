use async_graphql::{Context, SimpleObject};
use schema_kernel::{ContextExt, Result};

use super::store;
use crate::engine::{PackProblem, RuleSet};

/// What is wrong with the text of a rule pack.
#[derive(Clone, Debug, SimpleObject, serde::Serialize, serde::Deserialize)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackProblem {
    /// The rule, where the problem lies in one. Example: `"EU261-DELAY"`.
    pub rule: Option<String>,
    /// The line of the text, counted from 1; 0 when it concerns all of it.
    pub line: u32,
    /// The column in characters, counted from 1; 0 when it concerns the whole line.
    pub column: u32,
    /// What is wrong and what would be right. Example: ``"There is no fact `event.arrival_dely`; did you mean
    /// `event.arrival_delay`?"``.
    pub message: String,
}

/// Whether a text can be a rule pack.
#[derive(SimpleObject)]
#[graphql(requires_scopes = "rule:read")]
pub struct RulePackValidation {
    /// Whether nothing is wrong with it.
    pub is_valid: bool,
    /// Everything that is wrong.
    pub problems: Vec<RulePackProblem>,
}

impl From<PackProblem> for RulePackProblem {
    fn from(problem: PackProblem) -> Self {
        Self {
            rule: problem.rule,
            line: problem.line,
            column: problem.column,
            message: problem.message,
        }
    }
}

/// Checks a text against the vocabulary and the zones in force.
pub(crate) async fn validate(context: &Context<'_>, text: &str) -> Result<RulePackValidation> {
    let zones = store::zones_in_force(context.database()?.reader()).await?;
    let problems: Vec<RulePackProblem> = match RuleSet::read(&zones, [text]) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.into_iter().map(Into::into).collect(),
    };
    Ok(RulePackValidation {
        is_valid: problems.is_empty(),
        problems,
    })
}
