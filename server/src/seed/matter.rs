//! What went wrong for customers, and how far it has come: cases with their histories.

mod baggage;
pub(super) mod life;
pub(super) mod template;
mod way;

use chrono::{DateTime, TimeDelta, Utc};
use entities::{
    case::case::{self, CaseType, Modifiers, Status},
    profile::loyalty_membership::Tier,
};
use schema_case::case::{policy, priority, reference};
use schema_kernel::Error;
use schema_order::flight::designator;

use self::{
    life::Life,
    template::{TEMPLATES, Template},
};
use super::{
    interaction::Topic,
    person::Person,
    rows::Rows,
    stream::{Purpose, Stream},
    world::World,
};

/// How many days after it was opened a case is over, one way or another.
const LONGEST_DAYS: i64 = 25;

/// How a case that was opened long ago ended.
const ENDS: [(usize, Status); 5] = [
    (84, Status::Closed),
    (5, Status::Withdrawn),
    (5, Status::Merged),
    (2, Status::RejectedSpam),
    (4, Status::Resolved),
];

/// How far a case that was opened lately has come.
const STANDS: [(usize, Status); 10] = [
    (12, Status::New),
    (10, Status::Triaged),
    (12, Status::Assigned),
    (20, Status::InProgress),
    (9, Status::PendingCustomer),
    (6, Status::PendingThirdParty),
    (5, Status::PendingApproval),
    (12, Status::Resolved),
    (10, Status::Closed),
    (4, Status::Reopened),
];

/// Writes the cases of a person, and the reports behind those about bags.
pub(super) fn write(
    world: &World,
    person: &Person,
    topics: &[Topic],
    rows: &mut Rows,
) -> Result<(), Error> {
    let first = rows.cases.len();
    cases(world, person, topics, rows)?;
    baggage::write(world, (person.index, topics), first, rows)
}

fn cases(world: &World, person: &Person, topics: &[Topic], rows: &mut Rows) -> Result<(), Error> {
    let mut stream = Stream::new(world.seed, Purpose::Case, person.index);
    let flown = |topic: &&Topic| {
        topic
            .flights
            .iter()
            .any(|place| world.timetable.flight(*place).actual_arrival_at.is_some())
    };
    let past: Vec<&Topic> = topics.iter().filter(flown).collect();
    if person.index == 0 {
        return showcase(world, person, &past, &mut stream, rows);
    }
    if !person.is_of_age(world.calendar.today()) || !stream.chance(110) {
        return Ok(());
    }
    let template = &stream.weighted(&TEMPLATES);
    let topic = if past.is_empty() {
        None
    } else {
        Some(stream.pick(&past))
    };
    let topic = topic.filter(|_| template.needs_trip);
    if template.needs_trip && topic.is_none() {
        return Ok(());
    }
    let Some(opened_at) = opening(world, template.case_type, topic, &mut stream) else {
        return Ok(());
    };
    let is_old = world.calendar.now() - opened_at > TimeDelta::days(LONGEST_DAYS);
    let status = if is_old {
        stream.weighted(&ENDS)
    } else {
        stream.weighted(&STANDS)
    };
    let first = case(world, person, template, topic, opened_at, &stream);
    if status == Status::Merged {
        let other = case(
            world,
            person,
            template,
            topic,
            opened_at + TimeDelta::hours(20),
            &stream,
        );
        return twins(world, template, [first, other], &mut stream, rows);
    }
    let mut life = Life::new(world, template, first);
    life.reach(status, &mut stream);
    life.write(&stream, rows)
}

/// Somebody wrote twice: the first case goes on, and the other one is merged into it.
fn twins(
    world: &World,
    template: &Template,
    [first, other]: [case::Model; 2],
    stream: &mut Stream,
    rows: &mut Rows,
) -> Result<(), Error> {
    let mut life = Life::new(world, template, first);
    life.reach(Status::Closed, stream);
    life.absorb(&other);
    let mut twin = Life::new(world, template, other);
    twin.merge_into(life.id(), stream);
    life.write(stream, rows)?;
    twin.write(stream, rows)
}

/// A bag that came late long ago, and a complaint that is being worked on.
fn showcase(
    world: &World,
    person: &Person,
    past: &[&Topic],
    stream: &mut Stream,
    rows: &mut Rows,
) -> Result<(), Error> {
    let lived = [
        (past.first(), Status::Closed),
        (past.last(), Status::InProgress),
    ];
    for ((_, template), (topic, status)) in TEMPLATES.iter().zip(lived) {
        let Some(topic) = topic.copied() else {
            continue;
        };
        let opened_at = match status {
            Status::Closed => landing(world, topic) + TimeDelta::hours(1),
            _ => world.calendar.minutes_ago(2 * 1_440 + 300),
        };
        let opened = case(world, person, template, Some(topic), opened_at, stream);
        let mut life = Life::new(world, template, opened);
        life.reach(status, stream);
        life.write(stream, rows)?;
    }
    Ok(())
}

fn landing(world: &World, topic: &Topic) -> DateTime<Utc> {
    let landings = topic
        .flights
        .iter()
        .filter_map(|place| world.timetable.flight(*place).actual_arrival_at);
    landings.min().unwrap_or_else(|| world.calendar.now())
}

/// When the case was opened; `None` when it would be too early for it.
fn opening(
    world: &World,
    case_type: CaseType,
    topic: Option<&Topic>,
    stream: &mut Stream,
) -> Option<DateTime<Utc>> {
    let latest = world.calendar.minutes_ago(60);
    let Some(topic) = topic else {
        return Some(world.calendar.minutes_ago(stream.between(120, 400 * 1_440)));
    };
    let after = TimeDelta::minutes(stream.between(45, 12 * 1_440));
    // Bags are lost, and miles are missed, after three weeks.
    let is_slow = matches!(case_type, CaseType::BaggageLost | CaseType::Loyalty);
    let opened_at = landing(world, topic) + after + TimeDelta::days(if is_slow { 22 } else { 0 });
    if is_slow && opened_at > latest {
        None
    } else {
        Some(opened_at.min(latest))
    }
}

/// The case as it was opened.
fn case(
    world: &World,
    person: &Person,
    template: &Template,
    topic: Option<&Topic>,
    opened_at: DateTime<Utc>,
    stream: &Stream,
) -> case::Model {
    let id = stream.id(opened_at);
    let (impact, urgency) = policy::usual_weight(template.case_type);
    let modifiers = Modifiers {
        is_top_tier: person.tier == Some(Tier::Platinum),
        is_churn_risk: false,
    };
    let priority = priority::of(impact, urgency, modifiers);
    let target_at = opened_at + policy::resolution_target(priority);
    let flight = topic
        .and_then(|topic| topic.flights.first())
        .map(|place| world.timetable.flight(*place));
    let [reference, ..] = reference::candidates(id);
    case::Model {
        id,
        reference,
        case_type: template.case_type,
        subject: fill(world, topic, template.subject),
        description: fill(world, topic, template.description),
        status: Status::New,
        is_open: true,
        priority,
        impact,
        urgency,
        modifiers,
        rank: policy::rank(priority, target_at),
        queue: policy::queue_of(template.case_type).to_owned(),
        assignee_id: None,
        customer_id: Some(person.id),
        order_id: topic.map(|topic| topic.order),
        flight_id: flight.map(|flight| flight.id),
        incident_id: None,
        merged_into_id: None,
        source_key: None,
        channel: template.channel,
        resolution_code: None,
        resolution_summary: None,
        resolution_basis: None,
        resolution_evidence: None,
        opened_at,
        updated_at: opened_at,
        clock_started_at: opened_at,
        target_at,
        resolved_at: None,
        closed_at: None,
        is_escalated: matches!(template.case_type, CaseType::Fraud | CaseType::Regulator),
        is_on_legal_hold: template.case_type == CaseType::Regulator,
        approval_requested_by: None,
        version: 1,
    }
}

/// A text with the flight, city and booking that it is about.
fn fill(world: &World, topic: Option<&Topic>, text: &str) -> String {
    let Some(topic) = topic else {
        return text.to_owned();
    };
    let text = text.replace("{locator}", &topic.record_locator);
    let Some(place) = topic.flights.first() else {
        return text;
    };
    let flight = world.timetable.flight(*place);
    text.replace("{flight}", &designator(flight))
        .replace("{city}", world.reference.city(&flight.destination))
}
