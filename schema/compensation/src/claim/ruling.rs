//! A person's decision on a claim, measured against the rules.

use entities::compensation::claim::ClaimStatus;

use super::{
    policy::Due,
    state::{Step, after, decisions},
};

/// What a person decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// The passenger is owed it.
    Approve,
    /// The passenger is not.
    Refuse,
}

/// Why a decision cannot stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overruled {
    /// The claim's status does not allow a decision; it allows these states.
    NotUnderReview(Vec<ClaimStatus>),
    /// With the facts as they stand the rules grant nothing that could be approved.
    NothingDue,
    /// The rules grant it without an open question, by this article; only a fact that excuses the carrier can change that.
    StillOwed(String),
    /// The rules cannot name the amount yet.
    NotMeasured,
}

/// The status after a person's decision, when the rules say `due` on everything that is established.
///
/// A person settles what the rules leave open. They cannot approve what no rule grants, nor refuse what the rules grant
/// without a question.
///
/// # Errors
/// Why the decision cannot stand.
pub fn rule(
    status: ClaimStatus,
    ruling: Ruling,
    due: Option<&Due>,
) -> Result<ClaimStatus, Overruled> {
    let step = match ruling {
        Ruling::Approve => Step::Approve,
        Ruling::Refuse => Step::Refuse,
    };
    let to =
        after(Some(status), step).ok_or_else(|| Overruled::NotUnderReview(decisions(status)))?;
    match (ruling, due) {
        (Ruling::Approve, None) => Err(Overruled::NothingDue),
        (Ruling::Approve, Some(due)) if due.is_at_stake => Err(Overruled::NotMeasured),
        (Ruling::Refuse, Some(due)) if due.reasons.is_empty() => {
            Err(Overruled::StillOwed(due.basis.clone()))
        }
        (Ruling::Approve | Ruling::Refuse, _) => Ok(to),
    }
}

#[cfg(test)]
mod tests {
    use entities::compensation::{assessment::Regime, entitlement::EntitlementKind};

    use super::*;

    fn due(reasons: &[&str], is_at_stake: bool) -> Due {
        Due {
            regime: Regime::Eu261,
            kind: EntitlementKind::Compensation,
            amount_minor: 25_000,
            currency: "EUR".to_owned(),
            basis: "Art 7(1)(a)".to_owned(),
            due_by: "2026-03-16".parse().unwrap(),
            reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
            is_at_stake,
        }
    }

    #[test]
    fn a_person_settles_an_open_question_either_way() {
        let open = due(&["Not known: the cause."], false);
        let decide = |ruling| rule(ClaimStatus::NeedsReview, ruling, Some(&open));
        assert_eq!(decide(Ruling::Approve), Ok(ClaimStatus::Approved));
        assert_eq!(decide(Ruling::Refuse), Ok(ClaimStatus::Refused));
    }

    #[test]
    fn what_the_rules_grant_without_a_question_is_not_refused() {
        let settled = due(&[], false);
        let refused = rule(ClaimStatus::NeedsReview, Ruling::Refuse, Some(&settled));
        assert_eq!(refused, Err(Overruled::StillOwed("Art 7(1)(a)".to_owned())));
    }

    #[test]
    fn nothing_is_approved_that_no_rule_grants_or_measures() {
        let approve = |due: Option<&Due>| rule(ClaimStatus::NeedsReview, Ruling::Approve, due);
        assert_eq!(approve(None), Err(Overruled::NothingDue));
        assert_eq!(
            approve(Some(&due(&["Not known: the delay."], true))),
            Err(Overruled::NotMeasured)
        );
    }

    #[test]
    fn a_decided_claim_is_not_decided_again() {
        for status in [
            ClaimStatus::Approved,
            ClaimStatus::Paying,
            ClaimStatus::Refused,
            ClaimStatus::Withdrawn,
            ClaimStatus::Paid,
        ] {
            let again = rule(status, Ruling::Approve, Some(&due(&[], false)));
            assert_eq!(again, Err(Overruled::NotUnderReview(Vec::new())));
        }
    }
}
