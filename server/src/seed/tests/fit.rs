//! Everything in a world fits together.

use std::collections::{BTreeMap, BTreeSet};

use entities::{
    case::case,
    order::{flight, flight_segment, journey, order, order_item, ticket},
    profile::{contact_point, customer, loyalty_membership},
};
use schema_kernel::scalar::{EmailAddress, PhoneNumber};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::*;
use crate::seed::{
    calendar::Calendar,
    week::{self, Fate},
};

#[tokio::test]
async fn everything_fits_together() {
    let databases = made(600).await;
    for nothing in [
        "order_flight_segment s LEFT JOIN order_flight f ON f.id = s.flight_id WHERE f.id IS NULL",
        "order_flight_segment s LEFT JOIN order_journey j ON j.id = s.journey_id WHERE j.id IS NULL",
        "order_passenger p LEFT JOIN order_order o ON o.id = p.order_id WHERE o.id IS NULL",
        "order_order o LEFT JOIN profile_customer c ON c.id = o.customer_id WHERE c.id IS NULL",
        "order_passenger p LEFT JOIN profile_customer c ON c.id = p.traveller_id WHERE p.traveller_id IS NOT NULL AND c.id IS NULL",
        "order_ancillary a LEFT JOIN order_order_item i ON i.ancillary_id = a.id WHERE i.price_minor IS NOT a.price_minor",
        "order_service s LEFT JOIN order_order_item i ON i.id = s.order_item_id WHERE i.id IS NULL",
        "case_case c LEFT JOIN profile_customer p ON p.id = c.customer_id WHERE p.id IS NULL",
        "case_case c LEFT JOIN order_order o ON o.id = c.order_id WHERE c.order_id IS NOT NULL AND o.id IS NULL",
        "profile_timeline_entry t LEFT JOIN profile_customer c ON c.id = t.customer_id WHERE c.id IS NULL",
        "compensation_claim c LEFT JOIN order_passenger p ON p.id = c.passenger_id WHERE p.id IS NULL",
        "order_outbox WHERE dispatched_at IS NULL",
        "case_outbox WHERE dispatched_at IS NULL",
        "compensation_outbox WHERE dispatched_at IS NULL",
        "profile_outbox WHERE dispatched_at IS NULL",
        "compensation_dead_letter",
        "case_dead_letter",
        "profile_dead_letter",
        "order_order o WHERE total_minor <> (SELECT SUM(price_minor) FROM order_order_item i WHERE i.order_id = o.id)",
        "order_order o WHERE total_minor <= 0",
        "case_case WHERE updated_at < opened_at OR (status IN ('RESOLVED', 'CLOSED') AND resolution_code IS NULL)",
        "profile_timeline_entry WHERE occurred_at > '2026-11-20T00:00:00+00:00'",
    ] {
        assert_eq!(count(&databases, nothing).await, "0", "{nothing}");
    }
    assert_ne!(count(&databases, "compensation_claim").await, "0");
    assert_ne!(
        count(&databases, "compensation_claim WHERE status = 'PAID'").await,
        "0"
    );
}

#[tokio::test]
async fn journeys_connect() {
    let databases = made(300).await;
    let reader = databases.order.reader();
    let flights: BTreeMap<_, flight::Model> = flight::Entity::find()
        .all(reader)
        .await
        .unwrap()
        .into_iter()
        .map(|flight| (flight.id, flight))
        .collect();
    let journeys: BTreeMap<_, journey::Model> = journey::Entity::find()
        .all(reader)
        .await
        .unwrap()
        .into_iter()
        .map(|journey| (journey.id, journey))
        .collect();
    let segments = flight_segment::Entity::find()
        .order_by_asc(flight_segment::Column::JourneyId)
        .order_by_asc(flight_segment::Column::PassengerId)
        .order_by_asc(flight_segment::Column::Sequence)
        .all(reader)
        .await
        .unwrap();
    let mut connections = 0;
    for segments in segments.chunk_by(|one, next| {
        (one.journey_id, one.passenger_id) == (next.journey_id, next.passenger_id)
    }) {
        let legs: Vec<&flight::Model> = segments
            .iter()
            .map(|segment| &flights[&segment.flight_id])
            .collect();
        let journey = &journeys[&segments[0].journey_id];
        assert_eq!(
            (&journey.origin, journey.departs_at),
            (&legs[0].origin, legs[0].scheduled_departure_at)
        );
        let last = legs[legs.len() - 1];
        assert_eq!(
            (&journey.destination, journey.arrives_at),
            (&last.destination, last.scheduled_arrival_at)
        );
        for pair in legs.windows(2) {
            connections += 1;
            assert_eq!(pair[0].destination, pair[1].origin);
            assert!(
                (pair[1].scheduled_departure_at - pair[0].scheduled_arrival_at).num_minutes() >= 75
            );
        }
    }
    assert!(connections > 100);
    let tickets = ticket::Entity::find().all(reader).await.unwrap();
    assert!(
        tickets
            .iter()
            .all(|ticket| ticket.number.len() == 13 && (1..=4).contains(&ticket.coupons.0.len()))
    );
    let coupons: usize = tickets.iter().map(|ticket| ticket.coupons.0.len()).sum();
    assert_eq!(coupons, segments.len());
}

#[tokio::test]
async fn a_third_of_orders_is_on_the_real_week() {
    let databases = made(1_000).await;
    let orders = order::Entity::find()
        .all(databases.order.reader())
        .await
        .unwrap()
        .len();
    let real = count(&databases, "(SELECT DISTINCT s.order_id FROM order_flight_segment s JOIN order_flight f ON f.id = s.flight_id WHERE f.fingerprint IS NOT NULL)").await;
    let share = real.parse::<usize>().unwrap() * 100 / orders;
    assert!((22..45).contains(&share), "{share} % of {orders}");
    let seats = column(
        &databases,
        "SELECT CAST(COUNT(seat) AS TEXT) FROM order_flight_segment",
    )
    .await;
    assert!(seats[0].parse::<usize>().unwrap() > orders);
}

#[tokio::test]
async fn nobody_can_be_reached_for_real() {
    let databases = made(1_000).await;
    let points = contact_point::Entity::find()
        .all(databases.profile.reader())
        .await
        .unwrap();
    let mut addresses = BTreeSet::new();
    for point in points {
        match point.kind {
            contact_point::Kind::Email => {
                assert_eq!(
                    EmailAddress::parse(&point.value)
                        .as_ref()
                        .map(EmailAddress::as_str),
                    Ok(point.value.as_str())
                );
                let (_, domain) = point.value.split_once('@').unwrap();
                assert!(
                    ["example.com", "example.org", "example.net"].contains(&domain),
                    "{domain}"
                );
                assert!(addresses.insert(point.value));
            }
            contact_point::Kind::Phone => {
                assert_eq!(
                    PhoneNumber::parse(&point.value)
                        .as_ref()
                        .map(PhoneNumber::as_str),
                    Ok(point.value.as_str())
                );
            }
        }
    }
}

#[tokio::test]
async fn the_showcase_customer_has_everything() {
    let databases = made(20).await;
    let id = showcase(SEED);
    let amal = customer::Entity::find_by_id(id)
        .one(databases.profile.reader())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            amal.given_name.as_deref(),
            amal.family_name.as_str(),
            amal.document_family_name.as_str()
        ),
        (Some("Amal"), "Haddad", "HADDAD")
    );
    let tiers = loyalty_membership::Entity::find()
        .filter(loyalty_membership::Column::CustomerId.eq(id))
        .all(databases.profile.reader())
        .await
        .unwrap();
    assert_eq!(tiers[0].tier, loyalty_membership::Tier::Gold);

    let reader = databases.order.reader();
    let journeys = journey::Entity::find()
        .filter(journey::Column::CustomerId.eq(id))
        .order_by_asc(journey::Column::DepartsAt)
        .all(reader)
        .await
        .unwrap();
    let now = Calendar::new(options(20).today).now();
    let coming = journeys
        .iter()
        .find(|journey| journey.departs_at > now)
        .unwrap();
    assert_eq!(
        (coming.origin.as_str(), coming.destination.as_str()),
        ("FRA", "DXB")
    );

    let flights = flight::Entity::find()
        .all(reader)
        .await
        .unwrap()
        .into_iter()
        .collect::<Vec<_>>();
    let real = week::fates(options(20).today).unwrap();
    let segments = flight_segment::Entity::find()
        .filter(flight_segment::Column::CustomerId.eq(id))
        .all(reader)
        .await
        .unwrap();
    let late = segments
        .iter()
        .filter_map(|segment| flights.iter().find(|flight| flight.id == segment.flight_id))
        .filter_map(|flight| real.get(&crate::seed::flight::key(flight)));
    assert!(late.clone().count() > 0 && late.clone().all(|fate| *fate == Fate::VeryLate));

    let items = order_item::Entity::find()
        .filter(order_item::Column::CustomerId.eq(id))
        .all(reader)
        .await
        .unwrap();
    assert!(items.len() >= 4 * 5);
    let cases = case::Entity::find()
        .filter(case::Column::CustomerId.eq(id))
        .all(databases.case.reader())
        .await
        .unwrap();
    let mut statuses: Vec<case::Status> = cases.iter().map(|case| case.status).collect();
    statuses.sort_by_key(|status| format!("{status:?}"));
    assert!(
        statuses.contains(&case::Status::Closed) && statuses.contains(&case::Status::InProgress),
        "{statuses:?}"
    );
}

#[tokio::test]
async fn bags_are_about_cases_and_people_were_told_what_happened() {
    let databases = made(500).await;
    for (what, from) in [
        (
            "a report of baggage without its case",
            "case_baggage_report r LEFT JOIN case_case c ON c.id = r.case_id WHERE c.id IS NULL OR c.customer_id <> r.customer_id",
        ),
        (
            "a report of a journey that is none of the customer's",
            "case_baggage_report r LEFT JOIN order_flight_segment s ON s.journey_id = r.journey_id AND s.passenger_id = r.passenger_id WHERE s.id IS NULL",
        ),
        (
            "a report without a bag",
            "case_baggage_report r LEFT JOIN case_baggage_bag b ON b.report_id = r.id WHERE b.tag IS NULL",
        ),
        (
            // Nothing is said of less than two hours.
            "a disrupted journey of which nobody was told",
            "compensation_disruption d LEFT JOIN engagement_notification n ON n.journey_id = d.journey_id AND n.customer_id = d.customer_id WHERE n.id IS NULL AND (d.arrival_delay_minutes IS NULL OR d.arrival_delay_minutes >= 120)",
        ),
        ("a dead letter", "engagement_dead_letter"),
    ] {
        assert_eq!(count(&databases, from).await, "0", "{what}");
    }
    for table in [
        "case_baggage_report",
        "case_baggage_expense",
        "engagement_notification",
    ] {
        assert_ne!(count(&databases, table).await, "0", "{table}");
    }
}
