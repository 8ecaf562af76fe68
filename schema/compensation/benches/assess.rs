//! How many passengers are assessed in a second on one core: `cargo bench -p schema-compensation --bench assess`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a program that prints what it measured"
)]

#[path = "../tests/support/world.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod world;

use std::hint::black_box;
use std::time::{Duration, Instant};

use schema_compensation::engine::{CaseFacts, EventKind, Fact, RuleSet, assess};

const ROUTES: &[(&str, &str)] = &[
    ("FRA", "MAD"),
    ("CDG", "JFK"),
    ("DXB", "LHR"),
    ("LHR", "CDG"),
    ("JFK", "LAX"),
    ("DXB", "SYD"),
];

/// Delays and cancellations, on routes of every body of law, with and without open questions.
fn cases() -> Vec<CaseFacts> {
    let mut cases = Vec::new();
    for (origin, destination) in ROUTES {
        for kind in [EventKind::Delay, EventKind::Cancellation] {
            for late in [150, 185, 250, 600] {
                let mut facts = world::on_route(origin, destination, kind);
                facts.event.arrival_delay_minutes = Fact::Known(late);
                facts.event.departure_delay_minutes = Fact::Known(late);
                facts.purchase.fare_minor = 32_040;
                cases.push(facts.clone());
                facts.event.extraordinary = Fact::Unknown;
                facts.passenger.accepted_alternative = Fact::Unknown;
                cases.push(facts);
            }
        }
    }
    cases
}

fn main() {
    let (cases, rules) = (cases(), RuleSet::shipped());
    for facts in &cases {
        black_box(assess(facts, rules));
    }
    let (start, mut passengers, mut answers) = (Instant::now(), 0_u64, 0_u64);
    while start.elapsed() < Duration::from_secs(5) {
        for facts in &cases {
            answers += assess(black_box(facts), rules).len() as u64;
        }
        passengers += u64::try_from(cases.len()).unwrap();
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:.0} passengers a second on one core, {:.1} answers each",
        passengers as f64 / seconds,
        answers as f64 / passengers as f64
    );
}
