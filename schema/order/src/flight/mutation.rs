use async_graphql::{Context, Object};
use schema_kernel::{ContextExt, Result};

use super::{
    CreateFlightInput, CreateFlightOutcome, RecordFlightEventInput, RecordFlightEventOutcome,
    create, record_event,
};

/// What can be done to flights.
#[derive(Debug, Default)]
pub struct FlightMutation;

/// What can be done to flights.
#[Object]
impl FlightMutation {
    /// Adds a flight to the schedule.
    #[graphql(requires_scopes = "flight:write")]
    async fn create_flight(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The flight as it is planned.")] input: CreateFlightInput,
    ) -> Result<CreateFlightOutcome> {
        create::create(context.database()?, context.session()?, input).await
    }

    /// Records what happened to a flight. Every passenger journey that it disrupts is found and told of in the same step;
    /// recording what is known already changes nothing and tells nobody.
    #[graphql(requires_scopes = "flight:write")]
    async fn record_flight_event(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What happened, and to which flight.")] input: RecordFlightEventInput,
    ) -> Result<RecordFlightEventOutcome> {
        record_event::record(context.database()?, context.session()?, input).await
    }
}
