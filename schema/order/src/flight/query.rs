use async_graphql::{
    Context, ID, Object,
    connection::{Connection, EmptyFields},
};
use schema_kernel::{
    ContextExt, PageArguments, Result,
    id::read,
    keyset::{Cursor, SortedBy},
    scalar::IataAirport,
};
use uuid::Uuid;

use super::{Flight, FlightById, FlightFilter, FlightSort, store};
use crate::reference::{Airport, airport_at, search_airports};

/// What can be asked about flights and airports.
#[derive(Debug, Default)]
pub struct FlightQuery;

/// What can be asked about flights and airports.
#[Object]
impl FlightQuery {
    /// The flight with this id, for a router that joins subgraphs.
    #[graphql(entity, requires_scopes = "flight:read")]
    async fn flight_by_id(&self, context: &Context<'_>, id: ID) -> Option<Result<Flight>> {
        load(context, &id).await.transpose()
    }

    /// The flight with this id; null when there is none.
    #[graphql(requires_scopes = "flight:read")]
    async fn flight(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the flight.")] id: ID,
    ) -> Option<Result<Flight>> {
        load(context, &id).await.transpose()
    }

    /// Flights by scheduled departure. One of `first` and `last` is needed, 1 to 100.
    #[graphql(requires_scopes = "flight:read")]
    #[expect(
        clippy::too_many_arguments,
        reason = "the four of a Relay connection beside filter and sort"
    )]
    async fn flights(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which flights are listed; all of them when it is left out.")]
        filter: Option<FlightFilter>,
        #[graphql(desc = "How they are sorted; earliest departure first when it is left out.")]
        sort: Option<FlightSort>,
        #[graphql(desc = "How many from the start of the list, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<Cursor, Flight, EmptyFields, EmptyFields>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        }
        .page(None)?
        .sorted_by(SortedBy::Instant)?;
        let filter = filter.unwrap_or_default();
        filter.check()?;
        let flights = store::list(
            context.database()?,
            &filter,
            &sort.unwrap_or_default().order(),
            &page,
        )
        .await?;
        Ok(page.connection(
            flights,
            |flight| Cursor::at(flight.scheduled_departure_at, flight.id),
            Flight,
        ))
    }

    /// The airport with this IATA code; null when we know of none. City codes like `LON` are not airports.
    #[graphql(requires_scopes = "flight:read")]
    async fn airport(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The IATA location identifier. Example: `\"DXB\"`.")]
        iata_code: IataAirport,
    ) -> Option<Result<Airport>> {
        airport_at(context, iata_code.as_str()).await
    }

    /// Airports by IATA code. One of `first` and `last` is needed, 1 to 100.
    #[graphql(requires_scopes = "flight:read")]
    async fn airports(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "A code, or the beginning of the name of a city or an airport, in any case; all airports when it is left out. Example: `\"frank\"`."
        )]
        search: Option<String>,
        #[graphql(desc = "How many from the start of the list, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to begin; goes with `first`.")] after: Option<
            String,
        >,
        #[graphql(desc = "How many from the end of the list, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "The cursor before which to end; goes with `last`.")] before: Option<
            String,
        >,
    ) -> Result<Connection<Cursor, Airport, EmptyFields, EmptyFields>> {
        let page = PageArguments {
            first,
            after,
            last,
            before,
        }
        .page(None)?
        .sorted_by(SortedBy::Text)?;
        let airports = search_airports(context.database()?, search.as_deref(), &page).await?;
        Ok(page.connection(
            airports,
            |airport| Cursor::by_text(&airport.iata, Uuid::nil()),
            Airport,
        ))
    }
}

async fn load(context: &Context<'_>, id: &ID) -> Result<Option<Flight>> {
    let found = context.loader()?.load_one(FlightById(read(id)?)).await?;
    Ok(found.map(Flight))
}
