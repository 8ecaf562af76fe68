//! When and why customers and the airline talked.

mod talk;

use chrono::{DateTime, TimeDelta, Utc};
use entities::{
    id::OrderId,
    order::flight,
    profile::interaction::{self, Channel, Kind, Purpose, Retention},
};
use schema_kernel::Error;
use schema_order::flight::designator;
use serde_json::json;

use self::talk::{ABOUT_TRIPS, OTHER, Talk};
use super::{
    person::Person,
    rows::Rows,
    stream::{Purpose as StreamPurpose, Stream},
    timeline,
    world::World,
};

/// A trip that can be talked about.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    pub(super) order: OrderId,
    pub(super) record_locator: String,
    /// The flights of the trip, by place in the timetable.
    pub(super) flights: Vec<usize>,
    pub(super) placed_at: DateTime<Utc>,
}

/// Writes what a person and the airline talked about in the last two years.
pub(super) fn write(
    world: &World,
    person: &Person,
    topics: &[Topic],
    rows: &mut Rows,
) -> Result<(), Error> {
    if !person.is_of_age(world.calendar.today()) {
        return Ok(());
    }
    let mut stream = Stream::new(world.seed, StreamPurpose::Interaction, person.index);
    let count = if person.index == 0 {
        9
    } else {
        stream.weighted(&[(24, 0), (28, 1), (20, 2), (13, 3), (8, 4), (5, 6), (2, 9)])
    };
    let mut said: Vec<String> = Vec::new();
    for _ in 0..count {
        let row = if !topics.is_empty() && stream.chance(680) {
            let topic = &topics[stream.below(topics.len())];
            about_trip(world, person, topic, &mut stream)
        } else {
            other(world, person, &mut stream)
        };
        // Nobody says the same twice.
        if said.contains(&row.summary) {
            continue;
        }
        said.push(row.summary.clone());
        let data = json!({ "customer_id": row.customer_id, "interaction_id": row.id, "kind": row.kind, "channel": row.channel, "direction": row.direction });
        timeline::tell(
            &mut rows.timeline,
            &stream,
            ("profile.interaction.recorded.v1", row.occurred_at),
            (person.id, person.id),
            data,
        )?;
        rows.interactions.push(row);
    }
    Ok(())
}

fn about_trip(
    world: &World,
    person: &Person,
    topic: &Topic,
    stream: &mut Stream,
) -> interaction::Model {
    let talk = stream.weighted(&ABOUT_TRIPS);
    let flight = world.timetable.flight(stream.pick(&topic.flights));
    let at = moment(talk, flight, topic, stream);
    // Nobody talks about what has not happened, or what the world does not know the end of.
    if at >= world.calendar.now()
        || (is_about_the_flight(talk) && flight.actual_arrival_at.is_none())
    {
        return other(world, person, stream);
    }
    let summary = talk
        .summary
        .replace("{flight}", &designator(flight))
        .replace("{city}", world.reference.city(&flight.destination))
        .replace("{locator}", &topic.record_locator);
    let mut row = row(world, person, talk, at, stream);
    row.summary = summary;
    row.order_id = Some(topic.order);
    row.flight_id = Some(flight.id);
    row
}

/// Whether something is said at the airport, on board or afterwards, and not while the trip is still being planned.
fn is_about_the_flight(talk: Talk) -> bool {
    let is_afterthought = matches!(talk.purpose, Purpose::Complaint | Purpose::Survey);
    is_afterthought || !matches!(talk.kind, Kind::Call | Kind::Email | Kind::Chat | Kind::Web)
}

/// When something about a flight is said.
fn moment(talk: Talk, flight: &flight::Model, topic: &Topic, stream: &mut Stream) -> DateTime<Utc> {
    let departure = flight.scheduled_departure_at;
    match talk.kind {
        Kind::Lounge | Kind::Checkin => departure - TimeDelta::minutes(stream.between(50, 150)),
        Kind::InflightRetail => departure + TimeDelta::minutes(stream.between(25, 60)),
        Kind::Baggage | Kind::Chauffeur => {
            flight.actual_arrival_at.unwrap_or(departure)
                + TimeDelta::minutes(stream.between(20, 80))
        }
        Kind::Call | Kind::Email | Kind::Chat | Kind::Social | Kind::Web
            if is_about_the_flight(talk) =>
        {
            flight.actual_arrival_at.unwrap_or(departure)
                + TimeDelta::minutes(stream.between(60, 4_000))
        }
        Kind::Call | Kind::Email | Kind::Chat | Kind::Social | Kind::Web => {
            let lead = (departure - topic.placed_at).num_minutes().max(2);
            topic.placed_at + TimeDelta::minutes(stream.between(1, lead))
        }
    }
}

fn other(world: &World, person: &Person, stream: &mut Stream) -> interaction::Model {
    let talk = stream.weighted(&OTHER);
    let days = (world.calendar.now() - person.known_since)
        .num_days()
        .clamp(1, 730);
    let at = world.calendar.minutes_ago(stream.between(60, days * 1_440));
    row(world, person, talk, at, stream)
}

fn row(
    world: &World,
    person: &Person,
    talk: Talk,
    at: DateTime<Utc>,
    stream: &mut Stream,
) -> interaction::Model {
    let Talk {
        kind,
        channel,
        direction,
        purpose,
        sentiment,
        summary,
    } = talk;
    let is_with_staff = !matches!(channel, Channel::Kiosk | Channel::Web);
    interaction::Model {
        id: stream.id(at),
        customer_id: person.id,
        kind,
        occurred_at: at,
        channel,
        direction,
        agent_id: is_with_staff.then(|| world.staff.anybody(stream)),
        flight_id: None,
        order_id: None,
        case_id: None,
        summary: summary.to_owned(),
        sentiment: Some(sentiment),
        purpose,
        retention: if kind == Kind::Call {
            Retention::Recording
        } else {
            Retention::Transcript
        },
        created_at: at + TimeDelta::minutes(3),
    }
}
