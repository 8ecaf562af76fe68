//! Who lives with whom.

use entities::profile::customer::Gender;

use super::{
    calendar::Calendar,
    country::{COUNTRIES, Country},
    culture::{CULTURES, Culture, Custom, Nation},
    name::{Pool, family_form},
    person::{Features, Person},
    stream::{Purpose, Stream},
};

/// Customers are dealt to households in blocks of so many, so that the first customers of a small world are also the
/// first of a large one.
pub(super) const BLOCK: u64 = 10;

/// People who live together, share a telephone and travel together. The first one is of age and does the booking.
pub(super) struct Household {
    pub(super) members: Vec<Person>,
    pub(super) country: &'static Country,
    pub(super) airport: &'static str,
    pub(super) phone: String,
}

/// What makes households.
pub(super) struct Village {
    seed: u64,
    calendar: Calendar,
    pools: Vec<Pool>,
    cultures: Vec<(usize, usize)>,
}

/// What the members of a household have in common.
struct Roots<'a> {
    culture: &'a Culture,
    pool: &'a Pool,
    nation: Nation,
}

impl Village {
    pub(super) fn new(seed: u64, calendar: Calendar) -> Self {
        let pools = CULTURES
            .iter()
            .map(|culture| Pool::parse(culture.names))
            .collect();
        let cultures = CULTURES
            .iter()
            .enumerate()
            .map(|(place, culture)| (culture.weight, place))
            .collect();
        Self {
            seed,
            calendar,
            pools,
            cultures,
        }
    }

    /// The households of a block of customers, in order.
    pub(super) fn block(&self, block: u64) -> Vec<Household> {
        let mut stream = Stream::new(self.seed, Purpose::Household, block);
        let mut households = Vec::new();
        let mut index = block * BLOCK;
        let end = index + BLOCK;
        while index < end {
            let drawn = stream.weighted(&[(36, 1), (30, 2), (14, 3), (14, 4), (6, 5)]);
            let wanted = if index == 0 { 4 } else { drawn };
            let size = wanted.min(end - index);
            households.push(self.household(&mut stream, index, size));
            index += size;
        }
        households
    }

    fn household(&self, stream: &mut Stream, first: u64, size: u64) -> Household {
        let drawn = stream.weighted(&self.cultures);
        // The showcase family is Lebanese and lives in Frankfurt.
        let is_showcase = first == 0;
        let place = if is_showcase { 0 } else { drawn };
        let (culture, pool) = (&CULTURES[place], &self.pools[place]);
        let drawn = stream.weighted(culture.nations);
        let nation = if is_showcase {
            culture.nations[3].1
        } else {
            drawn
        };
        let home = if is_showcase {
            "DE"
        } else {
            home_of(culture, nation, stream)
        };
        let country = Country::find(home).unwrap_or(&COUNTRIES[0]);
        let airport = stream.pick(country.airports);
        let pattern = stream.pick(country.phones);
        let phone = stream.digits(pattern);
        let members = self.members(
            stream,
            first,
            size,
            &Roots {
                culture,
                pool,
                nation,
            },
        );
        Household {
            members,
            country,
            airport,
            phone,
        }
    }

    fn members(
        &self,
        stream: &mut Stream,
        first: u64,
        size: u64,
        roots: &Roots<'_>,
    ) -> Vec<Person> {
        let (drawn, other_name) = (roots.pool.family(stream), roots.pool.family(stream));
        let name = if first == 0 { "Haddad" } else { drawn };
        let has_partner = size >= 2 && (first == 0 || stream.chance(850));
        let head_age = if size > 2 {
            stream.between(28, 52)
        } else {
            stream.between(20, 82)
        };
        let mut members: Vec<Person> = Vec::new();
        for place in 0..size {
            let is_partner = place == 1 && has_partner;
            let age = match place {
                0 => head_age,
                _ if is_partner => (head_age + stream.between(-7, 7)).max(19),
                _ => stream.between(0, (head_age - 20).clamp(1, 17)),
            };
            let gender = match members.first() {
                None if first == 0 => Gender::F,
                Some(head) if is_partner => other(head.gender, stream),
                _ => gender(stream),
            };
            let features = Features {
                age,
                gender,
                family: family_name(roots.culture.custom, (name, other_name), is_partner, gender),
                nation: roots.nation,
                culture: roots.culture,
                pool: roots.pool,
                head_known_since: members.first().map(|head| head.known_since),
            };
            members.push(Person::new(
                self.seed,
                self.calendar,
                first + place,
                features,
            ));
        }
        members
    }
}

fn home_of(culture: &Culture, nation: Nation, stream: &mut Stream) -> &'static str {
    let abroad = stream.pick(culture.abroad);
    let at_home =
        Country::find(nation.country).filter(|_| !stream.chance(culture.abroad_per_mille));
    at_home.map_or(abroad, |country| country.code)
}

fn gender(stream: &mut Stream) -> Gender {
    stream.weighted(&[
        (495, Gender::M),
        (495, Gender::F),
        (5, Gender::X),
        (5, Gender::U),
    ])
}

fn other(gender: Gender, stream: &mut Stream) -> Gender {
    let usual = match gender {
        Gender::M => Gender::F,
        Gender::F | Gender::X | Gender::U => Gender::M,
    };
    if stream.chance(40) { gender } else { usual }
}

fn family_name(
    custom: Custom,
    (name, other_name): (&'static str, &'static str),
    is_partner: bool,
    gender: Gender,
) -> String {
    let (name, other_name) = (family_form(name, gender), family_form(other_name, gender));
    match (custom, is_partner) {
        (Custom::Shared, _) | (Custom::Kept, false) => name.to_owned(),
        (Custom::Kept, true) => other_name.to_owned(),
        (Custom::Double, false) => format!("{name} {other_name}"),
        (Custom::Double, true) => format!("{other_name} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use entities::profile::loyalty_membership::Tier;

    use super::*;
    use crate::seed::person::{customer_id, today_of};

    fn village() -> Village {
        Village::new(7, Calendar::new("2026-11-20".parse().unwrap()))
    }

    #[test]
    fn every_customer_lives_somewhere_once() {
        let village = village();
        let numbers: Vec<u64> = (0..20)
            .flat_map(|block| village.block(block))
            .flat_map(|home| home.members)
            .map(|person| person.index)
            .collect();
        assert_eq!(numbers, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn who_books_is_of_age_and_households_are_small() {
        let village = village();
        for home in (0..100).flat_map(|block| village.block(block)) {
            assert!((1..=5).contains(&home.members.len()));
            assert!(home.members[0].is_of_age(village.calendar.today()));
            assert!(home.country.airports.contains(&home.airport));
            assert!(
                home.members
                    .iter()
                    .all(|person| person.known_since.date_naive() >= person.born)
            );
        }
    }

    #[test]
    fn the_showcase_customer_is_always_the_same() {
        let home = &village().block(0)[0];
        let amal = &home.members[0];
        assert_eq!(
            (amal.given.as_deref(), amal.family.as_str(), amal.tier),
            (Some("Amal"), "Haddad", Some(Tier::Gold))
        );
        assert_eq!(
            (home.members.len(), home.country.code, home.airport),
            (4, "DE", "FRA")
        );
        assert!(
            home.members[2..]
                .iter()
                .all(|child| child.family == "Haddad")
        );
        assert_eq!(amal.id, customer_id(7, 0));
        assert_eq!(today_of(amal.known_since).to_string(), "2026-11-20");
    }

    #[test]
    fn tiers_form_a_pyramid() {
        let village = village();
        let people: Vec<_> = (0..300)
            .flat_map(|block| village.block(block))
            .flat_map(|home| home.members)
            .collect();
        let count = |tier| people.iter().filter(|person| person.tier == tier).count();
        let [none, base, silver, gold, platinum] = [
            None,
            Some(Tier::Base),
            Some(Tier::Silver),
            Some(Tier::Gold),
            Some(Tier::Platinum),
        ]
        .map(count);
        assert!(none > base && base > silver && silver > gold && gold > platinum && platinum > 0);
    }
}
