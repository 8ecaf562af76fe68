use std::{
    io::{Cursor, Read, Seek, SeekFrom},
    sync::atomic::{AtomicU64, Ordering},
};

use entities::order::{flight, flight_event};
use migrations::{MigratorTrait, OrderMigrator};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::*;
use crate::reference::{load_airlines, load_airports};

const AIRPORTS: &str = include_str!("../../../../server/data/airports.csv");
const AIRLINES: &str = include_str!("../../../../server/data/airlines.csv");
const WEEK: &str = include_str!("../../../../server/data/flights-2013-week-26.csv");
/// Thirty rows, of which four cannot be right.
const SAMPLE: &str = include_str!("tests/sample.csv");

pub(super) fn airports() -> Airports {
    let airport = |iata: &str, zone: &str| (iata.to_owned(), zone.to_owned(), (0.0, 0.0));
    Airports::of([
        airport("JFK", "America/New_York"),
        airport("LGA", "America/New_York"),
        airport("MCO", "America/New_York"),
        airport("ORD", "America/Chicago"),
        airport("PSE", "America/Puerto_Rico"),
        airport("HNL", "Pacific/Honolulu"),
    ])
}

async fn database() -> Database {
    let database = Database::connect("sqlite::memory:", 1).await.unwrap();
    OrderMigrator::up(database.writer(), None).await.unwrap();
    load_airports(&database, AIRPORTS.as_bytes()).await.unwrap();
    load_airlines(&database, AIRLINES.as_bytes()).await.unwrap();
    database
}

async fn import(database: &Database, options: Options, text: &str) -> (Totals, Vec<RowError>) {
    let mut bad = Vec::new();
    let importer = Importer::new(database.clone(), Session::service("import"), options);
    let totals = importer
        .run(Cursor::new(text), |_| {}, |row| bad.push(row))
        .await
        .unwrap();
    (totals, bad)
}

fn csv() -> Options {
    Options::of(Format::NycFlights)
}

async fn events(database: &Database) -> u64 {
    flight_event::Entity::find()
        .count(database.reader())
        .await
        .unwrap()
}

#[tokio::test]
async fn reference_data_is_loaded_once() {
    let database = database().await;
    assert_eq!(
        load_airports(&database, AIRPORTS.as_bytes()).await.unwrap(),
        0
    );
    assert_eq!(
        load_airlines(&database, AIRLINES.as_bytes()).await.unwrap(),
        0
    );
    let moved = "iata,icao,name,city,country,lat,lon,tz\nAAA,NTGA,Anaa Airport,Anaa,PF,-17.3,-145.5,Pacific/Tahiti\n";
    assert_eq!(load_airports(&database, moved.as_bytes()).await.unwrap(), 1);
    let wrong = "iata,icao,name,city,country,lat,lon,tz\nAAA,NTGA,Anaa,Anaa,PF,-17.3,-145.5,Pacific/Nowhere\n";
    assert!(
        load_airports(&database, wrong.as_bytes())
            .await
            .unwrap_err()
            .report()
            .contains("line 2")
    );
}

#[tokio::test]
async fn bad_rows_are_named_and_the_others_go_in() {
    let database = database().await;
    let (totals, bad) = import(&database, csv(), SAMPLE).await;
    let places: Vec<(u64, &str)> = bad
        .iter()
        .map(|row| (row.line, row.column.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (5, "sched_dep_time"),
            (11, "origin"),
            (20, ""),
            (29, "arr_delay")
        ]
    );
    assert_eq!((totals.rows, totals.inserted, totals.bad), (30, 26, 4));
}

#[tokio::test]
async fn the_same_file_again_changes_nothing() {
    let database = database().await;
    import(&database, csv(), SAMPLE).await;
    let before = events(&database).await;
    let (totals, _) = import(&database, csv(), SAMPLE).await;
    assert_eq!(
        (totals.inserted, totals.updated, totals.unchanged),
        (0, 0, 26)
    );
    assert_eq!(events(&database).await, before);
}

#[tokio::test]
async fn a_corrected_delay_is_one_event() {
    let database = database().await;
    import(&database, csv(), SAMPLE).await;
    let before = events(&database).await;
    let corrected = SAMPLE.replace("2130,215,AA,363,N546AA", "2130,240,AA,363,N546AA");
    let (totals, _) = import(&database, csv(), &corrected).await;
    assert_eq!((totals.updated, totals.unchanged), (1, 25));
    assert_eq!(events(&database).await, before + 1);
    let flight = flight::Entity::find()
        .filter(flight::Column::Number.eq(363))
        .one(database.reader())
        .await
        .unwrap();
    assert_eq!(
        flight.map(|flight| (flight.arrival_delay_minutes, flight.version)),
        Some((Some(240), 2))
    );
}

#[tokio::test]
async fn the_plan_can_go_in_before_what_happened() {
    let database = database().await;
    let plan = Options {
        schedule_only: true,
        ..csv()
    };
    let (planned, _) = import(&database, plan, SAMPLE).await;
    assert_eq!(
        (planned.inserted, planned.cancelled, events(&database).await),
        (26, 0, 0)
    );
    let (flown, _) = import(&database, csv(), SAMPLE).await;
    assert_eq!((flown.updated, events(&database).await), (26, 26));
    let (again, _) = import(&database, plan, SAMPLE).await;
    assert_eq!((again.updated, again.unchanged), (0, 26));
}

#[tokio::test]
async fn a_file_can_be_moved_to_other_days() {
    let database = database().await;
    let starting = NaiveDate::from_ymd_opt(2026, 11, 20);
    import(&database, Options { starting, ..csv() }, SAMPLE).await;
    let flight = flight::Entity::find()
        .filter(flight::Column::Number.eq(363))
        .one(database.reader())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(Some(flight.departs_on), starting);
    // 19:50 in New York, now in winter.
    assert_eq!(
        flight.scheduled_departure_at.to_rfc3339(),
        "2026-11-21T00:50:00+00:00"
    );
    assert_eq!(flight.arrival_delay_minutes, Some(215));
}

#[tokio::test]
async fn the_week_comes_out_as_it_was_counted() {
    let database = database().await;
    let (totals, bad) = import(&database, csv(), WEEK).await;
    assert_eq!(bad, []);
    // Counted on the file itself, by other means than this importer.
    let expected = Totals {
        rows: 6_701,
        inserted: 6_701,
        cancelled: 520,
        diverted: 50,
        delayed: 3_158,
        arriving_very_late: 343,
        ..Totals::default()
    };
    assert_eq!(totals, expected);
}

/// A file that cannot be read any more after so many bytes, beyond those that naming it takes.
struct Failing<'text> {
    file: Cursor<&'text str>,
    left: &'text AtomicU64,
}

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        if left < count as u64 {
            return Err(std::io::Error::other("the cable was pulled"));
        }
        self.left.store(left - count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Failing<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

#[tokio::test]
async fn an_import_that_was_stopped_goes_on_where_it_stopped() {
    let database = database().await;
    let importer = Importer::new(database.clone(), Session::service("import"), csv());
    let left = AtomicU64::new(WEEK.len() as u64 + 300_000);
    let failing = Failing {
        file: Cursor::new(WEEK),
        left: &left,
    };
    assert!(importer.run(failing, |_| {}, |_| {}).await.is_err());
    let stored = flight::Entity::find()
        .count(database.reader())
        .await
        .unwrap();
    assert!(stored > 0 && stored < 6_701 && stored.is_multiple_of(1_000));

    let mut first = None;
    let observe = |progress: &Progress| {
        first.get_or_insert(progress.totals.rows);
    };
    let totals = importer
        .run(Cursor::new(WEEK), observe, |_| {})
        .await
        .unwrap();
    assert_eq!(first, Some(stored));
    assert_eq!(
        (totals.rows, totals.inserted, totals.unchanged),
        (6_701, 6_701, 0)
    );
    assert_eq!(
        flight::Entity::find()
            .count(database.reader())
            .await
            .unwrap(),
        6_701
    );
}

#[tokio::test]
async fn lines_of_json_are_a_feed() {
    let database = database().await;
    let plan = r#"{"carrier":"EK","number":47,"origin":"DXB","destination":"FRA","scheduled_departure_at":"2026-11-20T04:20:00Z","scheduled_arrival_at":"2026-11-20T11:10:00Z"}"#;
    let cancelled = plan.replace('}', r#","status":"CANCELLED","cause_code":"71"}"#);
    // The same flight twice in one file: what comes later counts.
    let feed = format!("{plan}\n\nnonsense\n{cancelled}\n");
    let (totals, bad) = import(&database, Options::of(Format::NdJson), &feed).await;
    assert_eq!(
        (totals.rows, totals.inserted, totals.updated, totals.bad),
        (3, 1, 1, 1)
    );
    assert_eq!(bad.first().map(|row| row.line), Some(3));
    let flight = flight::Entity::find()
        .one(database.reader())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (flight.status, flight.cause_code.as_deref()),
        (flight::Status::Cancelled, Some("71"))
    );
    assert!((flight.distance_km - 4_844.9).abs() < 1.0);
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_as_a_whole() {
    let database = database().await;
    let importer = Importer::new(database, Session::service("import"), csv());
    let refused = importer
        .run(Cursor::new("a,b\n1,2\n"), |_| {}, |_| {})
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::BadUserInput);
    let far = Options {
        starting: Some(NaiveDate::MAX),
        ..csv()
    };
    let importer = Importer::new(importer.database.clone(), importer.session.clone(), far);
    let refused = importer
        .run(Cursor::new(SAMPLE), |_| {}, |_| {})
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Code::BadUserInput);
}
