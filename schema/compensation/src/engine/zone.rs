use chrono::NaiveDate;

use super::code::CountryCode;
use super::facts::Airport;
use super::rule::day;

/// A country, or a territory with a code of its own, and the days on which Regulation 261/2004 reaches it.
struct Membership {
    country: &'static str,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

const fn always(country: &'static str) -> Membership {
    Membership {
        country,
        from: None,
        until: None,
    }
}

const fn since(country: &'static str, first: NaiveDate) -> Membership {
    Membership {
        country,
        from: Some(first),
        until: None,
    }
}

/// Treaty territory (Guidelines C/2024/5687, 2.1.1), the EEA states and Switzerland. The United Kingdom counts until
/// the end of the transition period of its withdrawal.
const EU_ZONE: &[Membership] = &[
    always("AT"),
    always("AX"),
    always("BE"),
    since("BG", day(2007, 1, 1)),
    always("BL"),
    since("CH", day(2006, 12, 1)),
    always("CY"),
    always("CZ"),
    always("DE"),
    always("DK"),
    always("EE"),
    always("ES"),
    always("FI"),
    always("FR"),
    Membership {
        country: "GB",
        from: None,
        until: Some(day(2020, 12, 31)),
    },
    always("GF"),
    always("GP"),
    always("GR"),
    since("HR", day(2013, 7, 1)),
    always("HU"),
    always("IE"),
    always("IS"),
    always("IT"),
    always("LT"),
    always("LU"),
    always("LV"),
    always("MF"),
    always("MQ"),
    always("MT"),
    always("NL"),
    always("NO"),
    always("PL"),
    always("PT"),
    always("RE"),
    since("RO", day(2007, 1, 1)),
    always("SE"),
    always("SI"),
    always("SK"),
    since("YT", day(2014, 1, 1)),
];

/// Airports coded with a member's country that Union law does not reach: northern Cyprus, where the acquis is
/// suspended, and Svalbard, which is outside the EEA.
const OUTSIDE_DESPITE_COUNTRY: &[&str] = &["ECN", "LYR"];

/// French overseas departments that are outermost regions with a country code of their own.
const OUTERMOST: &[&str] = &["GF", "GP", "MF", "MQ", "RE", "YT"];

/// States that take part by agreement, so that "intra-Community" is a reading and not the text.
const ASSOCIATED: &[&str] = &["CH", "IS", "NO"];

/// First day on which Saint Barthélemy was an overseas territory and no outermost region.
const SAINT_BARTHELEMY_LEFT: NaiveDate = day(2012, 1, 1);

/// The states' codes and those of the territories: carriage between them is domestic (14 CFR 260.2).
const UNITED_STATES: &[&str] = &["AS", "GU", "MP", "PR", "UM", "US", "VI"];

/// Whether Regulation 261/2004 counts this airport as a member state's territory on that day.
pub(crate) fn is_in_eu_zone(airport: &Airport, on: NaiveDate) -> bool {
    is_eu_zone_country(airport.country, on)
        && !OUTSIDE_DESPITE_COUNTRY.contains(&airport.iata.as_str())
}

/// Whether a carrier licensed in that country is a Community carrier on that day.
pub(crate) fn is_eu_zone_country(country: CountryCode, on: NaiveDate) -> bool {
    EU_ZONE
        .iter()
        .find(|membership| membership.country == country.as_str())
        .is_some_and(|found| {
            found.from.is_none_or(|first| first <= on) && found.until.is_none_or(|last| on <= last)
        })
}

pub(crate) fn is_disputed(airport: &Airport, on: NaiveDate) -> bool {
    airport.country.as_str() == "BL" && on >= SAINT_BARTHELEMY_LEFT
}

pub(crate) fn is_outermost(airport: &Airport) -> bool {
    OUTERMOST.contains(&airport.country.as_str())
}

pub(crate) fn is_associated(airport: &Airport) -> bool {
    ASSOCIATED.contains(&airport.country.as_str())
}

pub(crate) fn is_in_united_states(airport: &Airport) -> bool {
    UNITED_STATES.contains(&airport.country.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Coordinates;

    fn airport(iata: &str, country: &str) -> Airport {
        Airport {
            iata: iata.parse().unwrap(),
            country: country.parse().unwrap(),
            position: Coordinates::new(0.0, 0.0).unwrap(),
        }
    }

    #[test]
    fn the_zone_follows_the_law_and_not_the_country_code() {
        let today = day(2026, 11, 20);
        for (iata, country) in [
            ("FDF", "MQ"),
            ("SFG", "MF"),
            ("OSL", "NO"),
            ("ZRH", "CH"),
            ("MHQ", "AX"),
            ("LCA", "CY"),
        ] {
            assert!(is_in_eu_zone(&airport(iata, country), today), "{iata}");
        }
        for (iata, country) in [
            ("ECN", "CY"),
            ("LYR", "NO"),
            ("FAE", "FO"),
            ("GIB", "GI"),
            ("LHR", "GB"),
            ("JER", "JE"),
        ] {
            assert!(!is_in_eu_zone(&airport(iata, country), today), "{iata}");
        }
    }

    #[test]
    fn membership_is_that_of_the_day() {
        let heathrow = airport("LHR", "GB");
        assert!(is_in_eu_zone(&heathrow, day(2020, 12, 31)));
        assert!(!is_in_eu_zone(&heathrow, day(2021, 1, 1)));
        let zagreb = airport("ZAG", "HR");
        assert!(!is_in_eu_zone(&zagreb, day(2013, 6, 30)));
        assert!(is_in_eu_zone(&zagreb, day(2013, 7, 1)));
    }

    #[test]
    fn saint_barthelemy_is_in_doubt_since_it_left() {
        let gustaf = airport("SBH", "BL");
        assert!(!is_disputed(&gustaf, day(2011, 12, 31)));
        assert!(is_disputed(&gustaf, day(2012, 1, 1)));
    }
}
