//! Where a version of a rule pack can go from where it stands. Pure.

use entities::compensation::rule_pack_version::RulePackStatus;

/// What somebody does with a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The author gives it up for approval.
    Submit,
    /// Another person approves it.
    Approve,
    /// It comes to answer from a day on.
    Activate,
    /// It is taken back.
    RollBack,
}

/// Where the step leads; `None` when it is not allowed from here.
pub fn after(status: RulePackStatus, step: Step) -> Option<RulePackStatus> {
    match (status, step) {
        (RulePackStatus::Draft, Step::Submit) => Some(RulePackStatus::Submitted),
        (RulePackStatus::Submitted, Step::Approve) => Some(RulePackStatus::Approved),
        (RulePackStatus::Approved, Step::Activate) => Some(RulePackStatus::Active),
        (RulePackStatus::Active, Step::RollBack) => Some(RulePackStatus::Retired),
        _ => None,
    }
}

/// Where the step leads from wherever it is allowed.
pub fn target(step: Step) -> RulePackStatus {
    match step {
        Step::Submit => RulePackStatus::Submitted,
        Step::Approve => RulePackStatus::Approved,
        Step::Activate => RulePackStatus::Active,
        Step::RollBack => RulePackStatus::Retired,
    }
}

/// The name of a status, as it is stored and shown.
pub fn name(status: RulePackStatus) -> &'static str {
    match status {
        RulePackStatus::Draft => "DRAFT",
        RulePackStatus::Submitted => "SUBMITTED",
        RulePackStatus::Approved => "APPROVED",
        RulePackStatus::Active => "ACTIVE",
        RulePackStatus::Retired => "RETIRED",
        RulePackStatus::Disabled => "DISABLED",
    }
}

/// Where a version can go from here.
pub fn allowed(status: RulePackStatus) -> Vec<String> {
    let steps = [Step::Submit, Step::Approve, Step::Activate, Step::RollBack];
    let targets = steps.into_iter().filter_map(|step| after(status, step));
    targets.map(|target| name(target).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_step_has_one_beginning_and_the_end_has_no_step() {
        for step in [Step::Submit, Step::Approve, Step::Activate, Step::RollBack] {
            let from: Vec<_> = RulePackStatus::iter()
                .filter(|status| after(*status, step).is_some())
                .collect();
            assert_eq!(from.len(), 1, "{step:?}");
            assert_eq!(after(from[0], step), Some(target(step)));
        }
        for end in [RulePackStatus::Retired, RulePackStatus::Disabled] {
            assert!(allowed(end).is_empty());
        }
    }
}
