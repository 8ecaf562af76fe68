//! Random numbers that follow from the seed alone.

use chrono::{DateTime, Utc};
use entities::id::TypedId;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use schema_kernel::IdSource;

/// What a stream of numbers is for. Every purpose has numbers of its own, so that drawing one more for a name never
/// changes a booking.
#[derive(Clone, Copy, Debug)]
pub(super) enum Purpose {
    /// How customers share households.
    Household,
    /// Who somebody is.
    Person,
    /// How somebody is reached, what they like, what they are members of.
    Profile,
    /// What a household books.
    Booking,
    /// What a booking consists of.
    Order,
    /// What somebody buys outside an order.
    Purchase,
    /// When and why somebody and the airline talk.
    Interaction,
    /// What goes wrong.
    Case,
    /// How a flight goes.
    Flight,
    /// Who works on cases.
    Agent,
    /// Where bags are.
    Baggage,
}

/// A stream of numbers and identifiers.
pub(super) struct Stream {
    numbers: ChaCha8Rng,
    ids: IdSource,
}

impl Stream {
    /// The stream of the `index`-th thing of this purpose, in the world of `seed`.
    pub(super) fn new(seed: u64, purpose: Purpose, index: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
        key[16..24].copy_from_slice(&index.to_le_bytes());
        let mut numbers = ChaCha8Rng::from_seed(key);
        let ids = IdSource::seeded(numbers.next_u64());
        Self { numbers, ids }
    }

    /// The next identifier, of something that happened at `at`.
    pub(super) fn id<Id: TypedId>(&self, at: DateTime<Utc>) -> Id {
        self.ids.next(at)
    }

    /// A number from 0 to `limit` - 1; 0 when there is none.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let scaled = u128::from(self.numbers.next_u64()) * limit as u128;
        usize::try_from(scaled >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or_default();
        low + i64::try_from(self.below(span)).unwrap_or_default()
    }

    /// Yes, in `per_mille` of a thousand cases.
    pub(super) fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of `choices`, of which there is at least one.
    pub(super) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One of `choices`, each as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, choices: &[(usize, T)]) -> T {
        let total = choices.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for (weight, choice) in choices {
            if left < *weight {
                return *choice;
            }
            left -= weight;
        }
        choices[0].1
    }

    /// The pattern with every `#` replaced by a digit.
    pub(super) fn digits(&mut self, pattern: &str) -> String {
        pattern
            .chars()
            .map(|letter| match letter {
                '#' => char::from(b'0' + u8::try_from(self.below(10)).unwrap_or_default()),
                other => other,
            })
            .collect()
    }
}

/// The `index`-th of 10¹⁰ numbers of ten digits, in an order that nobody sees through: different indexes never give the
/// same number.
pub(super) fn serial(index: u64) -> u64 {
    const COUNT: u128 = 10_000_000_000;
    // Prime to ten, so that multiplying permutes the residues.
    const STEP: u128 = 6_180_339_887;
    let mixed = (u128::from(index) * STEP + 2_718_281_828) % COUNT;
    u64::try_from(mixed).unwrap_or_default()
}

/// The `index`-th of 2³⁰ record locators; different indexes never give the same one.
pub(super) fn locator(index: u64) -> String {
    const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    const MASK: u64 = (1 << 30) - 1;
    // Odd factors and shifted copies of a number can both be undone, so no two indexes meet.
    let mut mixed = (index + 0x2F1D_3A5B).wrapping_mul(0x2545_F491) & MASK;
    mixed ^= mixed >> 15;
    mixed = mixed.wrapping_mul(0x1B87_3593) & MASK;
    mixed ^= mixed >> 13;
    (0..6)
        .map(|place| {
            char::from(ALPHABET[usize::try_from((mixed >> (5 * place)) & 31).unwrap_or_default()])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_stream_repeats_and_streams_differ() {
        let numbers = |seed, purpose, index| {
            let mut stream = Stream::new(seed, purpose, index);
            (0..20).map(|_| stream.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(
            numbers(1, Purpose::Person, 7),
            numbers(1, Purpose::Person, 7)
        );
        assert_ne!(
            numbers(1, Purpose::Person, 7),
            numbers(1, Purpose::Person, 8)
        );
        assert_ne!(numbers(1, Purpose::Person, 7), numbers(1, Purpose::Case, 7));
        assert_ne!(
            numbers(1, Purpose::Person, 7),
            numbers(2, Purpose::Person, 7)
        );
    }

    #[test]
    fn numbers_stay_in_their_range_and_reach_its_ends() {
        let mut stream = Stream::new(3, Purpose::Case, 0);
        let seen: BTreeSet<_> = (0..500).map(|_| stream.between(-2, 3)).collect();
        assert_eq!(seen, (-2..=3).collect());
        assert_eq!(stream.below(0), 0);
        let drawn = (0..1_000)
            .filter(|_| stream.weighted(&[(1, 'a'), (9, 'b')]) == 'b')
            .count();
        assert!((850..950).contains(&drawn), "{drawn}");
    }

    #[test]
    fn references_never_meet() {
        assert_eq!(
            (0..200_000).map(serial).collect::<BTreeSet<_>>().len(),
            200_000
        );
        assert_eq!(
            (0..200_000).map(locator).collect::<BTreeSet<_>>().len(),
            200_000
        );
    }
}
