//! What Linux knows about processes and about the machine, read from `/proc`.

use std::fs;

use anyhow::Context;

// The unit of times in /proc is the same on every architecture: USER_HZ.
const TICKS_PER_SECOND: f64 = 100.0;

/// The seconds of processor time a process has used, its own and the kernel's for it, with all threads. They are counted
/// in hundredths.
pub(crate) fn cpu_time(process: u32) -> anyhow::Result<f64> {
    let stat =
        fs::read_to_string(format!("/proc/{process}/stat")).context("the process is gone")?;
    // The name stands in parentheses and may hold anything; the fields count from behind it.
    let (_, fields) = stat.rsplit_once(')').context("/proc/PID/stat")?;
    let field = |place: usize| {
        fields
            .split_ascii_whitespace()
            .nth(place)
            .and_then(|field| field.parse::<f64>().ok())
    };
    let (user, system) = (field(11).context("utime")?, field(12).context("stime")?);
    Ok((user + system) / TICKS_PER_SECOND)
}

/// The memory a process holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Resident now, in MiB.
    pub(crate) resident: f64,
    /// The most that ever was, in MiB.
    pub(crate) peak: f64,
}

/// The memory of a process; `None` when it is gone.
pub(crate) fn memory(process: u32) -> Option<Memory> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(Memory {
        resident: kibibytes(&status, "VmRSS:")? / 1_024.0,
        peak: kibibytes(&status, "VmHWM:")? / 1_024.0,
    })
}

/// How many processes wanted to run in the last minute, on average.
pub(crate) fn load_average() -> Option<f64> {
    fs::read_to_string("/proc/loadavg")
        .ok()?
        .split_ascii_whitespace()
        .next()?
        .parse()
        .ok()
}

/// The machine in a line: `2 cores, 24 GiB, Linux 6.12`.
pub(crate) fn description() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| kibibytes(&text, "MemTotal:"))
        .unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let version: Vec<&str> = kernel.trim().split(['.', '-']).take(2).collect();
    format!(
        "{cores} cores, {:.0} GiB, Linux {}",
        memory / 1_048_576.0,
        version.join(".")
    )
}

fn kibibytes(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
