use super::super::circumstances::{Cabin, Control, Issue, Tier};
use super::super::facts::{DiversionOutcome, EventKind, PaymentMethod};

/// A value that conditions write as a word.
pub(crate) trait Worded: Copy {
    /// The words in order.
    const WORDS: &'static [&'static str];

    /// The place of the word in the list, counted from 1; 0 is no word at all.
    fn number(self) -> i64;
}

macro_rules! words {
    ($($kind:ty { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl Worded for $kind {
            const WORDS: &'static [&'static str] = &[$($word),*];

            fn number(self) -> i64 {
                match self { $(Self::$variant => const { place_of($word, Self::WORDS) },)* }
            }
        }
    )*};
}

const fn place_of(word: &str, words: &[&str]) -> i64 {
    let mut index = 0;
    while index < words.len() {
        if is_same(words[index].as_bytes(), word.as_bytes()) {
            #[expect(clippy::cast_possible_wrap, reason = "lists of words are short")]
            return index as i64 + 1;
        }
        index += 1;
    }
    0
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}

words! {
    EventKind {
        Delay = "DELAY",
        Cancellation = "CANCELLATION",
        Diversion = "DIVERSION",
        BroughtForward = "BROUGHT_FORWARD",
        ItineraryChange = "ITINERARY_CHANGE",
        DeniedBoarding = "DENIED_BOARDING",
        Downgrade = "DOWNGRADE",
        BaggageDelayed = "BAGGAGE_DELAYED",
        BaggageDamaged = "BAGGAGE_DAMAGED",
        BaggageLost = "BAGGAGE_LOST",
        AncillaryNotProvided = "ANCILLARY_NOT_PROVIDED",
        ServiceIssue = "SERVICE_ISSUE",
        AnticipatedDelay = "ANTICIPATED_DELAY",
        TarmacDelay = "TARMAC_DELAY",
    }
    DiversionOutcome {
        ReturnedToOrigin = "RETURNED_TO_ORIGIN",
        OtherRegion = "OTHER_REGION",
        SameRegion = "SAME_REGION",
        ReachedDestination = "REACHED_DESTINATION",
    }
    PaymentMethod { Card = "CARD", Other = "OTHER" }
    Control {
        WithinControl = "WITHIN_CONTROL",
        Safety = "SAFETY",
        OutsideControl = "OUTSIDE_CONTROL",
    }
    Cabin { Y = "Y", W = "W", J = "J", F = "F" }
    Tier { Base = "BASE", Silver = "SILVER", Gold = "GOLD", Platinum = "PLATINUM" }
    Issue {
        BagDelayGe24 = "BAG_DELAY_GE24",
        BagDelayLt24 = "BAG_DELAY_LT24",
        BagDamage = "BAG_DAMAGE",
        ChauffeurNoshow = "CHAUFFEUR_NOSHOW",
        Delay120To179 = "DELAY_120_179",
        Delay60To119 = "DELAY_60_119",
        IfeInop = "IFE_INOP",
        LoungeDenied = "LOUNGE_DENIED",
        MealNotLoaded = "MEAL_NOT_LOADED",
        SeatDefect = "SEAT_DEFECT",
        ServiceAttitude = "SERVICE_ATTITUDE",
        WifiFail = "WIFI_FAIL",
    }
}
