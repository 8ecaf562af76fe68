//! Which flights there are between two airports, and how to get from one to another.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entities::order::flight::{self, Status};

use super::{flight::Flown, stream::Stream, week::Fate};

/// The shortest time planned for changing planes.
const SHORTEST_CONNECTION: TimeDelta = TimeDelta::minutes(75);
/// The longest.
const LONGEST_CONNECTION: TimeDelta = TimeDelta::hours(12);
/// The shortest time in which changing planes worked out.
const ACTUAL_CONNECTION: TimeDelta = TimeDelta::minutes(30);

/// An IATA code.
type Code = [u8; 3];

/// Flights, by place in a list that never changes.
pub(super) struct Timetable {
    flights: Vec<Flown>,
    /// Flights of the network by their ends, in order of departure.
    routes: BTreeMap<(Code, Code), Vec<usize>>,
    /// Ways between airports of the network, by their ends: the airports where one changes planes.
    ways: BTreeMap<(Code, Code), Vec<Vec<Code>>>,
    /// Where one can go from an airport.
    reach: BTreeMap<Code, Vec<Code>>,
    /// Flights of the real week by origin, in order of departure.
    week: BTreeMap<Code, Vec<usize>>,
}

fn code(iata: &str) -> Code {
    let mut code = [b' '; 3];
    code.iter_mut()
        .zip(iata.bytes())
        .for_each(|(place, byte)| *place = byte);
    code
}

impl Timetable {
    /// The timetable of these flights.
    pub(super) fn new(flights: Vec<Flown>) -> Self {
        let mut routes: BTreeMap<(Code, Code), Vec<usize>> = BTreeMap::new();
        let mut of_week: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
        for (place, flown) in flights.iter().enumerate() {
            let (origin, destination) =
                (code(&flown.flight.origin), code(&flown.flight.destination));
            match flown.fate {
                None => routes.entry((origin, destination)).or_default().push(place),
                Some(_) => of_week.entry(origin).or_default().push(place),
            }
        }
        let departure = |place: &usize| flights[*place].flight.scheduled_departure_at;
        routes
            .values_mut()
            .chain(of_week.values_mut())
            .for_each(|places| places.sort_by_key(departure));
        let ways = ways(&routes);
        let mut reach: BTreeMap<Code, Vec<Code>> = BTreeMap::new();
        for (origin, destination) in ways.keys() {
            reach.entry(*origin).or_default().push(*destination);
        }
        Self {
            flights,
            routes,
            ways,
            reach,
            week: of_week,
        }
    }

    /// How many flights there are.
    pub(super) fn len(&self) -> usize {
        self.flights.len()
    }

    /// The flight at a place.
    pub(super) fn flight(&self, place: usize) -> &flight::Model {
        &self.flights[place].flight
    }

    /// Some airport that can be reached from `origin`.
    pub(super) fn somewhere_from(&self, origin: &str, stream: &mut Stream) -> Option<String> {
        let places = self.reach.get(&code(origin))?;
        Some(String::from_utf8_lossy(&stream.pick(places)).into_owned())
    }

    /// A journey that begins on `day`: flights by place. `None` when there is none that day, or none that worked out.
    pub(super) fn journey(
        &self,
        origin: &str,
        destination: &str,
        day: NaiveDate,
        stream: &mut Stream,
    ) -> Option<Vec<usize>> {
        let (origin, destination) = (code(origin), code(destination));
        let ways = self.ways.get(&(origin, destination))?;
        let first_way = stream.below(ways.len());
        let preferred = stream.below(4);
        (0..ways.len())
            .find_map(|turn| self.along(&ways[(first_way + turn) % ways.len()], day, preferred))
    }

    fn along(&self, way: &[Code], day: NaiveDate, preferred: usize) -> Option<Vec<usize>> {
        let places = self.routes.get(&(way[0], way[1]))?;
        let from = places.partition_point(|place| self.flight(*place).departs_on < day);
        let today: Vec<usize> = places[from..]
            .iter()
            .copied()
            .take_while(|place| self.flight(*place).departs_on == day)
            .collect();
        let first = *today.get(preferred % today.len().max(1))?;
        let mut journey = vec![first];
        for leg in way.windows(2).skip(1) {
            let before = self.flight(*journey.last()?);
            journey.push(self.connection(before, self.routes.get(&(leg[0], leg[1]))?)?);
        }
        Some(journey)
    }

    /// The next of `places`, in order of departure, that can be reached from the flight before.
    fn connection(&self, before: &flight::Model, places: &[usize]) -> Option<usize> {
        let from = places.partition_point(|place| {
            self.flight(*place).scheduled_departure_at
                < before.scheduled_arrival_at + SHORTEST_CONNECTION
        });
        let next = *places.get(from)?;
        let flight = self.flight(next);
        let in_time =
            flight.scheduled_departure_at <= before.scheduled_arrival_at + LONGEST_CONNECTION;
        (in_time && worked_out(before, flight)).then_some(next)
    }

    /// A flight of the real week from `origin`, leaving within the given time, by what became of it.
    pub(super) fn of_week(
        &self,
        origin: &str,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        wanted: &[Fate],
        stream: &mut Stream,
    ) -> Option<usize> {
        let places = self.week.get(&code(origin))?;
        let instant = |place: &usize| self.flight(*place).scheduled_departure_at;
        let (low, high) = (
            places.partition_point(|place| instant(place) < from),
            places.partition_point(|place| instant(place) <= to),
        );
        let places: Vec<usize> = places[low..high]
            .iter()
            .copied()
            .filter(|place| {
                self.flights[*place]
                    .fate
                    .is_some_and(|fate| wanted.contains(&fate))
            })
            .collect();
        (!places.is_empty()).then(|| stream.pick(&places))
    }
}

/// Whether a connection that is planned also worked out, as far as is known.
fn worked_out(before: &flight::Model, next: &flight::Model) -> bool {
    match (
        before.status,
        before.actual_arrival_at,
        next.actual_departure_at,
    ) {
        (Status::Arrived, Some(arrival), Some(departure)) => {
            departure - arrival >= ACTUAL_CONNECTION
        }
        _ => true,
    }
}

/// Every way between two airports with as few changes as possible, at most two.
fn ways(routes: &BTreeMap<(Code, Code), Vec<usize>>) -> BTreeMap<(Code, Code), Vec<Vec<Code>>> {
    let airports: BTreeSet<Code> = routes.keys().map(|(origin, _)| *origin).collect();
    let mut ways: BTreeMap<(Code, Code), Vec<Vec<Code>>> = routes
        .keys()
        .map(|(from, to)| ((*from, *to), vec![vec![*from, *to]]))
        .collect();
    for _ in 0..2 {
        let mut longer: BTreeMap<(Code, Code), Vec<Vec<Code>>> = BTreeMap::new();
        for ((from, via), shorter) in &ways {
            for to in airports.iter().filter(|to| {
                *to != from
                    && routes.contains_key(&(*via, **to))
                    && !ways.contains_key(&(*from, **to))
            }) {
                longer.entry((*from, *to)).or_default().extend(
                    shorter
                        .iter()
                        .map(|way| way.iter().copied().chain([*to]).collect()),
                );
            }
        }
        ways.extend(longer);
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{
        calendar::Calendar, country::COUNTRIES, flight, reference::Reference, stream::Purpose,
    };

    fn timetable() -> Timetable {
        let calendar = Calendar::new("2026-11-20".parse().unwrap());
        let reference = Reference::load().unwrap();
        Timetable::new(flight::network(1, calendar, &reference).unwrap())
    }

    #[test]
    fn everybody_gets_away_from_home_and_connections_hold() {
        let timetable = timetable();
        let mut stream = Stream::new(1, Purpose::Booking, 0);
        let mut found = 0;
        for airport in COUNTRIES
            .iter()
            .flat_map(|country| country.airports)
            .filter(|airport| !matches!(**airport, "EWR" | "LGA"))
        {
            for offset in 0..20 {
                let destination = timetable.somewhere_from(airport, &mut stream).unwrap();
                let day = Calendar::new("2026-11-20".parse().unwrap()).day(offset - 10);
                let Some(journey) = timetable.journey(airport, &destination, day, &mut stream)
                else {
                    continue;
                };
                found += 1;
                assert!((1..=3).contains(&journey.len()));
                for pair in journey.windows(2) {
                    let (before, next) = (timetable.flight(pair[0]), timetable.flight(pair[1]));
                    assert_eq!(before.destination, next.origin);
                    assert!(
                        next.scheduled_departure_at - before.scheduled_arrival_at
                            >= SHORTEST_CONNECTION
                    );
                }
                assert_eq!(
                    (
                        &timetable.flight(journey[0]).origin,
                        &timetable.flight(journey[journey.len() - 1]).destination
                    ),
                    (&(*airport).to_owned(), &destination)
                );
            }
        }
        assert!(found > 300, "{found}");
    }
}
