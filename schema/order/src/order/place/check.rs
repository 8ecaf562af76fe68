//! Whether an order can be placed: first by itself, then against the flights as they stand. All problems are reported
//! at once, each with its path.

mod extra;
mod passenger;
mod trip;

use std::collections::{HashMap, HashSet};

use entities::{
    id::{CustomerId, FlightId},
    order::{self as tables, order::FareKind, order::PaymentMethod, passenger::PassengerKind},
};
use schema_kernel::{
    Actor, ActorKind, Money,
    problem::FieldProblem,
    scalar::{DateTime, IataAirline},
};

use super::PlaceOrderInput;
use crate::{
    journey::{
        itinerary::{self, Leg},
        state,
    },
    order::{
        amount::MAXIMUM_MINOR,
        contract::{Flights, limit},
        kind::{FareKind as FareKindInput, OrderChannel},
    },
};

/// An order that is right by itself.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) owner_airline: IataAirline,
    pub(super) channel: tables::order::OrderChannel,
    pub(super) currency: &'static str,
    pub(super) payment_method: PaymentMethod,
    pub(super) fare_kind: FareKind,
    pub(super) passengers: Vec<Traveller>,
    pub(super) trips: Vec<Trip>,
    pub(super) extras: Vec<Extra>,
    pub(super) total_minor: i64,
}

#[derive(Debug)]
pub(super) struct Traveller {
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) kind: PassengerKind,
    pub(super) has_seat: bool,
    /// The passenger's own customer record.
    pub(super) customer_id: Option<CustomerId>,
}

#[derive(Debug)]
pub(super) struct Trip {
    pub(super) legs: Vec<Leg>,
    pub(super) fares: Vec<i64>,
    /// By passenger and leg.
    pub(super) seats: HashMap<(usize, usize), String>,
}

#[derive(Debug)]
pub(super) struct Extra {
    pub(super) passenger: usize,
    /// The trip and the leg it is tied to.
    pub(super) place: Option<(usize, usize)>,
    pub(super) kind: tables::ancillary::AncillaryKind,
    pub(super) rfisc: String,
    pub(super) price_minor: i64,
}

impl Request {
    pub(super) fn flight_ids(&self) -> impl Iterator<Item = FlightId> {
        self.trips
            .iter()
            .flat_map(|trip| trip.legs.iter().map(|leg| leg.flight_id))
    }

    pub(super) fn wanted_seats(&self) -> Vec<(FlightId, String)> {
        let of_trip = |trip: &Trip| {
            let seat = |((_, leg), seat): (&(usize, usize), &String)| {
                Some((trip.legs.get(*leg)?.flight_id, seat.clone()))
            };
            trip.seats.iter().filter_map(seat).collect::<Vec<_>>()
        };
        self.trips.iter().flat_map(of_trip).collect()
    }
}

/// Checks everything that needs no flight.
pub(super) fn shape(input: &PlaceOrderInput, actor: &Actor) -> Result<Request, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let currency = Money::new(0, &input.currency).map(|money| money.currency.code());
    if currency.is_none() {
        problems.push(
            FieldProblem::at(
                "input.currency",
                "A currency is an ISO 4217 code in capital letters, like \"EUR\".",
            )
            .by("ISO 4217"),
        );
    }
    set_by_staff(input, actor, &mut problems);
    let passengers = passenger::all(&input.passengers, actor, &mut problems);
    if !(1..=limit::JOURNEYS).contains(&input.journeys.len()) {
        problems.push(FieldProblem::at(
            "input.journeys",
            format!("An order has 1 to {} journeys.", limit::JOURNEYS),
        ));
    }
    let trips = input
        .journeys
        .iter()
        .take(limit::JOURNEYS)
        .enumerate()
        .map(|(index, journey)| trip::one(index, journey, &passengers, &mut problems))
        .collect::<Vec<_>>();
    let extras = extra::all(input, &mut problems);
    let prices = trips
        .iter()
        .flat_map(|trip| trip.fares.iter())
        .chain(extras.iter().map(|extra| &extra.price_minor));
    let total_minor = prices.sum();
    match currency {
        Some(currency) if problems.is_empty() => Ok(Request {
            owner_airline: input.owner_airline.clone(),
            channel: input.channel.into(),
            currency,
            payment_method: input.payment_method.into(),
            fare_kind: input.fare_kind.into(),
            passengers,
            trips,
            extras,
            total_minor,
        }),
        _ => Err(problems),
    }
}

/// Customers order by themselves on the site or in the app; that somebody flies at the fares of employees is for the
/// airline to say.
fn set_by_staff(input: &PlaceOrderInput, actor: &Actor, problems: &mut Vec<FieldProblem>) {
    if matches!(actor.kind(), ActorKind::Staff | ActorKind::Service) {
        return;
    }
    if input.fare_kind == FareKindInput::Staff {
        let message = "Only the airline's staff sell fares of employees; leave it out.";
        problems.push(FieldProblem::at("input.fareKind", message).by("set by staff"));
    }
    if !matches!(input.channel, OrderChannel::Web | OrderChannel::App) {
        let message = "Customers order by `WEB` or `APP`.";
        problems.push(FieldProblem::at("input.channel", message).by("set by staff"));
    }
}

fn place(index: i32, length: usize) -> Option<usize> {
    usize::try_from(index).ok().filter(|index| *index < length)
}

fn price(path: &str, minor: i64, problems: &mut Vec<FieldProblem>) {
    if !(0..=MAXIMUM_MINOR).contains(&minor) {
        problems.push(FieldProblem::at(
            path,
            format!("A price is between 0 and {MAXIMUM_MINOR} minor units."),
        ));
    }
}

/// What an order is written from, once it holds against the flights.
#[derive(Debug)]
pub(super) struct Offer<'a> {
    pub(super) ticketing_prefix: String,
    /// By trip, in order of travel.
    pub(super) flights: Vec<Vec<&'a tables::flight::Model>>,
}

/// Checks an order against the flights, the seats that are taken, and the airline that is to issue the tickets.
pub(super) fn against<'a>(
    request: &Request,
    flights: &'a Flights,
    taken: &[(FlightId, String)],
    ticketing_prefix: Option<String>,
    now: DateTime,
) -> Result<Offer<'a>, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    if ticketing_prefix.is_none() {
        problems.push(FieldProblem::at("input.ownerAirline", "This airline issues no tickets that we know of; give the one that sells the order, like \"EK\"."));
    }
    let mut found: Vec<Vec<&tables::flight::Model>> = Vec::with_capacity(request.trips.len());
    let mut asked = HashSet::new();
    for (index, trip) in request.trips.iter().enumerate() {
        let path = format!("input.journeys.{index}");
        let trip_flights = itinerary::check(
            &format!("{path}.segments"),
            &trip.legs,
            flights,
            now,
            &mut problems,
        );
        let before = found.last().and_then(|flights| flights.last());
        if let (Some(before), Some(first)) = (before, trip_flights.first())
            && state::departure(first) < state::arrival(before)
        {
            problems.push(FieldProblem::at(&path, "This journey begins before the one before it ends; give journeys in order of travel."));
        }
        for ((_, leg), seat) in &trip.seats {
            let wanted = (trip.legs[*leg].flight_id, seat.clone());
            if taken.contains(&wanted) || !asked.insert(wanted) {
                problems.push(FieldProblem::at(
                    &format!("{path}.seats"),
                    format!(
                        "Seat {seat} is taken on flight {leg} of this journey; choose another one."
                    ),
                ));
            }
        }
        found.push(trip_flights);
    }
    match ticketing_prefix {
        Some(ticketing_prefix) if problems.is_empty() => Ok(Offer {
            ticketing_prefix,
            flights: found,
        }),
        _ => Err(problems),
    }
}
