use serde::{Deserialize, Serialize};

/// Something the engine was told, or was not told.
///
/// In JSON `{"known": 185}` or `"unknown"`. A fact that is left out is unknown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact<T> {
    /// Established: by a record, or by proof where the law asks for proof.
    Known(T),
    /// Not established. Never read as yes, no or zero.
    #[default]
    Unknown,
}

impl<T> Fact<T> {
    /// The value, when it is established.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown => None,
        }
    }
}

impl<T> From<Option<T>> for Fact<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Self::Known)
    }
}

/// Writes the facts that can be missing once: the names and the list of them.
macro_rules! fact_names {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The facts that can be missing, named as the fields of [`CaseFacts`](super::CaseFacts) that hold them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum FactName {
            $($(#[$doc])* $name,)*
        }

        impl FactName {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

fact_names! {
    /// Whether the passenger took the changed flight, another one, or something instead of money.
    AcceptedAlternative,
    /// Minutes late at the final destination.
    ArrivalDelayMinutes,
    /// Whether the carrier admits that the baggage is lost.
    BaggageAdmittedLost,
    /// How late the baggage was delivered.
    BaggageLateMinutes,
    /// Whether the passenger caused the trouble with the baggage.
    BaggageOwnFault,
    /// Whether a report of mishandled baggage was filed.
    BaggageReportFiled,
    /// How soon the passenger complained in writing.
    ComplaintDays,
    /// Whether a connection was missed.
    ConnectionMissed,
    /// Whose matter the cause was.
    Control,
    /// Minutes late at departure, negative when brought forward.
    DepartureDelayMinutes,
    /// Where a diverted flight brought its passengers.
    Diversion,
    /// Whether extraordinary circumstances are proven.
    Extraordinary,
    /// Whether the passenger travelled free or at a fare not open to the public.
    FareFree,
    /// How long the flight with the baggage was to take.
    FlightMinutes,
    /// Price of the flight concerned.
    FlightPrice,
    /// Whether the baggage itself was the cause of its damage.
    InherentDefect,
    /// Whether the passenger is in transit.
    InTransit,
    /// Whether the carrier is a large one.
    LargeCarrier,
    /// The state that licensed the operating carrier.
    LicenceCountry,
    /// Whether the passenger lives where the flight starts.
    LivesThere,
    /// Whether the carrier took all measures that could be required.
    MeasuresTaken,
    /// How long until the next connection.
    NextConnectionMinutes,
    /// How long before the scheduled departure the passenger was told.
    NoticeMinutes,
    /// One-way fare to the destination or first stopover.
    OneWayFare,
    /// Whether a night is needed until the new departure.
    Overnight,
    /// Whether the passenger was at check-in in time.
    Presented,
    /// How much damage is proven.
    ProvenDamage,
    /// Whether the passenger took the fare back.
    RefundTaken,
    /// Whether boarding was refused on reasonable grounds.
    RefusedForCause,
    /// What other travel the carrier offered.
    Rerouting,
    /// What one Special Drawing Right was worth.
    SpecialDrawingRate,
    /// How long the passengers waited on board on the ground.
    TarmacMinutes,
    /// Whether benefits and assistance were received under a third country's law.
    ThirdCountryBenefits,
    /// Whether the passenger gave up the seat.
    Volunteered,
    /// Whether the damage was done with intent or recklessly.
    Wilful,
}
