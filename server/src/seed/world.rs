//! What everybody in a demo world shares: the days, the flights, the staff.

use std::{collections::BTreeMap, io::Cursor};

use chrono::NaiveDate;
use schema_kernel::{Actor, Clock, IdSource, Session};
use schema_order::import::{Format, Importer, Options};

use super::{
    Databases, SeedOptions, bulk,
    calendar::{Calendar, demo_week_start},
    flight,
    household::Village,
    reference::Reference,
    staff::Staff,
    store,
    timetable::Timetable,
    week,
};

/// One world: it follows from its seed and its day.
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) calendar: Calendar,
    /// How many customers there are.
    pub(super) customers: u64,
    pub(super) reference: Reference,
    pub(super) timetable: Timetable,
    pub(super) village: Village,
    /// Who works on cases.
    pub(super) staff: Staff,
}

impl World {
    /// Writes flights and staff, where they do not stand yet.
    pub(super) async fn make(
        databases: &Databases,
        options: SeedOptions,
        today: NaiveDate,
    ) -> anyhow::Result<Self> {
        let (seed, calendar) = (options.seed, Calendar::new(today));
        let reference = Reference::load()?;
        let network = flight::network(seed, calendar, &reference)?;
        let planned: Vec<_> = network.iter().map(|flown| flown.flight.clone()).collect();
        let events = flight::events(seed, &network);
        databases
            .order
            .transaction(async |transaction| {
                bulk::insert(transaction, &planned).await?;
                bulk::insert(transaction, &events).await
            })
            .await
            .map_err(anyhow::Error::from)?;
        plan_real_week(databases, seed, calendar).await?;

        let staff = Staff::new(seed, calendar);
        staff
            .write(&databases.case)
            .await
            .map_err(anyhow::Error::from)?;
        let timetable = timetable(databases, network, today).await?;
        let village = Village::new(seed, calendar);
        Ok(Self {
            seed,
            calendar,
            customers: options.customers,
            reference,
            timetable,
            village,
            staff,
        })
    }
}

/// Writes the flights of the real week as they were planned.
async fn plan_real_week(
    databases: &Databases,
    seed: u64,
    calendar: Calendar,
) -> anyhow::Result<()> {
    let (clock, ids) = (Clock::fixed(calendar.now()), IdSource::seeded(seed));
    let session = Session::new(Actor::service("seed"), "seed", clock, ids);
    let starting = Some(demo_week_start(calendar.today()));
    let options = Options {
        format: Format::NycFlights,
        starting,
        schedule_only: true,
    };
    let importer = Importer::new(databases.order.clone(), session, options);
    importer
        .run(Cursor::new(week::FILE), |_| {}, |_| {})
        .await
        .map_err(anyhow::Error::from)?;
    Ok(())
}

/// The flights under the ids under which they stand, whoever wrote them. How flights of the network went is taken from
/// the world and not from the database, so that what people did there since does not move anybody to other flights.
async fn timetable(
    databases: &Databases,
    mut network: Vec<flight::Flown>,
    today: NaiveDate,
) -> anyhow::Result<Timetable> {
    let days = network.iter().map(|flown| flown.flight.departs_on);
    let days = (
        days.clone().min().unwrap_or(today),
        days.max().unwrap_or(today),
    );
    let stored = store::flights(&databases.order, days)
        .await
        .map_err(anyhow::Error::from)?;
    let mut stored: BTreeMap<_, _> = stored
        .into_iter()
        .map(|flight| (flight::key(&flight), flight))
        .collect();
    for flown in &mut network {
        if let Some(flight) = stored.remove(&flight::key(&flown.flight)) {
            flown.flight.id = flight.id;
        }
    }
    let fates = week::fates(today)?;
    network.extend(fates.into_iter().filter_map(|(key, fate)| {
        Some(flight::Flown {
            flight: stored.remove(&key)?,
            fate: Some(fate),
        })
    }));
    Ok(Timetable::new(network))
}
