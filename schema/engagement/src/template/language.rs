use chrono::{DateTime, Datelike, Timelike, Utc};
use chrono_tz::Tz;
use schema_kernel::Money;

use super::fact::{Fact, Place, Places};

/// A language that templates are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// Modern Standard Arabic, written from right to left.
    Arabic,
}

// Unicode CLDR 45, `ar-AE`: months and weekdays in the wide form.
const ARABIC_MONTHS: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
const ARABIC_WEEKDAYS: [&str; 7] = [
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
];

/// First strong isolate and its end (UAX #9, 2.4): what is between them has a direction of its own.
const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Arabic];

    /// The one that comes closest to a BCP 47 tag: Arabic for every kind of Arabic, English for everything else.
    pub fn of(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some(primary) if primary.eq_ignore_ascii_case("ar") => Self::Arabic,
            _ => Self::English,
        }
    }

    /// Its BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Arabic => "ar",
        }
    }

    /// The direction of writing, as HTML names it.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
            Self::Arabic => "rtl",
        }
    }

    /// A value as people who read this language read it. Nothing for what is only asked about.
    pub(super) fn write(self, fact: &Fact, places: &Places) -> Option<String> {
        match fact {
            Fact::Nothing | Fact::Flag(_) => None,
            Fact::Text(text) => Some(self.isolated(text.clone())),
            Fact::Money {
                amount_minor,
                currency,
            } => Some(self.isolated(self.money(*amount_minor, currency))),
            Fact::Instant { at, airport } => Some(self.instant(*at, places.get(airport))),
            Fact::Minutes(minutes) => Some(self.duration(*minutes)),
            Fact::Place(code) => Some(self.isolated(place(code, places.get(code)))),
        }
    }

    fn isolated(self, text: String) -> String {
        match self {
            Self::English => text,
            Self::Arabic => format!("{ISOLATE}{text}{END_OF_ISOLATE}"),
        }
    }

    fn money(self, amount_minor: i64, currency: &str) -> String {
        match Money::new(amount_minor, currency) {
            Some(money) => money.in_words_of(self.tag()),
            None => format!("{amount_minor} {currency}"),
        }
    }

    fn instant(self, at: DateTime<Utc>, place: Option<&Place>) -> String {
        let zone: Option<Tz> = place
            .and_then(|place| place.time_zone.as_deref())
            .and_then(|zone| zone.parse().ok());
        let Some(zone) = zone else {
            return format!("{} UTC", self.moment(&at));
        };
        let local = self.moment(&at.with_timezone(&zone));
        match self {
            Self::English => format!("{local} (local time)"),
            Self::Arabic => format!("{local} (بالتوقيت المحلي)"),
        }
    }

    fn moment(self, at: &(impl Datelike + Timelike)) -> String {
        let (day, year, hour, minute) = (at.day(), at.year(), at.hour(), at.minute());
        match self {
            Self::English => {
                let month = chrono::Month::try_from(u8::try_from(at.month()).unwrap_or(1));
                let month = month.map_or("", |month| month.name());
                let weekday = english_weekday(at.weekday());
                format!("{weekday} {day} {month} {year} at {hour:02}:{minute:02}")
            }
            Self::Arabic => {
                let month = ARABIC_MONTHS[at.month0() as usize];
                let weekday = ARABIC_WEEKDAYS[at.weekday().num_days_from_monday() as usize];
                format!("{weekday} {day} {month} {year}، الساعة {hour:02}:{minute:02}")
            }
        }
    }

    /// Hours and minutes: `4 h 5 min`.
    fn duration(self, minutes: i64) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60);
        let (hour, minute, and) = match self {
            Self::English => (format!("{hours} h"), format!("{rest} min"), " "),
            Self::Arabic => (arabic_hours(hours), arabic_minutes(rest), " و"),
        };
        match (hours, rest) {
            (0, _) => minute,
            (_, 0) => hour,
            _ => format!("{hour}{and}{minute}"),
        }
    }
}

fn place(code: &str, place: Option<&Place>) -> String {
    match place.and_then(|place| place.city.as_deref()) {
        Some(city) => format!("{city} ({code})"),
        None => code.to_owned(),
    }
}

fn english_weekday(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

// The plural categories of Arabic (CLDR): one, two, few (3 to 10), many (11 to 99), other.
fn arabic_hours(hours: i64) -> String {
    counted(hours, "ساعة واحدة", "ساعتان", "ساعات", "ساعة")
}

fn arabic_minutes(minutes: i64) -> String {
    counted(minutes, "دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة")
}

fn counted(number: i64, one: &str, two: &str, few: &str, many: &str) -> String {
    match (number, number % 100) {
        (1, _) => one.to_owned(),
        (2, _) => two.to_owned(),
        (_, 3..=10) => format!("{number} {few}"),
        _ => format!("{number} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frankfurt() -> Places {
        let place = Place {
            city: Some("Frankfurt am Main".to_owned()),
            time_zone: Some("Europe/Berlin".to_owned()),
        };
        Places::from([("FRA".to_owned(), place)])
    }

    fn departure() -> Fact {
        Fact::Instant {
            at: "2026-11-20T13:25:00Z".parse().unwrap(),
            airport: "FRA".to_owned(),
        }
    }

    #[test]
    fn times_are_those_of_the_airport_where_its_zone_is_known() {
        let known = Language::English.write(&departure(), &frankfurt()).unwrap();
        assert_eq!(known, "Friday 20 November 2026 at 14:25 (local time)");
        let unknown = Language::English
            .write(&departure(), &Places::new())
            .unwrap();
        assert_eq!(unknown, "Friday 20 November 2026 at 13:25 UTC");
        let arabic = Language::Arabic.write(&departure(), &frankfurt()).unwrap();
        assert!(arabic.starts_with("الجمعة 20 نوفمبر 2026"), "{arabic}");
    }

    #[test]
    fn durations_agree_in_number() {
        let arabic = |minutes| {
            Language::Arabic
                .write(&Fact::Minutes(minutes), &Places::new())
                .unwrap()
        };
        for (minutes, text) in [
            (60, "ساعة واحدة"),
            (120, "ساعتان"),
            (245, "4 ساعات و5 دقائق"),
            (695, "11 ساعة و35 دقيقة"),
            (2, "دقيقتان"),
        ] {
            assert_eq!(arabic(minutes), text);
        }
        let english = Language::English.write(&Fact::Minutes(245), &Places::new());
        assert_eq!(english.unwrap(), "4 h 5 min");
    }

    #[test]
    fn what_is_latin_stands_by_itself_in_arabic() {
        let place = Language::Arabic.write(&Fact::Place("FRA".to_owned()), &frankfurt());
        assert_eq!(place.unwrap(), "\u{2068}Frankfurt am Main (FRA)\u{2069}");
    }

    #[test]
    fn every_tag_has_a_language() {
        for (tag, language) in [
            ("ar-AE", Language::Arabic),
            ("AR", Language::Arabic),
            ("arz", Language::English),
            ("de", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(tag), language, "{tag}");
        }
    }
}
