//! What somebody says who reports baggage, and the checks before anything is read.

use async_graphql::{ID, InputObject};
use chrono::{Days, NaiveDate};
use entities::{
    case::{baggage_report::BaggageKind as Kind, case::Channel},
    id::{CustomerId, FlightId, JourneyId, OrderId, PassengerId},
};
use schema_kernel::{
    ActorKind, Money, Session,
    money::Long,
    problem::{FieldProblem, InvalidInput},
    scalar::{BagTagNumber, BaggageReference, Date, IataAirline, IataAirport},
};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    baggage::{BAGS, clock, kind::BaggageKind},
    case::policy,
    input::Fields,
    kind::CaseChannel,
};

/// The most passengers of an order.
const TRAVELLERS: i32 = 9;

/// Baggage that came late, damaged or not at all.
#[derive(Clone, Debug, InputObject)]
pub struct ReportBaggageInput {
    /// Makes repeating safe: the same key makes one report, however often it comes. A UUID of your choice.
    pub idempotency_key: Option<Uuid>,
    /// What is wrong.
    pub kind: BaggageKind,
    /// The reference that the airport gave. Where it is left out, `station` and `airline` are needed, and one is given. Example:
    /// `"SINEK19666"`.
    pub reference: Option<BaggageReference>,
    /// The station at which it is reported. Left out with a reference. Example: `"SIN"`.
    pub station: Option<IataAirport>,
    /// The airline that deals with it. Left out with a reference. Example: `"EK"`.
    pub airline: Option<IataAirline>,
    /// The bags; 10 at most. Empty when no tag is known.
    #[graphql(default)]
    pub bags: Vec<BagInput>,
    /// The local day on which the flight arrived, or ought to have arrived. Example: `"2026-11-20"`.
    pub arrived_on: Date,
    /// The day on which the customer got the baggage. Needed when it is damaged or pilfered, and given for nothing else.
    pub received_on: Option<Date>,
    /// What is wrong, in full, 1 to 10,000 characters. Card numbers are taken out.
    pub description: String,
    /// The id of the customer whose baggage it is. Staff need it; a customer leaves it out.
    pub customer_id: Option<ID>,
    /// The id of the order it was carried under.
    pub order_id: Option<ID>,
    /// The id of the journey it was checked in for. What is owed can be assessed where it is known.
    pub journey_id: Option<ID>,
    /// The id of the flight it came late from, or damaged.
    pub flight_id: Option<ID>,
    /// The id of the passenger under whose name it was checked in.
    pub passenger_id: Option<ID>,
    /// Whether medicine, or something else that somebody needs for their health, is in it. It makes the case weigh more.
    #[graphql(default)]
    pub holds_essentials: bool,
    /// How many passengers had packed in it, 1 to 9.
    #[graphql(default = 1)]
    pub travellers: i32,
    /// The sum of a special declaration for which a supplement was paid, in minor units of the currency. Example: `300000`.
    pub declared_minor: Option<Long>,
    /// ISO 4217 code of that sum. Example: `"EUR"`.
    pub declared_currency: Option<String>,
    /// Whether this is a complaint in writing (Montreal Convention Art 31). What a customer reports here is one. Only staff
    /// say it.
    pub is_complaint_in_writing: Option<bool>,
    /// Whether the airline admits that it is lost (Montreal Convention Art 17(3)). Only staff say it.
    pub is_loss_admitted: Option<bool>,
    /// The way it came in; `AIRPORT` from staff and `WEB` from a customer when left out. Only staff say it.
    pub channel: Option<CaseChannel>,
}

/// A bag.
#[derive(Clone, Debug, InputObject)]
pub struct BagInput {
    /// The licence plate on its tag. Example: `"0176123456"`.
    pub tag: BagTagNumber,
    /// Its colour and type on the baggage chart: two letters and two digits. Example: `"BK22"`.
    pub colour_type: Option<String>,
}

/// How the report will be called.
#[derive(Clone, Debug, Serialize)]
pub(super) enum Named {
    /// It has a reference.
    By(String),
    /// It gets one of this station and airline.
    At { station: String, airline: String },
}

/// A report that is not made yet.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Draft {
    pub(super) named: Named,
    pub(super) kind: Kind,
    pub(super) bags: Vec<(String, Option<String>)>,
    pub(super) arrived_on: NaiveDate,
    pub(super) received_on: Option<NaiveDate>,
    pub(super) description: String,
    pub(super) customer_id: CustomerId,
    pub(super) order_id: Option<OrderId>,
    pub(super) journey_id: Option<JourneyId>,
    pub(super) flight_id: Option<FlightId>,
    pub(super) passenger_id: Option<PassengerId>,
    pub(super) holds_essentials: bool,
    pub(super) travellers: i32,
    pub(super) declared: Option<(i64, String)>,
    pub(super) is_complaint: bool,
    pub(super) is_loss_admitted: bool,
    pub(super) channel: Channel,
}

pub(super) fn read(session: &Session, input: &ReportBaggageInput) -> Result<Draft, InvalidInput> {
    let today = session.now().date_naive();
    let own = match session.actor.kind() {
        ActorKind::Customer(own) => Some(own),
        ActorKind::Staff
        | ActorKind::Service
        | ActorKind::Partner
        | ActorKind::Device
        | ActorKind::Anonymous => None,
    };
    let mut fields = Fields::default();
    let description = fields.text("input.description", &input.description, policy::TEXT);
    let customer_id = fields.optional_id("input.customerId", input.customer_id.as_ref());
    let order_id = fields.optional_id("input.orderId", input.order_id.as_ref());
    let journey_id = fields.optional_id("input.journeyId", input.journey_id.as_ref());
    let flight_id = fields.optional_id("input.flightId", input.flight_id.as_ref());
    let passenger_id = fields.optional_id("input.passengerId", input.passenger_id.as_ref());
    if input.customer_id.is_none() && own.is_none() {
        fields.extend([at("customerId", "Say whose baggage it is.")]);
    }
    if own.is_some() {
        fields.extend(reserved_for_staff(input));
    }
    let named = named(input, &mut fields);
    let bags = bags(input, &mut fields);
    days(input, today, &mut fields);
    let declared = declared(input, &mut fields);
    if !(1..=TRAVELLERS).contains(&input.travellers) {
        let message = format!("From 1 to {TRAVELLERS} passengers had packed in it.");
        fields.extend([at("travellers", message)]);
    }
    let (named, customer_id) = fields.finish_with(named.zip(customer_id.or(own)))?;
    Ok(Draft {
        named,
        kind: input.kind.into(),
        bags,
        arrived_on: input.arrived_on.0,
        received_on: input.received_on.map(|day| day.0),
        description,
        customer_id,
        order_id,
        journey_id,
        flight_id,
        passenger_id,
        holds_essentials: input.holds_essentials,
        travellers: input.travellers,
        declared,
        is_complaint: input.is_complaint_in_writing.unwrap_or(own.is_some()),
        is_loss_admitted: input.is_loss_admitted.unwrap_or_default(),
        channel: match (input.channel, own) {
            (Some(channel), _) => channel.into(),
            (None, Some(_)) => Channel::Web,
            (None, None) => Channel::Airport,
        },
    })
}

fn at(field: &str, message: impl Into<String>) -> FieldProblem {
    FieldProblem::at(&format!("input.{field}"), message)
}

fn reserved_for_staff(input: &ReportBaggageInput) -> Vec<FieldProblem> {
    [
        (
            "isComplaintInWriting",
            input.is_complaint_in_writing.is_some(),
        ),
        ("isLossAdmitted", input.is_loss_admitted.is_some()),
        ("channel", input.channel.is_some()),
    ]
    .into_iter()
    .filter(|(_, is_given)| *is_given)
    .map(|(field, _)| at(field, "Only staff can say this; leave it out.").by("case:internal"))
    .collect()
}

fn named(input: &ReportBaggageInput, fields: &mut Fields) -> Option<Named> {
    let given = (&input.reference, &input.station, &input.airline);
    match given {
        (Some(reference), None, None) => Some(Named::By(reference.as_str().to_owned())),
        (None, Some(station), Some(airline)) => Some(Named::At {
            station: station.as_str().to_owned(),
            airline: airline.as_str().to_owned(),
        }),
        (Some(_), _, _) => {
            let message = "The reference says station and airline; leave those out.";
            fields.extend([at("reference", message)]);
            None
        }
        (None, _, _) => {
            let message =
                "Give the reference of the airport's report, or station and airline to get one.";
            fields.extend([at("reference", message)]);
            None
        }
    }
}

fn bags(input: &ReportBaggageInput, fields: &mut Fields) -> Vec<(String, Option<String>)> {
    if input.bags.len() > BAGS {
        fields.extend([at("bags", format!("At most {BAGS} bags fit here."))]);
    }
    let mut bags: Vec<(String, Option<String>)> = Vec::new();
    for (place, bag) in input.bags.iter().take(BAGS).enumerate() {
        let tag = bag.tag.as_str().to_owned();
        if bags.iter().any(|(known, _)| *known == tag) {
            let message = "This tag is named twice.";
            fields.extend([at(&format!("bags.{place}.tag"), message)]);
        }
        let colour_type = bag.colour_type.as_deref().map(str::to_ascii_uppercase);
        if colour_type
            .as_deref()
            .is_some_and(|code| !is_colour_type(code))
        {
            let message = "A colour and type have two letters and two digits, like \"BK22\" for a black upright bag.";
            fields.extend([at(&format!("bags.{place}.colourType"), message)]);
        }
        bags.push((tag, colour_type));
    }
    bags
}

fn is_colour_type(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() == 4
        && bytes.iter().take(2).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(2).all(u8::is_ascii_digit)
}

fn days(input: &ReportBaggageInput, today: NaiveDate, fields: &mut Fields) {
    let arrived_on = input.arrived_on.0;
    // Where it is tomorrow already, a flight that arrived today arrived tomorrow.
    let latest = today.checked_add_days(Days::new(1)).unwrap_or(today);
    if arrived_on > latest {
        fields.extend([at(
            "arrivedOn",
            format!("Today is {today}; a report is about a flight that has arrived."),
        )]);
    }
    if clock::action_due_on(arrived_on) < today {
        let message = "Two years after arrival nothing can be claimed any more.";
        fields.extend([at("arrivedOn", message).by("Montreal Convention Art 35")]);
    }
    let was_received = matches!(input.kind, BaggageKind::Damaged | BaggageKind::Pilfered);
    match (was_received, input.received_on) {
        (true, None) => fields.extend([at(
            "receivedOn",
            "Say on which day the customer got it; the period to complain begins with it.",
        )]),
        (true, Some(day)) if day.0 < arrived_on || day.0 > latest => fields.extend([at(
            "receivedOn",
            format!("It was received between {arrived_on} and {today}."),
        )]),
        (false, Some(_)) => fields.extend([at(
            "receivedOn",
            "Baggage that was received is DAMAGED or PILFERED; leave the day out.",
        )]),
        (true, Some(_)) | (false, None) => {}
    }
    let is_admitted = input.is_loss_admitted == Some(true);
    let is_missing_long = today >= clock::deemed_lost_on(arrived_on);
    if input.kind == BaggageKind::Lost && !is_admitted && !is_missing_long {
        let message =
            "It counts as lost 21 days after it ought to have come; until then it is DELAYED.";
        fields.extend([at("kind", message).by("Montreal Convention Art 17(3)")]);
    }
}

fn declared(input: &ReportBaggageInput, fields: &mut Fields) -> Option<(i64, String)> {
    match (input.declared_minor, &input.declared_currency) {
        (None, None) => None,
        (Some(amount), Some(currency)) => {
            if amount.0 < 1 {
                fields.extend([at("declaredMinor", "A declared sum is more than nothing.")]);
            }
            if Money::new(1, currency).is_none() {
                let message = "A currency is an ISO 4217 code, like \"EUR\".";
                fields.extend([at("declaredCurrency", message).by("ISO 4217")]);
            }
            Some((amount.0, currency.clone()))
        }
        (Some(_), None) | (None, Some(_)) => {
            let message = "A declared sum and its currency come together.";
            fields.extend([at("declaredCurrency", message)]);
            None
        }
    }
}
