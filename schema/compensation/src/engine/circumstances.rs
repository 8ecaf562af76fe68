//! What is known about a case beyond the journey itself. Each group is left out where nothing in it is known.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::code::CurrencyCode;
use super::fact::Fact;

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Baggage that came late, damaged or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Baggage {
    /// Whether the carrier admits that it is lost.
    #[serde(skip_serializing_if = "is_usual")]
    pub admitted_lost: Fact<bool>,
    /// What was paid for carrying it, in minor units of the purchase's currency.
    #[serde(skip_serializing_if = "is_usual")]
    pub fee_minor: i64,
    /// Scheduled duration of the flight between the United States and a foreign point, in minutes.
    #[serde(skip_serializing_if = "is_usual")]
    pub flight_minutes: Fact<i64>,
    /// Minutes from the opportunity to leave the aircraft at the final destination to delivery, or until now.
    #[serde(skip_serializing_if = "is_usual")]
    pub late_minutes: Fact<i64>,
    /// Whether the passenger caused it: documented fault, no re-check at first entry, voluntary separation.
    #[serde(skip_serializing_if = "is_usual")]
    pub own_fault: Fact<bool>,
    /// Whether a report of mishandled baggage was filed.
    #[serde(skip_serializing_if = "is_usual")]
    pub report_filed: Fact<bool>,
}

/// A seat that was confirmed and not given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Boarding {
    /// Whether there were reasonable grounds: health, safety, security, inadequate travel documents.
    #[serde(skip_serializing_if = "is_usual")]
    pub refused_for_cause: Fact<bool>,
    /// Whether the aircraft has fewer than 30 seats.
    #[serde(skip_serializing_if = "is_usual")]
    pub small_aircraft: bool,
    /// Whether the passenger gave up the seat in exchange for benefits.
    #[serde(skip_serializing_if = "is_usual")]
    pub volunteered: Fact<bool>,
}

/// Damage that somebody claims.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Damage {
    /// Day on which an action was brought; absent when none was.
    #[serde(default)]
    pub action_on: Option<NaiveDate>,
    /// Day of arrival, or on which the aircraft ought to have arrived; absent when it does not matter yet.
    #[serde(default)]
    pub arrived_on: Option<NaiveDate>,
    /// Days from receipt, or from being placed at the passenger's disposal, to the complaint in writing.
    #[serde(default)]
    pub complaint_days: Fact<i64>,
    /// Currency of the damage.
    pub currency: CurrencyCode,
    /// The sum of a special declaration for which the supplement was paid, in minor units; absent without one.
    #[serde(default)]
    pub declared_minor: Option<i64>,
    /// What was paid for the same event under another law and is deducted, in minor units of the same currency.
    #[serde(default)]
    pub deducted_minor: i64,
    /// Whether the damage comes from an inherent defect, quality or vice of the baggage.
    #[serde(default)]
    pub inherent_defect: Fact<bool>,
    /// Whether the carrier proved that it took all measures that could reasonably be required, or that none could be.
    #[serde(default)]
    pub measures_taken: Fact<bool>,
    /// The proven damage in minor units.
    #[serde(default)]
    pub proven_minor: Fact<i64>,
    /// Millionths of a minor unit of the currency for one Special Drawing Right, at the rate of `rate_on`.
    #[serde(default)]
    pub rate: Fact<i64>,
    /// Who published the rate and for which day. Example: `"ECB 2026-10-30"`.
    #[serde(default)]
    pub rate_source: Option<String>,
    /// How many passengers had packed in it.
    #[serde(default = "one")]
    pub travellers: u32,
    /// Whether it was done with intent, or recklessly and with knowledge that damage would probably result.
    #[serde(default)]
    pub wilful: Fact<bool>,
}

impl Damage {
    /// How many years had begun after the arrival when the action was brought; two years to the day are 2.
    pub(crate) fn action_years_begun(&self) -> u32 {
        let (Some(arrived), Some(action)) = (self.arrived_on, self.action_on) else {
            return 0;
        };
        let is_within = |years: &u32| {
            arrived
                .checked_add_months(Months::new(years * 12))
                .is_none_or(|last| action <= last)
        };
        (0..=100).find(is_within).unwrap_or(u32::MAX)
    }
}

fn one() -> u32 {
    1
}

/// How the flight was operated, as the law of Canada looks at it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Operation {
    /// Whose matter the cause was.
    #[serde(skip_serializing_if = "is_usual")]
    pub control: Fact<Control>,
    /// Whether the carrier transported two million passengers or more in each of the two years before.
    #[serde(skip_serializing_if = "is_usual")]
    pub large_carrier: Fact<bool>,
}

/// Whose matter a cause was (SOR/2019-150 s 10, 11, 12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Control {
    /// Within the carrier's control.
    WithinControl,
    /// Within the carrier's control, and required for safety.
    Safety,
    /// Outside the carrier's control.
    OutsideControl,
}

/// Prices that some laws count by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Price {
    /// Price of the flight concerned without taxes that do not depend on the class, in minor units.
    #[serde(skip_serializing_if = "is_usual")]
    pub flight_minor: Fact<i64>,
    /// One-way fare to the destination or first stopover with taxes and fees, in minor units.
    #[serde(skip_serializing_if = "is_usual")]
    pub one_way_minor: Fact<i64>,
    /// Whether the passenger took the fare back in place of other travel.
    #[serde(skip_serializing_if = "is_usual")]
    pub refund_taken: Fact<bool>,
}

/// A service that failed, for which the airline may give something without owing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceIssue {
    /// Goodwill awards in the last 12 months.
    #[serde(default)]
    pub awards: u32,
    /// Cabin travelled in.
    pub cabin: Cabin,
    /// What failed.
    pub issue: Issue,
    /// What else failed on the same journey, three at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Issue>,
    /// Failures in the last 12 months that were compensated.
    #[serde(default)]
    pub prior_failures: u32,
    /// Whether goodwill was refused twice for this flight, or asked for by another person on the same booking.
    #[serde(default)]
    pub suspicious: bool,
    /// Tier in the loyalty programme.
    pub tier: Tier,
}

/// Cabins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Cabin {
    /// Economy.
    Y,
    /// Premium economy.
    W,
    /// Business.
    J,
    /// First.
    F,
}

/// Tiers of the loyalty programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Tier {
    /// No member, or the lowest tier.
    Base,
    /// Silver.
    Silver,
    /// Gold.
    Gold,
    /// Platinum.
    Platinum,
}

/// Services that can fail, by the codes of the goodwill policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Issue {
    /// Delayed baggage, 24 hours or more.
    #[serde(rename = "BAG_DELAY_GE24")]
    BagDelayGe24,
    /// Delayed baggage, less than 24 hours.
    #[serde(rename = "BAG_DELAY_LT24")]
    BagDelayLt24,
    /// Damaged baggage.
    #[serde(rename = "BAG_DAMAGE")]
    BagDamage,
    /// The chauffeur did not come.
    #[serde(rename = "CHAUFFEUR_NOSHOW")]
    ChauffeurNoshow,
    /// A delay of 120 to 179 minutes.
    #[serde(rename = "DELAY_120_179")]
    Delay120To179,
    /// A delay of 60 to 119 minutes.
    #[serde(rename = "DELAY_60_119")]
    Delay60To119,
    /// In-flight entertainment did not work.
    #[serde(rename = "IFE_INOP")]
    IfeInop,
    /// Entry to the lounge was refused.
    #[serde(rename = "LOUNGE_DENIED")]
    LoungeDenied,
    /// The ordered meal was not on board.
    #[serde(rename = "MEAL_NOT_LOADED")]
    MealNotLoaded,
    /// The seat was defective.
    #[serde(rename = "SEAT_DEFECT")]
    SeatDefect,
    /// The staff's attitude.
    #[serde(rename = "SERVICE_ATTITUDE")]
    ServiceAttitude,
    /// The wireless network did not work.
    #[serde(rename = "WIFI_FAIL")]
    WifiFail,
}

/// The wait, and where the passenger waits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stay {
    /// Whether a connection was missed.
    #[serde(skip_serializing_if = "is_usual")]
    pub connection_missed: Fact<bool>,
    /// Whether the passenger is in transit at the airport of the disruption.
    #[serde(skip_serializing_if = "is_usual")]
    pub in_transit: Fact<bool>,
    /// Whether the flight starts in the passenger's city of residence.
    #[serde(skip_serializing_if = "is_usual")]
    pub lives_there: Fact<bool>,
    /// Minutes until the next connection.
    #[serde(skip_serializing_if = "is_usual")]
    pub next_connection_minutes: Fact<i64>,
    /// Whether the new departure is on the next day or later, so that a night is needed.
    #[serde(skip_serializing_if = "is_usual")]
    pub overnight: Fact<bool>,
    /// Minutes on board on the ground with the doors closed.
    #[serde(skip_serializing_if = "is_usual")]
    pub tarmac_minutes: Fact<i64>,
}
