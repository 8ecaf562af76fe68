//! Importing flights.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use serde::Deserialize;
use tempfile::TempDir;

use super::{
    arguments::Arguments,
    process::{self, Kind, Product},
    report::{Figure, Report},
};

/// One real week, as the repository has it.
const WEEK: &str = include_str!("../../../server/data/flights-2013-week-26.csv");

/// How often the week is repeated: as many rows as the public year has.
const REPEATED: i32 = 50;

const YEAR: i32 = 2_013;

#[derive(Deserialize)]
struct Printed {
    totals: Totals,
}

#[derive(Deserialize)]
struct Totals {
    rows: u32,
    inserted: u32,
    bad: u32,
}

/// Imports a large file into an empty database.
pub(crate) async fn measure(
    product: &Product,
    kind: Kind,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let (what, file) = match &arguments.flights {
        Some(file) => ("import of the given file", file.clone()),
        None => (
            "import of the real week, 50 times",
            repeated(folder.path())?,
        ),
    };
    report.announce(what);
    let storage = process::storage(kind).await;
    product.run(&storage, &["migrate"]).await?;
    let file = file
        .to_str()
        .context("the path of a file to import is UTF-8")?;
    let done = product
        .run(&storage, &["import", "flights", file, "--json"])
        .await?;
    let Printed { totals } = done.json()?;
    ensure!(
        totals.bad == 0 && totals.inserted == totals.rows,
        "{} of {} rows were stored",
        totals.inserted,
        totals.rows
    );
    let seconds = done.took.as_secs_f64();
    let rate = Figure::of("rows/s", f64::from(totals.rows) / seconds, "");
    report.add(
        what,
        vec![
            Figure::of("rows", totals.rows.into(), ""),
            Figure::of("took", seconds, "s"),
            if kind == Kind::Sqlite {
                rate.at_least(20_000.0)
            } else {
                rate
            },
            Figure::of("peak RSS", done.memory.peak, "MiB"),
        ],
    );
    Ok(())
}

/// The week on the dates of as many years. The calendar day decides which flight a row is of, so no two are the same.
fn repeated(folder: &Path) -> anyhow::Result<PathBuf> {
    let path = folder.join("flights.csv");
    let mut file = BufWriter::new(File::create(&path)?);
    let (header, rows) = WEEK.split_once('\n').context("the week has a header")?;
    writeln!(file, "{header}")?;
    for year in YEAR..YEAR + REPEATED {
        for row in rows.lines() {
            let (_, rest) = row.split_once(',').context("a row begins with its year")?;
            writeln!(file, "{year},{rest}")?;
        }
    }
    file.flush()?;
    Ok(path)
}
