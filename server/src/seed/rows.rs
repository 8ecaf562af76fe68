//! The rows of a batch, by table.

use std::collections::HashMap;

use entities::{
    case::{baggage_bag, baggage_expense, baggage_report, case, case_event, comment},
    compensation::journey as known_journey,
    id::{FlightId, JourneyId, PassengerId},
    order::{
        ancillary, bag_tag, flight_segment, journey, order, order_item, passenger, purchase,
        service, ticket,
    },
    profile::{
        contact_point, customer, interaction, loyalty_membership, preference, timeline_entry,
        travel_document,
    },
};
use schema_kernel::{Database, Error};

use super::{bulk, disruption::Disrupted};

/// Everything that a batch of customers brings.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) customers: Vec<customer::Model>,
    pub(super) contact_points: Vec<contact_point::Model>,
    pub(super) memberships: Vec<loyalty_membership::Model>,
    pub(super) preferences: Vec<preference::Model>,
    pub(super) documents: Vec<travel_document::Model>,
    pub(super) interactions: Vec<interaction::Model>,
    pub(super) timeline: Vec<timeline_entry::Model>,
    pub(super) orders: Vec<order::Model>,
    pub(super) items: Vec<order_item::Model>,
    pub(super) services: Vec<service::Model>,
    pub(super) journeys: Vec<journey::Model>,
    pub(super) passengers: Vec<passenger::Model>,
    pub(super) segments: Vec<flight_segment::Model>,
    pub(super) tickets: Vec<ticket::Model>,
    pub(super) ancillaries: Vec<ancillary::Model>,
    pub(super) bag_tags: Vec<bag_tag::Model>,
    pub(super) purchases: Vec<purchase::Model>,
    pub(super) cases: Vec<case::Model>,
    pub(super) case_events: Vec<case_event::Model>,
    pub(super) comments: Vec<comment::Model>,
    pub(super) baggage_reports: Vec<baggage_report::Model>,
    pub(super) bags: Vec<baggage_bag::Model>,
    pub(super) baggage_expenses: Vec<baggage_expense::Model>,
    /// Where journeys begin and end, and what their flights are called, in the form the compensation domain keeps.
    pub(super) courses: HashMap<JourneyId, serde_json::Value>,
    /// What went wrong with journeys, to be told to the domains that act on it.
    pub(super) disrupted: Vec<Disrupted>,
}

impl Rows {
    /// Writes what belongs to orders.
    pub(super) async fn write_orders(&self, database: &Database) -> Result<(), Error> {
        database
            .transaction(async |transaction| {
                bulk::insert(transaction, &self.orders).await?;
                bulk::insert(transaction, &self.journeys).await?;
                bulk::insert(transaction, &self.passengers).await?;
                bulk::insert(transaction, &self.segments).await?;
                bulk::insert(transaction, &self.ancillaries).await?;
                bulk::insert(transaction, &self.items).await?;
                bulk::insert(transaction, &self.services).await?;
                bulk::insert(transaction, &self.tickets).await?;
                bulk::insert(transaction, &self.bag_tags).await?;
                bulk::insert(transaction, &self.purchases).await
            })
            .await
    }

    /// Writes what the compensation domain knows of journeys: whose they are, who travels, on which flights.
    pub(super) async fn write_known_journeys(&self, database: &Database) -> Result<(), Error> {
        let known = self.known_journeys()?;
        database
            .transaction(async |transaction| bulk::insert(transaction, &known).await)
            .await
    }

    fn known_journeys(&self) -> Result<Vec<known_journey::Model>, Error> {
        let mut places: HashMap<JourneyId, (Vec<PassengerId>, Vec<FlightId>)> = HashMap::new();
        for segment in &self.segments {
            let (passengers, flights) = places.entry(segment.journey_id).or_default();
            if !passengers.contains(&segment.passenger_id) {
                passengers.push(segment.passenger_id);
            }
            if !flights.contains(&segment.flight_id) {
                flights.push(segment.flight_id);
            }
        }
        let known = |journey: &journey::Model| {
            let (passengers, flights) = places.remove(&journey.id).unwrap_or_default();
            Ok(known_journey::Model {
                id: journey.id,
                customer_id: journey.customer_id,
                order_id: journey.order_id,
                departs_at: journey.departs_at,
                passenger_ids: serde_json::to_value(passengers)?,
                flight_ids: serde_json::to_value(flights)?,
                course: self.courses.get(&journey.id).cloned(),
            })
        };
        self.journeys.iter().map(known).collect()
    }

    /// Writes what belongs to cases.
    pub(super) async fn write_cases(&self, database: &Database) -> Result<(), Error> {
        database
            .transaction(async |transaction| {
                bulk::insert(transaction, &self.cases).await?;
                bulk::insert(transaction, &self.case_events).await?;
                bulk::insert(transaction, &self.comments).await?;
                bulk::insert(transaction, &self.baggage_reports).await?;
                bulk::insert(transaction, &self.bags).await?;
                bulk::insert(transaction, &self.baggage_expenses).await
            })
            .await
    }

    /// Writes what belongs to profiles. It comes last: whose profile stands, of them everything stands.
    pub(super) async fn write_profiles(&self, database: &Database) -> Result<(), Error> {
        database
            .transaction(async |transaction| {
                bulk::insert(transaction, &self.customers).await?;
                bulk::insert(transaction, &self.contact_points).await?;
                bulk::insert(transaction, &self.memberships).await?;
                bulk::insert(transaction, &self.preferences).await?;
                bulk::insert(transaction, &self.documents).await?;
                bulk::insert(transaction, &self.interactions).await?;
                bulk::insert(transaction, &self.timeline).await
            })
            .await
    }
}
