use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::circumstances::{Baggage, Boarding, Damage, Operation, Price, ServiceIssue, Stay};
use super::code::{AirlineCode, AirportCode, CountryCode, CurrencyCode};
use super::distance::{Coordinates, great_circle_metres};
use super::fact::Fact;

/// Everything that is known about one passenger's disrupted journey.
///
/// This is the decision's whole input: what is not in here cannot have decided anything. Times are whole minutes,
/// seconds cut off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFacts {
    /// Baggage that came late, damaged or not at all.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub baggage: Baggage,
    /// A seat that was confirmed and not given.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub boarding: Boarding,
    /// The carrier that operated, or was to operate, the flight concerned.
    pub carrier: Carrier,
    /// Damage that somebody claims; absent when nobody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damage: Option<Damage>,
    /// What happened.
    pub event: Event,
    /// The ends of the flight concerned; absent when it covers the whole journey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flight: Option<Journey>,
    /// From the first departure to the final destination of one booking.
    pub journey: Journey,
    /// How the flight was operated.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub operation: Operation,
    /// Whom it happened to.
    pub passenger: Passenger,
    /// Prices that some laws count by.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub price: Price,
    /// What was paid.
    pub purchase: Purchase,
    /// A service that failed; absent when none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceIssue>,
    /// The wait, and where the passenger waits.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub stay: Stay,
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One booking in one direction. Outbound and return are two journeys even in one booking (C-173/07).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Final destination, not that of the disrupted leg.
    pub destination: Airport,
    /// First point of departure, not that of the disrupted leg.
    pub origin: Airport,
}

impl Journey {
    /// Great circle from end to end in metres, whatever the legs (C-559/16).
    pub fn metres(&self) -> u32 {
        great_circle_metres(self.origin.position, self.destination.position)
    }
}

/// An airport, as far as the law looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Airport {
    /// Country the airport lies in.
    pub country: CountryCode,
    /// Code of the airport.
    pub iata: AirportCode,
    /// Where it lies.
    pub position: Coordinates,
}

/// The operating carrier; under a wet lease the lessee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// Designator of the carrier.
    pub code: AirlineCode,
    /// State that issued the operating licence.
    #[serde(default)]
    pub licence_country: Fact<CountryCode>,
}

/// What happened to the journey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Whether a passenger with a disability gets another connecting airport, or an aircraft without features they need.
    #[serde(default)]
    pub accessibility_lost: bool,
    /// How many connection points the new itinerary has more than the booked one.
    #[serde(default)]
    pub added_connections: u32,
    /// Whether the new itinerary departs from or arrives at another airport than booked.
    #[serde(default)]
    pub airport_changed: bool,
    /// Minutes from the scheduled arrival to the opening of a door at the final destination (C-452/13); negative when early.
    #[serde(default)]
    pub arrival_delay_minutes: Fact<i64>,
    /// Whether the new itinerary is in a lower class of service.
    #[serde(default)]
    pub cabin_downgraded: bool,
    /// Minutes from the scheduled to the new or actual departure; negative when brought forward.
    #[serde(default)]
    pub departure_delay_minutes: Fact<i64>,
    /// Where the flight ended, when it was diverted.
    #[serde(default)]
    pub diversion: Fact<DiversionOutcome>,
    /// Whether extraordinary circumstances **and** all reasonable measures are proven; the carrier bears the burden.
    #[serde(default)]
    pub extraordinary: Fact<bool>,
    /// The proven extraordinary share of the arrival delay (C-315/15). Without it, the whole delay. Counts only when
    /// `extraordinary` is known to be true.
    #[serde(default)]
    pub extraordinary_minutes: Option<u32>,
    /// Scheduled departure day of the flight concerned, local at its origin. It chooses the rules.
    pub incident_on: NaiveDate,
    /// What sort of disruption.
    pub kind: EventKind,
    /// Minutes from the moment the passenger was told to the scheduled departure; negative when told afterwards.
    #[serde(default)]
    pub notice_minutes: Fact<i64>,
    /// What other travel was offered; `Known(None)` when it is known that nothing was.
    #[serde(default)]
    pub rerouting: Fact<Option<Rerouting>>,
}

/// The sorts of disruption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// The flight operates, late.
    Delay,
    /// The flight does not operate.
    Cancellation,
    /// The flight left for its destination and landed elsewhere first.
    Diversion,
    /// The flight was moved to an earlier departure.
    BroughtForward,
    /// The journey was changed otherwise: connections, airports, cabin, times.
    ItineraryChange,
    /// The passenger was refused a seat on a flight that operates.
    DeniedBoarding,
    /// The passenger travelled in a lower class than was bought.
    Downgrade,
    /// Baggage came late.
    BaggageDelayed,
    /// Baggage came damaged.
    BaggageDamaged,
    /// Baggage did not come.
    BaggageLost,
    /// Something that was paid for besides the fare was not provided.
    AncillaryNotProvided,
    /// A service was not what it should be.
    ServiceIssue,
    /// A delay that is expected and has not ended; `departure_delay_minutes` says how long it is expected to be.
    AnticipatedDelay,
    /// Passengers wait on board on the ground.
    TarmacDelay,
}

/// Where a diverted flight left its passengers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiversionOutcome {
    /// Back where it started.
    ReturnedToOrigin,
    /// At an airport that serves another town or region.
    OtherRegion,
    /// At another airport of the same town or region.
    SameRegion,
    /// At the booked airport after all.
    ReachedDestination,
}

/// Other travel to the final destination, against the booked times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rerouting {
    /// Minutes it arrives after the booked arrival; negative when earlier.
    pub arrives_later_minutes: i64,
    /// Minutes it departs before the booked departure; negative when later.
    pub departs_earlier_minutes: i64,
}

/// The passenger, as far as the law looks at them. No name, no identity: an assessment is no personal data by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passenger {
    /// Flew the changed flight, took re-booking, or affirmatively took a voucher or other compensation instead of
    /// money. Silence while the flight leaves is `Known(false)`.
    #[serde(default)]
    pub accepted_alternative: Fact<bool>,
    /// Free of charge or at a fare not available to the public. Frequent-flyer awards are **not** (Art 3(3)).
    #[serde(default)]
    pub fare_free: Fact<bool>,
    /// A child without a seat and reservation of its own.
    #[serde(default)]
    pub infant_without_seat: bool,
    /// At check-in in time (45 minutes before departure if no time is stated).
    #[serde(default)]
    pub presented: Fact<bool>,
    /// Received benefits or compensation **and** assistance for this event in a third country (Art 3(1)(b)).
    #[serde(default)]
    pub third_country_benefits: Fact<bool>,
}

/// What was paid for the part of the journey that was not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purchase {
    /// Fees for ancillary services that were not provided, in minor units. Nothing is refunded below 1.
    pub ancillary_minor: i64,
    /// Currency of both.
    pub currency: CurrencyCode,
    /// Unused fare with taxes and mandatory charges, in minor units. Nothing is refunded below 1.
    pub fare_minor: i64,
    /// How it was paid; it decides the deadline of a refund.
    pub payment_method: PaymentMethod,
}

/// Forms of payment between which the law distinguishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// A credit card.
    Card,
    /// Anything else: cash, cheque, transfer, debit, miles.
    Other,
}

impl CaseFacts {
    /// A case of which only this is said; everything else is unknown or did not happen.
    pub fn of(
        journey: Journey,
        carrier: Carrier,
        event: Event,
        passenger: Passenger,
        purchase: Purchase,
    ) -> Self {
        Self {
            baggage: Baggage::default(),
            boarding: Boarding::default(),
            carrier,
            damage: None,
            event,
            flight: None,
            journey,
            operation: Operation::default(),
            passenger,
            price: Price::default(),
            purchase,
            service: None,
            stay: Stay::default(),
        }
    }
}
