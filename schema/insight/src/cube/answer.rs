//! From published blocks to answers.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Block, CohortCube, CohortDimension, CohortMeasure, Figure, NOT_SHOWN};

/// A question: whom to tell apart by what, of whom, and what to tell. Its form is canonical: the same question is the same
/// value, in whatever order it was asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// The cube that answers it.
    pub cube: CohortCube,
    /// By what cohorts are told apart.
    pub dimensions: BTreeSet<CohortDimension>,
    /// What is told.
    pub measures: BTreeSet<CohortMeasure>,
    /// Only those with this value.
    pub filter: BTreeMap<CohortDimension, String>,
    /// The months, each as `"2026-09"`.
    pub months: BTreeSet<String>,
}

/// A cohort of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its values, by dimension; [`NOT_SHOWN`] where they are not.
    pub values: BTreeMap<CohortDimension, String>,
    /// How many people. Rounded to five.
    pub persons: u64,
    /// The measures that can be told.
    pub figures: BTreeMap<CohortMeasure, Figure>,
}

/// Adds up blocks: pairs of a month and a block of the question's cube.
pub fn answer(question: &Question, published: &[(String, Block)]) -> Vec<Cell> {
    let mut groups: BTreeMap<BTreeMap<CohortDimension, String>, Vec<&Block>> = BTreeMap::new();
    for (month, block) in published {
        let value = |dimension: CohortDimension| value(question.cube, month, block, dimension);
        let is_wanted = question.months.contains(month)
            && question
                .filter
                .iter()
                .all(|(dimension, wanted)| value(*dimension) == wanted);
        if is_wanted {
            let values = question
                .dimensions
                .iter()
                .map(|dimension| (*dimension, value(*dimension).to_owned()))
                .collect();
            groups.entry(values).or_default().push(block);
        }
    }
    groups
        .into_iter()
        .map(|(values, blocks)| Cell {
            values,
            persons: blocks.iter().map(|block| block.persons).sum(),
            figures: question
                .measures
                .iter()
                .filter_map(|measure| Some((*measure, figure(*measure, &blocks)?)))
                .collect(),
        })
        .collect()
}

fn value<'b>(
    cube: CohortCube,
    month: &'b str,
    block: &'b Block,
    dimension: CohortDimension,
) -> &'b str {
    if dimension == CohortDimension::Month {
        return month;
    }
    let place = cube.dimensions().iter().position(|it| *it == dimension);
    place
        .and_then(|place| block.values.get(place))
        .map_or(NOT_SHOWN, String::as_str)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people and minutes are far from 2^53"
)]
fn figure(measure: CohortMeasure, blocks: &[&Block]) -> Option<Figure> {
    let persons = blocks.iter().map(|block| block.persons).sum::<u64>();
    let journeys = blocks.iter().map(|block| block.journeys).sum::<u64>();
    let count = |value: u64| {
        Some(Figure {
            value: value as f64,
            persons,
        })
    };
    let mean = |means: fn(&Block) -> Option<u64>| {
        let told = blocks
            .iter()
            .filter_map(|block| Some((means(block)?, block.persons)));
        let (sum, of) = told.fold((0, 0), |(sum, of), (mean, persons)| {
            (sum + mean * persons, of + persons)
        });
        (of > 0).then(|| Figure {
            value: (sum as f64 / of as f64).round(),
            persons: of,
        })
    };
    match measure {
        CohortMeasure::Persons => count(persons),
        CohortMeasure::Journeys => count(journeys),
        CohortMeasure::ClaimShare => {
            let shares: Vec<_> = blocks.iter().filter_map(|block| block.claims).collect();
            let of = shares.iter().map(|it| it.of).sum::<u64>();
            let with = shares.iter().map(|it| it.with).sum::<u64>();
            (of > 0).then(|| Figure {
                value: (with as f64 * 1000.0 / of as f64).round() / 10.0,
                persons: of,
            })
        }
        CohortMeasure::ClaimedEuroPerPerson => mean(|block| block.claimed_euro),
        CohortMeasure::DelayMinutesPerPerson => mean(|block| block.delay_minutes),
    }
}
