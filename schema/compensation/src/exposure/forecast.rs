//! What a decision about a flight would cost, over the ways in which it may go. Pure.

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry};

use entities::compensation::assessment::Regime;

use super::{
    manifest::{Course, CourseKind, End, FlightManifest, Group},
    swap::{Hit, Seats, hits},
};
use crate::{
    claim::policy,
    disruption::{CauseReading, MalformedReport},
    engine::{self, Rerouting, RuleSet},
};

/// How many of the recorded flights are tried, evenly spread from the fastest to the slowest.
pub const COURSES: usize = 41;

/// Aircraft with fewer seats are small to the law of the United States (14 CFR 250.2).
const SMALL_AIRCRAFT: u32 = 30;

/// What may be decided about a flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is done with the flight.
    pub measure: Measure,
    /// The cause that would be given, as an IATA delay code.
    pub cause_code: Option<String>,
}

/// What is done with a flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// It leaves that many minutes late.
    Delay(i64),
    /// It does not leave.
    Cancellation {
        /// Minutes from telling the passengers to the scheduled departure.
        notice_minutes: i64,
        /// The other travel that is offered, as it is planned.
        rerouting: Option<Rerouting>,
    },
    /// It is flown by an aircraft with other seats.
    Swap {
        /// The seats.
        seats: Seats,
        /// The other travel that is offered to those who stay behind, as it is planned.
        rerouting: Option<Rerouting>,
    },
}

/// What a decision would cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// How many ways in which the flight may go were weighed.
    pub courses: usize,
    /// Passengers who would be owed something.
    pub entitled_passengers: Spread,
    /// Passengers who would miss a connection.
    pub missed_connections: Spread,
    /// Passengers who would stay behind for want of a seat.
    pub denied_boardings: Spread,
    /// Passengers who would sit in a lower cabin.
    pub downgrades: Spread,
    /// Sums over all bodies of law, by currency.
    pub totals: BTreeMap<String, Spread>,
    /// What each body of law would grant, in the order in which it was met.
    pub regimes: Vec<RegimeForecast>,
}

/// What one body of law would grant in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegimeForecast {
    /// The body of law.
    pub regime: Regime,
    /// ISO 4217 code.
    pub currency: String,
    /// What would have to be paid, in minor units.
    pub amount_minor: Spread,
    /// Passengers who would be owed something by it.
    pub passengers: Spread,
    /// Whether a part hangs on facts that nobody knows yet; it is counted as if they went against the carrier.
    pub has_open_questions: bool,
}

/// The middle and the high end of what may come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Half of the courses stay within it.
    pub p50: i64,
    /// 95 of 100 courses stay within it.
    pub p95: i64,
}

/// What `decision` would cost with these bookings under `rules`, when the flight gains or loses the minutes of one of `en_route` between
/// departure and arrival, each as likely as the other. Without a record it is taken to keep its time.
///
/// # Errors
/// When the manifest holds what cannot be right.
pub fn forecast(
    manifest: &FlightManifest,
    en_route: &[i32],
    decision: &Decision,
    rules: &RuleSet,
) -> Result<Forecast, MalformedReport> {
    let mut known = Known::default();
    if let Measure::Swap { seats, rerouting } = decision.measure {
        let hits = hits(manifest, seats);
        let bills = evenly(en_route)
            .into_iter()
            .map(|minutes| {
                let courses = Swapped {
                    denied: Course {
                        kind: CourseKind::DeniedBoarding {
                            rerouting: late_by(rerouting, minutes),
                            is_small_aircraft: seats.total() < SMALL_AIRCRAFT,
                        },
                        cause_code: decision.cause_code.clone(),
                    },
                    downgraded: Course {
                        kind: CourseKind::Downgraded,
                        cause_code: decision.cause_code.clone(),
                    },
                };
                bill_of_swap(manifest, &hits, &courses, rules, &mut known)
            })
            .collect::<Result<Vec<Bill>, MalformedReport>>()?;
        return Ok(summary(&bills));
    }
    let bills = evenly(en_route)
        .into_iter()
        .map(|minutes| {
            let course = Course {
                kind: course_of(decision.measure, minutes),
                cause_code: decision.cause_code.clone(),
            };
            bill(manifest, &course, rules, &mut known)
        })
        .collect::<Result<Vec<Bill>, MalformedReport>>()?;
    Ok(summary(&bills))
}

/// At most [`COURSES`] values of `ascending`, the first and the last among them; one zero when there are none.
fn evenly(ascending: &[i32]) -> Vec<i64> {
    let last = match ascending.len() {
        0 => return vec![0],
        length => length - 1,
    };
    let count = ascending.len().min(COURSES);
    (0..count)
        .filter_map(|step| ascending.get(step * last / (count - 1).max(1)))
        .map(|minutes| i64::from(*minutes))
        .collect()
}

fn course_of(measure: Measure, en_route: i64) -> CourseKind {
    match measure {
        Measure::Delay(departure) => CourseKind::Operates {
            departure_delay_minutes: departure,
            arrival_delay_minutes: departure + en_route,
        },
        Measure::Cancellation {
            notice_minutes,
            rerouting,
        } => CourseKind::Cancelled {
            notice_minutes,
            rerouting: late_by(rerouting, en_route),
        },
        // Who is hit by it is known by group; see `bill_of_swap`.
        Measure::Swap { .. } => CourseKind::Downgraded,
    }
}

/// Other travel that gains or loses as many minutes on its way.
fn late_by(planned: Option<Rerouting>, minutes: i64) -> Option<Rerouting> {
    planned.map(|planned| Rerouting {
        arrives_later_minutes: planned.arrives_later_minutes + minutes,
        ..planned
    })
}

/// What happens to those who are hit when a flight is flown by an aircraft with fewer seats.
struct Swapped {
    denied: Course,
    downgraded: Course,
}

/// What a swap costs: each group pays for those of it who are hit.
fn bill_of_swap(
    manifest: &FlightManifest,
    hits: &[Hit],
    courses: &Swapped,
    rules: &RuleSet,
    known: &mut Known,
) -> Result<Bill, MalformedReport> {
    let mut bill = Bill::default();
    for (index, (group, hit)) in manifest.groups.iter().zip(hits).enumerate() {
        for (course, passengers) in [
            (&courses.denied, i64::from(hit.denied)),
            (&courses.downgraded, i64::from(hit.downgraded)),
        ] {
            if passengers == 0 {
                continue;
            }
            let owed = match known.entry((index, case_of(group, course.kind))) {
                Entry::Occupied(owed) => owed.into_mut(),
                Entry::Vacant(place) => place.insert(owed(manifest, group, course, rules)?),
            };
            if !owed.is_empty() {
                bill.entitled_passengers += passengers;
            }
            for line in owed {
                add(&mut bill.lines, line, passengers);
            }
        }
        bill.denied_boardings += i64::from(hit.denied);
        bill.downgrades += i64::from(hit.downgraded);
    }
    Ok(bill)
}

/// What one course costs.
#[derive(Debug, Default)]
struct Bill {
    entitled_passengers: i64,
    missed_connections: i64,
    denied_boardings: i64,
    downgrades: i64,
    lines: Vec<Line>,
}

/// What one body of law grants in one currency.
#[derive(Clone, Debug)]
struct Line {
    regime: Regime,
    currency: String,
    amount_minor: i64,
    passengers: i64,
    is_at_stake: bool,
}

/// What one passenger of each group is owed: courses that end alike for a group are decided once.
type Known = HashMap<(usize, CaseKey), Vec<Line>>;

/// What of a course makes a difference to one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum CaseKey {
    Ends(End, i64),
    Cancelled(i64, Option<(i64, i64)>),
    Denied(Option<(i64, i64)>),
    Downgraded,
}

fn bill(
    manifest: &FlightManifest,
    course: &Course,
    rules: &RuleSet,
    known: &mut Known,
) -> Result<Bill, MalformedReport> {
    let mut bill = Bill::default();
    for (index, group) in manifest.groups.iter().enumerate() {
        let passengers = i64::from(group.passengers);
        let case = case_of(group, course.kind);
        if matches!(case, CaseKey::Ends(end, _) if end.misses_connection) {
            bill.missed_connections += passengers;
        }
        let owed = match known.entry((index, case)) {
            Entry::Occupied(owed) => owed.into_mut(),
            Entry::Vacant(place) => place.insert(owed(manifest, group, course, rules)?),
        };
        if !owed.is_empty() {
            bill.entitled_passengers += passengers;
        }
        for line in owed {
            add(&mut bill.lines, line, passengers);
        }
    }
    Ok(bill)
}

fn case_of(group: &Group, course: CourseKind) -> CaseKey {
    match course {
        CourseKind::Operates {
            departure_delay_minutes,
            arrival_delay_minutes,
        } => CaseKey::Ends(group.end(arrival_delay_minutes), departure_delay_minutes),
        CourseKind::Cancelled {
            notice_minutes,
            rerouting,
        } => CaseKey::Cancelled(
            notice_minutes,
            rerouting.map(|offer| (offer.departs_earlier_minutes, offer.arrives_later_minutes)),
        ),
        CourseKind::DeniedBoarding { rerouting, .. } => CaseKey::Denied(
            rerouting.map(|offer| (offer.departs_earlier_minutes, offer.arrives_later_minutes)),
        ),
        CourseKind::Downgraded => CaseKey::Downgraded,
    }
}

/// What one passenger of the group is owed, one line for each body of law and currency.
fn owed(
    manifest: &FlightManifest,
    group: &Group,
    course: &Course,
    rules: &RuleSet,
) -> Result<Vec<Line>, MalformedReport> {
    let facts = manifest.facts(group, course)?;
    let cause = CauseReading::of(course.cause_code.as_deref());
    let mut lines = Vec::new();
    for due in policy::due(&facts, cause, &engine::assess(&facts, rules), rules) {
        let line = Line {
            regime: due.regime,
            is_at_stake: due.is_at_stake || !due.reasons.is_empty(),
            amount_minor: due.amount_minor,
            currency: due.currency,
            passengers: 0,
        };
        add(&mut lines, &line, 1);
    }
    for line in &mut lines {
        line.passengers = 1;
    }
    Ok(lines)
}

/// Adds what `passengers` of them are owed by `line`.
fn add(lines: &mut Vec<Line>, line: &Line, passengers: i64) {
    let is_same =
        |other: &&mut Line| other.regime == line.regime && other.currency == line.currency;
    match lines.iter_mut().find(is_same) {
        Some(sum) => {
            sum.amount_minor = sum
                .amount_minor
                .saturating_add(line.amount_minor.saturating_mul(passengers));
            sum.passengers += line.passengers * passengers;
            sum.is_at_stake |= line.is_at_stake;
        }
        None => lines.push(Line {
            amount_minor: line.amount_minor.saturating_mul(passengers),
            passengers: line.passengers * passengers,
            ..line.clone()
        }),
    }
}

fn summary(bills: &[Bill]) -> Forecast {
    let mut kinds: Vec<(Regime, String)> = Vec::new();
    for line in bills.iter().flat_map(|bill| &bill.lines) {
        let kind = (line.regime, line.currency.clone());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let currencies: BTreeSet<&String> = kinds.iter().map(|(_, currency)| currency).collect();
    let total = |bill: &Bill, currency: &str| -> i64 {
        let lines = bill.lines.iter().filter(|line| line.currency == currency);
        lines.map(|line| line.amount_minor).sum()
    };
    Forecast {
        courses: bills.len(),
        entitled_passengers: Spread::of(bills.iter().map(|bill| bill.entitled_passengers)),
        missed_connections: Spread::of(bills.iter().map(|bill| bill.missed_connections)),
        denied_boardings: Spread::of(bills.iter().map(|bill| bill.denied_boardings)),
        downgrades: Spread::of(bills.iter().map(|bill| bill.downgrades)),
        totals: currencies
            .into_iter()
            .map(|currency| {
                let sums = bills.iter().map(|bill| total(bill, currency));
                (currency.clone(), Spread::of(sums))
            })
            .collect(),
        regimes: kinds
            .iter()
            .map(|(regime, currency)| regime_forecast(bills, *regime, currency))
            .collect(),
    }
}

fn regime_forecast(bills: &[Bill], regime: Regime, currency: &str) -> RegimeForecast {
    let lines: Vec<Option<&Line>> = bills
        .iter()
        .map(|bill| {
            bill.lines
                .iter()
                .find(|line| line.regime == regime && line.currency == currency)
        })
        .collect();
    let spread = |value: fn(&Line) -> i64| {
        Spread::of(lines.iter().map(|line| line.map(value).unwrap_or_default()))
    };
    RegimeForecast {
        regime,
        currency: currency.to_owned(),
        amount_minor: spread(|line| line.amount_minor),
        passengers: spread(|line| line.passengers),
        has_open_questions: lines.iter().flatten().any(|line| line.is_at_stake),
    }
}

impl Spread {
    /// The nearest ranks of the values; zero when there are none.
    fn of(values: impl Iterator<Item = i64>) -> Self {
        let mut ascending: Vec<i64> = values.collect();
        ascending.sort_unstable();
        let at = |percent: usize| {
            let rank = (ascending.len() * percent).div_ceil(100).max(1);
            ascending.get(rank - 1).copied().unwrap_or_default()
        };
        Self {
            p50: at(50),
            p95: at(95),
        }
    }
}

#[cfg(test)]
mod tests;
