use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    compensation::claim::{ClaimStatus, Column, Entity},
    id::FlightId,
};
use schema_kernel::{Error, Reader, Result};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, Iterable, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Alias,
};

use crate::claim::state::is_open;

/// What is open for a flight, by currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ExposureOf(pub(crate) FlightId);

/// Open claims of one flight in one currency.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct OpenAmount {
    flight_id: FlightId,
    pub(crate) currency: String,
    pub(crate) claims: i64,
    pub(crate) amount_minor: i64,
}

impl Loader<ExposureOf> for Reader {
    type Value = Vec<OpenAmount>;
    type Error = Error;

    async fn load(&self, keys: &[ExposureOf]) -> Result<HashMap<ExposureOf, Vec<OpenAmount>>> {
        // PostgreSQL adds up whole numbers to a `numeric`, which is no `i64`.
        let sum = Column::AmountMinor.sum().cast_as(Alias::new("bigint"));
        let rows = Entity::find()
            .select_only()
            .column(Column::FlightId)
            .column(Column::Currency)
            .column_as(Column::Id.count(), "claims")
            .column_as(sum, "amount_minor")
            .filter(Column::FlightId.is_in(keys.iter().map(|key| key.0)))
            .filter(Column::Status.is_in(ClaimStatus::iter().filter(|status| is_open(*status))))
            .group_by(Column::FlightId)
            .group_by(Column::Currency)
            .order_by_asc(Column::Currency)
            .into_model::<OpenAmount>()
            .all(self.database.reader())
            .await?;
        let mut found: HashMap<ExposureOf, Vec<OpenAmount>> = HashMap::new();
        for row in rows {
            found
                .entry(ExposureOf(row.flight_id))
                .or_default()
                .push(row);
        }
        Ok(found)
    }
}
