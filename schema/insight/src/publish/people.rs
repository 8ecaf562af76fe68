//! From journeys to people: everybody counts once in a month.

use std::collections::BTreeMap;

use entities::insight::journey::Model;

use crate::cube::{CohortDimension, MOST_JOURNEYS, Person};

/// The people of these journeys, each person's journeys together. Whoever has several is told apart by the one of which
/// the worst became; they are in no order that says who they are.
pub(super) fn people(journeys: Vec<Model>) -> Vec<Person> {
    let mut by_person: BTreeMap<String, Vec<Model>> = BTreeMap::new();
    for journey in journeys {
        by_person
            .entry(journey.person.clone())
            .or_default()
            .push(journey);
    }
    by_person.values().filter_map(|all| person(all)).collect()
}

fn person(journeys: &[Model]) -> Option<Person> {
    let main = journeys
        .iter()
        .min_by_key(|journey| (severity(&journey.disruption), journey.id.as_str()))?;
    let claimed = journeys
        .iter()
        .max_by_key(|journey| (band(&journey.claim_band), journey.id.as_str()))?;
    let sum = |part: fn(&Model) -> i32| {
        let parts = journeys.iter().take(MOST_JOURNEYS as usize);
        parts.filter_map(|it| u64::try_from(part(it)).ok()).sum()
    };
    Some(Person {
        values: values(main, &claimed.claim_band),
        journeys: u32::try_from(journeys.len())
            .unwrap_or(MOST_JOURNEYS)
            .min(MOST_JOURNEYS),
        delay_minutes: sum(|journey| journey.delay_minutes),
        has_claim: claimed.claim_band != "NONE",
        claimed_euro: sum(|journey| journey.claimed_euro),
    })
}

fn values(main: &Model, claim_band: &str) -> BTreeMap<CohortDimension, String> {
    use CohortDimension as D;
    [
        (D::Disruption, main.disruption.as_str()),
        (D::Tier, &main.tier),
        (D::AgeBand, &main.age_band),
        (D::Residence, &main.residence),
        (D::Route, &main.route),
        (D::Cabin, &main.cabin),
        (D::Channel, &main.channel),
        (D::Language, &main.language),
        (D::HomeAirport, &main.home_airport),
        (D::ClaimBand, claim_band),
        (D::AccountAge, &main.account_age),
    ]
    .map(|(dimension, value)| (dimension, value.to_owned()))
    .into()
}

/// The worst first.
fn severity(disruption: &str) -> u8 {
    match disruption {
        "CANCELLATION" => 0,
        "DIVERSION" => 1,
        "DELAY" => 2,
        _ => 3,
    }
}

fn band(claim_band: &str) -> u8 {
    match claim_band {
        "OVER_400" => 4,
        "UP_TO_400" => 3,
        "UP_TO_250" => 2,
        "OTHER" => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};

    use super::*;

    fn journey(person: &str, id: &str, disruption: &str, claim_band: &str) -> Model {
        let text = |text: &str| text.to_owned();
        Model {
            id: text(id),
            person: text(person),
            month: text("2026-08"),
            counts_from: NaiveDate::MIN,
            tier: text("GOLD"),
            age_band: text("35-44"),
            residence: text("AE"),
            language: text("ar"),
            home_airport: text("DXB"),
            account_age: text("1_TO_3_YEARS"),
            route: text("EUROPE-GULF"),
            cabin: text("Y"),
            channel: text("WEB"),
            disruption: text(disruption),
            delay_minutes: 100,
            claim_band: text(claim_band),
            claimed_euro: 250,
            read_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn everybody_counts_once() {
        let mut journeys = vec![
            journey("b", "1", "NONE", "NONE"),
            journey("a", "2", "DELAY", "UP_TO_250"),
            journey("a", "3", "NONE", "NONE"),
        ];
        journeys.extend((0..20).map(|id| journey("c", &format!("x{id}"), "NONE", "NONE")));
        let people = people(journeys);
        assert_eq!(people.len(), 3);
        assert_eq!(people[0].value(CohortDimension::Disruption), "DELAY");
        assert_eq!(people[0].value(CohortDimension::ClaimBand), "UP_TO_250");
        assert_eq!((people[0].journeys, people[0].has_claim), (2, true));
        assert_eq!(people[2].journeys, MOST_JOURNEYS, "nobody stands out");
        assert_eq!(people[2].delay_minutes, 800);
    }
}
