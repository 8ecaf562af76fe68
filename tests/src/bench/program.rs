//! The measuring program: what it can be told, what it does in which order, what it prints.

mod arguments;
mod disruption;
mod federation;
mod gateways;
mod import;
mod load;
mod machine;
mod merged;
mod overload;
mod process;
mod question;
mod report;
mod seed;
mod soak;
mod sockets;
mod start;
mod traffic;

use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;
use server::output::Output;
use tests::Storage;

use self::{
    arguments::{Arguments, Part},
    process::{Kind, Product},
    report::Report,
};

/// Runs what the command line asks for, and prints what was found out, also when it is stopped half-way.
pub(crate) fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let report = Report::new();
    let outcome = measured(&arguments, &report);
    report.print(arguments.json);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Output.complain(format_args!("bench: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn measured(arguments: &Arguments, report: &Report) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        tokio::select! {
            outcome = everything(arguments, report) => outcome,
            _ = tokio::signal::ctrl_c() => anyhow::bail!("stopped; the figures are those that were ready"),
        }
    })
}

async fn everything(arguments: &Arguments, report: &Report) -> anyhow::Result<()> {
    let product = Product::at(arguments.jetbridge()?)?;
    for kind in arguments.databases() {
        if kind == Kind::Postgres && std::env::var_os("JETBRIDGE_TEST_POSTGRES_URL").is_none() {
            Output.complain("PostgreSQL is left out: JETBRIDGE_TEST_POSTGRES_URL names none. `make bench` finds or starts one.");
            continue;
        }
        on(kind, &product, arguments, report)
            .await
            .with_context(|| format!("on {}", kind.name()))?;
    }
    Ok(())
}

/// All parts on one kind of database, each on a database of its own but for those that read the same world.
async fn on(
    kind: Kind,
    product: &Product,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    let report = report.on(kind);
    if arguments.wants(Part::Start) {
        start::empty(product, kind, &report).await?;
    }
    if arguments.wants(Part::Import) {
        import::measure(product, kind, arguments, &report).await?;
    }
    if arguments.wants(Part::Disruption) {
        disruption::measure(kind, &report).await?;
    }
    if Part::THAT_NEED_A_WORLD
        .into_iter()
        .any(|part| arguments.wants(part))
    {
        let world = process::storage(kind).await;
        seed::measure(product, &world, arguments.customers, &report).await?;
        in_world(&world, product, arguments, &report).await?;
    }
    if arguments.wants(Part::Seed) && arguments.many > 0 {
        let many = process::storage(kind).await;
        seed::measure(product, &many, arguments.many, &report).await?;
    }
    Ok(())
}

/// The parts that read the same world; those that write to it come last.
async fn in_world(
    world: &Storage,
    product: &Product,
    arguments: &Arguments,
    report: &Report,
) -> anyhow::Result<()> {
    if arguments.wants(Part::Start) {
        start::seeded(product, world, arguments.customers, report).await?;
    }
    if arguments.wants(Part::Federation) {
        federation::measure(world, arguments.rounds, report).await?;
    }
    if arguments.wants(Part::Gateways) {
        gateways::measure(product, world, arguments, report).await?;
    }
    if arguments.wants(Part::Load) {
        load::measure(product, world, arguments, report).await?;
    }
    if arguments.wants(Part::Overload) {
        overload::measure(product, world, arguments, report).await?;
    }
    if arguments.wants(Part::Sockets) {
        sockets::measure(product, world, arguments, report).await?;
    }
    if arguments.wants(Part::Soak) {
        soak::measure(product, world, arguments, report).await?;
    }
    Ok(())
}
