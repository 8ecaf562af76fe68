//! The states of a request, and the steps between them. Pure.

use entities::profile::data_request::{Kind, State};

/// What can be done to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// It is known that it is the person who asked.
    Verify,
    /// The domains are asked what stands in the way.
    Assess,
    /// All have answered, and something does, or not.
    Assessed { is_held: bool },
    /// It is carried out.
    Execute,
    /// It was to be carried out, and something had come in the way.
    Held,
    /// It is done.
    Complete,
    /// It is refused.
    Refuse,
}

/// The state after a step; `None` where the step is not allowed.
pub(crate) fn after(kind: Kind, state: State, step: Step) -> Option<State> {
    use State::{
        Assessed, Completed, Executing, IdentityVerified, PartialHold, Refused, Requested,
    };
    let is_erasure = kind == Kind::Erase;
    match (step, state) {
        (Step::Verify, Requested) => Some(IdentityVerified),
        (Step::Assess, IdentityVerified | Assessed | PartialHold) if is_erasure => Some(state),
        (Step::Assessed { is_held }, IdentityVerified | Assessed | PartialHold) if is_erasure => {
            Some(if is_held { PartialHold } else { Assessed })
        }
        (Step::Execute, Assessed) if is_erasure => Some(Executing),
        (Step::Held, Executing) if is_erasure => Some(PartialHold),
        (Step::Complete, Executing) if is_erasure => Some(Completed),
        (Step::Complete, IdentityVerified) if !is_erasure => Some(Completed),
        (Step::Refuse, Requested | IdentityVerified | Assessed | PartialHold) => Some(Refused),
        _ => None,
    }
}

/// The steps that are allowed now.
pub(crate) fn allowed(kind: Kind, state: State) -> Vec<String> {
    [
        (Step::Verify, "VERIFY"),
        (Step::Assess, "ASSESS"),
        (Step::Execute, "EXECUTE"),
        (Step::Complete, "COMPLETE"),
        (Step::Refuse, "REFUSE"),
    ]
    .into_iter()
    // An erasure is completed by the domains, not by a person.
    .filter(|(step, _)| !(kind == Kind::Erase && *step == Step::Complete))
    .filter(|(step, _)| after(kind, state, *step).is_some())
    .map(|(_, name)| name.to_owned())
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            Just(Step::Verify),
            Just(Step::Assess),
            any::<bool>().prop_map(|is_held| Step::Assessed { is_held }),
            Just(Step::Execute),
            Just(Step::Held),
            Just(Step::Complete),
            Just(Step::Refuse),
        ]
    }

    fn kind() -> impl Strategy<Value = Kind> {
        prop_oneof![
            Just(Kind::Access),
            Just(Kind::Portability),
            Just(Kind::Rectify),
            Just(Kind::Restrict),
            Just(Kind::Object),
            Just(Kind::Erase),
        ]
    }

    proptest! {
        #[test]
        fn nobody_is_erased_unasked(kind in kind(), steps in prop::collection::vec(step(), 0..40)) {
            let (mut state, mut passed) = (State::Requested, vec![State::Requested]);
            for step in steps {
                if let Some(next) = after(kind, state, step) {
                    prop_assert!(!matches!(state, State::Completed | State::Refused), "an end is an end");
                    state = next;
                    passed.push(state);
                }
            }
            if state == State::Completed {
                prop_assert!(passed.contains(&State::IdentityVerified));
                let is_erasure = kind == Kind::Erase;
                prop_assert_eq!(passed.contains(&State::Executing), is_erasure);
                // The last thing before it is carried out is that nothing stands in the way.
                for pair in passed.windows(2).filter(|pair| pair[1] == State::Executing) {
                    prop_assert_eq!(pair[0], State::Assessed);
                }
            }
        }
    }

    #[test]
    fn a_copy_needs_no_assessment() {
        assert_eq!(
            after(Kind::Access, State::IdentityVerified, Step::Complete),
            Some(State::Completed)
        );
        assert_eq!(
            after(Kind::Access, State::IdentityVerified, Step::Assess),
            None
        );
        assert_eq!(
            allowed(Kind::Erase, State::Assessed),
            ["ASSESS", "EXECUTE", "REFUSE"]
        );
    }
}
