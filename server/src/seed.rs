//! The demo world: people from many cultures, what they booked, what went wrong, what was said about it.
//!
//! A world follows from its seed and its day: the same two give the same bytes in every table, whenever and wherever it is
//! made. Each customer has streams of random numbers of their own, so the first customers of a small world are also the
//! first customers of a large one. There is no clock in here, and nothing is ever iterated in an order of chance.
//!
//! It is made in batches of customers, so memory stays flat, and a batch whose last customer stands is not made again: what
//! was stopped can be gone on with. Rows are written many at once. What went wrong with journeys is not written but told,
//! the way operations would tell it, so that claims, their cases and their lines on timelines are made by the same rules as
//! everywhere.
//!
//! The real week of flights is written as it was planned. What became of it is told by its import, from the day that
//! [`demo_week_start`] says.

mod bulk;
mod calendar;
mod country;
mod course;
mod culture;
mod customer;
mod disruption;
mod extra;
mod flight;
mod household;
mod interaction;
mod matter;
mod name;
mod order;
mod person;
mod price;
mod reference;
mod report;
mod rows;
mod seat;
mod staff;
mod store;
mod stream;
#[cfg(test)]
mod tests;
mod timeline;
mod timetable;
mod trip;
mod week;
mod world;

use std::time::Instant;

use anyhow::bail;
use chrono::NaiveDate;
use schema_kernel::{Database, Error, id::CustomerId};

pub use self::{
    calendar::demo_week_start,
    report::{SeedCounts, SeedReport},
};
use self::{
    household::{BLOCK, Household},
    interaction::Topic,
    rows::Rows,
    seat::Seats,
    world::World,
};

/// Customers in one batch; a whole number of blocks.
const BATCH: u64 = 500;

/// Where each domain keeps its data.
#[derive(Clone, Debug)]
pub struct Databases {
    /// Of the profile domain.
    pub profile: Database,
    /// Of the order domain.
    pub order: Database,
    /// Of the case domain.
    pub case: Database,
    /// Of the compensation domain.
    pub compensation: Database,
    /// Of the engagement domain.
    pub engagement: Database,
}

/// Which world to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedOptions {
    /// How many customers.
    pub customers: u64,
    /// What everything follows from.
    pub seed: u64,
    /// The day that the world takes for today. A world that is gone on with keeps its own.
    pub today: NaiveDate,
    /// Do nothing where the world stands whole, or there are other customers.
    pub if_empty: bool,
}

/// The customer of the walk-through in the README: Gold tier, with a family, a trip to come from Frankfurt to Dubai, one on
/// a flight of the real week that came very late, two cases. The same for every day and size of the world of `seed`.
pub fn showcase(seed: u64) -> CustomerId {
    person::customer_id(seed, 0)
}

/// Makes a world, or goes on with one that was stopped. Migrations and reference data have to be there. `progress` is told
/// how many customers there are after each batch.
///
/// # Errors
/// When the databases hold customers that are not of this world, or a database fails. What was written stays written.
pub async fn run(
    databases: &Databases,
    options: SeedOptions,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<SeedReport> {
    let started = Instant::now();
    let Some(today) = day(databases, options).await? else {
        return Ok(SeedReport::nothing(options.today));
    };
    let world = World::make(databases, options, today).await?;
    let mut seats = Seats::on(world.timetable.len());
    let mut counts = SeedCounts {
        flights: world.timetable.len() as u64,
        ..SeedCounts::default()
    };
    let mut first = 0;
    while first < world.customers {
        let end = (first + BATCH).min(world.customers);
        // What stands is made all the same: the seats that are taken follow from it.
        let rows = batch(&world, first, end, &mut seats).map_err(anyhow::Error::from)?;
        let last = person::customer_id(world.seed, end - 1);
        if store::known_since(&databases.profile, last)
            .await
            .map_err(anyhow::Error::from)?
            .is_none()
        {
            write(databases, &rows).await.map_err(anyhow::Error::from)?;
            counts.add(&rows);
        }
        first = end;
        progress(first);
    }
    Ok(SeedReport {
        today,
        counts,
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// The day of the world; `None` when nothing is to be made.
async fn day(databases: &Databases, options: SeedOptions) -> anyhow::Result<Option<NaiveDate>> {
    let database = &databases.profile;
    if let Some(known_since) = store::known_since(database, showcase(options.seed))
        .await
        .map_err(anyhow::Error::from)?
    {
        // A world that was stopped half-way is gone on with all the same.
        let last = person::customer_id(options.seed, options.customers.saturating_sub(1));
        let is_whole = store::known_since(database, last)
            .await
            .map_err(anyhow::Error::from)?
            .is_some();
        return Ok((!(options.if_empty && is_whole)).then(|| person::today_of(known_since)));
    }
    match store::has_customers(database)
        .await
        .map_err(anyhow::Error::from)?
    {
        false => Ok(Some(options.today)),
        true if options.if_empty => Ok(None),
        true => bail!(
            "there are customers already, and not those of seed {}; a world needs a database of its own",
            options.seed
        ),
    }
}

/// Everything about the customers from `first` to before `end`.
fn batch(world: &World, first: u64, end: u64, seats: &mut Seats) -> Result<Rows, Error> {
    let mut rows = Rows::default();
    for block in first / BLOCK..end.div_ceil(BLOCK) {
        for household in world.village.block(block) {
            if household.members[0].index < world.customers {
                live(world, &household, seats, &mut rows)?;
            }
        }
    }
    Ok(rows)
}

/// What happens to a household.
fn live(
    world: &World,
    household: &Household,
    seats: &mut Seats,
    rows: &mut Rows,
) -> Result<(), Error> {
    let trips = trip::trips(world.seed, world.calendar, &world.timetable, household);
    let mut topics: Vec<Vec<Topic>> = household.members.iter().map(|_| Vec::new()).collect();
    let mut flown = Vec::new();
    for (number, trip) in (0..).zip(&trips) {
        let order = order::write(world, household, (trip, number), seats, rows)?;
        let flights: Vec<usize> = trip.journeys.iter().flatten().copied().collect();
        flown.extend(
            flights
                .iter()
                .copied()
                .filter(|place| world.timetable.flight(*place).actual_arrival_at.is_some()),
        );
        let Some(record_locator) = rows.orders.last().map(|order| order.record_locator.clone())
        else {
            continue;
        };
        for traveller in &trip.travellers {
            topics[*traveller].push(Topic {
                order,
                record_locator: record_locator.clone(),
                flights: flights.clone(),
                placed_at: trip.placed_at,
            });
        }
    }
    extra::purchases(world, household, &flown, rows)?;
    for (person, topics) in household
        .members
        .iter()
        .zip(&topics)
        .filter(|(person, _)| person.index < world.customers)
    {
        customer::write(world, household, person, rows)?;
        interaction::write(world, person, topics, rows)?;
        matter::write(world, person, topics, rows)?;
    }
    Ok(())
}

async fn write(databases: &Databases, rows: &Rows) -> Result<(), Error> {
    rows.write_orders(&databases.order).await?;
    rows.write_known_journeys(&databases.compensation).await?;
    rows.write_cases(&databases.case).await?;
    disruption::tell(databases, &rows.disrupted).await?;
    rows.write_profiles(&databases.profile).await
}
