//! The reports behind cases about bags: where each bag is, and what was bought because of it.

use chrono::{DateTime, Days, NaiveDate, Utc};
use entities::{
    case::{
        baggage_bag,
        baggage_expense::{self, BaggageExpenseKind},
        baggage_report::{self, BaggageKind, BaggageState},
        case::{self, CaseType, Status},
    },
    id::{BaggageReportId, CustomerId},
    order::{flight, flight_segment},
};
use schema_case::baggage::number;
use schema_kernel::Error;
use serde_json::json;

use crate::seed::{
    interaction::Topic,
    rows::Rows,
    stream::{Purpose, Stream},
    timeline,
    world::World,
};

/// Where a bag is while its case is open, by how often that is so.
const SEARCHED: [(usize, BaggageState); 5] = [
    (30, BaggageState::Tracing),
    (20, BaggageState::Located),
    (20, BaggageState::Forwarded),
    (15, BaggageState::Arrived),
    (15, BaggageState::OutForDelivery),
];

/// What is bought until a bag comes, in euro cents, at least and at most.
const BOUGHT: [(BaggageExpenseKind, &str, i64, i64); 3] = [
    (
        BaggageExpenseKind::Toiletries,
        "Things for washing",
        1_150,
        3_900,
    ),
    (
        BaggageExpenseKind::Clothing,
        "A change of clothes",
        3_500,
        14_000,
    ),
    (
        BaggageExpenseKind::Transport,
        "Way to the airport and back",
        900,
        5_200,
    ),
];

/// Writes the reports of the cases about bags that were written since `first`.
pub(super) fn write(
    world: &World,
    (index, topics): (u64, &[Topic]),
    first: usize,
    rows: &mut Rows,
) -> Result<(), Error> {
    let mut stream = Stream::new(world.seed, Purpose::Baggage, index);
    let cases: Vec<case::Model> = rows.cases.iter().skip(first).cloned().collect();
    for case in &cases {
        let kind = match case.case_type {
            CaseType::BaggageDelayed => BaggageKind::Delayed,
            CaseType::BaggageDamaged => BaggageKind::Damaged,
            CaseType::BaggageLost => BaggageKind::Lost,
            _ => continue,
        };
        // What was merged goes on under the report of the other case.
        if case.status != Status::Merged {
            report(world, (case, topics), kind, &mut stream, rows)?;
        }
    }
    Ok(())
}

fn report(
    world: &World,
    (case, topics): (&case::Model, &[Topic]),
    kind: BaggageKind,
    stream: &mut Stream,
    rows: &mut Rows,
) -> Result<(), Error> {
    let is_of_case = |segment: &&flight_segment::Model| {
        Some(segment.order_id) == case.order_id && Some(segment.flight_id) == case.flight_id
    };
    let (Some(segment), Some(customer_id)) = (
        rows.segments.iter().find(is_of_case).cloned(),
        case.customer_id,
    ) else {
        return Ok(());
    };
    let mut flights = topics
        .iter()
        .flat_map(|topic| &topic.flights)
        .map(|place| world.timetable.flight(*place));
    let Some(flight) = flights.find(|flight| flight.id == segment.flight_id) else {
        return Ok(());
    };
    let report = row(world, case, kind, (&segment, flight), customer_id, stream);
    let tag = rows
        .bag_tags
        .iter()
        .find(|tag| tag.passenger_id == segment.passenger_id);
    rows.bags.push(baggage_bag::Model {
        report_id: report.id,
        tag: tag.map_or_else(|| stream.digits("0176######"), |tag| tag.number.clone()),
        colour_type: Some(
            stream
                .pick(&["BK22", "BU25", "GY02", "RD22", "BN08"])
                .to_owned(),
        ),
    });
    if kind == BaggageKind::Delayed && report.at_disposal_on.is_some() {
        spend(&report, stream, rows);
    }
    tell(&report, stream, rows)?;
    rows.baggage_reports.push(report);
    Ok(())
}

fn row(
    world: &World,
    case: &case::Model,
    kind: BaggageKind,
    (segment, flight): (&flight_segment::Model, &flight::Model),
    customer_id: CustomerId,
    stream: &mut Stream,
) -> baggage_report::Model {
    let id: BaggageReportId = stream.id(case.opened_at);
    let arrived_on = flight
        .actual_arrival_at
        .unwrap_or(case.opened_at)
        .date_naive();
    let state = state(kind, case, stream);
    let came = matches!(state, BaggageState::Delivered | BaggageState::Closed);
    let at_disposal_on = match kind {
        BaggageKind::Damaged | BaggageKind::Pilfered => Some(arrived_on),
        BaggageKind::Delayed if came => {
            let came_on = later(case.opened_at, stream.between(1, 3));
            Some(came_on.min(world.calendar.today()))
        }
        BaggageKind::Delayed | BaggageKind::Lost => None,
    };
    let references = number::candidates(id, &flight.destination, &flight.carrier);
    baggage_report::Model {
        id,
        reference: references.into_iter().next().unwrap_or_default(),
        reported_on: case.opened_at.date_naive(),
        station: flight.destination.clone(),
        kind,
        state,
        customer_id,
        order_id: case.order_id,
        journey_id: Some(segment.journey_id),
        flight_id: case.flight_id,
        passenger_id: Some(segment.passenger_id),
        case_id: case.id,
        arrived_on,
        at_disposal_on,
        complained_on: Some(case.opened_at.date_naive()),
        complaint_told_on: None,
        loss_told_on: None,
        is_loss_admitted: false,
        travellers: 1,
        declared_minor: None,
        declared_currency: None,
        description: case.description.clone(),
        reported_at: case.opened_at,
        updated_at: case.updated_at,
        version: 1,
    }
}

fn state(kind: BaggageKind, case: &case::Model, stream: &mut Stream) -> BaggageState {
    let is_new = matches!(case.status, Status::New | Status::Triaged);
    match (kind, case.is_open) {
        (_, false) => BaggageState::Closed,
        (BaggageKind::Lost, true) => BaggageState::Lost,
        (_, true) if is_new => BaggageState::Reported,
        (BaggageKind::Damaged | BaggageKind::Pilfered, true) => BaggageState::Assessed,
        (BaggageKind::Delayed, true) => stream.weighted(&SEARCHED),
    }
}

fn spend(report: &baggage_report::Model, stream: &mut Stream, rows: &mut Rows) {
    for (kind, description, least, most) in BOUGHT {
        if !stream.chance(450) {
            continue;
        }
        rows.baggage_expenses.push(baggage_expense::Model {
            id: stream.id(report.reported_at),
            report_id: report.id,
            customer_id: report.customer_id,
            kind,
            amount_minor: stream.between(least / 10, most / 10) * 10,
            currency: "EUR".to_owned(),
            spent_on: report.reported_on,
            description: description.to_owned(),
            receipt: Some(stream.digits("receipt ####")),
            added_at: report.reported_at,
        });
    }
}

fn tell(report: &baggage_report::Model, stream: &Stream, rows: &mut Rows) -> Result<(), Error> {
    let facts = json!({
        "case_id": report.case_id, "reference": report.reference, "kind": report.kind, "state": "REPORTED",
        "order_id": report.order_id, "journey_id": report.journey_id, "flight_id": report.flight_id,
    });
    timeline::tell(
        &mut rows.timeline,
        stream,
        ("case.baggage.reported.v1", report.reported_at),
        (report.id, report.customer_id),
        facts,
    )
}

fn later(at: DateTime<Utc>, days: i64) -> NaiveDate {
    let days = Days::new(days.unsigned_abs());
    at.date_naive().checked_add_days(days).unwrap_or_default()
}
