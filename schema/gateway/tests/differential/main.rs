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

use std::panic::PanicHookInfo;

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
    quiet_planner();
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

/// Panics inside the planner are counted by the gateway's answers; their texts would fill the log.
fn quiet_planner() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        let is_planner = info
            .location()
            .is_some_and(|place| place.file().contains("hive-router-query-planner"));
        if !is_planner {
            usual(info);
        }
    }));
}
