//! The rows of a batch, by table.

use entities::{
    case::{case, case_event, comment},
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

    /// Writes what belongs to cases.
    pub(super) async fn write_cases(&self, database: &Database) -> Result<(), Error> {
        database
            .transaction(async |transaction| {
                bulk::insert(transaction, &self.cases).await?;
                bulk::insert(transaction, &self.case_events).await?;
                bulk::insert(transaction, &self.comments).await
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
