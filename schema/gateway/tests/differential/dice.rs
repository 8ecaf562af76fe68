//! Chance that is the same on every machine.

/// `SplitMix64`: the same seed gives the same rolls.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(scatter(seed))
    }

    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scatter(self.0) % sides
    }

    /// True once in `times`.
    pub(crate) fn once_in(&mut self, times: u64) -> bool {
        self.roll(times) == 0
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll(bound as u64)).unwrap()
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Some of these in their order, at least `least`.
    pub(crate) fn some<T: Clone>(&mut self, of: &[T], least: usize) -> Vec<T> {
        let mut left = of.to_vec();
        while left.len() > least && !self.once_in(3) {
            let index = self.below(left.len());
            left.remove(index);
        }
        left
    }
}

/// Spreads a number over all 64 bits.
pub(crate) fn scatter(number: u64) -> u64 {
    let mut z = number;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number out of a text and a number (FNV-1a).
pub(crate) fn digest(seed: u64, text: &str) -> u64 {
    let start = scatter(seed ^ 0xCBF2_9CE4_8422_2325);
    let folded = text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    scatter(folded)
}
