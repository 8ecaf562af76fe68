//! A decision as a person states it, and the checks before anything is read.

use async_graphql::{Enum, ID, InputObject};
use entities::id::ClaimId;
use schema_kernel::{
    id,
    problem::FieldProblem,
    redact::redact,
    text::{READABLE, is_readable},
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    claim::ruling::Ruling,
    disruption::{Established, EstablishedFactsInput},
};

/// The most characters of a reason or a basis.
const LONGEST: usize = 2_000;

/// A decision on a claim, with the facts it rests on.
#[derive(Clone, Debug, InputObject, Serialize)]
pub struct DecideClaimInput {
    /// The claim.
    pub claim_id: ID,
    /// The version of the claim that was read before deciding.
    pub expected_version: i32,
    /// What is decided.
    pub decision: ClaimDecision,
    /// Why, in a sentence for the customer and for whoever reads the history. A refusal needs one. At most 2000
    /// characters.
    pub reason: Option<String>,
    /// The article that refuses it. A refusal needs one; an approval takes the rule's own. Example: `"Art 5(3)"`.
    pub basis: Option<String>,
    /// What was found out. The rules decide again with it, for every claim of the same disruption.
    pub established_facts: Option<EstablishedFactsInput>,
    /// The same key with the same input decides once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

/// What a person decides about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
pub enum ClaimDecision {
    /// The customer is owed it.
    Approve,
    /// The customer is not.
    Refuse,
}

/// The input after it was checked.
pub(super) struct Decision {
    pub(super) claim: ClaimId,
    pub(super) expected_version: i32,
    pub(super) ruling: Ruling,
    pub(super) reason: Option<String>,
    pub(super) basis: Option<String>,
    pub(super) established: Established,
}

/// The checked input; `None` when the id cannot be one of a claim.
pub(super) fn read(input: &DecideClaimInput) -> Result<Option<Decision>, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let established = input
        .established_facts
        .clone()
        .unwrap_or_default()
        .read("input.establishedFacts", &mut problems);
    let reason = text("input.reason", input.reason.as_deref(), &mut problems);
    let basis = text("input.basis", input.basis.as_deref(), &mut problems);
    if input.decision == ClaimDecision::Refuse {
        for (path, text) in [("input.reason", &reason), ("input.basis", &basis)] {
            if text.is_none()
                && !problems
                    .iter()
                    .any(|problem| problem.path.join(".") == path)
            {
                let message = "A refusal says why, and by which article.";
                problems
                    .push(FieldProblem::at(path, message).by("Regulation (EC) 261/2004 Art 5(3)"));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(id::try_read(&input.claim_id).map(|claim| Decision {
        claim,
        expected_version: input.expected_version,
        ruling: match input.decision {
            ClaimDecision::Approve => Ruling::Approve,
            ClaimDecision::Refuse => Ruling::Refuse,
        },
        reason,
        basis: basis.filter(|_| input.decision == ClaimDecision::Refuse),
        established,
    }))
}

fn text(path: &str, text: Option<&str>, problems: &mut Vec<FieldProblem>) -> Option<String> {
    let text = text.map(str::trim).filter(|text| !text.is_empty())?;
    if text.chars().count() > LONGEST {
        problems.push(FieldProblem::at(
            path,
            format!("This is at most {LONGEST} characters long."),
        ));
        return None;
    }
    if !is_readable(text) {
        problems.push(FieldProblem::at(path, READABLE));
        return None;
    }
    Some(redact(text).into_owned())
}
