//! Entities of other subgraphs, with the fields that compensation adds to them.

use async_graphql::{Context, ID, Object};
use entities::id::{CaseId, CustomerId, FlightId, JourneyId, OrderId};
use schema_kernel::{ContextExt, PageArguments, Result, id};

use crate::{
    claim::{self, Claim, Connection, store::Parent},
    exposure::{
        self, Exposure,
        manifest::FlightManifest,
        option::{self, ExposureOptionInput, OptionExposure},
    },
    rule_pack,
};

/// Writes a stub with a list of claims: they differ in their key alone.
macro_rules! claimants {
    ($($(#[$doc:meta])* $name:ident($id:ident), $key:literal, $claims:literal;)*) => {$(
        $(#[$doc])*
        pub struct $name(pub(crate) $id);

        $(#[$doc])*
        #[Object]
        impl $name {
            #[doc = $key]
            #[graphql(requires_scopes = "public")]
            async fn id(&self) -> ID {
                id::show(self.0)
            }

            #[doc = $claims]
            #[graphql(requires_scopes = "claim:read")]
            async fn claims(
                &self,
                context: &Context<'_>,
                #[graphql(desc = "How many from the start, or after `after`; 1 to 100.")] first: Option<i32>,
                #[graphql(desc = "The cursor after which to begin.")] after: Option<String>,
                #[graphql(desc = "How many from the end, or before `before`; 1 to 100.")] last: Option<i32>,
                #[graphql(desc = "The cursor before which to end.")] before: Option<String>,
            ) -> Option<Result<Connection<Claim>>> {
                let page = PageArguments { first, after, last, before };
                Some(claim::of(context, Parent::$name(self.0), page).await)
            }
        }
    )*};
}

claimants! {
    /// A person the airline knows.
    Customer(CustomerId), "The id of the customer.",
        "What the customer is owed for disruptions, newest first; the first 10 when no size is given.";
    /// What a customer bought, as one contract.
    Order(OrderId), "The id of the order.",
        "What is owed for disruptions of the order's journeys, newest first; the first 10 when no size is given.";
    /// A trip from a first origin to a final destination.
    Journey(JourneyId), "The id of the journey.",
        "What is owed for disruptions of the journey, newest first; the first 10 when no size is given.";
    /// Something a customer needs the airline to deal with.
    Case(CaseId), "The id of the case.",
        "The claims that are worked on in the case, newest first; the first 10 when no size is given.";
}

/// One operated flight on one day.
pub struct Flight {
    pub(crate) id: FlightId,
    /// Handed over where a field requires it.
    pub(crate) manifest: Option<FlightManifest>,
    /// Handed over where a field requires it.
    pub(crate) en_route_minutes: Option<Vec<i32>>,
}

impl From<FlightId> for Flight {
    fn from(id: FlightId) -> Self {
        Self {
            id,
            manifest: None,
            en_route_minutes: None,
        }
    }
}

/// One operated flight on one day.
#[Object]
impl Flight {
    /// The id of the flight.
    #[graphql(requires_scopes = "public")]
    async fn id(&self) -> ID {
        id::show(self.id)
    }

    /// Who is booked on it, in groups and without names.
    #[graphql(external, requires_scopes = "exposure:read")]
    async fn manifest(&self) -> Option<&FlightManifest> {
        self.manifest.as_ref()
    }

    /// Minutes that flights like it gained or lost between departure and arrival.
    #[graphql(external, requires_scopes = "flight:read")]
    async fn en_route_minutes(&self) -> Option<&[i32]> {
        self.en_route_minutes.as_deref()
    }

    /// What the flight's disruptions may still cost, over all customers. Null for those who reach only some customers.
    #[graphql(requires_scopes = "exposure:read")]
    async fn exposure(&self, context: &Context<'_>) -> Option<Result<Exposure>> {
        exposure::of(context, self.id).await
    }

    /// What it would cost to do something with the flight, for each of `options` in their order: the passengers who are
    /// booked now, over the times in which flights like it came from departure to arrival. Nothing happens by asking. Null for
    /// those who reach only some customers.
    #[graphql(
        requires = "manifest enRouteMinutes",
        requires_scopes = "exposure:read"
    )]
    async fn exposure_of(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What may be done, one to ten options.")] options: Vec<
            ExposureOptionInput,
        >,
    ) -> Option<Result<Vec<OptionExposure>>> {
        let manifest = self.manifest.as_ref()?;
        let en_route = self.en_route_minutes.as_deref().unwrap_or_default();
        let weigh = async {
            let book = rule_pack::book(context)?;
            let rules = book.for_reading(context.database()?.reader()).await?;
            option::weigh(
                manifest,
                en_route,
                options,
                &rules,
                context.session()?.now(),
            )
        };
        Some(weigh.await)
    }
}
