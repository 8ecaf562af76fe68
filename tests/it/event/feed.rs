//! What flight operations report, by file: once, in whatever order, and never what cannot be.

use std::io::Cursor;

use chrono::TimeDelta;
use schema_order::{
    import::RowError,
    report::{ReportFormat, ReportTotals},
};
use serde_json::{Value, json};
use tests::{
    App,
    build::{NewFlight, Trip},
    feed::Breaking,
    on_both,
};

const HEADER: &str = "source,message_id,reported_at,carrier,number,origin,departs_on,kind,departure_delay_minutes,arrival_delay_minutes,cause_code,gate,diverted_to,actual_arrival_at\n";

/// EK46 from FRA, ten days after the beginning of every test.
const FLIGHT: &str = "EK,46,FRA,2026-11-30";

/// A row of `aims` about EK46.
fn row(id: &str, at: &str, what: &str) -> String {
    format!("aims,{id},2026-11-20T{at}:00Z,{FLIGHT},{what}\n")
}

fn delay(id: &str, at: &str, minutes: i32) -> String {
    row(id, at, &format!("DELAY,{minutes},{minutes},41,,,"))
}

async fn import(app: &App, rows: &[String]) -> (ReportTotals, Vec<RowError>) {
    let file = format!("{HEADER}{}", rows.concat());
    let imported = app
        .import_events(Cursor::new(file), ReportFormat::Csv)
        .await;
    (imported.totals.unwrap(), imported.bad)
}

on_both!(a_reported_delay_becomes_claims_once, async |app: App| {
    let trip = Trip::new(&app).await;
    let (totals, bad) = import(&app, &[delay("1", "09:00", 170), delay("2", "09:10", 250)]).await;
    assert_eq!(
        (totals.rows, totals.recorded, totals.disrupted_journeys),
        (2, 2, 6)
    );
    assert_eq!(bad, []);
    assert_eq!(trip.claims(&app).await.len(), 2);
    let event = trip
        .flight
        .read(&app, "events(first: 1) { nodes { source kind } }")
        .await;
    assert_eq!(
        event["events"]["nodes"][0],
        json!({ "source": "FEED", "kind": "DELAY" })
    );

    let before = app.picture().await;
    let again = app
        .import_events(
            Cursor::new(format!("{HEADER}{}", delay("2", "09:10", 250))),
            ReportFormat::Csv,
        )
        .await;
    let again = again.totals.unwrap();
    assert_eq!((again.repeated, again.recorded), (1, 0));
    for table in [
        "order_flight",
        "order_flight_event",
        "order_outbox",
        "order_flight_report",
        "compensation_claim",
    ] {
        before.assert_same_in(&app.picture().await, table);
    }
});

on_both!(an_older_report_changes_nothing, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let gate = row("3", "08:30", "GATE_CHANGE,,,,B22,,");
    let (totals, _) = import(
        &app,
        &[delay("1", "09:10", 250), delay("2", "09:00", 20), gate],
    )
    .await;
    assert_eq!(
        (totals.recorded, totals.stale),
        (2, 1),
        "the gate is another side of it"
    );
    let read = flight.read(&app, "arrivalDelayMinutes gate").await;
    assert_eq!(read, json!({ "arrivalDelayMinutes": 250, "gate": "B22" }));
});

on_both!(
    what_somebody_recorded_is_newer_than_an_older_report,
    async |app: App| {
        let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
        app.later(TimeDelta::hours(2));
        flight.delay(&app, 45, "93").await;
        let (totals, _) = import(&app, &[delay("1", "09:00", 250)]).await;
        assert_eq!(totals.stale, 1);
        assert_eq!(
            flight.read(&app, "arrivalDelayMinutes").await["arrivalDelayMinutes"],
            45
        );
    }
);

on_both!(a_report_waits_for_its_flight, async |app: App| {
    let (totals, _) = import(&app, &[delay("2", "09:10", 250), delay("1", "09:00", 20)]).await;
    assert_eq!((totals.waiting, totals.recorded), (2, 0));
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let read = flight
        .read(
            &app,
            "status arrivalDelayMinutes events(first: 5) { nodes { kind } }",
        )
        .await;
    assert_eq!(
        (&read["status"], &read["arrivalDelayMinutes"]),
        (&json!("DELAYED"), &json!(250))
    );
    assert_eq!(read["events"]["nodes"].as_array().unwrap().len(), 2);

    let (again, _) = import(&app, &[delay("2", "09:10", 250)]).await;
    assert_eq!(again.repeated, 1);
});

on_both!(a_flight_that_never_comes_is_given_up, async |app: App| {
    import(&app, &[delay("1", "09:00", 250)]).await;
    app.later(TimeDelta::hours(49));
    app.product().sweep_reports().await.unwrap();
    let flight = NewFlight::of("EK", 46, "FRA", "DXB")
        .with("scheduledDepartureAt", "2026-11-30T08:00:00Z")
        .with("scheduledArrivalAt", "2026-11-30T14:00:00Z")
        .create(&app)
        .await;
    assert_eq!(
        flight.read(&app, "arrivalDelayMinutes").await["arrivalDelayMinutes"],
        Value::Null
    );
});

on_both!(what_cannot_be_is_named_with_its_rule, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    for (what, field, rule) in [
        (
            "DELAY,-1441,20,41,,,",
            "departure_delay_minutes",
            "-1440 to 10080",
        ),
        (
            "DELAY,20,-2000,41,,,",
            "arrival_delay_minutes",
            "-1440 to 10080",
        ),
        (
            "DELAY,500,20,41,,,",
            "arrival_delay_minutes",
            "arrival after departure",
        ),
        ("DELAY,soon,20,41,,,", "departure_delay_minutes", "integer"),
        ("DELAY,20,20,4Z,,,", "cause_code", "AHM 730"),
        (
            "CANCELLATION,20,,41,,,",
            "departure_delay_minutes",
            "belong to `kind`",
        ),
        ("CANCELLATION,,,,,,", "cause_code", "belong to `kind`"),
        (
            "DIVERSION,,,,,QQQ,",
            "diverted_to",
            "IATA location identifier",
        ),
        (
            "DIVERSION,,,,,DXB,",
            "diverted_to",
            "diversion to another airport",
        ),
        ("GATE_CHANGE,,,,gate five,,", "gate", "capital letters"),
        (
            "ARRIVAL,,,,,,2031-01-01T00:00:00Z",
            "actual_arrival_at",
            "-1440 to 10080",
        ),
        ("RESTORATION,,,,,,", "kind", "what may happen to a flight"),
        ("STRIKE,,,,,,", "kind", "DELAY"),
    ] {
        let (totals, bad) = import(&app, &[row("1", "09:00", what)]).await;
        assert_eq!((totals.bad, totals.recorded), (1, 0), "{what}");
        assert_eq!(
            (bad[0].line, bad[0].column.as_str()),
            (2, field),
            "{what}: {bad:?}"
        );
        assert!(bad[0].reason.contains(rule), "{what}: {}", bad[0].reason);
    }
    assert_eq!(flight.read(&app, "version").await["version"], 1);
});

on_both!(a_number_belongs_to_one_report, async |app: App| {
    NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let (totals, bad) = import(&app, &[delay("1", "09:00", 20), delay("1", "09:10", 40)]).await;
    assert_eq!((totals.recorded, totals.bad), (1, 1));
    assert_eq!((bad[0].column.as_str(), bad[0].line), ("message_id", 3));
});

on_both!(lines_of_json_say_the_same, async |app: App| {
    let flight = NewFlight::of("EK", 46, "FRA", "DXB").create(&app).await;
    let event = json!({ "source": "aims", "message_id": "1", "reported_at": "2026-11-20T09:00:00Z", "carrier": "EK", "number": 46,
        "origin": "FRA", "departs_on": "2026-11-30", "kind": "DELAY", "arrival_delay_minutes": 250, "cause_code": "41" });
    let file = format!("{event}\n\nno json\n{{\"source\": \"aims\", \"colour\": 1}}\n");
    let imported = app
        .import_events(Cursor::new(file), ReportFormat::NdJson)
        .await;
    let totals = imported.totals.unwrap();
    assert_eq!((totals.rows, totals.recorded, totals.bad), (3, 1, 2));
    assert_eq!((imported.bad[0].line, imported.bad[1].line), (3, 4));
    assert_eq!(imported.bad[1].column, "colour");
    assert_eq!(
        flight.read(&app, "arrivalDelayMinutes").await["arrivalDelayMinutes"],
        250
    );
});

on_both!(an_import_that_was_stopped_goes_on, async |app: App| {
    let rows = (1..=1_500).map(|number| {
        format!("aims,{number},2026-11-20T09:00:00Z,EK,{number},FRA,2026-11-30,DELAY,20,20,41,,,\n")
    });
    let file = format!("{HEADER}{}", rows.collect::<String>()).into_bytes();
    let broken = Breaking::new(&file, 70_000);
    let broken = app.import_events(broken, ReportFormat::Csv).await;
    assert!(broken.totals.is_err());
    let stored = app.picture().await.count("order_flight_report");
    assert!((1..1_500).contains(&stored), "{stored}");

    let whole = app
        .import_events(Cursor::new(file), ReportFormat::Csv)
        .await;
    let totals = whole.totals.unwrap();
    assert_eq!((totals.rows, totals.waiting), (1_500, 1_500));
    assert_eq!(app.picture().await.count("order_flight_report"), 1_500);
});

on_both!(other_columns_are_refused_by_name, async |app: App| {
    let file = "source,message_id,colour\n";
    let imported = app
        .import_events(Cursor::new(file), ReportFormat::Csv)
        .await;
    assert!(
        imported
            .totals
            .unwrap_err()
            .message()
            .contains("there is no column `colour`")
    );
});
