//! Measures the product on this machine: `make bench`. What it measures, and what came out, is in `docs/performance.md`.

// Beside the test kit, and not in it: the tests need none of this.
#[path = "../bench/program.rs"]
mod program;

fn main() -> std::process::ExitCode {
    program::main()
}
