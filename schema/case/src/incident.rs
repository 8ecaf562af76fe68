//! Incidents: disruptions that many cases share.

mod facts;
mod query;
mod store;

use async_graphql::{Context, ID, Object};
use entities::{
    case::incident::Model,
    id::{FlightId, IncidentId},
};
use schema_kernel::{ContextExt, PageArguments, Result, id, scalar::DateTime};

pub use self::query::IncidentQuery;
pub(crate) use self::{
    facts::{FlightFacts, title},
    store::{IncidentOfFlight, close, of_flight, upsert},
};
use crate::{
    case::{Case, cases_connection},
    kind::{IncidentKind, IncidentStatus},
    paging::{Cases, List, PageOf, SortedBy, USUAL, page},
    reference::Flight,
};

/// A disruption that many cases share.
pub struct Incident(pub(crate) Model);

/// An incident by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct IncidentKey(pub(crate) IncidentId);

/// A disruption of a flight that many cases share: a cancellation, a diversion, or a delay of three hours or more.
#[Object]
impl Incident {
    /// Unique for ever.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.0.id)
    }

    /// What happened, in a line. Example: `"EK47 DXB-FRA on 2026-11-20 cancelled"`.
    #[graphql(requires_scopes = "case:read")]
    async fn title(&self) -> String {
        title(&self.0)
    }

    /// What happened to the flight.
    #[graphql(requires_scopes = "case:read")]
    async fn kind(&self) -> IncidentKind {
        self.0.kind.into()
    }

    /// Whether it goes on.
    #[graphql(requires_scopes = "case:read")]
    async fn status(&self) -> IncidentStatus {
        self.0.status.into()
    }

    /// The flight.
    #[graphql(requires_scopes = "case:read")]
    async fn flight(&self) -> Option<Flight> {
        Some(Flight(self.0.flight_id))
    }

    /// The delay in minutes, at arrival where that is known, else at departure; `null` when the flight has none.
    #[graphql(requires_scopes = "case:read")]
    async fn delay_minutes(&self) -> Option<i32> {
        self.0.delay_minutes
    }

    /// The IATA code of the airport it was diverted to; `null` when it was not. Example: `"STN"`.
    #[graphql(requires_scopes = "case:read")]
    async fn diverted_to(&self) -> Option<&str> {
        self.0.diverted_to.as_deref()
    }

    /// How many passengers it touches, as far as is known.
    #[graphql(requires_scopes = "case:internal")]
    async fn affected_passengers(&self) -> Option<i32> {
        Some(self.0.affected_passengers)
    }

    /// When it became known.
    #[graphql(requires_scopes = "case:read")]
    async fn opened_at(&self) -> DateTime {
        self.0.opened_at
    }

    /// When the flight was restored; `null` while it goes on.
    #[graphql(requires_scopes = "case:read")]
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at
    }

    /// The cases that share it, the newest first. Holds 10 unless you ask for another number; a customer sees their own.
    #[graphql(requires_scopes = "case:read")]
    async fn cases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
        #[graphql(desc = "How many from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
    ) -> Result<List<Case>> {
        let page = page(
            &PageArguments {
                first,
                after,
                last,
                before,
            },
            Some(USUAL),
            SortedBy::Instant,
        )?;
        let view = Cases(ctx.session()?.actor.rows("case:read"));
        let key = PageOf {
            parent: self.0.id,
            view,
            page: page.clone(),
        };
        let rows = ctx.loader()?.load_one(key).await?.unwrap_or_default();
        Ok(cases_connection(&page, rows))
    }
}

impl Incident {
    /// The incident with this id.
    pub(crate) async fn load(ctx: &Context<'_>, id: IncidentId) -> Result<Option<Self>> {
        Ok(ctx.loader()?.load_one(IncidentKey(id)).await?.map(Self))
    }

    /// The incident of this flight.
    pub(crate) async fn of(ctx: &Context<'_>, flight: FlightId) -> Result<Option<Self>> {
        Ok(ctx
            .loader()?
            .load_one(IncidentOfFlight(flight))
            .await?
            .map(Self))
    }
}
