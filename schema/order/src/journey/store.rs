//! Reading journeys.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    id::{JourneyId, OrderId},
    order::{flight_segment, journey},
};
use schema_kernel::{Database, Error, Reader, Result, loader::Visible};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// Asks for the journey with this id, as an actor sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct JourneyById(pub(crate) Visible<JourneyId>);

impl Loader<JourneyById> for Reader {
    type Value = journey::Model;
    type Error = Error;

    async fn load(&self, keys: &[JourneyById]) -> Result<HashMap<JourneyById, journey::Model>> {
        let found: HashMap<JourneyId, journey::Model> = journey::Entity::find()
            .filter(journey::Column::Id.is_in(keys.iter().map(|key| key.0.key)))
            .all(self.database.reader())
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let seen = |key: &JourneyById| {
            found
                .get(&key.0.key)
                .filter(|row| key.0.rows.include(Some(row.customer_id)))
                .cloned()
        };
        Ok(keys
            .iter()
            .filter_map(|key| Some((*key, seen(key)?)))
            .collect())
    }
}

/// The journeys of an order, in order of travel.
pub(super) async fn of_order(database: &Database, order: OrderId) -> Result<Vec<journey::Model>> {
    Ok(journey::Entity::find()
        .filter(journey::Column::OrderId.eq(order))
        .order_by_asc(journey::Column::Position)
        .all(database.reader())
        .await?)
}

/// Asks for the flight segments of a journey, in order of travel. They are visible to whoever sees the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SegmentsOfJourney(pub(crate) JourneyId);

impl Loader<SegmentsOfJourney> for Reader {
    type Value = Vec<flight_segment::Model>;
    type Error = Error;

    async fn load(
        &self,
        keys: &[SegmentsOfJourney],
    ) -> Result<HashMap<SegmentsOfJourney, Vec<flight_segment::Model>>> {
        let rows = flight_segment::Entity::find()
            .filter(flight_segment::Column::JourneyId.is_in(keys.iter().map(|key| key.0)))
            .order_by_asc(flight_segment::Column::Sequence)
            .order_by_asc(flight_segment::Column::Id)
            .all(self.database.reader())
            .await?;
        let mut segments: HashMap<SegmentsOfJourney, Vec<flight_segment::Model>> = HashMap::new();
        for row in rows {
            segments
                .entry(SegmentsOfJourney(row.journey_id))
                .or_default()
                .push(row);
        }
        Ok(segments)
    }
}
