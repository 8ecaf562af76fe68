use super::assessment::{Assessment, Flag};

/// Marks every two regimes that grant the same sort of entitlement, so that nobody is paid twice for one loss.
pub(crate) fn mark(assessments: &mut [Assessment]) {
    for index in 0..assessments.len() {
        let (before, rest) = assessments.split_at_mut(index);
        let Some((this, _)) = rest.split_first_mut() else {
            return;
        };
        for other in before {
            if share_a_kind(other, this) {
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

fn share_a_kind(one: &Assessment, other: &Assessment) -> bool {
    one.entitlements.iter().any(|granted| {
        other
            .entitlements
            .iter()
            .any(|also| also.kind == granted.kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Entitlement, EntitlementKind, Regime};

    fn granting(regime: Regime, kind: EntitlementKind) -> Assessment {
        let entitlement = Entitlement {
            kind,
            amount_minor: 1,
            currency: "EUR".parse().unwrap(),
            cash_required: true,
            due_by: None,
            basis: "this test".into(),
            is_provisional: false,
        };
        Assessment {
            regime,
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
}
