//! The demo world, and the real week that happens in it.

use std::io::Cursor;

use schema_kernel::scalar::DateTime;
use schema_order::import::{Format, Importer, Options, Totals};
use server::{
    graph::subgraph::SubgraphName,
    seed::{self, SeedOptions},
};

use crate::App;

/// The seed of the demo world that `make run` makes.
const SEED: u64 = 1;

/// One real week of flights, as it lies in the repository.
pub const WEEK: &str = include_str!("../../server/data/flights-2013-week-26.csv");

/// Makes a demo world of `customers` around the present day.
pub async fn populate(app: &App, customers: u64) {
    let database = |name| {
        app.product()
            .databases()
            .get(name)
            .expect("every domain is served")
            .clone()
    };
    let databases = seed::Databases {
        profile: database(SubgraphName::Profile),
        order: database(SubgraphName::Order),
        case: database(SubgraphName::Case),
        compensation: database(SubgraphName::Compensation),
        engagement: database(SubgraphName::Engagement),
    };
    let options = SeedOptions {
        customers,
        seed: SEED,
        today: today(app.now()),
        if_empty: false,
    };
    seed::run(&databases, options, |_| {})
        .await
        .expect("a world");
    app.deliver().await;
}

/// Imports the real week, moved to the last whole week, and delivers what follows.
pub async fn import_week(app: &App) -> Totals {
    let database = app
        .product()
        .databases()
        .get(SubgraphName::Order)
        .expect("order is served")
        .clone();
    let starting = Some(seed::demo_week_start(today(app.now())));
    let options = Options {
        starting,
        ..Options::of(Format::NycFlights)
    };
    let session = app.product().service_session("import");
    let totals = Importer::new(database, session, options)
        .run(
            Cursor::new(WEEK),
            |_| {},
            |row| panic!("line {} is bad: {}", row.line, row.reason),
        )
        .await
        .unwrap_or_else(|error| panic!("{}", error.report()));
    app.deliver().await;
    totals
}

fn today(now: DateTime) -> chrono::NaiveDate {
    now.date_naive()
}
