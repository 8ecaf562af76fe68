use async_graphql::{Context, ID, Object};
use schema_kernel::{Result, id};

use super::Incident;

/// How incidents are found.
#[derive(Default)]
pub struct IncidentQuery;

#[Object]
impl IncidentQuery {
    /// The incident with this id; `null` when there is none. `Flight.incident` finds the one of a flight.
    #[graphql(requires_scopes = "case:read")]
    async fn incident(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the incident.")] id: ID,
    ) -> Option<Result<Incident>> {
        match id::read(&id) {
            Ok(id) => Incident::load(ctx, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}
