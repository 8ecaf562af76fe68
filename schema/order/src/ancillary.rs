//! What is bought beside the seat, and the tags of checked bags.

use async_graphql::{Context, Enum, ID, Object};
use entities::order::{ancillary, bag_tag};
use schema_kernel::guard::Personal;
use schema_kernel::{
    Error, Money, Result,
    id::show,
    scalar::{BagTagNumber, TicketNumber},
};

use crate::{
    journey::FlightSegment,
    order::{edge, money},
    passenger::Passenger,
    ticket::ticket_number,
};

/// What was bought beside the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::ancillary::AncillaryKind")]
pub enum AncillaryKind {
    /// A particular seat.
    Seat,
    /// A checked bag beyond the allowance.
    Bag,
    /// Access to a lounge.
    Lounge,
    /// Internet on board.
    Wifi,
    /// A car to or from the airport.
    Chauffeur,
    /// A higher cabin.
    Upgrade,
}

/// How far an ancillary has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::ancillary::AncillaryStatus")]
pub enum AncillaryStatus {
    /// It was booked and is not paid yet.
    Booked,
    /// It was paid.
    Paid,
    /// The customer got it.
    Fulfilled,
    /// The airline could not deliver it; its price is owed back (14 CFR 260.4).
    ServiceDisruption,
    /// It was paid back.
    Refunded,
    /// Its time passed.
    Expired,
}

impl AncillaryKind {
    /// Whether it is delivered on one flight, and has to name it.
    pub(crate) fn is_tied_to_a_flight(self) -> bool {
        match self {
            Self::Seat | Self::Bag | Self::Wifi | Self::Upgrade => true,
            Self::Lounge | Self::Chauffeur => false,
        }
    }
}

/// The reason for issuance code of each kind (domain: IATA RFIC).
pub(crate) fn rfic(kind: ancillary::AncillaryKind) -> &'static str {
    match kind {
        ancillary::AncillaryKind::Seat | ancillary::AncillaryKind::Upgrade => "A",
        ancillary::AncillaryKind::Chauffeur => "B",
        ancillary::AncillaryKind::Bag => "C",
        ancillary::AncillaryKind::Lounge => "E",
        ancillary::AncillaryKind::Wifi => "G",
    }
}

/// Something bought beside the seat, with the currency of its order.
#[derive(Clone, Debug)]
pub struct Ancillary {
    pub(crate) row: ancillary::Model,
    pub(crate) currency: String,
}

/// Something bought beside the seat: a bag, a lounge, a car.
#[Object(requires_scopes = "order:read", directive = Personal::apply("TRAVEL"))]
impl Ancillary {
    /// The id of the ancillary.
    async fn id(&self) -> ID {
        show(self.row.id)
    }

    /// What it is.
    async fn kind(&self) -> AncillaryKind {
        self.row.kind.into()
    }

    /// How far it has come.
    async fn status(&self) -> AncillaryStatus {
        self.row.status.into()
    }

    /// The reason for issuance code: one letter. Example: `"C"` for baggage.
    async fn rfic(&self) -> &str {
        &self.row.rfic
    }

    /// The reason for issuance sub-code: three letters or digits. Example: `"0AA"` for a prepaid bag.
    async fn rfisc(&self) -> &str {
        &self.row.rfisc
    }

    /// The number of the electronic miscellaneous document: 13 digits; null when none was issued.
    async fn emd_number(&self) -> Option<Result<TicketNumber>> {
        self.row.emd_number.as_deref().map(ticket_number)
    }

    /// The price.
    async fn price(&self) -> Result<Money> {
        money(self.row.price_minor, &self.currency)
    }

    /// Who gets it.
    async fn passenger(&self, context: &Context<'_>) -> Option<Result<Passenger>> {
        edge::passenger(context, self.row.order_id, self.row.passenger_id).await
    }

    /// The flight segment it is for; null for what is tied to no flight.
    async fn segment(&self, context: &Context<'_>) -> Option<Result<FlightSegment>> {
        edge::segment(context, self.row.order_id, self.row.flight_segment_id?).await
    }
}

/// The tag of one checked bag.
#[derive(Clone, Debug)]
pub struct BagTag(pub(crate) bag_tag::Model);

/// The tag of one checked bag (IATA Resolution 740).
#[Object(requires_scopes = "order:read", directive = Personal::apply("TRAVEL"))]
impl BagTag {
    /// The id of the tag.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// The licence plate: 10 digits. It is used again after a time. Example: `"0176123456"`.
    async fn number(&self) -> Result<BagTagNumber> {
        BagTagNumber::parse(&self.0.number)
            .map_err(|reason| Error::internal(anyhow::anyhow!("a stored bag tag: {reason}")))
    }

    /// The weight of the bag in whole kilograms. Example: `23`.
    async fn weight_kg(&self) -> i32 {
        self.0.weight_kg
    }

    /// Whose bag it is.
    async fn passenger(&self, context: &Context<'_>) -> Option<Result<Passenger>> {
        edge::passenger(context, self.0.order_id, self.0.passenger_id).await
    }

    /// The first flight it was checked in for.
    async fn segment(&self, context: &Context<'_>) -> Option<Result<FlightSegment>> {
        edge::segment(context, self.0.order_id, self.0.flight_segment_id).await
    }
}
