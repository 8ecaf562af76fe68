use std::collections::{BTreeSet, HashMap};

use async_graphql::dataloader::Loader;
use chrono::TimeDelta;
use entities::order::flight::{Column, Entity, Model, Status};
use schema_kernel::{Database, Error, Reader, Result, keyset::union_of, scalar::DateTime};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{
    ENOUGH_FLIGHTS, Performance, Punctuality, PunctualityBasis, RECORDED_DAYS, RECORDED_FLIGHTS,
    punctuality,
};

/// Asks how punctual the flights of a route were.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PunctualityOf {
    /// IATA code of the origin.
    pub(crate) origin: String,
    /// IATA code of the destination.
    pub(crate) destination: String,
    /// Up to when; the same for all that is asked together.
    pub(crate) until: DateTime,
}

/// The flights of a record: those with this origin and this destination, where they are named.
type Scope<'a> = (Option<&'a str>, Option<&'a str>);

impl PunctualityOf {
    fn scope(&self, basis: PunctualityBasis) -> Scope<'_> {
        match basis {
            PunctualityBasis::Route => (Some(&self.origin), Some(&self.destination)),
            PunctualityBasis::Origin => (Some(&self.origin), None),
            PunctualityBasis::Network => (None, None),
        }
    }
}

impl Loader<PunctualityOf> for Reader {
    type Value = Punctuality;
    type Error = Error;

    async fn load(&self, keys: &[PunctualityOf]) -> Result<HashMap<PunctualityOf, Punctuality>> {
        let mut found = HashMap::new();
        let mut open: Vec<&PunctualityOf> = keys.iter().collect();
        for basis in [
            PunctualityBasis::Route,
            PunctualityBasis::Origin,
            PunctualityBasis::Network,
        ] {
            let Some(until) = open.first().map(|key| key.until) else {
                break;
            };
            let scopes: BTreeSet<Scope<'_>> = open.iter().map(|key| key.scope(basis)).collect();
            let flights = read(&self.database, &scopes, until).await?;
            for key in &open {
                let record: Vec<Performance> = flights
                    .iter()
                    .filter(|flight| is_of(flight, key.scope(basis)))
                    .map(performance)
                    .collect();
                if record.len() >= ENOUGH_FLIGHTS || basis == PunctualityBasis::Network {
                    found.insert((*key).clone(), punctuality(basis, &record));
                }
            }
            open.retain(|key| !found.contains_key(*key));
        }
        Ok(found)
    }
}

/// The flights of all scopes, in one statement. Scopes of one kind share no flight.
async fn read(
    database: &Database,
    scopes: &BTreeSet<Scope<'_>>,
    until: DateTime,
) -> Result<Vec<Model>> {
    let arms = scopes.iter().map(|scope| latest(*scope, until));
    let Some(statement) = union_of(database.backend(), arms) else {
        return Ok(Vec::new());
    };
    Ok(Entity::find()
        .from_raw_sql(statement)
        .all(database.reader())
        .await?)
}

fn latest((origin, destination): Scope<'_>, until: DateTime) -> Select<Entity> {
    let since = until - TimeDelta::days(RECORDED_DAYS);
    let ends = Column::ArrivalDelayMinutes
        .is_not_null()
        .or(Column::Status.eq(Status::Cancelled));
    let places = [
        origin.map(|origin| Column::Origin.eq(origin)),
        destination.map(|destination| Column::Destination.eq(destination)),
    ];
    places
        .into_iter()
        .flatten()
        .fold(Entity::find(), QueryFilter::filter)
        .filter(Column::ScheduledDepartureAt.between(since, until))
        .filter(ends)
        .order_by_desc(Column::ScheduledDepartureAt)
        .limit(RECORDED_FLIGHTS)
}

fn is_of(flight: &Model, (origin, destination): Scope<'_>) -> bool {
    origin.is_none_or(|origin| flight.origin == origin)
        && destination.is_none_or(|destination| flight.destination == destination)
}

fn performance(flight: &Model) -> Performance {
    Performance {
        departure_delay_minutes: flight.departure_delay_minutes,
        arrival_delay_minutes: flight.arrival_delay_minutes,
        is_cancelled: flight.status == Status::Cancelled,
    }
}
