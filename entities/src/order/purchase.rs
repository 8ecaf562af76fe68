//! `order_purchase`: something bought on board or on the web, outside an order.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, FlightId, PurchaseId};

/// Where something was bought.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(
    rs_type = "String",
    db_type = "String(StringLen::N(24))",
    rename_all = "SCREAMING_SNAKE_CASE"
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PurchaseChannel {
    /// On board.
    Inflight,
    /// On the airline's website or in its app.
    Web,
}

/// What kind of thing was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PurchaseCategory {
    /// Goods free of duty.
    DutyFree,
    /// Food and drink.
    FoodAndDrink,
    /// Internet on board.
    Connectivity,
    /// Films, games and the devices for them.
    Entertainment,
    /// Goods with the airline's name.
    Merchandise,
    /// Several of these sold as one.
    Bundle,
}

/// One line of a purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseItem {
    /// What kind of thing.
    pub category: PurchaseCategory,
    /// The product's code in the catalogue.
    pub product_code: String,
    /// How many, from 1.
    pub quantity: i32,
    /// The price of one, in minor units.
    pub unit_price_minor: i64,
}

/// The lines of a purchase, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct PurchaseItems(pub Vec<PurchaseItem>);

/// Something bought on board or on the web.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_purchase")]
pub struct Model {
    /// Unique for ever.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PurchaseId,
    /// Who bought it.
    pub customer_id: CustomerId,
    /// Where it was bought.
    pub channel: PurchaseChannel,
    /// The flight, when it was bought on board.
    pub flight_id: Option<FlightId>,
    /// Its lines.
    #[sea_orm(column_type = "Json")]
    pub items: PurchaseItems,
    /// ISO 4217 code of its amounts.
    pub currency: String,
    /// The sum of its lines, in minor units.
    pub total_minor: i64,
    /// The last four digits of the card or payment token. Nothing else of it is kept.
    pub payment_last4: Option<String>,
    /// When it was bought.
    pub purchased_at: DateTimeUtc,
}

/// No relations are declared: stores join by key.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
