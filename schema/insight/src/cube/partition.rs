//! Cutting people into parts, none of which is small.

use std::collections::BTreeMap;

use super::{CohortDimension, Person};

/// The value of those whose own value too few share. It stands for several values at least, or for a value that shelters
/// them.
pub const NOT_SHOWN: &str = "";

/// A part: its values, in the order of the dimensions, and who is in it, by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The values; [`NOT_SHOWN`] where they are not.
    pub values: Vec<String>,
    /// Who is in it: places in the list of people.
    pub members: Vec<usize>,
}

/// Cuts people by one dimension after the other. Every part has `k` members or more; of fewer than `k` people there is no
/// part at all. Whoever is too few at one cut goes into one part with [`NOT_SHOWN`] there, and where these are too few
/// together, the smallest of the others goes with them: else what is missing could be computed from the sum.
pub fn partition(people: &[Person], dimensions: &[CohortDimension], k: usize) -> Vec<Part> {
    if people.len() < k.max(1) {
        return Vec::new();
    }
    let all = Part {
        values: Vec::new(),
        members: (0..people.len()).collect(),
    };
    dimensions.iter().fold(vec![all], |parts, dimension| {
        parts
            .iter()
            .flat_map(|part| cut(people, part, *dimension, k))
            .collect()
    })
}

fn cut(people: &[Person], part: &Part, dimension: CohortDimension, k: usize) -> Vec<Part> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for member in &part.members {
        groups
            .entry(people[*member].value(dimension))
            .or_default()
            .push(*member);
    }
    let (mut shown, small): (Vec<_>, Vec<_>) =
        groups.into_iter().partition(|(_, group)| group.len() >= k);
    let mut pool: Vec<usize> = small.into_iter().flat_map(|(_, group)| group).collect();
    // The smallest last, and of two the later by name, so that the same people are cut in the same way.
    shown.sort_by(|one, other| (other.1.len(), one.0).cmp(&(one.1.len(), other.0)));
    while !pool.is_empty() && pool.len() < k {
        let Some((_, smallest)) = shown.pop() else {
            break;
        };
        pool.extend(smallest);
    }
    if !pool.is_empty() {
        pool.sort_unstable();
        shown.push((NOT_SHOWN, pool));
    }
    shown
        .into_iter()
        .map(|(value, members)| Part {
            values: part
                .values
                .iter()
                .cloned()
                .chain([value.to_owned()])
                .collect(),
            members,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::cube::CohortCube;

    fn person(tier: &str, age: &str) -> Person {
        let values = [
            (CohortDimension::Tier, tier),
            (CohortDimension::AgeBand, age),
        ];
        Person {
            values: values.map(|(it, value)| (it, value.to_owned())).into(),
            ..Person::default()
        }
    }

    fn sizes(people: &[Person], k: usize) -> Vec<(Vec<String>, usize)> {
        let parts = partition(people, &[CohortDimension::Tier], k);
        parts
            .into_iter()
            .map(|part| (part.values, part.members.len()))
            .collect()
    }

    #[test]
    fn who_is_too_few_takes_others_along() {
        let mut people = vec![person("BASE", "x"); 30];
        people.extend(vec![person("GOLD", "x"); 4]);
        people.extend(vec![person("SILVER", "x"); 5]);
        let part = |value: &str, count| (vec![value.to_owned()], count);
        // Nine are few together, so that BASE goes with them.
        assert_eq!(sizes(&people, 10), [part(NOT_SHOWN, 39)]);
        assert_eq!(sizes(&people, 9), [part("BASE", 30), part(NOT_SHOWN, 9)]);
        assert_eq!(sizes(&people, 40), []);
        people.push(person("GOLD", "x"));
        assert_eq!(sizes(&people, 10), [part("BASE", 30), part(NOT_SHOWN, 10)]);
    }

    fn anybody() -> impl Strategy<Value = Person> {
        proptest::collection::vec(0u8..5, 12).prop_map(|values| {
            let all = CohortCube::ALL
                .into_iter()
                .flat_map(CohortCube::dimensions)
                .zip(values);
            Person {
                values: all
                    .map(|(it, value)| (*it, format!("v{}", value * value)))
                    .collect(),
                ..Person::default()
            }
        })
    }

    proptest! {
        #[test]
        fn everybody_is_in_one_part_of_k_or_more(people in proptest::collection::vec(anybody(), 0..400), k in 1usize..40) {
            for cube in CohortCube::ALL {
                let parts = partition(&people, cube.dimensions(), k);
                prop_assert!(parts.iter().all(|part| part.members.len() >= k));
                let members: Vec<usize> = parts.iter().flat_map(|part| part.members.clone()).collect();
                let distinct: BTreeSet<usize> = members.iter().copied().collect();
                prop_assert_eq!(distinct.len(), members.len());
                prop_assert_eq!(members.len(), if people.len() < k { 0 } else { people.len() });
                // A value that is shown is the value of everybody in the part.
                for part in &parts {
                    for (dimension, value) in cube.dimensions().iter().zip(&part.values) {
                        let is_right = |member: &usize| people[*member].value(*dimension) == value;
                        prop_assert!(value == NOT_SHOWN || part.members.iter().all(is_right));
                    }
                }
            }
        }
    }
}
