//! Records of other domains, as far as cases know them: by id, with what cases add to them.

use std::hash::Hash;

use async_graphql::{Context, ID, Object, dataloader::Loader};
use entities::{
    case::case,
    id::{CustomerId, FlightId, JourneyId, OrderId},
};
use schema_kernel::{ContextExt, Error, PageArguments, Reader, Result, id};

use crate::{
    baggage::BaggageReport,
    case::{Case, cases_connection},
    incident::Incident,
    paging::{Cases, List, PageOf, SortedBy, USUAL, page},
};

/// A customer, as far as cases know them.
pub struct Customer(pub(crate) CustomerId);

/// A person the airline knows.
#[Object]
impl Customer {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0)
    }

    /// The cases about this customer, the newest first. Holds 10 unless you ask for another number.
    #[graphql(requires_scopes = "case:read")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<Case>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(cases_of(ctx, self.0, &arguments).await)
    }

    /// The baggage reports about this customer's bags, the newest first. Holds 10 unless you ask for another number.
    #[graphql(requires_scopes = "case:read")]
    async fn baggage_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<BaggageReport>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(BaggageReport::of(ctx, self.0, &arguments).await)
    }
}

/// The cases about a record of another domain. Where they cannot be read, the record itself still can.
async fn cases_of<Parent>(
    ctx: &Context<'_>,
    parent: Parent,
    arguments: &PageArguments,
) -> Result<List<Case>>
where
    PageOf<Parent, Cases>: Clone + Eq + Hash + Send + Sync + 'static,
    Reader: Loader<PageOf<Parent, Cases>, Value = Vec<case::Model>, Error = Error>,
{
    let page = page(arguments, Some(USUAL), SortedBy::Instant)?;
    let key = PageOf {
        parent,
        view: Cases(ctx.session()?.actor.rows("case:read")),
        page: page.clone(),
    };
    let rows = ctx.loader()?.load_one(key).await?.unwrap_or_default();
    Ok(cases_connection(&page, rows))
}

/// An order, as far as cases know it.
pub struct Order(pub(crate) OrderId);

/// What a customer bought, as one contract.
#[Object]
impl Order {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0)
    }

    /// The cases about this order, the newest first. Holds 10 unless you ask for another number.
    #[graphql(requires_scopes = "case:read")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<Case>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(cases_of(ctx, self.0, &arguments).await)
    }

    /// The baggage reports about bags of this order, the newest first. Holds 10 unless you ask for another number.
    #[graphql(requires_scopes = "case:read")]
    async fn baggage_reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Option<Result<List<BaggageReport>>> {
        let arguments = PageArguments {
            first,
            after,
            last,
            before,
        };
        Some(BaggageReport::of(ctx, self.0, &arguments).await)
    }
}

/// A journey, as far as cases know it.
pub struct Journey(pub(crate) JourneyId);

/// A trip from a first origin to a final destination.
#[Object]
impl Journey {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0)
    }
}

/// A flight, as far as cases know it.
pub struct Flight(pub(crate) FlightId);

/// One operated flight on one day.
#[Object]
impl Flight {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0)
    }

    /// The incident that the flight's disruption is; `null` when it flew, or flies, without one.
    #[graphql(requires_scopes = "case:read")]
    async fn incident(&self, ctx: &Context<'_>) -> Option<Result<Incident>> {
        Incident::of(ctx, self.0).await.transpose()
    }
}

/// How other subgraphs reach records by their keys.
#[derive(Default)]
pub struct ReferenceQuery;

#[Object]
impl ReferenceQuery {
    /// The customer with this id, unread.
    #[graphql(entity)]
    async fn customer_by_id(&self, id: ID) -> Option<Result<Customer>> {
        Some(id::read(&id).map(Customer))
    }

    /// The order with this id, unread.
    #[graphql(entity)]
    async fn order_by_id(&self, id: ID) -> Option<Result<Order>> {
        Some(id::read(&id).map(Order))
    }

    /// The flight with this id, unread.
    #[graphql(entity)]
    async fn flight_by_id(&self, id: ID) -> Option<Result<Flight>> {
        Some(id::read(&id).map(Flight))
    }

    /// The journey with this id, unread.
    #[graphql(entity)]
    async fn journey_by_id(&self, id: ID) -> Option<Result<Journey>> {
        Some(id::read(&id).map(Journey))
    }

    /// The baggage report with this id, if the caller may see it.
    #[graphql(entity)]
    async fn baggage_report_by_id(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Option<Result<BaggageReport>> {
        match id::read(&id) {
            Ok(id) => BaggageReport::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The case with this id, if the caller may see it.
    #[graphql(entity)]
    async fn case_by_id(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Case>> {
        match id::read(&id) {
            Ok(id) => Case::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The incident with this id.
    #[graphql(entity)]
    async fn incident_by_id(&self, ctx: &Context<'_>, id: ID) -> Option<Result<Incident>> {
        match id::read(&id) {
            Ok(id) => Incident::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}
