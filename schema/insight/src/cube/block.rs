//! Blocks: what is told of each part.

use serde::{Deserialize, Serialize};

use super::{CohortCube, DOMINANCE, K, Part, Person, partition, rounded};

/// So many of so many. Both are rounded to five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who has it.
    pub with: u64,
    /// Who was asked.
    pub of: u64,
}

/// A part of the people of a month as it is published: nothing else is kept of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Its values, in the order of the cube's dimensions.
    pub values: Vec<String>,
    /// How many people. Rounded to five.
    pub persons: u64,
    /// How many journeys. Rounded to five.
    pub journeys: u64,
    /// Who claimed; none where that would say too much.
    pub claims: Option<Share>,
    /// What was claimed a head, in whole euro; none where that would say too much. Over everybody in the block, so that it
    /// does not tell how many claimed.
    pub claimed_euro: Option<u64>,
    /// How late people were, a head, in whole minutes; none where that would say too much. Over everybody in the block.
    pub delay_minutes: Option<u64>,
}

/// What is published in a cube of the people of one month.
pub fn blocks(people: &[Person], cube: CohortCube) -> Vec<Block> {
    let mut never = || 0.0;
    cut(people, cube, &mut never)
}

/// The same with noise on the count of every block, and with nothing but counts of people: what else there is would cost
/// privacy of its own.
pub fn noisy_blocks(
    people: &[Person],
    cube: CohortCube,
    noise: &mut dyn FnMut() -> f64,
) -> Vec<Block> {
    cut(people, cube, noise)
        .into_iter()
        .map(|block| Block {
            journeys: 0,
            claims: None,
            claimed_euro: None,
            delay_minutes: None,
            ..block
        })
        .collect()
}

fn cut(people: &[Person], cube: CohortCube, noise: &mut dyn FnMut() -> f64) -> Vec<Block> {
    let parts = partition(people, cube.dimensions(), K as usize);
    let claims = told(people, &parts, &is_diverse);
    let claimed = told(people, &parts, &|members| is_nobodys(members, claimed_euro));
    let delays = told(people, &parts, &|members| {
        is_nobodys(members, delay_minutes)
    });
    parts
        .into_iter()
        .zip(claims.into_iter().zip(claimed.into_iter().zip(delays)))
        .map(|(part, (claims, (claimed, delays)))| {
            let members = members(people, &part.members);
            Block {
                persons: with_noise(members.len(), noise()),
                journeys: rounded(members.iter().map(|it| u64::from(it.journeys)).sum()),
                claims: claims.then(|| share(&members)),
                claimed_euro: claimed.then(|| average(&members, claimed_euro)),
                delay_minutes: delays.then(|| average(&members, delay_minutes)),
                values: part.values,
            }
        })
        .collect()
}

/// A count with noise, rounded, and never less than nobody.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of people are far from 2^53, and the sum is not negative"
)]
fn with_noise(count: usize, noise: f64) -> u64 {
    rounded((count as f64 + noise).round().max(0.0) as u64)
}

fn members<'p>(people: &'p [Person], places: &[usize]) -> Vec<&'p Person> {
    places.iter().map(|place| &people[*place]).collect()
}

/// Of which parts a sensitive measure is told: where it says nothing of anybody, and where the same is true of everybody
/// in the same stratum of whom it is not told. Those could else be had by subtraction, from what another cube tells of
/// the stratum.
fn told(people: &[Person], parts: &[Part], is_safe: &dyn Fn(&[&Person]) -> bool) -> Vec<bool> {
    let mut told: Vec<bool> = parts
        .iter()
        .map(|part| is_safe(&members(people, &part.members)))
        .collect();
    let strata: std::collections::BTreeSet<Option<&String>> =
        parts.iter().map(|part| part.values.first()).collect();
    for stratum in strata {
        let inside: Vec<usize> = (0..parts.len())
            .filter(|place| parts[*place].values.first() == stratum)
            .collect();
        loop {
            let (shown, hidden): (Vec<usize>, Vec<usize>) =
                inside.iter().partition(|place| told[**place]);
            let rest: Vec<&Person> = hidden
                .iter()
                .flat_map(|place| members(people, &parts[*place].members))
                .collect();
            let smallest = shown
                .iter()
                .min_by_key(|place| parts[**place].members.len());
            match smallest {
                Some(smallest) if !rest.is_empty() && !is_safe(&rest) => told[*smallest] = false,
                _ => break,
            }
        }
    }
    told
}

/// Whether enough people have claimed and enough have not: else that somebody is in it says what they did.
fn is_diverse(members: &[&Person]) -> bool {
    let with = members.iter().filter(|member| member.has_claim).count();
    with >= K as usize && members.len() - with >= K as usize
}

/// Whether a sum is made by enough people, and nobody has too large a part in it.
fn is_nobodys(members: &[&Person], part: fn(&Person) -> u64) -> bool {
    let parts: Vec<u64> = members
        .iter()
        .map(|member| part(member))
        .filter(|part| *part > 0)
        .collect();
    let (sum, largest) = (parts.iter().sum::<u64>(), parts.iter().max());
    parts.len() >= K as usize && largest.is_some_and(|largest| largest * 100 <= sum * DOMINANCE)
}

fn share(members: &[&Person]) -> Share {
    let with = members.iter().filter(|member| member.has_claim).count();
    Share {
        with: rounded(with as u64),
        of: rounded(members.len() as u64),
    }
}

fn average(members: &[&Person], part: fn(&Person) -> u64) -> u64 {
    let (sum, count) = (
        members.iter().map(|member| part(member)).sum::<u64>(),
        members.len() as u64,
    );
    (sum + count / 2) / count.max(1)
}

fn claimed_euro(person: &Person) -> u64 {
    person.claimed_euro
}

fn delay_minutes(person: &Person) -> u64 {
    person.delay_minutes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cube::CohortDimension;

    fn people(count: usize, tier: &str, claims: usize) -> Vec<Person> {
        (0..count)
            .map(|place| Person {
                values: [(CohortDimension::Tier, tier.to_owned())].into(),
                journeys: 1,
                has_claim: place < claims,
                claimed_euro: if place < claims { 250 } else { 0 },
                ..Person::default()
            })
            .collect()
    }

    fn of<'b>(blocks: &'b [Block], tier: &str) -> &'b Block {
        blocks.iter().find(|block| block.values[1] == tier).unwrap()
    }

    #[test]
    fn a_share_is_told_where_both_sides_are_many() {
        let all = [people(100, "BASE", 40), people(60, "GOLD", 30)].concat();
        let published = blocks(&all, CohortCube::People);
        assert_eq!(
            of(&published, "BASE").claims,
            Some(Share { with: 40, of: 100 })
        );
        assert_eq!(
            of(&published, "GOLD").claims,
            Some(Share { with: 30, of: 60 })
        );
    }

    #[test]
    fn what_is_hidden_cannot_be_had_by_subtraction() {
        // Of GOLD alone it may not be told; then neither of the smaller of the others.
        let all = [
            people(100, "BASE", 40),
            people(70, "SILVER", 30),
            people(60, "GOLD", 5),
        ]
        .concat();
        let published = blocks(&all, CohortCube::People);
        assert_eq!(of(&published, "GOLD").claims, None);
        assert_eq!(of(&published, "SILVER").claims, None, "5 is what remains");
        assert!(of(&published, "BASE").claims.is_some());
    }

    #[test]
    fn nobody_dominates_a_sum() {
        let mut all = people(60, "BASE", 30);
        assert_eq!(blocks(&all, CohortCube::People)[0].claimed_euro, Some(125));
        all[0].claimed_euro = 10_000;
        assert_eq!(blocks(&all, CohortCube::People)[0].claimed_euro, None);
    }
}
