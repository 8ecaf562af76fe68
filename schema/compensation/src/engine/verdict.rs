use std::collections::BTreeSet;

use super::fact::FactName;

/// Three-valued logic that remembers which facts an open answer waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    Yes,
    No,
    Open(BTreeSet<FactName>),
}

impl Verdict {
    pub(crate) fn open(name: FactName) -> Self {
        Self::Open(BTreeSet::from([name]))
    }

    /// Yes as soon as one is yes, whatever is unknown about the others.
    pub(crate) fn any(verdicts: impl IntoIterator<Item = Self>) -> Self {
        Self::fold(verdicts, &Self::Yes, Self::No)
    }

    /// No as soon as one is no, whatever is unknown about the others.
    pub(crate) fn all(verdicts: impl IntoIterator<Item = Self>) -> Self {
        Self::fold(verdicts, &Self::No, Self::Yes)
    }

    fn fold(verdicts: impl IntoIterator<Item = Self>, decisive: &Self, otherwise: Self) -> Self {
        let mut missing = BTreeSet::new();
        for verdict in verdicts {
            match verdict {
                Self::Open(names) => missing.extend(names),
                decided if decided == *decisive => return decided,
                Self::Yes | Self::No => {}
            }
        }
        if missing.is_empty() {
            otherwise
        } else {
            Self::Open(missing)
        }
    }

    /// The facts that would close the answer; none when it is closed.
    pub(crate) fn missing(self) -> BTreeSet<FactName> {
        match self {
            Self::Open(names) => names,
            Self::Yes | Self::No => BTreeSet::new(),
        }
    }
}

impl From<bool> for Verdict {
    fn from(answer: bool) -> Self {
        if answer { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Verdict {
        Verdict::open(FactName::Presented)
    }

    #[test]
    fn one_decisive_answer_settles_what_is_open() {
        assert_eq!(Verdict::any([open(), Verdict::Yes]), Verdict::Yes);
        assert_eq!(Verdict::all([open(), Verdict::No]), Verdict::No);
    }

    #[test]
    fn without_one_the_answer_stays_open_and_names_every_missing_fact() {
        let both = Verdict::Open(BTreeSet::from([FactName::FareFree, FactName::Presented]));
        assert_eq!(
            Verdict::any([open(), Verdict::No, Verdict::open(FactName::FareFree)]),
            both
        );
        assert_eq!(
            Verdict::all([open(), Verdict::Yes, Verdict::open(FactName::FareFree)]),
            both
        );
    }

    #[test]
    fn nothing_asked_is_no_for_any_and_yes_for_all() {
        assert_eq!(Verdict::any([]), Verdict::No);
        assert_eq!(Verdict::all([]), Verdict::Yes);
    }
}
