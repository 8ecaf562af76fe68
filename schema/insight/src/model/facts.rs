//! What the other domains say of a customer, as far as it is read.

use chrono::{DateTime, NaiveDate, Utc};
use entities::id::CustomerId;
use futures_util::future::BoxFuture;

/// A customer, as far as is read. Nothing of this is kept as it is: see `row`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Whether the record is in use.
    pub is_open: bool,
    /// Whether they need help at the airport.
    pub needs_assistance: bool,
    /// What they say to `PARTNER_INSIGHT` in the profile; none where the profile does not know.
    pub is_granted: Option<bool>,
    /// The day of birth.
    pub birth_date: Option<NaiveDate>,
    /// The highest loyalty tier.
    pub tier: Option<String>,
    /// The country of residence.
    pub residence: Option<String>,
    /// The language, a BCP 47 tag.
    pub language: String,
    /// The home airport.
    pub home_airport: Option<String>,
    /// Since when they are known.
    pub known_since: DateTime<Utc>,
    /// Their journeys.
    pub journeys: Vec<JourneyFacts>,
}

/// A journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyFacts {
    /// Its id.
    pub id: String,
    /// When it begins, as it was sold.
    pub departs_at: DateTime<Utc>,
    /// The country it begins in; none where the airport is not known.
    pub origin_country: Option<String>,
    /// The country it ends in.
    pub destination_country: Option<String>,
    /// Where its order was placed.
    pub channel: Option<String>,
    /// The places on its flights, in order of travel.
    pub segments: Vec<SegmentFacts>,
    /// What was claimed for it.
    pub claims: Vec<ClaimFacts>,
}

/// A place on a flight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentFacts {
    /// The cabin.
    pub cabin: String,
    /// How the flight stands.
    pub flight_status: Option<String>,
    /// How late it arrives, in minutes.
    pub arrival_delay_minutes: Option<i32>,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimFacts {
    /// The amount in minor units and its currency; none where it names none.
    pub amount: Option<(i64, String)>,
}

/// Some customers, and where the next are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerPage {
    /// The customers.
    pub customers: Vec<CustomerId>,
    /// What to ask the next page with; none after the last.
    pub next: Option<String>,
}

/// The facts cannot be had. The reason holds nothing about persons.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct SourceError(pub String);

/// Where facts are read: the graph.
pub trait Source: Send + Sync + 'static {
    /// Whether it says what people agree to ([`Facts::is_granted`]). Where it does not, nobody is asked for of whom no
    /// consent is noted here: a disruption tells of thousands.
    fn says_consent(&self) -> bool {
        false
    }

    /// A customer as they are now; `None` when there is none of this id, or no more.
    fn facts(&self, customer: CustomerId) -> BoxFuture<'_, Result<Option<Facts>, SourceError>>;

    /// Some customers, after those of the page that said `after`.
    fn page(&self, after: Option<String>) -> BoxFuture<'_, Result<CustomerPage, SourceError>>;
}
