//! The people of the demo world, before anything happens to them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use entities::{
    id::CustomerId,
    order::passenger::PassengerKind,
    profile::{
        customer::{Gender, Title},
        loyalty_membership::Tier,
    },
};

use super::{
    calendar::Calendar,
    culture::{Culture, Nation},
    name::Pool,
    stream::{Purpose, Stream},
};

/// How many days the showcase customer has been known: from it the day of a world can be read back.
const SHOWCASE_DAYS: i64 = 1_000;

/// A person.
pub(super) struct Person {
    /// Their number, from 0.
    pub(super) index: u64,
    pub(super) id: CustomerId,
    pub(super) given: Option<String>,
    pub(super) family: String,
    pub(super) gender: Gender,
    pub(super) title: Title,
    pub(super) born: NaiveDate,
    pub(super) nation: Nation,
    pub(super) tier: Option<Tier>,
    pub(super) known_since: DateTime<Utc>,
}

impl Person {
    /// Whole years on `day`.
    pub(super) fn age_on(&self, day: NaiveDate) -> i32 {
        let had_birthday = (day.month(), day.day()) >= (self.born.month(), self.born.day());
        day.year() - self.born.year() - i32::from(!had_birthday)
    }

    /// What kind of passenger they are on `day`.
    pub(super) fn passenger_kind(&self, day: NaiveDate) -> PassengerKind {
        match self.age_on(day) {
            ..2 => PassengerKind::Infant,
            2..12 => PassengerKind::Child,
            12.. => PassengerKind::Adult,
        }
    }

    /// Whether they act for themselves.
    pub(super) fn is_of_age(&self, today: NaiveDate) -> bool {
        self.age_on(today) >= 18
    }
}

/// What a household says about a person.
pub(super) struct Features<'a> {
    pub(super) age: i64,
    pub(super) gender: Gender,
    pub(super) family: String,
    pub(super) nation: Nation,
    pub(super) culture: &'a Culture,
    pub(super) pool: &'a Pool,
    /// When the one who books became known; `None` for themselves.
    pub(super) head_known_since: Option<DateTime<Utc>>,
}

/// The id of the `index`-th customer of the world of `seed`. It does not depend on the day.
pub(super) fn customer_id(seed: u64, index: u64) -> CustomerId {
    Stream::new(seed, Purpose::Person, index).id(first_met(index))
}

/// The instant in the ids of customers: later customers sort after earlier ones.
fn first_met(index: u64) -> DateTime<Utc> {
    let minutes = i64::try_from(index).unwrap_or_default();
    // 2024-01-01
    DateTime::from_timestamp(1_704_067_200, 0).unwrap_or_default() + TimeDelta::minutes(minutes)
}

/// The day that a world takes for today, by when it says that its first customer became known.
pub(super) fn today_of(showcase_known_since: DateTime<Utc>) -> NaiveDate {
    showcase_known_since.date_naive() + TimeDelta::days(SHOWCASE_DAYS)
}

impl Person {
    /// The `index`-th customer.
    pub(super) fn new(seed: u64, calendar: Calendar, index: u64, features: Features<'_>) -> Self {
        let mut stream = Stream::new(seed, Purpose::Person, index);
        let id = stream.id(first_met(index));
        let is_showcase = index == 0;
        let Features {
            age,
            gender,
            family,
            nation,
            culture,
            pool,
            head_known_since,
        } = features;
        let born = calendar.day(-(age * 365 + age / 4 + stream.between(1, 364)));
        let drawn = pool.given(gender, &mut stream);
        let given = if is_showcase { "Amal" } else { drawn };
        let has_one_name = culture.code == "tamil" && stream.chance(40);
        let (given, family) = if has_one_name {
            (None, given.to_owned())
        } else {
            (Some(given.to_owned()), family)
        };
        let is_of_age = age >= 18;
        let (title, drawn) = (title(gender, is_of_age, &mut stream), tier(&mut stream));
        let tier = if is_showcase {
            Some(Tier::Gold)
        } else {
            drawn.filter(|_| is_of_age)
        };
        let known_since = known_since(calendar, born, head_known_since, &mut stream);
        let known_since = if is_showcase {
            calendar.minutes_ago(SHOWCASE_DAYS * 1_440)
        } else {
            known_since
        };
        Self {
            index,
            id,
            given,
            family,
            gender,
            title,
            born,
            nation,
            tier,
            known_since,
        }
    }
}

/// When somebody became known: before they first booked, with or after the head of the household, and once they were born.
fn known_since(
    calendar: Calendar,
    born: NaiveDate,
    head: Option<DateTime<Utc>>,
    stream: &mut Stream,
) -> DateTime<Utc> {
    let known_since = match head {
        None => calendar.minutes_ago(stream.between(720 * 1_440, 2_600 * 1_440)),
        Some(head) => head + TimeDelta::minutes(stream.between(5, 30)),
    };
    let registered = born.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(20);
    known_since.max(registered)
}

fn title(gender: Gender, is_of_age: bool, stream: &mut Stream) -> Title {
    let usual = match (gender, is_of_age) {
        (Gender::M, true) => Title::Mr,
        (Gender::M, false) => Title::Mstr,
        (Gender::F, true) => stream.weighted(&[(7, Title::Ms), (3, Title::Mrs)]),
        (Gender::F, false) => Title::Miss,
        (Gender::X | Gender::U, _) => Title::Mx,
    };
    if is_of_age {
        stream.weighted(&[(960, usual), (34, Title::Dr), (6, Title::Prof)])
    } else {
        usual
    }
}

fn tier(stream: &mut Stream) -> Option<Tier> {
    stream.weighted(&[
        (600, None),
        (225, Some(Tier::Base)),
        (105, Some(Tier::Silver)),
        (52, Some(Tier::Gold)),
        (18, Some(Tier::Platinum)),
    ])
}
