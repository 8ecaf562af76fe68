//! Which trips a household books.

use chrono::{DateTime, TimeDelta, Utc};
use entities::order::flight_segment::Cabin;

use super::{
    calendar::{Calendar, demo_week_start},
    household::Household,
    stream::{Purpose, Stream},
    timetable::Timetable,
    week::Fate,
};

/// The airport of New York that the network serves.
const NEW_YORK: &str = "JFK";

/// How often something is tried before a booking is given up.
const TRIES: usize = 6;

/// A trip that is booked.
#[derive(Debug)]
pub(super) struct Trip {
    /// Journeys, each of flights by place in the timetable.
    pub(super) journeys: Vec<Vec<usize>>,
    /// Who travels, by place in the household. The first one is always among them.
    pub(super) travellers: Vec<usize>,
    pub(super) placed_at: DateTime<Utc>,
    pub(super) cabin: Cabin,
    pub(super) is_given_up: bool,
}

/// When somebody travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// In the coming weeks.
    Coming,
    /// In the past three weeks.
    Recently,
    /// Before that, on one of the days that flights exist for.
    LongAgo,
    /// On a flight of the real week.
    RealWeek,
}

/// Everything that a household books, in the order of booking.
pub(super) fn trips(
    seed: u64,
    calendar: Calendar,
    timetable: &Timetable,
    household: &Household,
) -> Vec<Trip> {
    let mut stream = Stream::new(seed, Purpose::Booking, household.members[0].index);
    let mut traveller = Planner {
        calendar,
        timetable,
        home: household.airport,
        booked: Vec::new(),
    };
    let mut trips: Vec<Trip> = Vec::new();
    if household.members[0].index == 0 {
        trips.extend(traveller.showcase(&mut stream, household));
    } else {
        for _ in 0..stream.weighted(&[(45, 1), (38, 2), (17, 3)]) {
            let journeys = (0..TRIES).find_map(|_| traveller.plan(&mut stream));
            trips.extend(
                journeys
                    .map(|journeys| book(calendar, timetable, household, &mut stream, journeys)),
            );
        }
    }
    trips.sort_by_key(|trip| trip.placed_at);
    trips
}

fn book(
    calendar: Calendar,
    timetable: &Timetable,
    household: &Household,
    stream: &mut Stream,
    journeys: Vec<Vec<usize>>,
) -> Trip {
    let leaves_at = timetable.flight(journeys[0][0]).scheduled_departure_at;
    let notice = TimeDelta::minutes(stream.between(3 * 1_440, 140 * 1_440));
    let latest = calendar.minutes_ago(stream.between(600, 20_000));
    let cabin = stream.weighted(&[
        (780, Cabin::Y),
        (70, Cabin::W),
        (130, Cabin::J),
        (20, Cabin::F),
    ]);
    Trip {
        is_given_up: leaves_at > calendar.now() && stream.chance(50),
        travellers: travellers(household, stream),
        placed_at: (leaves_at - notice).min(latest),
        journeys,
        cabin,
    }
}

/// The whole household, or those of age among the first two, or only the first one.
fn travellers(household: &Household, stream: &mut Stream) -> Vec<usize> {
    let everybody = 0..household.members.len();
    match stream.weighted(&[(72, 5), (12, 2), (16, 1)]) {
        5 => everybody.collect(),
        2 => everybody.take(2).collect(),
        _ => vec![0],
    }
}

struct Planner<'a> {
    calendar: Calendar,
    timetable: &'a Timetable,
    home: &'a str,
    /// Times at which the household is away already.
    booked: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Planner<'_> {
    /// The airport from which the network is flown.
    fn gateway(&self) -> &str {
        if matches!(self.home, "EWR" | "LGA") {
            NEW_YORK
        } else {
            self.home
        }
    }

    fn lives_in_new_york(&self) -> bool {
        self.gateway() == NEW_YORK
    }

    fn plan(&mut self, stream: &mut Stream) -> Option<Vec<Vec<usize>>> {
        let when = if self.lives_in_new_york() {
            stream.weighted(&[
                (68, When::RealWeek),
                (16, When::Coming),
                (8, When::Recently),
                (8, When::LongAgo),
            ])
        } else {
            stream.weighted(&[
                (24, When::RealWeek),
                (34, When::Coming),
                (20, When::Recently),
                (22, When::LongAgo),
            ])
        };
        let journeys = match when {
            When::RealWeek => self.in_the_real_week(stream),
            When::Coming | When::Recently | When::LongAgo => self.there_and_back(when, stream),
        }?;
        self.keep(journeys)
    }

    /// The journeys, if nobody of the household is away by then.
    fn keep(&mut self, journeys: Vec<Vec<usize>>) -> Option<Vec<Vec<usize>>> {
        let from = self
            .timetable
            .flight(*journeys.first()?.first()?)
            .scheduled_departure_at;
        let to = self
            .timetable
            .flight(*journeys.last()?.last()?)
            .scheduled_arrival_at;
        if self
            .booked
            .iter()
            .any(|(start, end)| from < *end && *start < to)
        {
            return None;
        }
        self.booked.push((from, to));
        Some(journeys)
    }

    fn there_and_back(&self, when: When, stream: &mut Stream) -> Option<Vec<Vec<usize>>> {
        let home = self.gateway();
        let destination = self.timetable.somewhere_from(home, stream)?;
        let (there, back) = match when {
            When::LongAgo => {
                let pair = 1 + stream.below(Calendar::history_pairs() - 1) as u64;
                (
                    self.calendar.history_day(pair),
                    self.calendar.history_day(pair - 1),
                )
            }
            When::Recently => {
                let days = stream.between(3, 20);
                (
                    self.calendar.day(-days),
                    self.calendar.day(-days + stream.between(2, 14)),
                )
            }
            When::Coming | When::RealWeek => {
                let days = stream.between(1, 30);
                (
                    self.calendar.day(days),
                    self.calendar.day(days + stream.between(2, 13)),
                )
            }
        };
        let mut journeys = vec![self.timetable.journey(home, &destination, there, stream)?];
        if stream.chance(820) {
            journeys.extend(self.timetable.journey(&destination, home, back, stream));
        }
        Some(journeys)
    }

    fn in_the_real_week(&self, stream: &mut Stream) -> Option<Vec<Vec<usize>>> {
        let every_fate = [Fate::Usual, Fate::VeryLate, Fate::Cancelled];
        if self.lives_in_new_york() {
            let monday = demo_week_start(self.calendar.today())
                .and_time(chrono::NaiveTime::MIN)
                .and_utc();
            let flight = self.timetable.of_week(
                self.home,
                (monday, monday + TimeDelta::days(8)),
                &every_fate,
                stream,
            )?;
            return Some(vec![vec![flight]]);
        }
        self.through_new_york(&every_fate, stream)
    }

    /// To New York on the network, on with a flight of the real week, and back from New York.
    fn through_new_york(&self, fates: &[Fate], stream: &mut Stream) -> Option<Vec<Vec<usize>>> {
        let day = demo_week_start(self.calendar.today()) + TimeDelta::days(stream.between(0, 6));
        let mut there = self.timetable.journey(self.home, NEW_YORK, day, stream)?;
        let landing = self.timetable.flight(*there.last()?).scheduled_arrival_at;
        there.push(self.timetable.of_week(
            NEW_YORK,
            (
                landing + TimeDelta::minutes(90),
                landing + TimeDelta::hours(9),
            ),
            fates,
            stream,
        )?);
        let back = self.timetable.journey(
            NEW_YORK,
            self.home,
            day + TimeDelta::days(stream.between(5, 14)),
            stream,
        );
        Some([there].into_iter().chain(back).collect())
    }

    /// What the showcase customer has booked: a trip that lies behind them, one on a flight of the real week that came
    /// very late, and one from Frankfurt to Dubai that is still to come.
    fn showcase(&mut self, stream: &mut Stream, household: &Household) -> Vec<Trip> {
        let today = self.calendar;
        let holiday = self.pair(
            "BOM",
            (today.history_day(12), today.history_day(11)),
            stream,
        );
        let america = (0..100).find_map(|_| self.through_new_york(&[Fate::VeryLate], stream));
        let coming = self.pair("DXB", (today.day(9), today.day(16)), stream);
        let mut trips: Vec<Trip> = [holiday, america, coming]
            .into_iter()
            .flatten()
            .map(|journeys| book(today, self.timetable, household, stream, journeys))
            .collect();
        for trip in &mut trips {
            trip.travellers = (0..household.members.len()).collect();
            trip.is_given_up = false;
            trip.cabin = Cabin::Y;
        }
        trips
    }

    fn pair(
        &self,
        destination: &str,
        (there, back): (chrono::NaiveDate, chrono::NaiveDate),
        stream: &mut Stream,
    ) -> Option<Vec<Vec<usize>>> {
        let there = (0..TRIES).find_map(|_| {
            self.timetable
                .journey(self.home, destination, there, stream)
        })?;
        let back =
            (0..TRIES).find_map(|_| self.timetable.journey(destination, self.home, back, stream));
        Some([there].into_iter().chain(back).collect())
    }
}
