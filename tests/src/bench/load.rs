//! Requests over HTTP as they come in life: at their time, whether earlier ones are answered or not.

use std::{
    pin::pin,
    process,
    time::{Duration, Instant},
};

use anyhow::Context;
use tests::Storage;
use tokio::time::sleep;

use super::{
    arguments::Arguments,
    machine,
    process::{Product, Serving},
    question::Question,
    report::{Figure, Report},
    traffic::{self, Answer, Outcome, Target, World},
};

const WARM_UP: Duration = Duration::from_secs(3);

/// How often the memory of the server is read.
const GLANCE: Duration = Duration::from_millis(200);

/// Puts the server under each load, for each question.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let world = World::of(storage).await?;
    let serving = product.serve(storage).await?;
    for question in Question::ALL {
        let target = Target::new(product, &serving.url, &world, question);
        for rate in &arguments.rates {
            let length = Duration::from_secs(arguments.seconds.into());
            report.announce(&format!("{} at {rate}/s", question.name()));
            send(&target, *rate, WARM_UP).await?;
            let figures = loaded(&target, &serving, *rate, length).await?;
            report.add(format!("{} at {rate}/s", question.name()), figures);
        }
    }
    serving.stop().await
}

/// Sends requests on time, and waits for all answers.
pub(crate) async fn send(
    target: &Target,
    rate: u32,
    length: Duration,
) -> anyhow::Result<Vec<Outcome>> {
    let target = target.clone();
    traffic::on_time(rate, length, move |_, due| {
        let target = target.clone();
        async move { target.ask(due).await }
    })
    .await
}

async fn loaded(
    target: &Target,
    serving: &Serving,
    rate: u32,
    length: Duration,
) -> anyhow::Result<Vec<Figure>> {
    let begun = (
        machine::cpu_time(serving.id())?,
        machine::cpu_time(process::id())?,
    );
    let started = Instant::now();
    let (outcomes, resident) = watched(serving, send(target, rate, length)).await?;
    let took = started.elapsed().as_secs_f64();

    let requests = f64::from(u32::try_from(outcomes.len())?);
    let (server, generator) = (
        machine::cpu_time(serving.id())? - begun.0,
        machine::cpu_time(process::id())? - begun.1,
    );
    let wrong = requests - traffic::count(&outcomes, Answer::Right);
    let [p50, p98, p99] = traffic::latencies(&outcomes, [0.5, 0.98, 0.99]);
    let p98 = Figure::of("p98", p98, "ms");
    Ok(vec![
        Figure::of("p50", p50, "ms"),
        if target.question == Question::Page {
            p98.at_most(50.0)
        } else {
            p98.at_most(70.0)
        },
        Figure::of("p99", p99, "ms"),
        Figure::of("wrong", wrong, "").at_most(0.0),
        Figure::of("server CPU", server * 1_000.0 / requests, "ms/request"),
        Figure::of("cores: server", server / took, ""),
        Figure::of("generator", generator / took, ""),
        Figure::of("RSS", resident, "MiB").at_most(512.0),
    ])
}

/// What comes of `work`, and the most memory that the server held meanwhile.
pub(crate) async fn watched<T>(
    serving: &Serving,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<(T, f64)> {
    let mut work = pin!(work);
    let mut most: f64 = 0.0;
    loop {
        tokio::select! {
            outcome = &mut work => return Ok((outcome?, most)),
            () = sleep(GLANCE) => most = most.max(machine::memory(serving.id()).context("the server is gone")?.resident),
        }
    }
}
