//! How far an outbox was read. Pure.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

/// How long a number that is missing is waited for: longer than any transaction of ours is open.
const PATIENCE: Duration = Duration::from_mins(1);

/// The most numbers that are waited for.
pub(super) const MOST_GAPS: u16 = 1_000;

/// The last number that was read, and those before it that were not there yet.
///
/// PostgreSQL gives numbers out when rows are written and shows the rows when their transactions commit, so a smaller
/// number can appear after a larger one. A number is missing for good where its transaction was rolled back.
#[derive(Debug)]
pub(super) struct Position {
    last: i64,
    gaps: BTreeMap<i64, Instant>,
}

impl Position {
    /// After these numbers, in any order, which are the newest there are.
    pub(super) fn after(mut recent: Vec<i64>, now: Instant) -> Self {
        recent.sort_unstable();
        let mut position = Self {
            last: recent.first().map_or(0, |first| first - 1),
            gaps: BTreeMap::new(),
        };
        for sequence in recent {
            position.pass(sequence, now);
        }
        position
    }

    /// The largest number that was read.
    pub(super) fn last(&self) -> i64 {
        self.last
    }

    /// Smaller numbers that may still appear.
    pub(super) fn gaps(&self) -> Vec<i64> {
        self.gaps.keys().copied().collect()
    }

    /// Notes that a number was read.
    pub(super) fn pass(&mut self, sequence: i64, now: Instant) {
        if self.gaps.remove(&sequence).is_some() || sequence <= self.last {
            return;
        }
        let first = (self.last + 1).max(sequence - i64::from(MOST_GAPS));
        self.gaps.extend((first..sequence).map(|gap| (gap, now)));
        self.last = sequence;
        while self.gaps.len() > usize::from(MOST_GAPS) {
            self.gaps.pop_first();
        }
    }

    /// Gives up on numbers that have been missing for too long.
    pub(super) fn forget(&mut self, now: Instant) {
        self.gaps
            .retain(|_, noticed| now.saturating_duration_since(*noticed) < PATIENCE);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_commits_late_is_waited_for() {
        let now = Instant::now();
        let mut position = Position::after(vec![9, 7], now);
        assert_eq!((position.last(), position.gaps()), (9, vec![8]));
        position.pass(12, now);
        position.pass(8, now);
        assert_eq!((position.last(), position.gaps()), (12, vec![10, 11]));
    }

    #[test]
    fn what_never_commits_is_given_up() {
        let now = Instant::now();
        let mut position = Position::after(vec![1, 3], now);
        position.forget(now + PATIENCE / 2);
        assert_eq!(position.gaps(), [2]);
        position.forget(now + PATIENCE);
        assert!(position.gaps().is_empty());
    }

    #[test]
    fn nothing_was_ever_written() {
        let mut position = Position::after(Vec::new(), Instant::now());
        position.pass(1, Instant::now());
        assert_eq!((position.last(), position.gaps()), (1, Vec::new()));
    }

    proptest! {
        #[test]
        fn whatever_the_order_nothing_is_lost(numbers in Just((1..200_i64).collect::<Vec<_>>()).prop_shuffle()) {
            let now = Instant::now();
            let mut position = Position::after(Vec::new(), now);
            for (index, number) in numbers.iter().enumerate() {
                prop_assert!(*number > position.last() || position.gaps().contains(number));
                position.pass(*number, now);
                let missing = position.last() - i64::try_from(index + 1).unwrap();
                prop_assert_eq!(i64::try_from(position.gaps().len()).unwrap(), missing);
            }
        }

        #[test]
        fn memory_is_bounded(numbers in proptest::collection::vec(0..i64::MAX, 0..50)) {
            let position = Position::after(numbers, Instant::now());
            prop_assert!(position.gaps().len() <= usize::from(MOST_GAPS));
        }
    }
}
