//! Making a demo world.

use anyhow::ensure;
use serde::Deserialize;
use tests::Storage;

use super::{
    process::Product,
    report::{Figure, Report},
};

#[derive(Deserialize)]
struct Printed {
    counts: Counts,
}

#[derive(Deserialize)]
struct Counts {
    customers: u64,
}

/// Makes a world of so many customers in an empty database.
pub(crate) async fn measure(
    product: &Product,
    storage: &Storage,
    customers: u64,
    report: &Report,
) -> anyhow::Result<()> {
    let what = format!("seed of {customers} customers");
    report.announce(&what);
    product.run(storage, &["migrate"]).await?;
    let done = product
        .run(
            storage,
            &["seed", "--customers", &customers.to_string(), "--json"],
        )
        .await?;
    let printed: Printed = done.json()?;
    ensure!(
        printed.counts.customers == customers,
        "{} customers were made",
        printed.counts.customers
    );
    let seconds = done.took.as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "worlds are not that large")]
    let rate = customers as f64 / seconds;
    let took = Figure::of("took", seconds, "s");
    report.add(
        what,
        vec![
            if customers == 10_000 {
                took.at_most(30.0)
            } else {
                took
            },
            Figure::of("customers/s", rate, ""),
            Figure::of("peak RSS", done.memory.peak, "MiB"),
        ],
    );
    Ok(())
}
