//! Things bought on board and on the web, outside orders.

mod check;
pub mod record;
pub(crate) mod store;

use async_graphql::{Context, Enum, ID, Object};
use entities::order::purchase;
use schema_kernel::guard::Personal;
use schema_kernel::{ContextExt, Money, Result, id::show, scalar::DateTime};

use crate::{
    customer::Customer,
    flight::{Flight, FlightById},
    order::money,
};

/// Where something was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::purchase::PurchaseChannel")]
pub enum PurchaseChannel {
    /// On board.
    Inflight,
    /// On the airline's website or in its app.
    Web,
}

/// What kind of thing was bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entities::order::purchase::PurchaseCategory")]
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

/// Something bought on board or on the web.
#[derive(Clone, Debug)]
pub struct Purchase(pub(crate) purchase::Model);

/// Something bought on board or on the web, outside an order.
#[Object(requires_scopes = "order:read", directive = Personal::apply("TRAVEL"))]
impl Purchase {
    /// The id of the purchase.
    async fn id(&self) -> ID {
        show(self.0.id)
    }

    /// Who bought it; null where their record is not shown or cannot be read.
    async fn customer(&self) -> Option<Customer> {
        Some(Customer(self.0.customer_id))
    }

    /// Where it was bought.
    async fn channel(&self) -> PurchaseChannel {
        self.0.channel.into()
    }

    /// The flight on which it was bought; null for purchases on the web.
    async fn flight(&self, context: &Context<'_>) -> Option<Result<Flight>> {
        let id = self.0.flight_id?;
        let load = async { context.loader()?.load_one(FlightById(id)).await };
        load.await.transpose().map(|found| found.map(Flight))
    }

    /// What was bought, line by line; at most 50 lines.
    async fn items(&self) -> Vec<PurchaseItem> {
        let currency = &self.0.currency;
        self.0
            .items
            .0
            .iter()
            .map(|row| PurchaseItem {
                row: row.clone(),
                currency: currency.clone(),
            })
            .collect()
    }

    /// The sum of all lines.
    async fn total(&self) -> Result<Money> {
        money(self.0.total_minor, &self.0.currency)
    }

    /// The last four digits of the card; null when it was not paid by card. Example: `"4242"`.
    async fn payment_last4(&self) -> Option<&str> {
        self.0.payment_last4.as_deref()
    }

    /// When it was bought.
    async fn purchased_at(&self) -> DateTime {
        self.0.purchased_at
    }
}

/// One line of a purchase, with its currency.
#[derive(Clone, Debug)]
pub struct PurchaseItem {
    row: purchase::PurchaseItem,
    currency: String,
}

/// One line of a purchase.
#[Object(requires_scopes = "order:read")]
impl PurchaseItem {
    /// What kind of thing it is.
    async fn category(&self) -> PurchaseCategory {
        self.row.category.into()
    }

    /// The code of the product in the catalogue. Example: `"DF-1042"`.
    async fn product_code(&self) -> &str {
        &self.row.product_code
    }

    /// How many, from 1.
    async fn quantity(&self) -> i32 {
        self.row.quantity
    }

    /// The price of one.
    async fn unit_price(&self) -> Result<Money> {
        money(self.row.unit_price_minor, &self.currency)
    }
}
