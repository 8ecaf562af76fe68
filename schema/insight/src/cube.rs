//! What is published of a month: blocks of people, and questions that add them up. Pure functions.
//!
//! The people of a month are cut into blocks of [`K`] or more, once, in each of a few fixed ways ([`CohortCube`]). Every
//! answer is a sum of whole blocks, so whatever is subtracted from whatever, what is left is nobody or a crowd. Docs,
//! decision 25, says why that is enough across cubes too.

mod answer;
mod block;
mod dimension;
mod laplace;
mod measure;
mod partition;
mod person;

pub use self::{
    answer::{Cell, Question, answer},
    block::{Block, Share, blocks, noisy_blocks},
    dimension::{CohortCube, CohortDimension},
    laplace::laplace,
    measure::{CohortMeasure, Figure},
    partition::{NOT_SHOWN, Part, partition},
    person::{MOST_JOURNEYS, Person},
};

/// The fewest people of whom anything is told.
pub const K: u32 = 20;

/// What counts are rounded to.
pub const STEP: u32 = 5;

/// The largest part that one person may have in a sum, in percent.
pub const DOMINANCE: u64 = 25;

/// The nearest multiple of [`STEP`].
pub fn rounded(count: u64) -> u64 {
    let step = u64::from(STEP);
    (count + step / 2) / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_rounded_to_the_nearest_five() {
        let rounded: Vec<u64> = [0, 2, 3, 20, 22, 23, 27, 28].map(rounded).into();
        assert_eq!(rounded, [0, 0, 5, 20, 20, 25, 25, 30]);
    }
}
