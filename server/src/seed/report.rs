//! What was made.

use chrono::NaiveDate;
use serde::Serialize;

use super::rows::Rows;

/// What a run has made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeedReport {
    /// The day that the world takes for today. The real week of flights begins on `demo_week_start` of it.
    pub today: NaiveDate,
    /// How many rows were written, by record.
    pub counts: SeedCounts,
    /// How long it took.
    pub seconds: f64,
}

impl SeedReport {
    /// Nothing was to be made.
    pub(super) fn nothing(today: NaiveDate) -> Self {
        Self {
            today,
            counts: SeedCounts::default(),
            seconds: 0.0,
        }
    }
}

/// How many rows were written, by record. What was there before is not counted, but for flights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SeedCounts {
    /// Flights, those that were there before included.
    pub flights: u64,
    /// Customers.
    pub customers: u64,
    /// E-mail addresses and telephone numbers.
    pub contact_points: u64,
    /// Memberships of loyalty programmes.
    pub loyalty_memberships: u64,
    /// Preferences.
    pub preferences: u64,
    /// Travel documents.
    pub travel_documents: u64,
    /// Interactions.
    pub interactions: u64,
    /// Lines of timelines, without those that follow from disruptions.
    pub timeline_entries: u64,
    /// Orders.
    pub orders: u64,
    /// Items of orders.
    pub order_items: u64,
    /// Services of items.
    pub services: u64,
    /// Journeys.
    pub journeys: u64,
    /// Passengers.
    pub passengers: u64,
    /// Places on flights.
    pub flight_segments: u64,
    /// Tickets.
    pub tickets: u64,
    /// Ancillaries.
    pub ancillaries: u64,
    /// Bag tags.
    pub bag_tags: u64,
    /// Purchases.
    pub purchases: u64,
    /// Cases, without those that follow from disruptions.
    pub cases: u64,
    /// Comments on cases.
    pub comments: u64,
    /// Reports of baggage.
    pub baggage_reports: u64,
    /// Journeys that went wrong and were told of.
    pub disrupted_journeys: u64,
}

impl SeedCounts {
    pub(super) fn add(&mut self, rows: &Rows) {
        let all: [(&mut u64, usize); 21] = [
            (&mut self.customers, rows.customers.len()),
            (&mut self.contact_points, rows.contact_points.len()),
            (&mut self.loyalty_memberships, rows.memberships.len()),
            (&mut self.preferences, rows.preferences.len()),
            (&mut self.travel_documents, rows.documents.len()),
            (&mut self.interactions, rows.interactions.len()),
            (&mut self.timeline_entries, rows.timeline.len()),
            (&mut self.orders, rows.orders.len()),
            (&mut self.order_items, rows.items.len()),
            (&mut self.services, rows.services.len()),
            (&mut self.journeys, rows.journeys.len()),
            (&mut self.passengers, rows.passengers.len()),
            (&mut self.flight_segments, rows.segments.len()),
            (&mut self.tickets, rows.tickets.len()),
            (&mut self.ancillaries, rows.ancillaries.len()),
            (&mut self.bag_tags, rows.bag_tags.len()),
            (&mut self.purchases, rows.purchases.len()),
            (&mut self.cases, rows.cases.len()),
            (&mut self.comments, rows.comments.len()),
            (&mut self.baggage_reports, rows.baggage_reports.len()),
            (&mut self.disrupted_journeys, rows.disrupted.len()),
        ];
        for (count, more) in all {
            *count += more as u64;
        }
    }
}
