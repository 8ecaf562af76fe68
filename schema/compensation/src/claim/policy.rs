//! Which claims follow from a decision of the engine, and what becomes of the claims there are.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use entities::{
    compensation::{
        assessment::Regime,
        claim::{self, ClaimOrigin, ClaimStatus},
        entitlement::EntitlementKind,
    },
    id::ClaimId,
};
use schema_kernel::Money;

use super::state::{Step, after};
use crate::{
    assessment::words,
    disruption::{CauseReading, Established},
    engine::{self, Assessment, CaseFacts, RuleSet},
};

/// What a claim says that a person refused before, and that came up again on other facts.
const REFUSED_BEFORE: &str = "It was refused before on other facts; look at it again.";

/// What a claim says whose refusal was appealed.
pub(crate) const APPEALED: &str =
    "The claimant appeals against the refusal; another person looks at it.";

/// Days to pay where no rule sets a date, counted from the incident: a default of ours.
const DAYS_TO_PAY: u64 = 30;

/// One thing that is owed, or at stake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The body of law.
    pub regime: Regime,
    /// What sort of debt.
    pub kind: EntitlementKind,
    /// The amount in minor units.
    pub amount_minor: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// The article that grants it.
    pub basis: String,
    /// The last day to pay.
    pub due_by: NaiveDate,
    /// What a person has to settle first; empty when nothing is open.
    pub reasons: Vec<String>,
    /// Whether facts are missing without which the rules name no amount; then the amount is the highest there can be.
    pub is_at_stake: bool,
}

impl Due {
    fn step(&self) -> Step {
        if self.reasons.is_empty() {
            Step::Grant
        } else {
            Step::Question
        }
    }

    /// The status in which a claim for it is opened.
    pub fn opening(&self) -> Option<ClaimStatus> {
        after(None, self.step())
    }
}

/// Everything that is owed or at stake by these assessments of `facts`. Where a regime may grant something but cannot
/// name an amount, the amount is what it would grant if every open question went against the carrier.
pub fn due(
    facts: &CaseFacts,
    cause: CauseReading,
    assessments: &[Assessment],
    rules: &RuleSet,
) -> Vec<Due> {
    let is_waiting = |assessment: &Assessment| {
        assessment.applies
            && assessment.entitlements.is_empty()
            && !assessment.missing_facts().is_empty()
    };
    let worst = if assessments.iter().any(is_waiting) {
        engine::assess(&Established::worst_case(facts), rules)
    } else {
        Vec::new()
    };
    let mut all = Vec::new();
    for assessment in assessments {
        let is_at_stake = is_waiting(assessment);
        let granting = if is_at_stake {
            worst.iter().find(|worst| {
                worst.regime == assessment.regime && worst.answer == assessment.answer
            })
        } else {
            Some(assessment)
        };
        let reasons: Vec<_> = assessment
            .flags
            .iter()
            .flat_map(|flag| words::questions(flag, cause))
            .collect();
        for entitlement in granting
            .into_iter()
            .flat_map(|granting| &granting.entitlements)
            .filter(|entitlement| entitlement.is_payable())
        {
            all.push(Due {
                regime: assessment.regime.into(),
                kind: entitlement.kind.into(),
                amount_minor: entitlement.amount_minor,
                currency: entitlement.currency.to_string(),
                basis: entitlement.basis.to_string(),
                due_by: entitlement
                    .due_by
                    .unwrap_or_else(|| later(facts.event.incident_on)),
                reasons: reasons.clone(),
                is_at_stake,
            });
        }
    }
    all
}

fn later(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(DAYS_TO_PAY))
        .unwrap_or(NaiveDate::MAX)
}

/// Adds a question to whatever was paid for another flight of the same journey: the law pays for a journey once, unless
/// the passenger was re-routed and failed again (C-832/18), which a person has to see.
pub fn mark_paid(due: &mut [Due], others: &[&claim::Model]) {
    for due in due {
        let is_paid =
            |other: &&claim::Model| is_for(other, due) && other.status == ClaimStatus::Paid;
        if others.iter().any(is_paid) {
            due.reasons.push("It was paid for another flight of the same journey; a journey is paid once unless a re-routing failed too.".to_owned());
        }
    }
}

/// What a claim for damage to baggage says.
const TO_PROVE: &str = "Hold the receipts against the damage. An inherent defect (Montreal Convention Art 17(2)) or all measures taken (Art 19) excuse the carrier, who has to prove them.";

/// Adds the question that every claim for damage to baggage is: what was spent has to be proven.
pub fn mark_unproven(due: &mut [Due]) {
    for due in due {
        due.reasons.push(TO_PROVE.to_owned());
    }
}

/// How the sentence begins that a paid claim says when less is due.
const OVERPAID: &str = "More was paid than is due";

/// These reasons without what they say about an overpayment.
pub fn without_overpayment(reasons: &[String]) -> Vec<String> {
    let other = |reason: &&String| !reason.starts_with(OVERPAID);
    reasons.iter().filter(other).cloned().collect()
}

/// Whether a person is asked what to do about an overpayment.
pub fn is_overpaid(claim: &claim::Model) -> bool {
    let about = |reason: &String| reason.starts_with(OVERPAID);
    claim.status == ClaimStatus::Paid && reasons_of(claim).iter().any(about)
}

/// Takes off each debt what was paid for it, so that what is left is what a further claim is for. Returns, by the claim that was
/// paid last, what a person is told where more was paid than is due now: nothing is taken back by a rule.
pub fn less_paid(due: &mut Vec<Due>, claims: &[claim::Model]) -> BTreeMap<ClaimId, String> {
    let paid: Vec<_> = claims
        .iter()
        .filter(|claim| claim.status == ClaimStatus::Paid)
        .collect();
    let mut overpaid = BTreeMap::new();
    for last in &paid {
        let alike = |other: &&&claim::Model| {
            other.regime == last.regime && other.entitlement_kind == last.entitlement_kind
        };
        let series: Vec<_> = paid.iter().filter(alike).collect();
        let is_last = series.iter().all(|other| other.part <= last.part);
        // What a person granted on what a claimant proved, the rules do not call too much.
        let is_by_rules = series
            .iter()
            .all(|claim| claim.origin == ClaimOrigin::Automatic);
        let sum: i64 = series.iter().map(|claim| claim.amount_minor).sum();
        let now = due.iter().find(|due| is_for(last, due));
        let now = now.map_or(0, |due| due.amount_minor);
        if is_last && is_by_rules && now < sum {
            let (sum, now) = (amount(sum, &last.currency), amount(now, &last.currency));
            let sentence = format!(
                "{OVERPAID}: {sum} was paid, and on what is known now {now} is due. Nothing is taken back without a person's decision."
            );
            overpaid.insert(last.id, sentence);
        }
    }
    for due in due.iter_mut() {
        let paid = paid.iter().filter(|claim| is_for(claim, due));
        due.amount_minor -= paid.map(|claim| claim.amount_minor).sum::<i64>();
    }
    due.retain(|due| due.amount_minor > 0);
    overpaid
}

fn amount(minor: i64, currency: &str) -> String {
    Money::new(minor, currency).map_or_else(
        || format!("{minor} {currency}"),
        |money| money.in_words_of("en"),
    )
}

/// Whether the claim is the one for this debt.
pub fn is_for(claim: &claim::Model, due: &Due) -> bool {
    claim.regime == Some(due.regime) && claim.entitlement_kind == due.kind
}

/// What becomes of a claim when the rules speak again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Status and terms stay as they are, and so does a decision that a person made on them.
    Stands,
    /// It moves, or its terms change.
    Moves {
        /// The new status.
        to: ClaimStatus,
        /// The new terms; absent when nothing is due any more.
        terms: Option<Due>,
    },
}

/// What becomes of `claim` when the rules now say `due`, or nothing.
pub fn reconsider(claim: &claim::Model, due: Option<&Due>) -> Next {
    let Some(due) = due else {
        return match after(Some(claim.status), Step::Withdraw) {
            Some(to) => Next::Moves { to, terms: None },
            None => Next::Stands,
        };
    };
    if claim.status != ClaimStatus::Withdrawn && says_the_same(claim, due) {
        return Next::Stands;
    }
    let mut terms = due.clone();
    let open: Vec<_> = match claim.status {
        ClaimStatus::Refused => vec![REFUSED_BEFORE.to_owned()],
        ClaimStatus::NeedsReview => reasons_of(claim)
            .into_iter()
            .filter(|reason| [REFUSED_BEFORE, APPEALED].contains(&reason.as_str()))
            .collect(),
        ClaimStatus::NeedsApproval
        | ClaimStatus::Approved
        | ClaimStatus::Paying
        | ClaimStatus::Withdrawn
        | ClaimStatus::Paid => Vec::new(),
    };
    if !open.is_empty() {
        terms.reasons.extend(open);
        if says_the_same(claim, &terms) {
            return Next::Stands;
        }
    }
    match after(Some(claim.status), terms.step()) {
        Some(to) => Next::Moves {
            to,
            terms: Some(terms),
        },
        None => Next::Stands,
    }
}

fn says_the_same(claim: &claim::Model, due: &Due) -> bool {
    // The basis of a refused claim is the article that refuses it.
    let is_same_basis = claim.status == ClaimStatus::Refused || claim.basis == due.basis;
    claim.amount_minor == due.amount_minor
        && claim.currency == due.currency
        && claim.due_by == due.due_by
        && is_same_basis
        && reasons_of(claim) == due.reasons
}

/// The questions a claim carries. What is not a list of sentences counts as none.
pub fn reasons_of(claim: &claim::Model) -> Vec<String> {
    serde_json::from_value(claim.review_reasons.clone()).unwrap_or_default()
}
