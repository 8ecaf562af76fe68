//! Attacks on what is published: every question that may be asked, everything that can be subtracted from anything, and
//! what the cubes say together. The attacker here is better off than a real one: counts are not rounded.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use schema_insight::cube::{
    Block, CohortCube, CohortDimension, CohortMeasure, K, NOT_SHOWN, Part, Person, Question,
    answer, blocks, partition,
};

const LIMIT: usize = K as usize;
const MONTH: &str = "2026-09";

/// People as they are: a few values are common, many are rare, and some people are the only ones of their kind.
fn population(random: &mut Rng, count: usize) -> Vec<Person> {
    (0..count)
        .map(|_| {
            let mut values = BTreeMap::new();
            for dimension in CohortCube::ALL.into_iter().flat_map(CohortCube::dimensions) {
                let common = random.f64();
                let value = (1.0 / (1.0 - common * 0.97)).floor();
                values.insert(*dimension, format!("v{value}"));
            }
            let has_claim = random.f64() < 0.3;
            Person {
                values,
                journeys: random.u32(1..3),
                delay_minutes: if random.bool() { 90 } else { 0 },
                has_claim,
                claimed_euro: if has_claim { 250 } else { 0 },
            }
        })
        .collect()
}

/// Every question about one month that a cube answers: up to three dimensions, each asked by or fixed to a value.
fn questions(cube: CohortCube, published: &[Block]) -> Vec<Question> {
    let mut all = Vec::new();
    for chosen in subsets(cube.dimensions(), 3) {
        for fixed in subsets(&chosen, chosen.len()) {
            for filter in fillings(cube, &fixed, published) {
                all.push(Question {
                    cube,
                    dimensions: chosen
                        .iter()
                        .filter(|dimension| !fixed.contains(dimension))
                        .copied()
                        .collect(),
                    measures: BTreeSet::from([CohortMeasure::Persons]),
                    filter,
                    months: BTreeSet::from([MONTH.to_owned()]),
                });
            }
        }
    }
    all
}

fn subsets(of: &[CohortDimension], most: usize) -> Vec<Vec<CohortDimension>> {
    (0..1u32 << of.len())
        .filter(|mask| mask.count_ones() as usize <= most)
        .map(|mask| {
            let is_in = |place: &usize| mask >> place & 1 == 1;
            (0..of.len()).filter(is_in).map(|place| of[place]).collect()
        })
        .collect()
}

fn fillings(
    cube: CohortCube,
    fixed: &[CohortDimension],
    published: &[Block],
) -> Vec<BTreeMap<CohortDimension, String>> {
    fixed.iter().fold(vec![BTreeMap::new()], |all, dimension| {
        let place = cube
            .dimensions()
            .iter()
            .position(|it| it == dimension)
            .unwrap();
        let values: BTreeSet<&String> = published
            .iter()
            .map(|block| &block.values[place])
            .filter(|value| *value != NOT_SHOWN)
            .collect();
        all.iter()
            .flat_map(|filling| {
                values.iter().map(|value| {
                    let mut filling = filling.clone();
                    filling.insert(*dimension, (*value).clone());
                    filling
                })
            })
            .collect()
    })
}

/// Which parts each cell of each answer adds up, found by asking of each part alone.
fn cells(cube: CohortCube, parts: &[Part], published: &[Block]) -> BTreeSet<u128> {
    assert!(parts.len() <= 128, "as many as a mask has bits");
    let mut cells = BTreeSet::new();
    for question in questions(cube, published) {
        let mut masks: BTreeMap<BTreeMap<CohortDimension, String>, u128> = BTreeMap::new();
        for (place, block) in published.iter().enumerate() {
            for cell in answer(&question, &[(MONTH.to_owned(), block.clone())]) {
                *masks.entry(cell.values).or_default() |= 1 << place;
            }
        }
        // The answer to the whole is the sum of the answers to the parts, and of nothing else.
        let all: Vec<(String, Block)> = published
            .iter()
            .map(|block| (MONTH.to_owned(), block.clone()))
            .collect();
        for cell in answer(&question, &all) {
            let mask = masks[&cell.values];
            let sum: u64 = (0..published.len())
                .filter(|place| mask >> place & 1 == 1)
                .map(|place| published[place].persons)
                .sum();
            assert_eq!(cell.persons, sum, "{question:?}");
        }
        cells.extend(masks.into_values());
    }
    cells
}

fn size(mask: u128, parts: &[Part]) -> usize {
    (0..parts.len())
        .filter(|place| mask >> place & 1 == 1)
        .map(|place| parts[place].members.len())
        .sum()
}

#[test]
fn nothing_that_can_be_subtracted_leaves_a_few() {
    let mut random = Rng::with_seed(1);
    let (mut asked, mut subtracted) = (0, 0);
    for count in [25, 60, 200, 700, 1_500] {
        let people = population(&mut random, count);
        for cube in CohortCube::ALL {
            let parts = partition(&people, cube.dimensions(), LIMIT);
            let published = blocks(&people, cube);
            assert_eq!(parts.len(), published.len());
            let cells: Vec<u128> = cells(cube, &parts, &published).into_iter().collect();
            asked += cells.len();
            // Every pair: the complement of one in the other, what they share, and what only one of them has.
            for one in &cells {
                for other in &cells {
                    for left in [one & !other, one & other, one ^ other] {
                        let left = size(left, &parts);
                        assert!(left == 0 || left >= LIMIT, "{left} people of {count}");
                        subtracted += 1;
                    }
                }
            }
            // And what is left after a chain of sums and differences, at random.
            for _ in 0..2_000 {
                let mut left = 0u128;
                for _ in 0..random.usize(2..8) {
                    let cell = cells[random.usize(..cells.len())];
                    left = match random.u8(..3) {
                        0 => left | cell,
                        1 => left & !cell,
                        _ => left ^ cell,
                    };
                }
                let left = size(left, &parts);
                assert!(left == 0 || left >= LIMIT, "{left} people of {count}");
            }
        }
    }
    assert!(asked > 500 && subtracted > 100_000, "{asked} {subtracted}");
}

// The same attack on what one would write first: count whatever is asked, and leave out small cells. It has to succeed, or
// else it proves nothing above.
#[test]
fn the_attack_succeeds_where_small_cells_are_only_left_out() {
    let people = population(&mut Rng::with_seed(1), 700);
    let of = |values: &[(CohortDimension, &str)]| -> BTreeSet<usize> {
        (0..people.len())
            .filter(|place| {
                let is = |(dimension, value): &(CohortDimension, &str)| {
                    people[*place].value(*dimension) == *value
                };
                values.iter().all(is)
            })
            .collect()
    };
    let values = |dimension| -> BTreeSet<&str> {
        people
            .iter()
            .map(|person| person.value(dimension))
            .collect()
    };
    let dimensions = &CohortCube::People.dimensions()[1..];
    let mut singled_out = 0;
    for one in dimensions {
        for other in dimensions.iter().filter(|other| *other != one) {
            for value in values(*one) {
                let whole = of(&[(*one, value)]);
                let told: BTreeSet<usize> = values(*other)
                    .iter()
                    .map(|part| of(&[(*one, value), (*other, part)]))
                    .filter(|cell| cell.len() >= LIMIT)
                    .flatten()
                    .collect();
                let left = whole.difference(&told).count();
                let is_few = whole.len() >= LIMIT && left > 0 && left < LIMIT;
                singled_out += usize::from(is_few);
            }
        }
    }
    assert!(singled_out > 0);
}

// Two cubes together: whoever is in a small crossing of a block of one and a block of another may change places with
// somebody to whom the same happened, and nothing that is published changes. So nobody can be told to be in it.
#[test]
fn cubes_together_say_of_nobody_that_they_are_in_both() {
    let mut random = Rng::with_seed(2);
    let people = population(&mut random, 900);
    let published: Vec<Vec<Block>> = CohortCube::ALL
        .iter()
        .map(|cube| blocks(&people, *cube))
        .collect();
    let (mut tried, mut exchanged) = (0, 0);
    for (one, other) in [
        (CohortCube::People, CohortCube::Travel),
        (CohortCube::Reach, CohortCube::People),
        (CohortCube::Claims, CohortCube::Reach),
    ] {
        let part_of = |cube: CohortCube| -> BTreeMap<usize, usize> {
            let parts = partition(&people, cube.dimensions(), LIMIT);
            let places = parts.iter().enumerate();
            places
                .flat_map(|(place, part)| part.members.iter().map(move |member| (*member, place)))
                .collect()
        };
        let (in_one, in_other) = (part_of(one), part_of(other));
        for member in (0..people.len()).step_by(7) {
            let crossing = (0..people.len())
                .filter(|place| {
                    in_one[place] == in_one[&member] && in_other[place] == in_other[&member]
                })
                .count();
            if crossing >= LIMIT {
                continue;
            }
            tried += 1;
            let stranger = (0..people.len()).find(|place| {
                in_one[place] != in_one[&member]
                    && in_other[place] != in_other[&member]
                    && is_alike(&people[*place], &people[member])
            });
            let Some(stranger) = stranger else { continue };
            exchanged += 1;
            let exchanged = exchange(&people, other, member, stranger);
            for (cube, known) in CohortCube::ALL.iter().zip(&published) {
                assert_eq!(&blocks(&exchanged, *cube), known, "{cube:?}");
            }
        }
    }
    assert!(tried > 100, "{tried}");
    assert!(exchanged * 10 >= tried * 9, "{exchanged} of {tried}");
}

/// Whether the same happened to two people.
fn is_alike(one: &Person, other: &Person) -> bool {
    let told = |person: &Person| {
        let disruption = person.value(CohortDimension::Disruption).to_owned();
        (
            disruption,
            person.journeys,
            person.delay_minutes,
            person.has_claim,
        )
    };
    told(one) == told(other)
}

/// The same people, two of whom have changed places in one cube.
fn exchange(people: &[Person], cube: CohortCube, one: usize, other: usize) -> Vec<Person> {
    let mut people = people.to_vec();
    for dimension in &cube.dimensions()[1..] {
        let first = people[one].values[dimension].clone();
        if let Some(second) = people[other].values.insert(*dimension, first) {
            people[one].values.insert(*dimension, second);
        }
    }
    people
}

// A sensitive share that is not told of a block cannot be had from the stratum's, which other cubes tell.
#[test]
fn a_share_that_is_hidden_stays_hidden() {
    let mut random = Rng::with_seed(3);
    let (mut hidden_somewhere, mut shown_somewhere) = (false, false);
    for count in [100, 400, 1_200, 2_500] {
        let people = population(&mut random, count);
        for cube in CohortCube::ALL {
            let parts = partition(&people, cube.dimensions(), LIMIT);
            let published = blocks(&people, cube);
            let strata: BTreeSet<&String> = parts.iter().map(|part| &part.values[0]).collect();
            for stratum in strata {
                let inside = || {
                    parts
                        .iter()
                        .zip(&published)
                        .filter(|(part, _)| part.values[0] == *stratum)
                };
                let claimed = |part: &Part| {
                    let has = |member: &&usize| people[**member].has_claim;
                    part.members.iter().filter(has).count()
                };
                let mut rest = (0, 0);
                for (part, block) in inside() {
                    let with = claimed(part);
                    let without = part.members.len() - with;
                    if block.claims.is_some() {
                        shown_somewhere = true;
                        assert!(with >= LIMIT && without >= LIMIT);
                    } else {
                        hidden_somewhere = true;
                        rest = (rest.0 + with, rest.1 + without);
                    }
                }
                let is_all = inside().all(|(_, block)| block.claims.is_none());
                let is_many = rest.0 >= LIMIT && rest.1 >= LIMIT;
                assert!(rest == (0, 0) || is_all || is_many, "{rest:?}");
            }
        }
    }
    assert!(hidden_somewhere && shown_somewhere);
}
