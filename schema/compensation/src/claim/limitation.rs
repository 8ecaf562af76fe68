//! How long a claim can be filed.
//!
//! Regulation 261/2004 sets no period: the law of the member state does (C-139/11), so the airline says whose it goes by.

use chrono::{Datelike, Months, NaiveDate};
use entities::compensation::{entitlement::EntitlementKind, filing::Incident};

/// The member state whose period is used where none is configured: none, and then two years.
pub const NO_STATE: &str = "";

/// The member state by whose law the airline goes: ISO 3166-1 alpha-2, or [`NO_STATE`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jurisdiction(pub String);

/// One period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The body of law, as it is stored.
    regime: &'static str,
    /// ISO 3166-1 alpha-2 code of the member state whose law it is; empty where the law itself sets the period.
    state: &'static str,
    months: u32,
    /// Whether it runs from the end of the year of the incident.
    is_from_end_of_year: bool,
    /// Where it stands, for people.
    pub source: &'static str,
}

const fn years(
    regime: &'static str,
    state: &'static str,
    years: u32,
    source: &'static str,
) -> Period {
    Period {
        regime,
        state,
        months: years * 12,
        is_from_end_of_year: false,
        source,
    }
}

const fn from_end_of_year(mut period: Period) -> Period {
    period.is_from_end_of_year = true;
    period
}

const PERIODS: &[Period] = &[
    years(
        "EU261",
        "",
        2,
        "EU261: two years where no member state is configured (C-139/11 leaves it to national law)",
    ),
    years("EU261", "AT", 3, "Austria: ABGB s 1486, three years"),
    years(
        "EU261",
        "BE",
        1,
        "Belgium: Act of 25 August 1891 Art 9, one year",
    ),
    from_end_of_year(years(
        "EU261",
        "DE",
        3,
        "Germany: BGB ss 195, 199, three years from the end of the year",
    )),
    years("EU261", "ES", 5, "Spain: Código Civil Art 1964, five years"),
    years("EU261", "FR", 5, "France: Code civil Art 2224, five years"),
    years(
        "EU261",
        "IE",
        6,
        "Ireland: Statute of Limitations 1957 s 11, six years",
    ),
    years(
        "EU261",
        "IT",
        2,
        "Italy: Codice della navigazione Art 949-ter, two years",
    ),
    years("EU261", "NL", 2, "Netherlands: BW 8:1835, two years"),
    years("EU261", "PL", 1, "Poland: Civil Code Art 778, one year"),
    years(
        "EU261",
        "PT",
        3,
        "Portugal: Código Civil Art 498, three years",
    ),
    years(
        "EU261",
        "SE",
        10,
        "Sweden: Preskriptionslagen s 2, ten years",
    ),
    years(
        "UK261",
        "",
        6,
        "England and Wales: Limitation Act 1980 s 5, six years",
    ),
    years("CA_APPR", "", 1, "Canada: SOR/2019-150 s 19(3), one year"),
    years("MONTREAL", "", 2, "Montreal Convention Art 35, two years"),
    years(
        "US_DOT",
        "",
        2,
        "ours for 14 CFR part 260, which sets none: two years",
    ),
];

/// The period of laws and goodwill that have none of their own.
const OURS: Period = years("", "", 2, "ours where no law sets one: two years");

/// The law that a claim rests on where the claimant names none: damage and bags are the Montreal Convention's matter, the
/// fixed sums are the Union's.
pub fn presumed(incident: Incident, remedy: EntitlementKind) -> Option<&'static str> {
    match (incident, remedy) {
        (_, EntitlementKind::Goodwill) => None,
        (Incident::BaggageDelayed | Incident::BaggageDamaged | Incident::BaggageLost, _)
        | (_, EntitlementKind::DamagesCap) => Some("MONTREAL"),
        (
            Incident::Delay
            | Incident::Cancellation
            | Incident::MissedConnection
            | Incident::DeniedBoarding
            | Incident::Downgrade
            | Incident::ServiceNotProvided
            | Incident::Other,
            EntitlementKind::Compensation
            | EntitlementKind::Refund
            | EntitlementKind::Reroute
            | EntitlementKind::Care
            | EntitlementKind::DowngradeReimbursement
            | EntitlementKind::FeeRefund,
        ) => Some("EU261"),
    }
}

/// The period for a body of law, as it is stored, by the law of a member state where that decides.
pub fn period(regime: Option<&str>, state: &str) -> Period {
    let of = |state: &str| {
        PERIODS
            .iter()
            .find(|period| Some(period.regime) == regime && period.state == state)
    };
    of(state).or_else(|| of(NO_STATE)).copied().unwrap_or(OURS)
}

impl Period {
    /// The last day on which a claim for something that happened on `incident_on` can be filed.
    pub fn last_day(&self, incident_on: NaiveDate) -> NaiveDate {
        let start = if self.is_from_end_of_year {
            NaiveDate::from_ymd_opt(incident_on.year(), 12, 31).unwrap_or(incident_on)
        } else {
            incident_on
        };
        start
            .checked_add_months(Months::new(self.months))
            .unwrap_or(NaiveDate::MAX)
    }
}

/// Whether a member state's period is known: for configurations.
pub fn is_known_state(state: &str) -> bool {
    PERIODS.iter().any(|period| period.state == state)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn each_law_has_its_own_period() {
        for (regime, state, incident, last) in [
            (Some("EU261"), "", "2024-05-10", "2026-05-10"),
            (Some("EU261"), "DE", "2023-02-01", "2026-12-31"),
            (Some("EU261"), "ES", "2021-05-10", "2026-05-10"),
            (Some("EU261"), "PL", "2024-02-29", "2025-02-28"),
            (Some("EU261"), "MT", "2024-05-10", "2026-05-10"),
            (Some("CA_APPR"), "DE", "2025-05-10", "2026-05-10"),
            (Some("MONTREAL"), "", "2024-05-10", "2026-05-10"),
            (Some("UK261"), "", "2020-05-10", "2026-05-10"),
            (None, "", "2024-05-10", "2026-05-10"),
        ] {
            assert_eq!(
                period(regime, state).last_day(day(incident)),
                day(last),
                "{regime:?} {state}"
            );
        }
    }

    #[test]
    fn damage_and_bags_are_the_conventions_matter() {
        assert_eq!(
            presumed(Incident::BaggageLost, EntitlementKind::Compensation),
            Some("MONTREAL")
        );
        assert_eq!(
            presumed(Incident::Delay, EntitlementKind::DamagesCap),
            Some("MONTREAL")
        );
        assert_eq!(
            presumed(Incident::Delay, EntitlementKind::Compensation),
            Some("EU261")
        );
        assert_eq!(presumed(Incident::Other, EntitlementKind::Goodwill), None);
    }
}
