use std::ops::Range;

use super::assessment::{Assessment, Entitlement, EntitlementKind, Flag};

/// Marks every two regimes that grant the same sort of entitlement, so that nobody is paid twice for one loss.
pub(crate) fn mark(assessments: &mut [Assessment]) {
    for index in 0..assessments.len() {
        let (before, rest) = assessments.split_at_mut(index);
        let Some((this, _)) = rest.split_first_mut() else {
            return;
        };
        for other in before {
            if other.regime != this.regime && share_a_kind(other, this) {
                other.flags.push(Flag::OverlapsWith {
                    regime: this.regime,
                });
                this.flags.push(Flag::OverlapsWith {
                    regime: other.regime,
                });
            }
        }
    }
}

/// Standardised compensation is paid once. Of the regimes that grant it, the one in whose territory the journey starts
/// pays, because its reach depends on no further fact; the others are satisfied by it. `packs` says which assessments are
/// of one body of law, and whether the journey starts there.
pub(crate) fn pay_once(assessments: &mut [Assessment], packs: &[(Range<usize>, bool)]) {
    let mut granting = Vec::with_capacity(packs.len());
    for (of, starts_here) in packs {
        let found = of.clone().find(|index| compensates(&assessments[*index]));
        granting.extend(found.map(|index| (index, *starts_here)));
    }
    let payer = granting.iter().find(|(_, starts_here)| *starts_here);
    let Some((payer, _)) = payer.or(granting.first()).copied() else {
        return;
    };
    let paying = assessments[payer].regime;
    for (index, _) in granting {
        let regime = assessments[index].regime;
        if index == payer || regime == paying {
            continue;
        }
        for entitlement in &mut assessments[index].entitlements {
            if entitlement.kind == EntitlementKind::Compensation {
                entitlement.satisfied_by = Some(paying);
            }
        }
        assessments[index]
            .flags
            .push(Flag::SatisfiedBy { regime: paying });
        assessments[payer].flags.push(Flag::Satisfies { regime });
    }
}

fn compensates(assessment: &Assessment) -> bool {
    let mut entitlements = assessment.entitlements.iter();
    entitlements.any(|entitlement| entitlement.kind == EntitlementKind::Compensation)
}

fn share_a_kind(one: &Assessment, other: &Assessment) -> bool {
    payable(one).any(|granted| payable(other).any(|also| also.kind == granted.kind))
}

fn payable(assessment: &Assessment) -> impl Iterator<Item = &Entitlement> {
    let entitlements = assessment.entitlements.iter();
    entitlements.filter(|entitlement| entitlement.is_payable())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Regime;

    fn granting(regime: Regime, kind: EntitlementKind) -> Assessment {
        let entitlement = Entitlement {
            kind,
            amount_minor: 1,
            currency: "EUR".parse().unwrap(),
            cash_required: true,
            due_by: None,
            basis: "this test".into(),
            is_provisional: false,
            care: Vec::new(),
            is_choice: false,
            satisfied_by: None,
        };
        Assessment {
            regime,
            answer: "test".into(),
            rule_id: "TEST".into(),
            rule_version: 1,
            applies: true,
            why: String::new(),
            entitlements: vec![entitlement],
            flags: Vec::new(),
            distance_metres: None,
            inputs_hash: String::new(),
        }
    }

    #[test]
    fn the_same_kind_twice_marks_both() {
        let mut pair = [
            granting(Regime::Eu261, EntitlementKind::Refund),
            granting(Regime::UsDot, EntitlementKind::Refund),
        ];
        mark(&mut pair);
        assert_eq!(
            pair[0].flags,
            [Flag::OverlapsWith {
                regime: Regime::UsDot
            }]
        );
        assert_eq!(
            pair[1].flags,
            [Flag::OverlapsWith {
                regime: Regime::Eu261
            }]
        );
    }

    #[test]
    fn different_kinds_stand_beside_each_other() {
        let mut pair = [
            granting(Regime::Eu261, EntitlementKind::Compensation),
            granting(Regime::UsDot, EntitlementKind::Refund),
        ];
        mark(&mut pair);
        assert!(pair.iter().all(|assessment| assessment.flags.is_empty()));
    }

    #[test]
    fn compensation_is_paid_once_where_the_journey_starts() {
        let mut both = [
            granting(Regime::Eu261, EntitlementKind::Compensation),
            granting(Regime::Uk261, EntitlementKind::Compensation),
        ];
        pay_once(&mut both, &[(0..1, false), (1..2, true)]);
        mark(&mut both);
        assert_eq!(both[0].entitlements[0].satisfied_by, Some(Regime::Uk261));
        assert_eq!(both[1].entitlements[0].satisfied_by, None);
        assert_eq!(
            both[0].flags,
            [Flag::SatisfiedBy {
                regime: Regime::Uk261
            }]
        );
        assert_eq!(
            both[1].flags,
            [Flag::Satisfies {
                regime: Regime::Eu261
            }]
        );
    }
}
