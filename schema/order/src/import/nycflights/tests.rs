use super::*;
use crate::import::tests::airports;

const HEADER: &str = "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour";

fn record(line: &str) -> ByteRecord {
    ByteRecord::from(line.split(',').collect::<Vec<_>>())
}

fn read(line: &str) -> Result<FlightRow, Wrong> {
    parse(
        &Layout::of(&record(HEADER)).unwrap(),
        &record(line),
        &airports(),
    )
}

#[test]
fn local_times_become_instants_with_the_zone_of_each_airport() {
    let vectors = [
        // An ordinary flight; LGA and ORD are an hour apart.
        (
            "2013,6,24,1,1950,251,105,2130,215,AA,363,N546AA,LGA,ORD,104,733,19,50,x",
            "2013-06-24T23:50:00Z",
            "2013-06-25T02:30:00Z",
        ),
        // Scheduled to arrive after midnight.
        (
            "2013,6,24,2359,2359,0,340,344,-4,B6,745,N508JB,JFK,PSE,200,1617,23,59,x",
            "2013-06-25T03:59:00Z",
            "2013-06-25T07:44:00Z",
        ),
        // Honolulu keeps no summer time: five hours behind in winter, six in summer.
        (
            "2013,1,1,900,900,0,1530,1530,0,HA,51,N380HA,JFK,HNL,659,4983,9,0,x",
            "2013-01-01T14:00:00Z",
            "2013-01-02T01:30:00Z",
        ),
        (
            "2013,7,1,900,900,0,1430,1430,0,HA,51,N380HA,JFK,HNL,659,4983,9,0,x",
            "2013-07-01T13:00:00Z",
            "2013-07-02T00:30:00Z",
        ),
        // The night in which clocks go forward, and midnight written 2400.
        (
            "2013,3,9,2300,2300,0,400,400,0,B6,1,N1JB,JFK,PSE,200,1617,23,0,x",
            "2013-03-10T04:00:00Z",
            "2013-03-10T08:00:00Z",
        ),
        (
            "2013,6,24,2200,2200,0,2400,2400,0,B6,2,N1JB,JFK,MCO,200,944,22,0,x",
            "2013-06-25T02:00:00Z",
            "2013-06-25T04:00:00Z",
        ),
    ];
    for (line, departure, arrival) in vectors {
        let row = read(line).unwrap();
        assert_eq!(
            row.scheduled_departure_at,
            crate::flight::sample::at(departure),
            "{line}"
        );
        assert_eq!(
            row.scheduled_arrival_at,
            crate::flight::sample::at(arrival),
            "{line}"
        );
    }
}

#[test]
fn what_is_not_known_says_how_it_went() {
    let cancelled =
        read("2013,6,24,NA,1950,NA,NA,2130,NA,AA,363,NA,LGA,ORD,NA,733,19,50,x").unwrap();
    assert_eq!(
        (cancelled.status, cancelled.aircraft_registration),
        (Some(Status::Cancelled), None)
    );
    let diverted = read("2013,6,24,2000,1950,10,,2130,,AA,363,N1,LGA,ORD,NA,733,19,50,x").unwrap();
    assert_eq!(
        (diverted.status, diverted.departure_delay_minutes),
        (Some(Status::Diverted), Some(10))
    );
}

#[test]
fn a_wrong_value_is_named_with_its_column() {
    let wrong = [
        (
            "2013,2,30,1,1950,251,105,2130,215,AA,363,N1,LGA,ORD,1,1,1,1,x",
            "day",
        ),
        (
            "2013,6,24,1,1960,251,105,2130,215,AA,363,N1,LGA,ORD,1,1,1,1,x",
            "sched_dep_time",
        ),
        (
            "2013,6,24,1,1950,late,105,2130,215,AA,363,N1,LGA,ORD,1,1,1,1,x",
            "dep_delay",
        ),
        (
            "2013,6,24,1,1950,251,105,2130,99999,AA,363,N1,LGA,ORD,1,1,1,1,x",
            "arr_delay",
        ),
        (
            "2013,6,24,1,1950,251,105,2130,215,AAA,363,N1,LGA,ORD,1,1,1,1,x",
            "carrier",
        ),
        (
            "2013,6,24,1,1950,251,105,2130,215,AA,0,N1,LGA,ORD,1,1,1,1,x",
            "flight",
        ),
        (
            "2013,6,24,1,1950,251,105,2130,215,AA,363,N1,XXX,ORD,1,1,1,1,x",
            "origin",
        ),
        (
            "2013,6,24,1,1950,251,105,2130,215,AA,363,N1,LGA,LGA,1,1,1,1,x",
            "dest",
        ),
        ("2013,6,24,1,1950", ""),
    ];
    for (line, column) in wrong {
        assert_eq!(read(line).unwrap_err().column, column, "{line}");
    }
    assert!(
        Layout::of(&record("year,month"))
            .unwrap_err()
            .message()
            .contains("sched_dep_time")
    );
}
