//! Generated supergraphs and queries: the gateway answers as one merged schema would.
//!
//! `JETBRIDGE_DIFFERENTIAL_CASES=100000` runs more cases than `make test` does, `JETBRIDGE_DIFFERENTIAL_START` begins at
//! another world.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod arguments;
mod ask;
mod cases;
mod compare;
mod data;
mod dice;
mod executor;
mod features;
mod gaps;
mod invent;
mod literals;
mod log;
mod query;
mod sdl;
mod tally;
mod toy;
mod world;

use log::Log;
use tally::Tally;

/// Cases in an ordinary run of the tests.
const CASES: u64 = 2_000;

/// Cases between two lines of progress.
const STEP: u64 = 5_000;

fn setting(name: &str, otherwise: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(otherwise, |text| text.parse().unwrap())
}

#[tokio::test]
async fn generated_graphs_are_answered_as_one_schema() {
    let wanted = setting("JETBRIDGE_DIFFERENTIAL_CASES", CASES);
    let start = setting("JETBRIDGE_DIFFERENTIAL_START", 0);
    let (log, _guard) = Log::listen();
    let mut tally = Tally::default();
    for seed in start.. {
        if tally.cases >= wanted {
            break;
        }
        tally.world(seed, &log).await;
        if tally.cases.is_multiple_of(STEP) {
            eprintln!("{}", tally.summary());
        }
    }
    eprintln!("{}", tally.summary());
    tally.judge();
}

/// Cases that once went wrong, and what was wrong.
const FOUND: &[(u64, u64, &str)] = &[
    (
        8,
        1,
        "an error of what only the plan asked for stood under a null",
    ),
    (
        395,
        16,
        "an error of what only the plan asked for stood at the client's alias of the same name",
    ),
    (418, 8, "the same at a null"),
    (
        586,
        10,
        "fields of an interface object for values of two types were not asked for",
    ),
    (
        1287,
        18,
        "a value behind an interface object that null had reached was told of twice",
    ),
];

#[tokio::test]
async fn what_once_went_wrong_stays_right() {
    let (log, _guard) = Log::listen();
    for (world, query, what) in FOUND {
        let toy = cases::world(*world).unwrap();
        let operation = cases::operation(&toy.world, *query);
        let outcome = cases::run(&toy, &operation, &log).await;
        assert_eq!(outcome.kind(), "", "{what}: {outcome:?}");
    }
}
