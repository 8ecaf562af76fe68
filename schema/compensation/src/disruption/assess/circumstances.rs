//! What a question may say beyond the journey itself. What is left out is not known.

use async_graphql::{Enum, InputObject};
use schema_kernel::{money::Long, problem::FieldProblem, scalar::Date};

use super::input::{AssessedAirportInput, code};
use crate::{
    disruption::established::check_minutes,
    engine::{
        Baggage, Boarding, Cabin, CaseFacts, Control, Damage, Fact, Issue, Journey, Operation,
        Price, ServiceIssue, Stay, Tier,
    },
};

/// What is known beyond the journey itself.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CircumstancesInput {
    /// The ends of the disrupted flight, where it does not cover the whole journey.
    pub flight: Option<AssessedFlightInput>,
    /// A seat that was confirmed and not given.
    pub boarding: Option<AssessedBoardingInput>,
    /// Baggage that came late, damaged or not at all.
    pub baggage: Option<AssessedBaggageInput>,
    /// Damage that somebody claims.
    pub damage: Option<AssessedDamageInput>,
    /// How the flight was operated.
    pub operation: Option<AssessedOperationInput>,
    /// Prices that some laws count by.
    pub price: Option<AssessedPriceInput>,
    /// A service that failed.
    pub service: Option<AssessedServiceInput>,
    /// The wait, and where the passenger waits.
    pub stay: Option<AssessedStayInput>,
}

/// The ends of a flight.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedFlightInput {
    /// Where it departs.
    pub origin: AssessedAirportInput,
    /// Where it was to arrive.
    pub destination: AssessedAirportInput,
}

/// A seat that was confirmed and not given.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedBoardingInput {
    /// Whether the passenger gave up the seat in exchange for benefits.
    pub has_volunteered: Option<bool>,
    /// Whether there were reasonable grounds: health, safety, security, inadequate travel documents.
    pub is_refused_for_cause: Option<bool>,
    /// Whether the aircraft has fewer than 30 seats.
    #[graphql(default)]
    pub is_small_aircraft: bool,
}

/// Baggage that came late, damaged or not at all.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedBaggageInput {
    /// Minutes from the opportunity to leave the aircraft to delivery, or until now.
    pub late_minutes: Option<i32>,
    /// Scheduled minutes of the flight between the United States and a foreign point.
    pub flight_minutes: Option<i32>,
    /// Whether a report of mishandled baggage was filed.
    pub is_report_filed: Option<bool>,
    /// Whether the passenger caused it.
    pub is_own_fault: Option<bool>,
    /// Whether the carrier admits that it is lost.
    pub is_admitted_lost: Option<bool>,
    /// What was paid for carrying it, in minor units of the purchase's currency. Example: `3500`.
    #[graphql(default_with = "Long(0)")]
    pub fee_minor: Long,
}

/// Damage that somebody claims.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedDamageInput {
    /// ISO 4217 code of the amounts below. Example: `"EUR"`.
    pub currency: String,
    /// The proven damage in minor units.
    pub proven_minor: Option<Long>,
    /// Millionths of a minor unit of the currency for one Special Drawing Right. Example: `121273000` is 1.21273 euro.
    pub special_drawing_rate: Option<Long>,
    /// Who published the rate and for which day. Example: `"ECB 2026-10-30"`.
    pub rate_source: Option<String>,
    /// Days from receipt to the complaint in writing.
    pub complaint_days: Option<i32>,
    /// Day of arrival.
    pub arrived_on: Option<Date>,
    /// Day on which an action was brought.
    pub action_on: Option<Date>,
    /// The sum of a special declaration in minor units.
    pub declared_minor: Option<Long>,
    /// What was paid for the same event under another law, in minor units.
    #[graphql(default_with = "Long(0)")]
    pub deducted_minor: Long,
    /// How many passengers had packed in it.
    #[graphql(default = 1)]
    pub travellers: i32,
    /// Whether it was done with intent, or recklessly.
    pub is_wilful: Option<bool>,
    /// Whether the carrier took all measures that could reasonably be required.
    pub are_measures_taken: Option<bool>,
    /// Whether it comes from an inherent defect, quality or vice of the baggage.
    pub is_inherent_defect: Option<bool>,
}

/// How the flight was operated.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedOperationInput {
    /// Whose matter the cause was.
    pub control: Option<CauseControl>,
    /// Whether the carrier transported two million passengers or more in each of the two years before.
    pub is_large_carrier: Option<bool>,
}

/// Prices that some laws count by, in minor units of the purchase's currency.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedPriceInput {
    /// Price of the disrupted flight without taxes that do not depend on the class.
    pub flight_minor: Option<Long>,
    /// One-way fare to the destination or first stopover with taxes and fees.
    pub one_way_minor: Option<Long>,
    /// Whether the passenger took the fare back in place of other travel.
    pub is_refund_taken: Option<bool>,
}

/// A service that failed.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedServiceInput {
    /// What failed.
    pub issue: ServiceIssueCode,
    /// What else failed on the same journey, three at most: the largest counts in full, and half of each other is added. Example:
    /// `[MEAL_NOT_LOADED]`.
    #[graphql(default)]
    pub other_issues: Vec<ServiceIssueCode>,
    /// Cabin travelled in.
    pub cabin: AssessedCabin,
    /// Tier in the loyalty programme.
    pub tier: AssessedTier,
    /// Failures in the last 12 months that were compensated.
    #[graphql(default)]
    pub prior_failures: i32,
    /// Goodwill awards in the last 12 months.
    #[graphql(default)]
    pub awards: i32,
    /// Whether it was refused twice for this flight, or asked for by another person on the same booking.
    #[graphql(default)]
    pub is_suspicious: bool,
}

/// The wait, and where the passenger waits.
#[derive(Clone, Debug, InputObject)]
pub struct AssessedStayInput {
    /// Whether the new departure is on the next day or later.
    pub is_overnight: Option<bool>,
    /// Whether a connection was missed.
    pub is_connection_missed: Option<bool>,
    /// Minutes until the next connection.
    pub next_connection_minutes: Option<i32>,
    /// Minutes on board on the ground with the doors closed.
    pub tarmac_minutes: Option<i32>,
    /// Whether the passenger is in transit at the airport of the disruption.
    pub is_in_transit: Option<bool>,
    /// Whether the flight starts in the passenger's city of residence.
    pub lives_there: Option<bool>,
}

/// Whose matter a cause was, by the law of Canada.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Control")]
pub enum CauseControl {
    /// Within the carrier's control.
    WithinControl,
    /// Within the carrier's control, and required for safety.
    Safety,
    /// Outside the carrier's control.
    OutsideControl,
}

/// Cabins, as goodwill counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Cabin")]
pub enum AssessedCabin {
    /// Economy.
    Y,
    /// Premium economy.
    W,
    /// Business.
    J,
    /// First.
    F,
}

/// Tiers of the loyalty programme, as goodwill counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Tier")]
pub enum AssessedTier {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Issue")]
pub enum ServiceIssueCode {
    /// Delayed baggage, 24 hours or more.
    #[graphql(name = "BAG_DELAY_GE24")]
    BagDelayGe24,
    /// Delayed baggage, less than 24 hours.
    #[graphql(name = "BAG_DELAY_LT24")]
    BagDelayLt24,
    /// Damaged baggage.
    #[graphql(name = "BAG_DAMAGE")]
    BagDamage,
    /// The chauffeur did not come.
    #[graphql(name = "CHAUFFEUR_NOSHOW")]
    ChauffeurNoshow,
    /// A delay of 120 to 179 minutes.
    #[graphql(name = "DELAY_120_179")]
    Delay120To179,
    /// A delay of 60 to 119 minutes.
    #[graphql(name = "DELAY_60_119")]
    Delay60To119,
    /// In-flight entertainment did not work.
    #[graphql(name = "IFE_INOP")]
    IfeInop,
    /// Entry to the lounge was refused.
    #[graphql(name = "LOUNGE_DENIED")]
    LoungeDenied,
    /// The ordered meal was not on board.
    #[graphql(name = "MEAL_NOT_LOADED")]
    MealNotLoaded,
    /// The seat was defective.
    #[graphql(name = "SEAT_DEFECT")]
    SeatDefect,
    /// The staff's attitude.
    #[graphql(name = "SERVICE_ATTITUDE")]
    ServiceAttitude,
    /// The wireless network did not work.
    #[graphql(name = "WIFI_FAIL")]
    WifiFail,
}

/// How many issues are weighed beside the first.
const MOST_OTHERS: usize = 3;

type Problems = Vec<FieldProblem>;

impl CircumstancesInput {
    /// Adds what is said to the facts, or notes what cannot be right below `path`.
    pub(super) fn add_to(&self, facts: &mut CaseFacts, path: &str, problems: &mut Problems) {
        let at = |field: &str| format!("{path}.{field}");
        facts.flight =
            (self.flight.as_ref()).and_then(|flight| flight.read(&at("flight"), problems));
        facts.boarding = self
            .boarding
            .as_ref()
            .map(Boarding::from)
            .unwrap_or_default();
        facts.operation = self
            .operation
            .as_ref()
            .map(Operation::from)
            .unwrap_or_default();
        if let Some(baggage) = &self.baggage {
            facts.baggage = baggage.read(&at("baggage"), problems);
        }
        if let Some(damage) = &self.damage {
            facts.damage = damage.read(&at("damage"), problems);
        }
        if let Some(price) = &self.price {
            facts.price = price.read(&at("price"), problems);
        }
        if let Some(service) = &self.service {
            facts.service = service.read(&at("service"), problems);
        }
        if let Some(stay) = &self.stay {
            facts.stay = stay.read(&at("stay"), problems);
        }
    }
}

impl AssessedFlightInput {
    fn read(&self, path: &str, problems: &mut Problems) -> Option<Journey> {
        let origin = self.origin.read(&format!("{path}.origin"), problems);
        let destination = self
            .destination
            .read(&format!("{path}.destination"), problems);
        Some(Journey {
            origin: origin?,
            destination: destination?,
        })
    }
}

impl From<&AssessedBoardingInput> for Boarding {
    fn from(input: &AssessedBoardingInput) -> Self {
        Self {
            refused_for_cause: input.is_refused_for_cause.into(),
            small_aircraft: input.is_small_aircraft,
            volunteered: input.has_volunteered.into(),
        }
    }
}

impl From<&AssessedOperationInput> for Operation {
    fn from(input: &AssessedOperationInput) -> Self {
        Self {
            control: input.control.map(Into::into).into(),
            large_carrier: input.is_large_carrier.into(),
        }
    }
}

impl AssessedBaggageInput {
    fn read(&self, path: &str, problems: &mut Problems) -> Baggage {
        Baggage {
            admitted_lost: self.is_admitted_lost.into(),
            fee_minor: not_negative(path, "feeMinor", self.fee_minor.0, problems),
            flight_minutes: minutes(path, "flightMinutes", self.flight_minutes, problems),
            late_minutes: minutes(path, "lateMinutes", self.late_minutes, problems),
            own_fault: self.is_own_fault.into(),
            report_filed: self.is_report_filed.into(),
        }
    }
}

impl AssessedDamageInput {
    fn read(&self, path: &str, problems: &mut Problems) -> Option<Damage> {
        let currency = code(&format!("{path}.currency"), &self.currency, problems);
        let travellers = u32::try_from(self.travellers)
            .ok()
            .filter(|number| *number > 0);
        if travellers.is_none() {
            let message = "At least one passenger had packed in it.";
            problems.push(FieldProblem::at(&format!("{path}.travellers"), message));
        }
        let mut amount = |field: &str, amount: Option<Long>| {
            amount.map(|amount| not_negative(path, field, amount.0, problems))
        };
        Some(Damage {
            action_on: self.action_on.map(|day| day.0),
            arrived_on: self.arrived_on.map(|day| day.0),
            complaint_days: self.complaint_days.map(i64::from).into(),
            declared_minor: amount("declaredMinor", self.declared_minor),
            deducted_minor: amount("deductedMinor", Some(self.deducted_minor)).unwrap_or(0),
            inherent_defect: self.is_inherent_defect.into(),
            measures_taken: self.are_measures_taken.into(),
            proven_minor: amount("provenMinor", self.proven_minor).into(),
            rate: amount("specialDrawingRate", self.special_drawing_rate).into(),
            rate_source: self.rate_source.clone(),
            wilful: self.is_wilful.into(),
            currency: currency?,
            travellers: travellers?,
        })
    }
}

impl AssessedPriceInput {
    fn read(&self, path: &str, problems: &mut Problems) -> Price {
        let mut amount = |field: &str, amount: Option<Long>| {
            Fact::from(amount.map(|amount| not_negative(path, field, amount.0, problems)))
        };
        Price {
            flight_minor: amount("flightMinor", self.flight_minor),
            one_way_minor: amount("oneWayMinor", self.one_way_minor),
            refund_taken: self.is_refund_taken.into(),
        }
    }
}

impl AssessedServiceInput {
    fn read(&self, path: &str, problems: &mut Problems) -> Option<ServiceIssue> {
        let mut count = |field: &str, count: i32| {
            let counted = u32::try_from(count).ok();
            if counted.is_none() {
                problems.push(FieldProblem::at(
                    &format!("{path}.{field}"),
                    "A count is not negative.",
                ));
            }
            counted
        };
        let (awards, prior_failures) = (
            count("awards", self.awards),
            count("priorFailures", self.prior_failures),
        );
        if self.other_issues.len() > MOST_OTHERS {
            let message =
                format!("At most {MOST_OTHERS} issues beside the first are weighed together.");
            problems.push(FieldProblem::at(&format!("{path}.otherIssues"), message));
        }
        let others = self.other_issues.iter().copied().map(Into::into).collect();
        Some(ServiceIssue {
            awards: awards?,
            cabin: self.cabin.into(),
            issue: self.issue.into(),
            others,
            prior_failures: prior_failures?,
            suspicious: self.is_suspicious,
            tier: self.tier.into(),
        })
    }
}

impl AssessedStayInput {
    fn read(&self, path: &str, problems: &mut Problems) -> Stay {
        Stay {
            connection_missed: self.is_connection_missed.into(),
            in_transit: self.is_in_transit.into(),
            lives_there: self.lives_there.into(),
            next_connection_minutes: minutes(
                path,
                "nextConnectionMinutes",
                self.next_connection_minutes,
                problems,
            ),
            overnight: self.is_overnight.into(),
            tarmac_minutes: minutes(path, "tarmacMinutes", self.tarmac_minutes, problems),
        }
    }
}

fn minutes(path: &str, field: &str, minutes: Option<i32>, problems: &mut Problems) -> Fact<i64> {
    check_minutes(&format!("{path}.{field}"), minutes, problems);
    minutes.map(i64::from).into()
}

fn not_negative(path: &str, field: &str, amount: i64, problems: &mut Problems) -> i64 {
    if amount < 0 {
        problems.push(FieldProblem::at(
            &format!("{path}.{field}"),
            "An amount is not negative.",
        ));
    }
    amount
}
