//! Zones: the places that a body of law counts as its own, by country and by day, with the airports it does not reach.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::code::{AirportCode, CountryCode};
use super::pack::{PackProblem, read_toml};
use super::vocabulary::{airport_of, country_number, country_of};

/// A file of zones as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZonesText {
    id: String,
    version: u32,
    zone: Vec<ZoneText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneText {
    name: String,
    #[expect(dead_code, reason = "written for people")]
    meaning: String,
    #[expect(dead_code, reason = "written for people")]
    source: String,
    #[serde(default)]
    countries: Vec<CountryCode>,
    #[serde(default)]
    dated: Vec<DatedText>,
    #[serde(default)]
    without_airports: Vec<AirportCode>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedText {
    country: CountryCode,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
}

/// The zones that conditions can name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Zones {
    id: String,
    version: u32,
    zones: Vec<Zone>,
}

#[derive(Debug, Clone)]
struct Zone {
    name: String,
    members: Vec<Membership>,
    without_airports: Vec<AirportCode>,
}

/// From the first to the last day, in days of the common era. A country that never belongs has a last day before its first.
#[derive(Debug, Clone, Copy)]
struct Membership {
    from: i32,
    until: i32,
}

const NEVER: Membership = Membership { from: 1, until: 0 };
const ALWAYS: Membership = Membership {
    from: i32::MIN,
    until: i32::MAX,
};
/// Two letters.
const COUNTRIES: usize = 26 * 26;

impl Zones {
    /// Reads a file of zones.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<PackProblem>> {
        let read: ZonesText = read_toml("JURISDICTIONS", text).map_err(|problem| vec![problem])?;
        let problem = |zone: &ZoneText, message: &str| {
            vec![PackProblem::of(&read.id, Some(&zone.name), message)]
        };
        let mut zones: Vec<Zone> = Vec::with_capacity(read.zone.len());
        for zone in &read.zone {
            if zones.iter().any(|known| known.name == zone.name) {
                return Err(problem(
                    zone,
                    "This zone is declared twice; one name means one zone.",
                ));
            }
            let members = members(zone).map_err(|message| problem(zone, &message))?;
            zones.push(Zone {
                name: zone.name.clone(),
                members,
                without_airports: zone.without_airports.clone(),
            });
        }
        Ok(Self {
            id: read.id,
            version: read.version,
            zones,
        })
    }

    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn version(&self) -> u32 {
        self.version
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.zones.iter().map(|zone| zone.name.as_str())
    }

    pub(crate) fn number(&self, name: &str) -> Option<u16> {
        let index = self.zones.iter().position(|zone| zone.name == name)?;
        u16::try_from(index).ok()
    }

    pub(crate) fn holds_country(&self, zone: u16, country: i64, on: NaiveDate) -> bool {
        self.zones[usize::from(zone)].holds(country, on)
    }

    pub(crate) fn holds_place(&self, zone: u16, place: i64, on: NaiveDate) -> bool {
        let zone = &self.zones[usize::from(zone)];
        zone.holds(country_of(place), on)
            && !(zone.without_airports.iter()).any(|airport| airport_of(place) == airport.bytes())
    }
}

impl Zone {
    fn holds(&self, country: i64, on: NaiveDate) -> bool {
        let day = on.num_days_from_ce();
        index(country)
            .and_then(|index| self.members.get(index))
            .is_some_and(|membership| membership.from <= day && day <= membership.until)
    }
}

fn members(zone: &ZoneText) -> Result<Vec<Membership>, String> {
    let mut members = vec![NEVER; COUNTRIES];
    let always = zone.countries.iter().map(|country| (*country, Ok(ALWAYS)));
    let dated = zone.dated.iter().map(|dated| (dated.country, dated.days()));
    for (country, membership) in always.chain(dated) {
        let member = index(country_number(country))
            .and_then(|index| members.get_mut(index))
            .ok_or_else(|| format!("{country} is no country; a country is two capital letters."))?;
        if member.from <= member.until {
            return Err(format!("{country} is listed twice; list it once."));
        }
        *member = membership?;
    }
    Ok(members)
}

impl DatedText {
    fn days(&self) -> Result<Membership, String> {
        let day = |day: Option<toml::value::Datetime>, open: i32| match day {
            None => Ok(open),
            Some(day) => super::pack::date(day)
                .map(|day| day.num_days_from_ce())
                .ok_or_else(|| {
                    format!(
                        "{day} is no day; write one like 2020-12-31 for {}.",
                        self.country
                    )
                }),
        };
        let membership = Membership {
            from: day(self.from, i32::MIN)?,
            until: day(self.until, i32::MAX)?,
        };
        if membership.from > membership.until {
            return Err(format!("{} ends before it begins.", self.country));
        }
        Ok(membership)
    }
}

fn index(country: i64) -> Option<usize> {
    let letter = |byte: i64| {
        let letter = byte - i64::from(b'A');
        (0..26).contains(&letter).then_some(letter)
    };
    let (first, second) = (letter(country >> 8 & 0xFF)?, letter(country & 0xFF)?);
    usize::try_from(first * 26 + second).ok()
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::place_number;
    use super::*;
    use crate::engine::RuleSet;

    fn is_in(zone: &str, iata: &str, country: &str, on: &str) -> bool {
        let zones = RuleSet::shipped().zones();
        let place = place_number(country.parse().unwrap(), iata.parse().unwrap());
        zones.holds_place(zones.number(zone).unwrap(), place, on.parse().unwrap())
    }

    #[test]
    fn the_zone_follows_the_law_and_not_the_country_code() {
        for (iata, country) in [
            ("FDF", "MQ"),
            ("SFG", "MF"),
            ("OSL", "NO"),
            ("ZRH", "CH"),
            ("MHQ", "AX"),
            ("LCA", "CY"),
        ] {
            assert!(is_in("EU", iata, country, "2026-11-20"), "{iata}");
        }
        for (iata, country) in [
            ("ECN", "CY"),
            ("LYR", "NO"),
            ("FAE", "FO"),
            ("GIB", "GI"),
            ("LHR", "GB"),
            ("JER", "JE"),
        ] {
            assert!(!is_in("EU", iata, country, "2026-11-20"), "{iata}");
        }
    }

    #[test]
    fn membership_is_that_of_the_day() {
        assert!(is_in("EU", "LHR", "GB", "2020-12-31"));
        assert!(!is_in("EU", "LHR", "GB", "2021-01-01"));
        assert!(!is_in("EU", "ZAG", "HR", "2013-06-30"));
        assert!(is_in("EU", "ZAG", "HR", "2013-07-01"));
    }

    #[test]
    fn saint_barthelemy_is_in_doubt_since_it_left() {
        assert!(!is_in("EU_IN_DOUBT", "SBH", "BL", "2011-12-31"));
        assert!(is_in("EU_IN_DOUBT", "SBH", "BL", "2012-01-01"));
    }

    #[test]
    fn a_country_is_listed_once() {
        let text = "id = \"JURISDICTIONS\"\nversion = 1\n[[zone]]\nname = \"A\"\nmeaning = \"\"\nsource = \"\"\ncountries = [\"FR\", \"FR\"]";
        let problems = Zones::read(text).unwrap_err();
        assert_eq!(problems[0].message, "FR is listed twice; list it once.");
    }
}
