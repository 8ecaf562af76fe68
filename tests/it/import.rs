//! Real flights: one week of 2013, as it was.

use std::io::Cursor;

use schema_order::import::{Format, Options, Totals};
use serde_json::{Value, json};
use tests::{
    App,
    build::{Customer, Flight, NewCustomer, NewOrder},
    feed::Breaking,
    on_both,
};

const WEEK: &[u8] = include_bytes!("../../server/data/flights-2013-week-26.csv");

/// Counted on the file by other means (server/data/README.md).
const GOLDEN: Totals = Totals {
    rows: 6_701,
    inserted: 6_701,
    updated: 0,
    unchanged: 0,
    cancelled: 520,
    diverted: 50,
    delayed: 3_158,
    arriving_very_late: 343,
    bad: 0,
    disrupted_journeys: 0,
};

fn csv() -> Options {
    Options::of(Format::NycFlights)
}

/// The week, beginning on a Monday that is still ahead.
fn ahead() -> Options {
    Options {
        starting: Some("2026-12-07".parse().unwrap()),
        ..csv()
    }
}

on_both!(the_week_comes_out_as_it_was_counted, async |app: App| {
    let imported = app.import(Cursor::new(WEEK), csv()).await;
    assert_eq!((imported.totals.unwrap(), imported.bad), (GOLDEN, vec![]));
    let query = "{ flights(filter: { carrier: \"AA\", number: 363, departsOn: \"2013-06-24\" }, first: 5) { nodes {
        scheduledDepartureAt actualDepartureAt arrivalDelayMinutes status origin { iataCode } destination { iataCode } } } }";
    assert_eq!(
        app.agent().ask(query).await.at("/flights/nodes"),
        &json!([{
            "scheduledDepartureAt": "2013-06-24T23:50:00+00:00", "actualDepartureAt": "2013-06-25T04:01:00+00:00", "arrivalDelayMinutes": 215, "status": "ARRIVED",
            "origin": { "iataCode": "LGA" }, "destination": { "iataCode": "ORD" },
        }])
    );
});

on_both!(
    a_second_import_changes_nothing_and_causes_nothing,
    async |app: App| {
        app.import(Cursor::new(WEEK), csv()).await.totals.unwrap();
        let before = app.picture().await;
        let again = app.import(Cursor::new(WEEK), csv()).await.totals.unwrap();
        assert_eq!(
            again,
            Totals {
                inserted: 0,
                unchanged: 6_701,
                ..GOLDEN
            }
        );
        for table in ["order_flight", "order_flight_event", "order_outbox"] {
            before.assert_same_in(&app.picture().await, table);
        }
    }
);

on_both!(
    what_was_stopped_goes_on_where_it_stopped,
    async |app: App| {
        let stopped = app.import(Breaking::new(WEEK, WEEK.len() / 2), csv()).await;
        assert!(stopped.totals.is_err());
        let stored = app.picture().await.count("order_flight");
        assert!(
            (1_000..6_701).contains(&stored),
            "{stored} flights were stored, chunk by chunk"
        );

        let resumed = app.import(Cursor::new(WEEK), csv()).await;
        assert_eq!(
            resumed.totals.unwrap(),
            GOLDEN,
            "the counts of both parts, and none twice"
        );
        assert_eq!(app.picture().await.count("order_flight"), 6_701);
    }
);

on_both!(
    bad_rows_are_told_with_line_column_and_reason_and_the_rest_goes_in,
    async |app: App| {
        let good: Vec<&str> = std::str::from_utf8(WEEK).unwrap().lines().take(4).collect();
        let file = [
            good[0],
            good[1],
            "2013,2,30,5,2359,6,445,440,5,B6,725,N1,JFK,BQN,195,1576,23,59,2013-02-28T04:00:00Z",
            &good[2].replace("JFK", "QQQ"),
            "only,four,columns,here",
            &good[3].replace("2013,6,24", "2013,6,24,"),
            good[3],
        ]
        .join("\n");
        let imported = app.import(Cursor::new(file.into_bytes()), csv()).await;
        let totals = imported.totals.unwrap();
        assert_eq!(
            (totals.rows, totals.inserted, totals.bad),
            (6, 2, 4),
            "{:#?}",
            imported.bad
        );
        let lines: Vec<u64> = imported.bad.iter().map(|row| row.line).collect();
        assert_eq!(lines, [3, 4, 5, 6]);
        assert_eq!(
            (
                imported.bad[0].column.as_str(),
                imported.bad[1].column.as_str()
            ),
            ("day", "origin")
        );
        assert!(
            imported.bad.iter().all(|row| row.reason.ends_with('.')),
            "{:#?}",
            imported.bad
        );
    }
);

on_both!(another_file_is_refused_whole, async |app: App| {
    let before = app.picture().await;
    for file in ["", "a,b,c\n1,2,3\n", "{\"carrier\":\"EK\"}\n"] {
        let refused = app
            .import(Cursor::new(file.as_bytes().to_vec()), csv())
            .await;
        assert!(
            refused.totals.is_err() || refused.totals.unwrap().inserted == 0,
            "{file}"
        );
    }
    assert_eq!(
        app.picture().await.count("order_flight"),
        before.count("order_flight")
    );
});

async fn flight(app: &App, carrier: &str, number: i32) -> Flight {
    let query =
        "query($filter: FlightFilter) { flights(filter: $filter, first: 1) { nodes { id } } }";
    let filter = json!({ "carrier": carrier, "number": number, "departsOn": "2026-12-07" });
    Flight {
        id: app
            .administrator()
            .ask_with(query, json!({ "filter": filter }))
            .await
            .text("/flights/nodes/0/id")
            .to_owned(),
    }
}

async fn consequences(app: &App, customer: &Customer) -> Value {
    customer.read(app, "claims { nodes { id status regime kind amount { formatted } version } } cases { nodes { id type } } timeline(first: 100) { nodes { id title } }").await
}

on_both!(the_main_job_on_a_real_week, async |app: App| {
    // The week as it is planned; somebody flies with a flight that will be cancelled, somebody with one that will be late.
    app.import(
        Cursor::new(WEEK),
        Options {
            schedule_only: true,
            ..ahead()
        },
    )
    .await
    .totals
    .unwrap();
    let (one, two) = (
        NewCustomer::named("Okafor").create(&app).await,
        NewCustomer::named("Haddad").create(&app).await,
    );
    let (cancelled, late) = (
        flight(&app, "MQ", 3134).await,
        flight(&app, "AA", 363).await,
    );
    NewOrder::of(&one)
        .adults(2)
        .flying(&[&cancelled])
        .place(&app)
        .await;
    NewOrder::of(&two)
        .adults(1)
        .flying(&[&late])
        .place(&app)
        .await;

    let totals = app.import(Cursor::new(WEEK), ahead()).await.totals.unwrap();
    assert_eq!(
        (totals.inserted, totals.disrupted_journeys, totals.cancelled),
        (0, 3, 520)
    );
    let (first, second) = (
        consequences(&app, &one).await,
        consequences(&app, &two).await,
    );
    for (consequences, claims) in [(&first, 2), (&second, 1)] {
        let refunds = consequences["claims"]["nodes"].as_array().unwrap();
        assert_eq!(
            (refunds.len(), &refunds[0]["regime"], &refunds[0]["kind"]),
            (claims, &json!("US_DOT"), &json!("REFUND"))
        );
        assert_eq!(consequences["cases"]["nodes"].as_array().unwrap().len(), 1);
    }
    assert_eq!(
        cancelled.read(&app, "status incident { kind }").await,
        json!({ "status": "CANCELLED", "incident": { "kind": "CANCELLATION" } })
    );

    let again = app.import(Cursor::new(WEEK), ahead()).await.totals.unwrap();
    assert_eq!((again.unchanged, again.disrupted_journeys), (6_701, 0));
    assert_eq!(
        (
            consequences(&app, &one).await,
            consequences(&app, &two).await
        ),
        (first, second)
    );
});

on_both!(a_feed_of_our_own_corrects_and_raises, async |app: App| {
    let line = |arrival: &str| {
        json!({
        "carrier": "EK", "number": 46, "origin": "FRA", "destination": "DXB", "scheduled_departure_at": "2026-12-01T14:00:00Z", "scheduled_arrival_at": "2026-12-01T20:00:00Z",
        "estimated_arrival_at": arrival, "cause_code": "41",
    }).to_string().into_bytes()
    };
    let ndjson = Options::of(Format::NdJson);
    app.import(Cursor::new(line("2026-12-01T20:00:00Z")), ndjson)
        .await
        .totals
        .unwrap();
    let query = "{ flights(first: 1) { nodes { id } } }";
    let flight = Flight {
        id: app
            .agent()
            .ask(query)
            .await
            .text("/flights/nodes/0/id")
            .to_owned(),
    };
    let customer = NewCustomer::named("Okafor").create(&app).await;
    NewOrder::of(&customer)
        .adults(1)
        .flying(&[&flight])
        .place(&app)
        .await;
    for (arrival, claim) in [
        ("2026-12-01T22:50:00Z", Value::Null),
        ("2026-12-01T23:20:00Z", json!("EUR 300.00")),
        ("2026-12-02T00:10:00Z", json!("EUR 600.00")),
    ] {
        app.import(Cursor::new(line(arrival)), ndjson)
            .await
            .totals
            .unwrap();
        let claims = consequences(&app, &customer).await["claims"]["nodes"].take();
        assert_eq!(claims[0]["amount"]["formatted"], claim, "{arrival}");
    }
});
