use std::collections::BTreeSet;

use super::super::fact::FactName;

/// The facts that an open value waits for, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct FactSet(u64);

/// Set when the arithmetic of an expression has left the range of its numbers.
const FAULT: u64 = 1 << 63;

impl FactSet {
    pub(crate) const NONE: Self = Self(0);
    pub(crate) const FAULTY: Self = Self(FAULT);

    pub(crate) fn of(name: FactName) -> Self {
        Self(1 << name as u32)
    }

    #[must_use]
    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn is_faulty(self) -> bool {
        self.0 & FAULT != 0
    }

    pub(crate) fn shares(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn names(self) -> BTreeSet<FactName> {
        FactName::ALL
            .iter()
            .copied()
            .filter(|name| self.shares(Self::of(*name)))
            .collect()
    }
}

/// What an expression comes to: everything from `low` to `high`, and the facts that would narrow it down.
///
/// Three-valued logic is the case of two numbers: no is 0, yes is 1, and what is open reaches from 0 to 1. A value of one
/// number waits for nothing. `i64::MIN` and `i64::MAX` stand for "without limit" in a value that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) open: FactSet,
}

impl Value {
    pub(crate) const NO: Self = Self::known(0);
    pub(crate) const YES: Self = Self::known(1);

    pub(crate) const fn known(number: i64) -> Self {
        Self {
            low: number,
            high: number,
            open: FactSet::NONE,
        }
    }

    pub(crate) fn between(low: i64, high: i64, open: FactSet) -> Self {
        if low == high {
            Self::known(low)
        } else {
            Self { low, high, open }
        }
    }

    /// A truth that is not known.
    pub(crate) fn undecided(open: FactSet) -> Self {
        Self {
            low: 0,
            high: 1,
            open,
        }
    }

    /// The arithmetic could not be done.
    pub(crate) fn fault(open: FactSet) -> Self {
        Self {
            low: i64::MIN,
            high: i64::MAX,
            open: open.with(FactSet::FAULTY),
        }
    }

    pub(crate) fn is_known(&self) -> bool {
        self.low == self.high
    }

    pub(crate) fn is_yes(&self) -> bool {
        self.low == 1 && self.high == 1
    }

    pub(crate) fn is_no(&self) -> bool {
        self.low == 0 && self.high == 0
    }

    /// Whichever of the two it may be.
    pub(crate) fn or(self, other: Self, open: FactSet) -> Self {
        Self::between(self.low.min(other.low), self.high.max(other.high), open)
    }
}

impl From<bool> for Value {
    fn from(answer: bool) -> Self {
        if answer { Self::YES } else { Self::NO }
    }
}
