//! The main job: a flight with 500 passengers comes late, and what follows; and what another rule would have cost.

use std::{
    ops::ControlFlow,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use entities::{
    compensation::{claim, disruption},
    engagement::notification,
    id::{DisruptionId, PassengerId},
};
use schema_kernel::Database;
use sea_orm::{EntityTrait, IntoActiveModel, PaginatorTrait};
use serde_json::json;
use server::{auth::Role, graph::subgraph::SubgraphName};
use tests::{
    App,
    build::{Flight, NewCustomer, NewFlight, NewOrder},
};
use uuid::Uuid;

use super::{
    process::{self, Kind},
    report::{Figure, Report},
};

/// Orders on the flight, and passengers of each.
const ORDERS: usize = 100;
const PASSENGERS: usize = 5;

/// Disruptions that a simulation assesses.
const SIMULATED: usize = 100_000;

/// Rows in one statement.
const CHUNK: usize = 500;

/// Measures both on an empty database.
pub(crate) async fn measure(kind: Kind, report: &Report) -> anyhow::Result<()> {
    let app = App::start(process::storage(kind).await).await;
    late_flight(&app, report).await?;
    simulation(&app, report).await
}

/// From the event to the claims, cases and notices of everybody on board.
async fn late_flight(app: &App, report: &Report) -> anyhow::Result<()> {
    report.announce("a flight of 500 passengers comes late");
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(app).await;
    for _ in 0..ORDERS {
        let customer = NewCustomer::named("Okafor").create(app).await;
        let order = NewOrder::of(&customer)
            .adults(PASSENGERS)
            .flying(&[&flight]);
        order.place(app).await;
    }
    drained(app).await?;
    // Of weather nobody knows yet whether it excuses, so that there are cases too.
    let input = flight.event(
        app,
        "DELAY",
        json!({ "departureDelayMinutes": 245, "arrivalDelayMinutes": 245, "causeCode": "72" }),
    );
    let compensation = database(app, SubgraphName::Compensation)?;
    let begun = Instant::now();
    let administrator = app.administrator();
    administrator
        .must(
            "recordFlightEvent",
            "FlightEventRecorded",
            input,
            "event { id }",
        )
        .await;
    let recorded = begun.elapsed();
    let passengers = (ORDERS * PASSENGERS) as u64;
    let (claims, ()) = tokio::try_join!(reached(&compensation, passengers, begun), drained(app))?;
    let all = begun.elapsed();
    let engagement = database(app, SubgraphName::Engagement)?;
    let notices = notification::Entity::find()
        .count(engagement.reader())
        .await?;
    ensure!(
        notices >= passengers,
        "{notices} notices for {passengers} passengers"
    );
    let cases = cases(app, &flight).await;
    ensure!(cases == ORDERS, "{cases} cases for {ORDERS} orders");
    report.add(
        "a flight of 500 passengers comes late",
        vec![
            Figure::of("recorded after", recorded.as_secs_f64(), "s"),
            Figure::of("claims committed after", claims.as_secs_f64(), "s").at_most(1.0),
            Figure::of("cases, timelines and notices after", all.as_secs_f64(), "s"),
        ],
    );
    Ok(())
}

/// After how long there are so many claims.
async fn reached(database: &Database, claims: u64, begun: Instant) -> anyhow::Result<Duration> {
    while claim::Entity::find().count(database.reader()).await? < claims {
        ensure!(
            begun.elapsed() < Duration::from_mins(2),
            "the claims do not come"
        );
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(begun.elapsed())
}

async fn drained(app: &App) -> anyhow::Result<()> {
    app.product().drain_events().await?;
    Ok(())
}

async fn cases(app: &App, flight: &Flight) -> usize {
    let mut count = 0;
    let mut after = None;
    while let ControlFlow::Continue(next) = page(app, flight, after.take(), &mut count).await {
        after = Some(next);
    }
    count
}

async fn page(
    app: &App,
    flight: &Flight,
    after: Option<String>,
    count: &mut usize,
) -> ControlFlow<(), String> {
    let query = "query($id: ID!, $after: String) { flight(id: $id) { incident { cases(first: 50, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } } }";
    let variables = json!({ "id": flight.id, "after": after });
    let answer = app.administrator().ask_with(query, variables).await;
    let cases = answer.at("/flight/incident/cases").clone();
    *count += cases["nodes"].as_array().map_or(0, Vec::len);
    match (
        cases["pageInfo"]["hasNextPage"].as_bool(),
        cases["pageInfo"]["endCursor"].as_str(),
    ) {
        (Some(true), Some(cursor)) => ControlFlow::Continue(cursor.to_owned()),
        _ => ControlFlow::Break(()),
    }
}

/// What another version of a pack would have decided about 100,000 disruptions.
async fn simulation(app: &App, report: &Report) -> anyhow::Result<()> {
    report.announce("a simulation over 100,000 disruptions");
    copy(&database(app, SubgraphName::Compensation)?).await?;
    let manager = app.actor(Role::CmpManager);
    let eu261 = include_str!("../../../schema/compensation/rules/eu261.toml");
    let text = eu261.replacen("version = 1", "version = 2", 1);
    let drafted = manager
        .must(
            "draftRulePack",
            "RulePackDrafted",
            json!({ "text": text }),
            "version { id }",
        )
        .await;
    let input = json!({ "id": drafted["version"]["id"], "disruptions": SIMULATED });
    let begun = Instant::now();
    let simulated = manager
        .must(
            "simulateRulePack",
            "RulePackSimulated",
            input,
            "disruptions",
        )
        .await;
    let took = begun.elapsed().as_secs_f64();
    ensure!(
        simulated["disruptions"] == SIMULATED,
        "{} were simulated",
        simulated["disruptions"]
    );
    #[expect(clippy::cast_precision_loss, reason = "a hundred thousand")]
    let rate = SIMULATED as f64 * 2.0 / took;
    report.add(
        "a simulation over 100,000 disruptions",
        vec![
            Figure::of("took", took, "s").at_most(5.0),
            Figure::of("assessments/s", rate, ""),
        ],
    );
    Ok(())
}

/// Fills the table of disruptions with what happened to others.
async fn copy(database: &Database) -> anyhow::Result<()> {
    let stored = disruption::Entity::find().all(database.reader()).await?;
    let missing = SIMULATED.saturating_sub(stored.len());
    let rows: Vec<_> = stored.iter().cycle().take(missing).enumerate().collect();
    for chunk in rows.chunks(CHUNK) {
        let copies = chunk.iter().map(|(number, row)| {
            let id = Uuid::from_u128(*number as u128);
            let copy = disruption::Model {
                id: DisruptionId(id),
                passenger_id: PassengerId(id),
                ..(*row).clone()
            };
            copy.into_active_model()
        });
        disruption::Entity::insert_many(copies)
            .exec_without_returning(database.writer())
            .await?;
    }
    Ok(())
}

fn database(app: &App, name: SubgraphName) -> anyhow::Result<Database> {
    app.product()
        .databases()
        .get(name)
        .cloned()
        .context("every domain is served")
}
