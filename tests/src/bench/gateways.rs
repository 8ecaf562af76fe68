//! What a gateway costs: the same graph in one process, split behind our gateway, and split behind others', all on the
//! same database.
//!
//! Every shape is kept as busy as it can be. They take turns in short blocks, so that what else the machine does falls on
//! all of them; ratios are taken within a round. Beside throughput stands processor time, which the neighbours of a busy
//! machine disturb less. The processes of a shape have one processor, and whoever asks has the others: what a shape answers
//! in a second is then what it can do, and not what the load generator leaves it. Answers come unpacked: others do not pack theirs unless they are made to.

mod shape;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use serde_json::Value;
use tests::Storage;

use self::shape::{Shape, Shapes};
use super::{
    arguments::Arguments,
    machine,
    process::Product,
    question::Question,
    report::{Figure, Report, median, quantile},
    traffic::{self, Answer, Target, World},
};

/// How long one shape is busy before it is the next one's turn.
const BLOCK: Duration = Duration::from_secs(2);

/// Each shape's first block is not counted: plans are made, connections are opened, and code is compiled.
const WARM_UP: Duration = Duration::from_secs(4);

/// Answers that are compared before anything is measured.
const COMPARED: usize = 50;

/// How one shape did in one block.
#[derive(Clone, Copy, Debug)]
struct Block {
    /// Requests a second.
    throughput: f64,
    /// Milliseconds of processor time for a request: of all processes, and of what stands in front alone.
    cpu: f64,
    front: f64,
    /// Milliseconds that half of the requests, and nearly all, took at most.
    p50: f64,
    p98: f64,
    wrong: f64,
    /// MiB of all processes.
    resident: f64,
}

/// Compares all shapes for each question.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let world = World::of(storage).await?;
    let shapes = Shapes::start(product, storage, &world, report).await?;
    match shapes.keep_apart() {
        Ok(()) => report.announce("every shape has one processor, this program the others"),
        Err(error) => report.announce(&format!("all share all processors: {error:#}")),
    }
    for question in Question::ALL {
        let name = question.name();
        report.announce(&format!("{name} by every shape, answers compared"));
        for shape in &shapes.all {
            compare(product, &shapes.all, shape, question, &world).await?;
        }
        report.announce(&format!(
            "{name} by every shape, {} rounds",
            arguments.rounds
        ));
        let targets: Vec<Target> = shapes
            .all
            .iter()
            .map(|shape| Target::new(product, &shape.url, &world, question).unpacked())
            .collect();
        let rounds = race(&shapes, &targets, arguments).await?;
        for (place, shape) in shapes.all.iter().enumerate() {
            let figures = figures(&shapes, &rounds, place);
            report.add(format!("{name}, {}", shape.name), figures);
        }
    }
    shapes.stop().await
}

/// Makes sure that a shape answers as the first one does. Objects are compared without the order of their fields.
async fn compare(
    product: &Product,
    all: &[Shape],
    shape: &Shape,
    question: Question,
    world: &World,
) -> anyhow::Result<()> {
    let first = all.first().context("a shape to compare with")?;
    let target = |shape: &Shape| Target::new(product, &shape.url, world, question);
    let (expected, found) = (target(first), target(shape));
    for _ in 0..COMPARED {
        let subject = world.next();
        let (_, expected) = expected.body(subject).await?;
        let (status, found) = found.body(subject).await?;
        ensure!(
            question.is_answered_by(subject, &expected) && said(&expected)? == said(&found)?,
            "{} answers {status}, and otherwise than {}:\n{}\n{}",
            shape.name,
            first.name,
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&expected),
        );
    }
    Ok(())
}

/// Data and errors of an answer. What else is in it is a gateway's own.
fn said(answer: &[u8]) -> anyhow::Result<[Value; 2]> {
    let mut answer: BTreeMap<String, Value> =
        serde_json::from_slice(answer).context("an answer is JSON")?;
    Ok(["data", "errors"].map(|part| answer.remove(part).unwrap_or_default()))
}

/// The blocks of each round, in the order of the shapes.
async fn race(
    shapes: &Shapes,
    targets: &[Target],
    arguments: &Arguments,
) -> anyhow::Result<Vec<Vec<Block>>> {
    for target in targets {
        traffic::busy(target, arguments.connections, WARM_UP).await?;
    }
    let mut rounds = Vec::new();
    for round in 0..arguments.rounds as usize {
        let mut blocks = BTreeMap::new();
        for turn in 0..targets.len() {
            let place = (round + turn) % targets.len();
            let processes = shapes.processes(place);
            let block = block(&targets[place], &processes, arguments.connections).await?;
            blocks.insert(place, block);
        }
        rounds.push(blocks.into_values().collect());
    }
    Ok(rounds)
}

async fn block(
    target: &Target,
    (front, behind): &(Vec<u32>, Vec<u32>),
    connections: u32,
) -> anyhow::Result<Block> {
    let begun = [machine::cpu_time_of(front)?, machine::cpu_time_of(behind)?];
    let started = Instant::now();
    let outcomes = traffic::busy(target, connections, BLOCK).await?;
    let seconds = started.elapsed().as_secs_f64();
    let requests = f64::from(u32::try_from(outcomes.len())?);
    let each = |used: f64| used * 1_000.0 / requests;
    let front_used = each(machine::cpu_time_of(front)? - begun[0]);
    let behind_used = each(machine::cpu_time_of(behind)? - begun[1]);
    let [p50, p98] = traffic::latencies(&outcomes, [0.5, 0.98]);
    Ok(Block {
        throughput: requests / seconds,
        cpu: front_used + behind_used,
        front: front_used,
        p50,
        p98,
        wrong: requests - traffic::count(&outcomes, Answer::Right),
        resident: machine::resident(front) + machine::resident(behind),
    })
}

fn figures(shapes: &Shapes, rounds: &[Vec<Block>], place: usize) -> Vec<Figure> {
    let of = |pick: fn(&Block) -> f64| rounds.iter().map(move |round| pick(&round[place]));
    let mut figures = vec![Figure::of(
        "requests/s",
        median(of(|block| block.throughput).collect()),
        "",
    )];
    figures.extend(against_the_best_peer(shapes, rounds, place));
    figures.extend([
        Figure::of("CPU", median(of(|block| block.cpu).collect()), "ms/request"),
        Figure::of(
            "of it in front",
            median(of(|block| block.front).collect()),
            "ms/request",
        ),
        Figure::of("p50", median(of(|block| block.p50).collect()), "ms"),
        Figure::of("p98", median(of(|block| block.p98).collect()), "ms"),
        Figure::of("wrong", of(|block| block.wrong).sum(), "").at_most(0.0),
        Figure::of("RSS", of(|block| block.resident).fold(0.0, f64::max), "MiB"),
    ]);
    figures
}

/// How many times as much a shape of ours answers as the best of the others did in the same round.
fn against_the_best_peer(shapes: &Shapes, rounds: &[Vec<Block>], place: usize) -> Vec<Figure> {
    let Some(bar) = shapes.all[place].bar else {
        return Vec::new();
    };
    let best = |round: &[Block]| {
        let peers = shapes.all.iter().zip(round);
        peers
            .filter(|(shape, _)| shape.bar.is_none())
            .map(|(_, block)| block.throughput)
            .reduce(f64::max)
    };
    let mut ratios: Vec<f64> = rounds
        .iter()
        .filter_map(|round| Some(round[place].throughput / best(round)?))
        .collect();
    if ratios.is_empty() {
        return Vec::new();
    }
    ratios.sort_by(f64::total_cmp);
    vec![
        Figure::of("times the best peer", quantile(&ratios, 0.5), "").at_least(bar),
        Figure::of("quartiles", quantile(&ratios, 0.25), ""),
        Figure::of("to", quantile(&ratios, 0.75), ""),
    ]
}
