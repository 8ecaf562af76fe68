//! One binary, `jetbridge`. This is the life of the process; what it can do is in `server::cli`.

use std::process::ExitCode;

use clap::Parser;
use server::{
    cli::{Arguments, EX_CONFIG, exit_code},
    output::Output,
    telemetry::Telemetry,
};

// Answers are trees of many small values: `docs/performance.md` says what another allocator saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();

    // Everything is read and checked before anything is opened.
    let config = match arguments.config() {
        Ok(config) => config,
        Err(error) => {
            Output.complain(format_args!("jetbridge: {error}"));
            return ExitCode::from(EX_CONFIG);
        }
    };

    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            Output.complain(format_args!(
                "jetbridge: the runtime cannot be started: {error}"
            ));
            return ExitCode::FAILURE;
        }
    };
    runtime.block_on(async {
        let outcome = match Telemetry::start(&config) {
            Ok(telemetry) => {
                let outcome = arguments.run(config).await;
                telemetry.stop().await;
                outcome
            }
            Err(error) => Err(error),
        };
        outcome.unwrap_or_else(|error| {
            Output.complain(format_args!("jetbridge: {error:#}"));
            exit_code(&error)
        })
    })
}
