//! From facts to rows: everything is made coarse before it is kept. Pure functions.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use entities::insight::journey::Model;

use super::{Facts, JourneyFacts, region::region};
use crate::{Month, pseudonym::Agreement};

/// From which age on people count.
const OF_AGE: u32 = 18;

/// How long an account has to exist before its owner counts, in days.
const YOUNGEST_ACCOUNT: u64 = 30;

/// How late a journey has to arrive to be called delayed, in minutes.
const DELAY: i32 = 60;

/// The rows of a person; none where they are not to be counted.
pub(super) fn rows(
    person: &str,
    facts: &Facts,
    is_granted: bool,
    names: &Agreement,
    now: DateTime<Utc>,
) -> Vec<Model> {
    let age = facts
        .birth_date
        .and_then(|born| now.date_naive().years_since(born));
    let Some(age) = age.filter(|age| *age >= OF_AGE) else {
        return Vec::new();
    };
    if !is_granted || !facts.is_open || facts.needs_assistance {
        return Vec::new();
    }
    let row = |journey| row(person, age, (facts, journey), names, now);
    facts.journeys.iter().map(row).collect()
}

fn row(
    person: &str,
    age: u32,
    (facts, journey): (&Facts, &JourneyFacts),
    names: &Agreement,
    now: DateTime<Utc>,
) -> Model {
    let known_on = facts.known_since.date_naive();
    let (delay_minutes, claimed_euro) = (delay(journey), claimed_euro(journey));
    Model {
        id: names.name_of("journey", &journey.id),
        person: person.to_owned(),
        month: Month::of(journey.departs_at).to_string(),
        counts_from: known_on
            .checked_add_days(Days::new(YOUNGEST_ACCOUNT))
            .unwrap_or(NaiveDate::MAX),
        tier: facts.tier.clone().unwrap_or_else(|| "NONE".to_owned()),
        age_band: age_band(age).to_owned(),
        residence: known(facts.residence.as_deref()),
        language: facts
            .language
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase(),
        home_airport: known(facts.home_airport.as_deref()),
        account_age: account_age(known_on, now.date_naive()).to_owned(),
        route: route(journey),
        cabin: known(journey.segments.first().map(|it| it.cabin.as_str())),
        channel: known(journey.channel.as_deref()),
        disruption: disruption(journey, delay_minutes).to_owned(),
        delay_minutes,
        claim_band: claim_band(journey, claimed_euro).to_owned(),
        claimed_euro,
        read_at: now,
    }
}

fn known(value: Option<&str>) -> String {
    value.unwrap_or("UNKNOWN").to_owned()
}

fn age_band(age: u32) -> &'static str {
    match age {
        0..=24 => "18-24",
        25..=34 => "25-34",
        35..=44 => "35-44",
        45..=54 => "45-54",
        55..=64 => "55-64",
        _ => "65+",
    }
}

fn account_age(known_on: NaiveDate, today: NaiveDate) -> &'static str {
    let is_within = |years: u32| {
        known_on
            .checked_add_months(Months::new(12 * years))
            .is_none_or(|end| today < end)
    };
    match () {
        () if is_within(1) => "UNDER_1_YEAR",
        () if is_within(3) => "1_TO_3_YEARS",
        () if is_within(5) => "3_TO_5_YEARS",
        () => "OVER_5_YEARS",
    }
}

/// Between which parts of the world, whichever way.
fn route(journey: &JourneyFacts) -> String {
    let mut ends = [
        region(journey.origin_country.as_deref()),
        region(journey.destination_country.as_deref()),
    ];
    ends.sort_unstable();
    ends.join("-")
}

/// How late the last flight arrives; 0 for on time and for what is not known.
fn delay(journey: &JourneyFacts) -> i32 {
    let last = journey.segments.last();
    last.and_then(|segment| segment.arrival_delay_minutes)
        .map_or(0, |minutes| minutes.clamp(0, 10_080))
}

fn disruption(journey: &JourneyFacts, delay_minutes: i32) -> &'static str {
    let has = |status: &str| {
        journey
            .segments
            .iter()
            .any(|segment| segment.flight_status.as_deref() == Some(status))
    };
    match () {
        () if has("CANCELLED") => "CANCELLATION",
        () if has("DIVERTED") => "DIVERSION",
        () if delay_minutes >= DELAY => "DELAY",
        () => "NONE",
    }
}

/// What was claimed in euro, in whole euro.
fn claimed_euro(journey: &JourneyFacts) -> i32 {
    let minor: i64 = journey
        .claims
        .iter()
        .filter_map(|claim| claim.amount.as_ref())
        .filter(|(_, currency)| currency == "EUR")
        .map(|(minor, _)| (*minor).max(0))
        .sum();
    i32::try_from(minor / 100).unwrap_or(i32::MAX)
}

fn claim_band(journey: &JourneyFacts, claimed_euro: i32) -> &'static str {
    match claimed_euro {
        0 if journey.claims.is_empty() => "NONE",
        0 => "OTHER",
        1..=250 => "UP_TO_250",
        251..=400 => "UP_TO_400",
        _ => "OVER_400",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{ClaimFacts, SegmentFacts},
        pseudonym::Pseudonyms,
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn somebody() -> Facts {
        let segment = |status: &str, delay| SegmentFacts {
            cabin: "Y".to_owned(),
            flight_status: Some(status.to_owned()),
            arrival_delay_minutes: delay,
        };
        Facts {
            is_open: true,
            needs_assistance: false,
            is_granted: None,
            birth_date: NaiveDate::from_ymd_opt(1984, 2, 29),
            tier: Some("GOLD".to_owned()),
            residence: Some("AE".to_owned()),
            language: "ar-AE".to_owned(),
            home_airport: Some("DXB".to_owned()),
            known_since: at("2024-05-01T00:00:00Z"),
            journeys: vec![JourneyFacts {
                id: "1".to_owned(),
                departs_at: at("2026-08-31T23:59:59Z"),
                origin_country: Some("DE".to_owned()),
                destination_country: Some("AE".to_owned()),
                channel: Some("WEB".to_owned()),
                segments: vec![segment("ARRIVED", Some(-5)), segment("ARRIVED", Some(245))],
                claims: vec![ClaimFacts {
                    amount: Some((60_000, "EUR".to_owned())),
                }],
            }],
        }
    }

    fn kept(facts: &Facts, is_granted: bool) -> Vec<Model> {
        let names = Pseudonyms::new(&[7; 32]).of_model();
        rows("p", facts, is_granted, &names, at("2026-11-20T12:00:00Z"))
    }

    #[test]
    fn facts_are_kept_coarse() {
        let row = kept(&somebody(), true).remove(0);
        let told = [
            &row.month,
            &row.age_band,
            &row.language,
            &row.account_age,
            &row.route,
            &row.disruption,
            &row.claim_band,
        ];
        let expected = [
            "2026-08",
            "35-44",
            "ar",
            "1_TO_3_YEARS",
            "EUROPE-GULF",
            "DELAY",
            "OVER_400",
        ];
        assert_eq!(told, expected);
        assert_eq!((row.delay_minutes, row.claimed_euro), (245, 600));
        assert_eq!(row.counts_from.to_string(), "2024-05-31");
        assert_ne!(row.id, "1");
    }

    #[test]
    fn who_is_not_to_be_counted_leaves_no_row() {
        assert_eq!(kept(&somebody(), false), [], "no consent");
        let left_out: [fn(&mut Facts); 4] = [
            |facts| facts.is_open = false,
            |facts| facts.needs_assistance = true,
            |facts| facts.birth_date = None,
            |facts| facts.birth_date = NaiveDate::from_ymd_opt(2008, 11, 21),
        ];
        for leave_out in left_out {
            let mut facts = somebody();
            leave_out(&mut facts);
            assert_eq!(kept(&facts, true), []);
        }
        let mut facts = somebody();
        facts.birth_date = NaiveDate::from_ymd_opt(2008, 11, 20);
        assert_eq!(kept(&facts, true)[0].age_band, "18-24", "of age today");
    }

    #[test]
    fn the_worst_counts() {
        let mut facts = somebody();
        facts.journeys[0].segments[0].flight_status = Some("CANCELLED".to_owned());
        assert_eq!(kept(&facts, true)[0].disruption, "CANCELLATION");
        facts.journeys[0].segments.clear();
        facts.journeys[0].claims[0].amount = Some((60_000, "USD".to_owned()));
        let row = kept(&facts, true).remove(0);
        let told = [row.disruption, row.claim_band, row.cabin];
        assert_eq!(told, ["NONE", "OTHER", "UNKNOWN"]);
    }
}
