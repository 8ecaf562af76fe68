//! A decision as a person states it, and the checks before anything is read.

use async_graphql::{Enum, ID, InputObject};
use entities::{
    compensation::{assessment::Regime as StoredRegime, claim::MILES},
    id::ClaimId,
};
use schema_kernel::{
    id,
    money::Long,
    problem::FieldProblem,
    redact::redact,
    text::{READABLE, is_readable},
};
use uuid::Uuid;

use crate::{
    assessment::Regime,
    claim::{authority, ruling::Ruling},
    disruption::{Established, EstablishedFactsInput},
};

/// The most that is granted, in minor units: more is a slip of the pen.
const MOST: i64 = 1_000_000_000_000;

/// The most characters of a reason or a basis.
const LONGEST: usize = 2_000;

/// A decision on a claim, with the facts it rests on.
#[derive(Clone, Debug, InputObject)]
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
    /// The article that refuses it, or grants a claim that was filed; of a claim that the airline opened, an approval takes
    /// the rule's own. Example: `"Art 5(3)"`.
    pub basis: Option<String>,
    /// What is granted to a claim that was filed. Of one that the airline opened, the rules name the amount.
    pub award: Option<AwardInput>,
    /// The body of law that grants a claim that was filed; left out of goodwill.
    pub regime: Option<Regime>,
    /// What was found out. The rules decide again with it, for every claim of the same disruption.
    pub established_facts: Option<EstablishedFactsInput>,
    /// The same key with the same input decides once, however often it is sent.
    pub idempotency_key: Option<Uuid>,
}

/// What is granted: money or miles.
#[derive(Clone, Debug, InputObject)]
pub struct AwardInput {
    /// The amount in minor units of the currency. Example: `24000` with `EUR`.
    pub amount_minor: Option<Long>,
    /// ISO 4217 code of the currency. Example: `"EUR"`.
    pub currency: Option<String>,
    /// Miles, in place of money: for goodwill alone. Example: `5000`.
    pub miles: Option<Long>,
}

/// What a person decides about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
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
    /// What is granted, in minor units of a currency or in miles.
    pub(super) award: Option<(i64, String)>,
    pub(super) regime: Option<StoredRegime>,
    pub(super) established: Established,
    /// Whether facts were stated at all.
    pub(super) states_facts: bool,
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
    let award = input
        .award
        .as_ref()
        .and_then(|award| read_award(award, &mut problems));
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
        basis,
        award,
        regime: input.regime.map(Into::into),
        established,
        states_facts: input.established_facts.is_some(),
    }))
}

fn read_award(award: &AwardInput, problems: &mut Vec<FieldProblem>) -> Option<(i64, String)> {
    let (amount, currency) = match (award.amount_minor, &award.currency, award.miles) {
        (Some(amount), Some(currency), None) if currency != MILES => (amount.0, currency.as_str()),
        (None, None, Some(miles)) => (miles.0, MILES),
        _ => {
            let message = "Grant either money, with `amountMinor` and `currency`, or `miles`.";
            problems.push(FieldProblem::at("input.award", message));
            return None;
        }
    };
    if !(1..=MOST).contains(&amount) {
        let message = format!("What is granted is between 1 and {MOST}.");
        problems.push(FieldProblem::at("input.award", message));
    }
    if authority::needed(amount, currency).is_none() {
        let message =
            "This is no currency that the airline pays in; give its ISO 4217 code, like \"EUR\".";
        problems.push(FieldProblem::at("input.award.currency", message).by("ISO 4217"));
    }
    Some((amount, currency.to_owned()))
}

/// What somebody wrote, checked, with numbers of cards taken out; `None` when they wrote nothing.
pub(crate) fn text(
    path: &str,
    text: Option<&str>,
    problems: &mut Vec<FieldProblem>,
) -> Option<String> {
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
