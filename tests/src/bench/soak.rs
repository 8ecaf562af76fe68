//! Hours of work, shortened: whether memory stays where it is.
//!
//! Nine of ten requests read a customer page; every tenth records a contact with that customer, whose event is delivered
//! meanwhile.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use anyhow::Context;
use serde_json::json;
use tests::Storage;
use tokio::time::{MissedTickBehavior, interval};

use super::{
    arguments::Arguments,
    machine,
    process::{Product, Serving},
    question::Question,
    report::{Figure, Report},
    traffic::{self, Answer, Outcome, Target, World},
};

/// How often memory is read.
const SAMPLE: Duration = Duration::from_secs(1);

/// The share of the time at the beginning that does not count: caches fill.
const WARM_UP: f64 = 0.2;

/// Every so many requests one writes.
const WRITES: u32 = 10;

const RECORD: &str = "\
mutation Record($input: RecordInteractionInput!) {
  recordInteraction(input: $input) { ... on InteractionRecorded { interaction { id } } }
}";

/// What the beginning of an answer to [`RECORD`] is.
const RECORDED: &str = "{\"data\":{\"recordInteraction\":{\"interaction\":{\"id\":\"";

/// Memory at a moment, in hours and MiB.
type Sample = (f64, f64);

/// Asks for as long as it is told, and looks at memory.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let rate = arguments.soak_rate;
    let what = format!("{} min at {rate}/s, a tenth writes", arguments.minutes);
    report.announce(&what);
    let world = World::of(storage).await?;
    let serving = product.serve(storage).await?;
    let target = Target::new(product, &serving.url, &world, Question::Page);
    let length = Duration::from_mins(arguments.minutes.into());
    let begun = machine::cpu_time(serving.id())?;
    let asked = traffic::on_time(rate, length, move |n, due| {
        let (target, world) = (target.clone(), world.clone());
        async move {
            let writes = n.is_multiple_of(WRITES);
            let outcome = if writes {
                record(&target, &world, due).await
            } else {
                target.ask(due).await
            };
            (writes, outcome)
        }
    });
    let (outcomes, samples) = sampled(&serving, report, asked).await?;
    let used = machine::cpu_time(serving.id())? - begun;
    report.add(what, figures(&outcomes, &samples, used)?);
    serving.stop().await
}

async fn record(target: &Target, world: &World, due: Instant) -> Outcome {
    let input = json!({
        "customerId": world.next().id(),
        "kind": "CALL",
        "channel": "PHONE",
        "direction": "INBOUND",
        "summary": "Asked when boarding begins.",
    });
    let body = json!({ "query": RECORD, "variables": { "input": input } }).to_string();
    let answer = match target.post(body).await {
        Ok((_, answer)) if answer.starts_with(RECORDED.as_bytes()) => Answer::Right,
        Ok(_) | Err(_) => Answer::Wrong,
    };
    Outcome {
        milliseconds: due.elapsed().as_secs_f64() * 1_000.0,
        answer,
    }
}

/// What comes of `work`, and the memory of the server meanwhile.
async fn sampled<T>(
    serving: &Serving,
    report: &Report,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<(T, Vec<Sample>)> {
    let mut work = pin!(work);
    let started = Instant::now();
    let mut samples: Vec<Sample> = Vec::new();
    let mut ticks = interval(SAMPLE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            outcome = &mut work => return Ok((outcome?, samples)),
            _ = ticks.tick() => {
                let memory = machine::memory(serving.id()).context("the server is gone")?;
                if samples.len().is_multiple_of(60) {
                    report.announce(&format!("after {} min: {:.0} MiB", samples.len() / 60, memory.resident));
                }
                samples.push((started.elapsed().as_secs_f64() / 3_600.0, memory.resident));
            }
        }
    }
}

fn figures(
    outcomes: &[(bool, Outcome)],
    samples: &[Sample],
    used: f64,
) -> anyhow::Result<Vec<Figure>> {
    let of = |writes: bool| -> Vec<Outcome> {
        let chosen = outcomes.iter().filter(|(wrote, _)| *wrote == writes);
        chosen.map(|(_, outcome)| *outcome).collect()
    };
    let (reads, writes) = (of(false), of(true));
    let requests = f64::from(u32::try_from(outcomes.len())?);
    let right = traffic::count(&reads, Answer::Right) + traffic::count(&writes, Answer::Right);
    let (last, _) = samples.last().context("memory was never read")?;
    let warm: Vec<Sample> = samples
        .iter()
        .filter(|(when, _)| *when >= WARM_UP * last)
        .copied()
        .collect();
    let at = |sample: Option<&Sample>| sample.map_or(f64::NAN, |(_, memory)| *memory);
    let most = samples
        .iter()
        .map(|(_, memory)| *memory)
        .fold(0.0, f64::max);
    Ok(vec![
        Figure::of("requests", requests, ""),
        Figure::of("wrong", requests - right, "").at_most(0.0),
        Figure::of("p98 of reads", traffic::latencies(&reads, [0.98])[0], "ms").at_most(70.0),
        Figure::of("of writes", traffic::latencies(&writes, [0.98])[0], "ms").at_most(120.0),
        Figure::of("server CPU", used * 1_000.0 / requests, "ms/request"),
        Figure::of("RSS after a fifth", at(warm.first()), "MiB"),
        Figure::of("at the end", at(warm.last()), "MiB"),
        Figure::of("most", most, "MiB").at_most(512.0),
        Figure::of("slope", slope(&warm), "MiB/h"),
    ])
}

/// By how much the second values grow with the first: the line that lies nearest to all of them by least squares.
fn slope(samples: &[Sample]) -> f64 {
    let count: f64 = samples.iter().map(|_| 1.0).sum();
    let mean = |pick: fn(&Sample) -> f64| samples.iter().map(pick).sum::<f64>() / count;
    let (x, y) = (mean(|sample| sample.0), mean(|sample| sample.1));
    let (mut together, mut alone) = (0.0, 0.0);
    for (when, memory) in samples {
        together += (when - x) * (memory - y);
        alone += (when - x).powi(2);
    }
    together / alone
}
