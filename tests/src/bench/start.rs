//! From the start of the process to its readiness, and the memory it takes when nobody asks.

use std::time::Duration;

use anyhow::Context;
use tests::Storage;
use tokio::time::sleep;

use super::{
    machine,
    process::{self, Kind, Product},
    report::{Figure, Report, median},
};

const STARTS: usize = 7;

/// How long a process is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);

/// On a database that does not exist yet, and again on the empty one.
pub(crate) async fn empty(product: &Product, kind: Kind, report: &Report) -> anyhow::Result<()> {
    report.announce("start on an empty database");
    let storage = process::storage(kind).await;
    let (first, _) = start(product, &storage).await?;
    report.add(
        "first start, with migrations",
        vec![Figure::of("ready after", first, "ms")],
    );
    again(product, &storage, "start, empty", 1_000.0, report).await
}

/// On a world.
pub(crate) async fn seeded(
    product: &Product,
    storage: &Storage,
    customers: u64,
    report: &Report,
) -> anyhow::Result<()> {
    let what = format!("start, {customers} customers");
    report.announce(&what);
    again(product, storage, &what, 2_000.0, report).await
}

async fn again(
    product: &Product,
    storage: &Storage,
    what: &str,
    bar: f64,
    report: &Report,
) -> anyhow::Result<()> {
    let (mut times, mut resident) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (ready_after, memory) = start(product, storage).await?;
        times.push(ready_after);
        resident.push(memory);
    }
    let slowest = times.iter().copied().fold(0.0, f64::max);
    report.add(
        what,
        vec![
            Figure::of("ready after", median(times), "ms").at_most(bar),
            Figure::of("slowest", slowest, "ms"),
            Figure::of("idle RSS", median(resident), "MiB").at_most(100.0),
        ],
    );
    Ok(())
}

/// Milliseconds to readiness, and MiB a while later.
async fn start(product: &Product, storage: &Storage) -> anyhow::Result<(f64, f64)> {
    let serving = product.serve(storage).await?;
    sleep(REST).await;
    let memory = machine::memory(serving.id()).context("the server is gone")?;
    let ready_after = serving.ready_after.as_secs_f64() * 1_000.0;
    serving.stop().await?;
    Ok((ready_after, memory.resident))
}
