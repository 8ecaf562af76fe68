use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use entities::{
    case::{
        case,
        incident::{Column, Entity, IncidentStatus, Model},
    },
    id::FlightId,
};
use schema_kernel::{Error, Permit, Reader, Result, Session, permit::Operations};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, Set, sea_query::OnConflict,
};

use super::{FlightFacts, IncidentKey};

/// The incident of this flight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct IncidentOfFlight(pub(crate) FlightId);

/// The incident of a flight, if it has one.
pub(crate) async fn of_flight(
    connection: &impl ConnectionTrait,
    flight: FlightId,
) -> Result<Option<Model>> {
    Ok(Entity::find()
        .filter(Column::FlightId.eq(flight))
        .one(connection)
        .await?)
}

/// Keeps what is known of a disrupted flight: its incident is opened, or brought up to date.
pub(crate) async fn upsert(
    transaction: &DatabaseTransaction,
    permit: &Permit<Operations>,
    session: &Session,
    facts: FlightFacts,
) -> Result<Model> {
    if let Some(present) = of_flight(transaction, facts.flight_id).await? {
        let updated = facts.update(&present, session.now());
        if updated != present {
            Entity::update(updated.clone().into_active_model().reset_all())
                .exec(transaction)
                .await?;
        }
        return Ok(updated);
    }
    let opened = facts.open(session.new_id(), session.now());
    Entity::insert(opened.clone().into_active_model())
        .on_conflict(OnConflict::column(Column::FlightId).do_nothing().to_owned())
        .exec_without_returning(transaction)
        .await?;
    // Somebody else may have opened it at the same moment.
    let incident = of_flight(transaction, opened.flight_id)
        .await?
        .unwrap_or(opened);
    join(transaction, permit, &incident).await?;
    Ok(incident)
}

/// Cases about the flight that were there before its incident join it.
async fn join(
    transaction: &DatabaseTransaction,
    _: &Permit<Operations>,
    incident: &Model,
) -> Result<()> {
    case::Entity::update_many()
        .set(case::ActiveModel {
            incident_id: Set(Some(incident.id)),
            ..Default::default()
        })
        .filter(case::Column::FlightId.eq(incident.flight_id))
        .filter(case::Column::IncidentId.is_null())
        .exec(transaction)
        .await?;
    Ok(())
}

/// Ends the incident of a flight that was restored, if it has one.
pub(crate) async fn close(
    transaction: &DatabaseTransaction,
    _: &Permit<Operations>,
    session: &Session,
    flight: FlightId,
) -> Result<()> {
    let Some(present) = of_flight(transaction, flight).await? else {
        return Ok(());
    };
    if present.status == IncidentStatus::Open {
        let now = session.now();
        let closed = Model {
            status: IncidentStatus::Closed,
            closed_at: Some(now),
            updated_at: now,
            ..present
        };
        Entity::update(closed.into_active_model().reset_all())
            .exec(transaction)
            .await?;
    }
    Ok(())
}

impl Loader<IncidentKey> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[IncidentKey]) -> Result<HashMap<IncidentKey, Model>> {
        let ids = keys.iter().map(|key| key.0);
        let rows = Entity::find()
            .filter(Column::Id.is_in(ids))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|incident| (IncidentKey(incident.id), incident))
            .collect())
    }
}

impl Loader<IncidentOfFlight> for Reader {
    type Value = Model;
    type Error = Error;

    async fn load(&self, keys: &[IncidentOfFlight]) -> Result<HashMap<IncidentOfFlight, Model>> {
        let flights = keys.iter().map(|key| key.0);
        let rows = Entity::find()
            .filter(Column::FlightId.is_in(flights))
            .all(self.database.reader())
            .await?;
        Ok(rows
            .into_iter()
            .map(|incident| (IncidentOfFlight(incident.flight_id), incident))
            .collect())
    }
}
