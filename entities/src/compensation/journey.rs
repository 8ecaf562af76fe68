//! A journey as this domain knows it: the table `compensation_journey`.

use sea_orm::entity::prelude::*;

use crate::id::{CustomerId, JourneyId, OrderId};

/// One row for each journey that was sold, kept by what the order domain tells. It says whose journey it is.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compensation_journey")]
pub struct Model {
    /// The journey.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JourneyId,
    /// The customer who ordered it.
    pub customer_id: CustomerId,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The departure from the first airport, as it was sold.
    pub departs_at: DateTimeUtc,
    /// A JSON list of ids: who travels.
    pub passenger_ids: Json,
    /// A JSON list of ids: the flights, in order of travel.
    pub flight_ids: Json,
    /// A JSON object of where it begins and ends and what its flights are called; absent where that was never told.
    pub course: Option<Json>,
}

/// No relations: rows are joined by loaders.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
